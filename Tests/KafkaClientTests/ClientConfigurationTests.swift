import Testing

@testable import KafkaClient

@Suite struct ClientConfigurationTests {
    @Test(arguments: [
        ("no.such.property", "1", "No such configuration property"),
        ("session.timeout.ms", "soon", "session.timeout.ms"),
        ("enable.auto.commit", "true", "must stay false"),
        ("auto.offset.reset", "latest", "must stay error"),
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

    @Test(arguments: [
        ([("max.in.flight", "6")], "at most 5"),
        ([("acks", "1")], "acks must stay all"),
        ([("transactional.id", "")], "must not be empty"),
        ([("transactional.id", "x"), ("message.timeout.ms", "40001")], "longer (40001 ms) than"),
        ([("transactional.id", "x"), ("delivery.timeout.ms", "0")], "for ever"),
        ([("transactional.id", "x"), ("transaction.timeout.ms", "9000"), ("message.timeout.ms", "9001")], "9000 ms"),
        ([("transactional.id", "x"), ("enable.idempotence", "false")], "must stay true"),
    ])
    func refusesAProducerWhoseSettingsDisagree(settings: [(String, String)], reason: String) {
        do throws(KafkaError) {
            try ClientConfiguration.validate(settings.map { .init($0.0, $0.1) }, role: .producer)
            Issue.record("\(settings) was taken")
        } catch {
            #expect(error.kind == .configuration)
            #expect(error.detail.contains(reason), "\(error.detail)")
        }
    }

    /// Of a whole client: librdkafka has more to say when it makes one.
    @Test(arguments: [
        [("transactional.id", "x")],
        [("transactional.id", "x"), ("transaction.timeout.ms", "10000")],
        [("transactional.id", "x"), ("message.timeout.ms", "10000"), ("acks", "all"), ("max.in.flight", "5")],
        [("transactional.id", "x"), ("delivery.report.only.error", "true")],
    ])
    func takesATransactionalProducer(settings: [(String, String)]) async throws {
        let producer = try Producer(
            configuration: ClientConfiguration(role: .producer, properties: settings.map { .init($0.0, $0.1) })
        ) { _ in }
        try await producer.close(timeout: .seconds(5))
    }

    @Test func cooperativeRebalancingIsForTransactions() throws {
        let strategy = ClientConfiguration.Property("partition.assignment.strategy", "cooperative-sticky")
        try ClientConfiguration.validate([strategy], role: .consumer, commitsThroughConsumer: false)
        if ClientLibrary.isAtLeast(2, 10) {
            try ClientConfiguration.validate([strategy], role: .consumer)
        } else {
            #expect(throws: KafkaError.self) { try ClientConfiguration.validate([strategy], role: .consumer) }
        }
    }

    @Test func transactionsNeedCommittedReads() throws {
        let level = ClientConfiguration.Property("isolation.level", "read_uncommitted")
        try ClientConfiguration.validate([level], role: .consumer)
        #expect(throws: KafkaError.self) {
            try ClientConfiguration.validate([level], role: .consumer, commitsThroughConsumer: false)
        }
    }

    @Test func knowsTheLibrary() {
        let parts = ClientLibrary.version.split(separator: ".").compactMap { Int32($0.prefix { $0.isNumber }) }
        #expect(parts.count == 3)
        #expect(ClientLibrary.isAtLeast(parts[0], parts[1], parts[2]))
        #expect(!ClientLibrary.isAtLeast(parts[0], parts[1], parts[2] + 1))
        #expect(ClientLibrary.isAtLeast(1, 99))
        #expect(!ClientLibrary.isAtLeast(99, 0))
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

    /// The library waits for full batches; what the user wants is `Pace`'s.
    @Test(
        arguments: [
            ([], Duration.milliseconds(5)), ([.init("linger.ms", "0")], .zero),
            ([.init("linger.ms", "7"), .init("queue.buffering.max.ms", "2.5")], .microseconds(2500)),
        ] as [([ClientConfiguration.Property], Duration)])
    func lingerIsOurs(properties: [ClientConfiguration.Property], linger: Duration) {
        #expect(ClientConfiguration(role: .producer, properties: properties).linger == linger)
    }
}
