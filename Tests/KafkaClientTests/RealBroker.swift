import Foundation
import KafkaClient

/// What the mock cluster cannot show runs where `TAPERELAY_TEST_BOOTSTRAP` names a broker that may be written to.
enum RealBroker {
    private static let bootstrap = getenv("TAPERELAY_TEST_BOOTSTRAP").map { String(cString: $0) }

    static var isThere: Bool { self.bootstrap != nil }

    static func configuration(
        _ role: ClientConfiguration.Role, _ more: [(String, String)] = []
    ) -> ClientConfiguration {
        let own = [("bootstrap.servers", self.bootstrap ?? "")] + more
        return ClientConfiguration(role: role, properties: own.map { .init($0.0, $0.1) })
    }

    /// For a topic, a group or a transactional id that nothing else uses.
    static func newName() -> String { "test-\(UInt64.random(in: .min ... .max))" }

    /// A topic of one replica.
    static func makeTopic(partitions: Int, _ settings: [(String, String)] = []) async throws -> String {
        let admin = try Admin(configuration: self.configuration(.admin))
        let name = self.newName()
        let topic = Admin.NewTopic(
            name, partitions: partitions, replicas: 1, settings: settings.map { .init($0.0, $0.1) })
        let failures = try await admin.create([topic])
        try await admin.close()
        if let failure = failures[name] { throw failure }
        return name
    }

    private static let cluster = getenv("CLUSTER").map { String(cString: $0) } ?? ""

    /// Whether `CLUSTER` names the command that runs Kafka's own tools (Tests/kafka/broker.sh).
    static var hasTools: Bool { self.isThere && !self.cluster.isEmpty }

    /// What one of Kafka's own tools prints.
    static func tool(_ arguments: String...) async throws -> String {
        let command = self.cluster
        return try await blocking {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: command)
            process.arguments = ["tool"] + arguments
            let output = Pipe()
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            let text = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: text, as: UTF8.self)
        }
    }
}
