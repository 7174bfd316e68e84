import Foundation
import KafkaClient
import Testing

/// How transactions ended, by the error's name; "" is well.
final class TransactionEnds: Sendable {
    private let counts = Guarded<[String: Int]>([:])

    func add(_ name: String) { self.counts.withLock { $0[name, default: 0] += 1 } }
    subscript(name: String) -> Int { self.counts.withLock { $0[name] ?? 0 } }
    var names: Set<String> { self.counts.withLock { Set($0.keys) } }
    var total: Int { self.counts.withLock { $0.values.reduce(0, +) } }
}

/// One transaction after the other with nothing but offsets, until told to end.
func commitAllTheTime(
    _ producer: Producer, _ member: any GroupMember, _ ends: TransactionEnds,
    until isOver: @escaping @Sendable () -> Bool,
    offsets: @escaping @Sendable () -> [CommittedOffset]
) async throws {
    try await blocking {
        try producer.initTransactions(timeout: .seconds(30))
        while !isOver() {
            let offsets = offsets()
            try producer.beginTransaction()
            do throws(KafkaError) {
                let metadata = try member.groupMetadata()
                try producer.sendOffsets(offsets, group: metadata, timeout: .seconds(30))
                try producer.commitTransaction(timeout: .seconds(30))
                ends.add("")
            } catch {
                ends.add(error.name)
                Thread.sleep(forTimeInterval: 0.001)  // the others need the processor
                try producer.abortTransaction(timeout: .seconds(30))
            }
        }
    }
}

/// When the group's metadata may be had (measurements 7.4).
@Suite struct MembershipTests {
    @Test func theMetadataGoesWithTheLossAndNotWithTheRevoke() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let recorder = Recorder()
        let consumer = try makeConsumer(
            cluster, recorder, topics: ["t"], group: "g", [("heartbeat.interval.ms", "100")])
        let seen = Guarded<[Bool]>([])
        recorder.read { $0.onRevoke = { seen.withLock { $0.append(consumer.isMember()) } } }
        try await running(consumer) {
            await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
            #expect(consumer.isMember())
            cluster.inject([25], into: .heartbeat)  // UNKNOWN_MEMBER_ID
            await eventually("the loss") { recorder.read { $0.revoked.map(\.lost) } == [true] }
            #expect(!consumer.isMember())
            await eventually("an assignment") { recorder.read { $0.assigned.count } == 2 }
            #expect(consumer.isMember())
        }
        recorder.read { $0.onRevoke = nil }
        #expect(recorder.read { $0.revoked.map(\.lost) } == [true, false])
        #expect(seen.withLock { $0 } == [false, true])
        #expect(!consumer.isMember())
    }
}

@Suite(.enabled(if: RealBroker.isThere)) struct RealMembershipTests {
    /// Whoever is thrown out has no generation any more, and the broker takes offsets without one from anybody: they must not
    /// be sent, though the poll thread has not been told yet.
    @Test func whoeverIsThrownOutCommitsNothing() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 1)
        let place = TopicPartition(topic, 0)
        let admin = try Admin(configuration: RealBroker.configuration(.admin))
        let recorder = Recorder()
        let gate = DispatchSemaphore(value: 0)
        recorder.read { $0.onReceive = { gate.wait() } }
        let settings = [
            ("group.id", topic), ("heartbeat.interval.ms", "300"), ("session.timeout.ms", "6000"),
            ("max.poll.interval.ms", "6000"),
        ]
        let consumer = try Consumer(
            configuration: RealBroker.configuration(.consumer, settings), topics: [topic], delegate: recorder)
        let producer = try Producer(
            configuration: RealBroker.configuration(.producer, [("transactional.id", topic)])
        ) { _ in }
        let ends = TransactionEnds()
        let committing = Task {
            try await commitAllTheTime(producer, consumer, ends, until: { recorder.read { $0.isOver } }) {
                [CommittedOffset(place, offset: 0)]
            }
        }
        try await running(consumer) {
            await eventually("a commit") { ends[""] > 0 }
            let plain = try Producer(configuration: RealBroker.configuration(.producer)) { _ in }
            try plain.send(topic, key: nil, value: [1])
            try await plain.close(timeout: .seconds(20))
            // The poll thread is held up for longer than it may.
            let before = ends["ILLEGAL_GENERATION"]
            await eventually("the end of the membership", within: .seconds(120)) {
                ends["ILLEGAL_GENERATION"] > before + 100
            }
            #expect(try await admin.groupState(topic) == .empty)
            let (done, total) = (ends[""], ends.total)
            await eventually("more attempts") { ends.total > total + 200 }
            #expect(ends[""] == done)
            #expect(recorder.read { $0.revoked.isEmpty })
            recorder.read { $0.onReceive = nil }
            gate.signal()
            await eventually("the next assignment") { recorder.read { $0.assigned.count } == 2 }
            await eventually("a commit") { ends[""] > done }
            #expect(recorder.read { $0.revoked.map(\.lost) } == [true])
            recorder.read { $0.isOver = true }
            try await committing.value
        }
        try await producer.close(timeout: .seconds(5))
        try await admin.close()
    }
}
