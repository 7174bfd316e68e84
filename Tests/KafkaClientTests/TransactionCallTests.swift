import KafkaClient
import Testing

private let limit = Duration.seconds(30)

/// What holds on the mock as well.
@Suite struct TransactionCallTests {
    @Test func callsOutOfOrderAreTheCallersMistake() async throws {
        let cluster = try MockCluster()
        let producer = try makeProducer(cluster, Deliveries(), [("transactional.id", "x")])
        try await blocking {
            for error in [
                failure { try producer.beginTransaction() }, failure { try producer.commitTransaction(timeout: limit) },
            ] {
                #expect(error?.kind == .other && error?.name == "_STATE")
            }
        }
        try await producer.close(timeout: .seconds(5))
        let plain = try makeProducer(cluster, Deliveries())
        #expect(throws: KafkaError.self) { try plain.beginTransaction() }
        try await plain.close(timeout: .seconds(5))
        #expect(throws: KafkaError.self) { try plain.beginTransaction() }
    }

    @Test func metadataThatNoBrokerTakesIsNotSent() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let producer = try makeProducer(cluster, Deliveries(), [("transactional.id", "x")])
        try await blocking {
            try producer.initTransactions(timeout: limit)
            try producer.beginTransaction()
            for text in [String(repeating: "x", count: 4097), "a\0b"] {
                let error = failure {
                    try producer.sendOffsets(
                        [CommittedOffset(TopicPartition("t", 0), offset: 1, metadata: text)],
                        group: GroupMetadata(group: "g"), timeout: limit)
                }
                #expect(error?.kind == .abortable && error?.name == "OFFSET_METADATA_TOO_LARGE")
            }
            // Nothing was sent: the transaction could still be committed.
            try producer.sendOffsets(
                [CommittedOffset(TopicPartition("t", 0), offset: 1, metadata: String(repeating: "x", count: 4096))],
                group: GroupMetadata(group: "g"), timeout: limit)
            try producer.commitTransaction(timeout: limit)
        }
        try await producer.close(timeout: .seconds(5))
    }

    /// Kafka's error, where it strikes, what must follow.
    @Test(arguments: [
        (Int32(90), "_FENCED", MockCluster.Request.endTxn, KafkaError.Kind.fatal),
        (47, "_FENCED", .endTxn, .fatal),
        (53, "TRANSACTIONAL_ID_AUTHORIZATION_FAILED", .endTxn, .fatal),
        (48, "INVALID_TXN_STATE", .endTxn, .fatal),
        (22, "ILLEGAL_GENERATION", .txnOffsetCommit, .abortable),
        (25, "UNKNOWN_MEMBER_ID", .txnOffsetCommit, .abortable),
        (12, "OFFSET_METADATA_TOO_LARGE", .txnOffsetCommit, .abortable),
        (30, "GROUP_AUTHORIZATION_FAILED", .addOffsetsToTxn, .abortable),
    ])
    func theKindSaysWhatMustFollow(
        code: Int32, name: String, request: MockCluster.Request, kind: KafkaError.Kind
    ) async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let producer = try makeProducer(cluster, Deliveries(), [("transactional.id", "x")])
        try await blocking {
            try producer.initTransactions(timeout: limit)
            try producer.beginTransaction()
            try producer.send("t", key: nil, value: [1])
            cluster.inject([code], into: request)
            let error = failure {
                try producer.sendOffsets(
                    [CommittedOffset(TopicPartition("t", 0), offset: 1)], group: GroupMetadata(group: "g"),
                    timeout: limit)
                try producer.commitTransaction(timeout: limit)
            }
            #expect(error?.kind == kind)
            #expect(error?.name == name)
            if kind == .abortable {
                try producer.abortTransaction(timeout: limit)
                try producer.beginTransaction()
                try producer.commitTransaction(timeout: limit)
            }
        }
        producer.discard()
    }

    /// Without a broker nothing can be known, but each call comes back and says that it may be made again.
    @Test func everyCallEndsInTime() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let offsets = [CommittedOffset(TopicPartition("t", 0), offset: 1)]
        let short = Duration.milliseconds(1500)
        @Sendable func expectTimeOut(_ kind: KafkaError.Kind = .retriable, _ call: () throws -> Void) {
            let start = ContinuousClock.now
            #expect(failure(of: call)?.kind == kind)
            #expect(ContinuousClock.now - start < .seconds(60))
        }
        let early = try Producer(
            configuration: ClientConfiguration(
                role: .producer,
                properties: [.init("bootstrap.servers", "127.0.0.1:1"), .init("transactional.id", "x")]
            )
        ) { _ in }
        let producer = try makeProducer(cluster, Deliveries(), [("transactional.id", "x")])
        try await blocking { expectTimeOut { try early.initTransactions(timeout: short) } }
        early.discard()
        try await blocking {
            try producer.initTransactions(timeout: limit)
            try producer.beginTransaction()
            try producer.send("t", key: nil, value: [1])
            try producer.flushNow(timeout: limit)
            try producer.sendOffsets(offsets, group: GroupMetadata(group: "g"), timeout: limit)
            try producer.send("t", key: nil, value: [1])
            try cluster.setBroker(1, delay: .seconds(30))
            expectTimeOut { try producer.flushNow(timeout: short) }
            expectTimeOut { try producer.commitTransaction(timeout: short) }
        }
        producer.discard()
        try cluster.setBroker(1, delay: .zero)

        let next = try makeProducer(cluster, Deliveries(), [("transactional.id", "y")])
        try await blocking {
            try next.initTransactions(timeout: limit)
            try next.beginTransaction()
            try next.sendOffsets(offsets, group: GroupMetadata(group: "g"), timeout: limit)
            try cluster.setBroker(1, delay: .seconds(30))
            // The time-out is ours: nobody knows what becomes of them.
            expectTimeOut(.other) {
                try next.sendOffsets(offsets, group: GroupMetadata(group: "g"), timeout: short)
            }
        }
        next.discard()
    }

    /// `delivery.report.only.error`: what is not reported is still counted and waited for.
    @Test func successNeedsNoReport() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let deliveries = Deliveries()
        let producer = try makeProducer(
            cluster, deliveries, [("delivery.report.only.error", "true"), ("linger.ms", "60000")])
        for number in 0..<100 { try producer.send("t", key: nil, value: [1], token: UInt64(number)) }
        #expect(producer.inFlight == 100)
        try await producer.flush(timeout: limit)
        #expect(producer.inFlight == 0)
        for number in 0..<100 { try producer.send("t", key: nil, value: [1], token: UInt64(number)) }
        try await producer.close(timeout: limit)
        #expect(deliveries.count == 0)
        let admin = try Admin(configuration: ClientConfiguration(role: .admin, properties: settings(cluster)))
        #expect(try await admin.watermarks(of: TopicPartition("t", 0)).high == 200)
        try await admin.close()

        let refused = Deliveries()
        let lost = try makeProducer(
            cluster, refused, [("delivery.report.only.error", "true"), ("linger.ms", "60000")])
        try cluster.setBroker(1, reachable: false)
        for number in 0..<10 { try lost.send("t", key: nil, value: [1], token: UInt64(number)) }
        await #expect(throws: KafkaError.self) { try await lost.close(timeout: .milliseconds(300)) }
        #expect(refused.failures.count == 10)
    }

    @Test func discardingWaitsForNothingAndReportsNothing() async throws {
        let deliveries = Deliveries()
        let producer = try Producer(
            configuration: ClientConfiguration(
                role: .producer, properties: [.init("bootstrap.servers", "127.0.0.1:1")])
        ) { deliveries.add($0) }
        for number in 0..<10 { try producer.send("t", key: nil, value: [1], token: UInt64(number)) }
        // Somebody is waiting within.
        let flush = Task { try await producer.flush(timeout: .seconds(60)) }
        let start = ContinuousClock.now
        producer.discard()
        producer.discard()
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(throws: KafkaError.self) { try producer.send("t", key: nil, value: [1]) }
        try? await flush.value
        #expect(ContinuousClock.now - start < .seconds(60))
        try await producer.close(timeout: .seconds(1))
        #expect(deliveries.count == 0)
    }

    @Test func noMetadataWithoutAnAssignment() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let recorder = Recorder()
        let consumer = try makeConsumer(cluster, recorder, topics: ["t"])
        #expect(!consumer.isMember())
        async let run: Void = consumer.run()
        await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
        #expect(consumer.isMember())
        consumer.stop()
        try await run
        #expect(!consumer.isMember())
        await #expect(throws: KafkaError.self) {
            try await blocking { _ = try consumer.committed([TopicPartition("t", 0)], timeout: limit) }
        }
    }
}
