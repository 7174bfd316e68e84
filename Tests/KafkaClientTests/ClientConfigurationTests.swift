import KafkaClient
import Testing

@Suite struct ClientConfigurationTests {
    @Test(arguments: [
        ("no.such.property", "1", "No such configuration property"),
        ("session.timeout.ms", "soon", "session.timeout.ms"),
        ("enable.auto.commit", "true", "must stay false"),
        ("auto.offset.reset", "latest", "must stay error"),
        ("partition.assignment.strategy", "cooperative-sticky", "range and roundrobin"),
        ("client.id", "a\0b", "NUL"),
    ])
    func refusesWithNameAndReason(name: String, value: String, reason: String) {
        do throws(KafkaError) {
            try ClientConfiguration.validate([.init(name, value)], role: .consumer)
            Issue.record("\(name) was taken")
        } catch {
            #expect(error.kind == .configuration)
            #expect(error.detail.contains(name))
            #expect(error.detail.contains(reason), "\(error.detail)")
        }
    }

    @Test func takesTheOtherRolesProperties() throws {
        try ClientConfiguration.validate([.init("linger.ms", "5"), .init("acks", "all")], role: .consumer)
        try ClientConfiguration.validate([.init("group.id", "g"), .init("fetch.min.bytes", "1")], role: .producer)
        #expect(throws: KafkaError.self) {
            try ClientConfiguration.validate([.init("enable.idempotence", "false")], role: .producer)
        }
    }

    @Test func showsNoSecret() {
        do throws(KafkaError) {
            try ClientConfiguration.validate([.init("ssl.key.pem.bogus", "hunter2")], role: .producer)
            Issue.record("taken")
        } catch {
            #expect(!error.description.contains("hunter2"))
        }
    }

    @Test(arguments: [
        (-195, "_TRANSPORT", KafkaError.Kind.retriable), (-184, "_QUEUE_FULL", .retriable), (-144, "_FENCED", .fatal),
        (-150, "_FATAL", .fatal), (3, "UNKNOWN_TOPIC_OR_PART", .configuration), (10, "MSG_SIZE_TOO_LARGE", .record),
        (12, "OFFSET_METADATA_TOO_LARGE", .abortable), (-169, "_AUTHENTICATION", .configuration),
        (82, "FENCED_INSTANCE_ID", .fatal), (12345, "ERR_12345?", .other),
    ])
    func classifies(code: Int, name: String, kind: KafkaError.Kind) {
        let error = KafkaError.make(code: Int32(code), during: "test")
        #expect(error.name == name)
        #expect(error.kind == kind)
    }
}
