internal import Glibc

/// A port of this machine that is kept by a bound socket on which nobody listens: connections to it are refused, the
/// system gives it to no other socket, and only one with `SO_REUSEADDR` can be bound beside it and listen.
final class ReservedPort: Sendable {
    private let socket: Int32

    /// Keeps `port` of 127.0.0.1; nil where somebody listens on it or is connected from it, or no socket can be made.
    init?(_ port: UInt16) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return nil }
        var yes: Int32 = 1
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound =
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size)) == 0
            && withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) == 0 }
            }
        guard isBound else {
            Glibc.close(socket)
            return nil
        }
        self.socket = socket
    }

    deinit { Glibc.close(self.socket) }
}
