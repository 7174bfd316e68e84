import KafkaClient
import Testing

private let limit = Duration.seconds(30)

private func makeProducer(
    _ id: String, _ deliveries: Deliveries = Deliveries(), _ more: [(String, String)] = []
) throws -> Producer {
    try Producer(configuration: RealBroker.configuration(.producer, [("transactional.id", id)] + more)) {
        deliveries.add($0)
    }
}

/// The mock hides no aborted record and fences nobody (measurements 1): only a broker can show these.
@Suite(.enabled(if: RealBroker.isThere)) struct TransactionTests {
    /// Reads the topic as others see it, until `run` returns.
    private func reading(
        _ topic: String, group: String = RealBroker.newName(), _ body: (Consumer, Recorder) async throws -> Void
    ) async throws {
        let recorder = Recorder()
        let consumer = try Consumer(
            configuration: RealBroker.configuration(.consumer, [("group.id", group)]), topics: [topic],
            delegate: recorder)
        async let run: Void = consumer.run()
        do {
            try await body(consumer, recorder)
        } catch {
            consumer.stop()
            try? await run
            throw error
        }
        consumer.stop()
        try await run
    }

    private func values(_ recorder: Recorder, _ partition: TopicPartition) -> [UInt8] {
        recorder.read { $0.records[partition] ?? [] }.compactMap { $0.value?.first }
    }

    @Test func recordsAndOffsetsAreSeenTogether() async throws {
        let input = try await RealBroker.makeTopic(partitions: 2)
        let output = try await RealBroker.makeTopic(partitions: 1)
        let deliveries = Deliveries()
        let producer = try makeProducer(input, deliveries)
        let parts = (0..<2).map { TopicPartition(input, $0) }
        let out = TopicPartition(output, 0)
        let text = String(repeating: "x", count: CommittedOffset.metadataLimit)
        let offsets = [
            CommittedOffset(parts[0], offset: 17, metadata: text), CommittedOffset(parts[1], offset: 4, metadata: "m"),
        ]
        try await self.reading(output) { _, seen in
            await eventually("the end") { seen.read { $0.ends[out] } == 0 }
            try await self.reading(input, group: input) { member, recorder in
                await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
                try await blocking {
                    try producer.initTransactions(timeout: limit)
                    try producer.beginTransaction()
                    try producer.send(output, key: nil, value: [1], token: 1)
                    try producer.sendOffsets(offsets, group: try member.groupMetadata(), timeout: limit)
                    try producer.flushNow(timeout: limit)
                }
                await eventually("a delivery") { deliveries.count == 1 }
                // Acknowledged, and yet not there for anybody.
                #expect(self.values(seen, out).isEmpty)
                try await blocking { try producer.commitTransaction(timeout: limit) }
                await eventually("the record") { self.values(seen, out) == [1] }
                // The commit's marker takes an offset too.
                await eventually("the end") { seen.read { $0.ends[out] } == 2 }
                let committed = try await blocking { try member.committed(parts, timeout: limit) }
                #expect(committed == offsets)
            }
        }
        try await self.reading(input, group: input) { _, recorder in
            await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
            #expect(recorder.read { $0.assigned.first.map(Set.init) } == Set(offsets))
        }
        try await producer.close(timeout: .seconds(5))
    }

    @Test func anAbortHidesAllAndTheNextTransactionStands() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 1)
        let partition = TopicPartition(topic, 0)
        let deliveries = Deliveries()
        let producer = try makeProducer(topic, deliveries)
        try await self.reading(topic, group: topic) { member, recorder in
            await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
            try await blocking {
                try producer.initTransactions(timeout: limit)
                for round: UInt8 in 0..<4 {
                    try producer.beginTransaction()
                    try producer.send(topic, key: nil, value: [round], token: UInt64(round))
                    try producer.flushNow(timeout: limit)
                    let offset = CommittedOffset(partition, offset: Int64(round), metadata: "\(round)")
                    try producer.sendOffsets([offset], group: try member.groupMetadata(), timeout: limit)
                    if round.isMultiple(of: 2) {
                        try producer.abortTransaction(timeout: limit)
                    } else {
                        try producer.commitTransaction(timeout: limit)
                    }
                }
                #expect(
                    try member.committed([partition], timeout: limit) == [
                        CommittedOffset(partition, offset: 3, metadata: "3")
                    ])
            }
            await eventually("the end") { recorder.read { $0.ends[partition] } == 8 }
            #expect(self.values(recorder, partition) == [1, 3])
        }
        #expect(deliveries.failures.isEmpty)
        try await producer.close(timeout: .seconds(5))
    }

    @Test func theNewerProducerFencesTheOlder() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 1)
        let partition = TopicPartition(topic, 0)
        let older = try makeProducer(topic)
        let newer = try makeProducer(topic)
        try await blocking {
            try older.initTransactions(timeout: limit)
            try older.beginTransaction()
            try older.send(topic, key: nil, value: [1])
            try older.flushNow(timeout: limit)
            try newer.initTransactions(timeout: limit)
            var error = failure {
                try older.commitTransaction(timeout: limit)
            }
            #expect(error?.kind == .fatal)
            #expect(error?.name == "_FENCED")
            error = failure {
                try older.abortTransaction(timeout: limit)
            }
            #expect(error?.kind == .fatal)
            older.discard()
            try newer.beginTransaction()
            try newer.send(topic, key: nil, value: [2])
            try newer.commitTransaction(timeout: limit)
        }
        try await self.reading(topic) { _, recorder in
            await eventually("the end") { recorder.read { $0.ends[partition] } == 4 }
            #expect(self.values(recorder, partition) == [2])
        }
        try await newer.close(timeout: .seconds(5))
    }

    /// What a life left open holds up readers until its time-out, or until the next life begins.
    @Test func theNextLifeEndsAnOpenTransaction() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 1)
        let partition = TopicPartition(topic, 0)
        let deliveries = Deliveries()
        let former = try makeProducer(topic, deliveries)
        try await self.reading(topic, group: topic) { member, recorder in
            await eventually("the end") { recorder.read { $0.ends[partition] } == 0 }
            try await blocking {
                try former.initTransactions(timeout: limit)
                try former.beginTransaction()
                try former.send(topic, key: nil, value: [1])
                try former.flushNow(timeout: limit)
                try former.sendOffsets(
                    [CommittedOffset(partition, offset: 1)], group: try member.groupMetadata(), timeout: limit)
            }
            former.discard()
            #expect(throws: KafkaError.self) { try former.beginTransaction() }
            try await blocking {
                // Trap 37: the answer waits for the open transaction.
                let error = failure {
                    _ = try member.committed([partition], timeout: .milliseconds(1500))
                }
                #expect(error?.kind == .retriable)
            }
            let next = try makeProducer(topic)
            try await blocking {
                try next.initTransactions(timeout: limit)
                #expect(
                    try member.committed([partition], timeout: limit) == [
                        CommittedOffset(partition, offset: Offset.none)
                    ])
            }
            await eventually("the end") { recorder.read { $0.ends[partition] } == 2 }
            #expect(self.values(recorder, partition).isEmpty)
            try await next.close(timeout: .seconds(5))
        }
    }

    /// Why no metadata may be given out without a generation: the broker asks for no member's then, whoever holds the
    /// partition.
    @Test func whoeverNamesNoMemberIsNotFenced() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 1)
        let offset = CommittedOffset(TopicPartition(topic, 0), offset: 5)
        let producer = try makeProducer(topic)
        try await self.reading(topic, group: topic) { member, recorder in
            await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
            try await blocking {
                try producer.initTransactions(timeout: limit)
                try producer.beginTransaction()
                try producer.sendOffsets([offset], group: GroupMetadata(group: topic), timeout: limit)
                try producer.commitTransaction(timeout: limit)
                #expect(try member.committed([offset.partition], timeout: limit) == [offset])
            }
        }
        try await producer.close(timeout: .seconds(5))
    }

    @Test func aStaleGenerationIsRefusedAndTheProducerGoesOn() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 1)
        let partition = TopicPartition(topic, 0)
        let producer = try makeProducer(topic)
        try await self.reading(topic, group: topic) { member, recorder in
            await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
            try await blocking {
                try producer.initTransactions(timeout: limit)
                try producer.beginTransaction()
                let error = failure {
                    let stale = GroupMetadata(group: topic, generation: 77, member: "nobody")
                    try producer.sendOffsets([CommittedOffset(partition, offset: 1)], group: stale, timeout: limit)
                }
                #expect(error?.kind == .abortable)
                try producer.abortTransaction(timeout: limit)
                try producer.beginTransaction()
                let offset = CommittedOffset(partition, offset: 2)
                try producer.sendOffsets([offset], group: try member.groupMetadata(), timeout: limit)
                try producer.commitTransaction(timeout: limit)
                #expect(try member.committed([partition], timeout: limit) == [offset])
            }
        }
        try await producer.close(timeout: .seconds(5))
    }
}

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
        @Sendable func expectTimeOut(_ call: () throws -> Void) {
            let start = ContinuousClock.now
            let error = failure(of: call)
            #expect(error?.kind == .retriable)
            #expect(ContinuousClock.now - start < .seconds(6))
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
            try cluster.setBroker(1, reachable: false)
            expectTimeOut { try producer.sendOffsets(offsets, group: GroupMetadata(group: "g"), timeout: short) }
            try producer.send("t", key: nil, value: [1])
            expectTimeOut { try producer.flushNow(timeout: short) }
            expectTimeOut { try producer.commitTransaction(timeout: short) }
        }
        producer.discard()
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
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(throws: KafkaError.self) { try producer.send("t", key: nil, value: [1]) }
        try? await flush.value
        #expect(ContinuousClock.now - start < .seconds(30))
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
