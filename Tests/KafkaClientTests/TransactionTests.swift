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
