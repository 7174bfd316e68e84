import Glibc
import KafkaClient
import Testing

struct MockClusterTests {
    /// The library binds the port anew when a broker comes back, and ends the process where it cannot.
    @Test func theSystemGivesNobodyThePortOfABrokerThatIsAway() throws {
        let cluster = try MockCluster()
        let port = try #require(UInt16(cluster.bootstrapServers.split(separator: ":")[1]))
        for _ in 0..<3 {
            #expect(connects(to: port))
            try cluster.setBroker(1, reachable: false)
            #expect(!connects(to: port))
            #expect(!connects(to: port, from: port))
            try cluster.setBroker(1, reachable: true)
        }
        #expect(connects(to: port))
    }

    /// Whether a connection can be made, and whether it may have `own` as its own port.
    private func connects(to port: UInt16, from own: UInt16? = nil) -> Bool {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        func call(_ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ port: UInt16) -> Bool {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
            return withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        }
        if let own, call(bind, own) { return true }
        return call(connect, port)
    }
}
