import KafkaClient
import Synchronization

@testable import Relay

/// A transactional producer and the group's coordinator in one, in memory: what a `read_committed` reader would see, and what
/// the group has committed. The test makes calls fail.
final class FakeBroker: Sendable {
    struct State {
        var visible: [FakeProducer.Sent] = []
        var offsets: [TopicPartition: CommittedOffset] = [:]
        var lives = 0
        /// What the next calls of a kind throw; a commit that throws may have happened all the same.
        var failures: [Call: [(error: KafkaError, happened: Bool)]] = [:]
        /// Why the open transaction can only be aborted.
        var transactionFailure: KafkaError?
        var aborts = 0
        var commits = 0
        /// Transactions that came to nothing: by an abort, or with their producer.
        var takenBack: Int { self.aborts + self.lives - 1 }
        /// What happens once while the next flush waits: reports come then.
        var duringFlush: (@Sendable () -> Void)?
        var waiting:
            [(condition: @Sendable (borrowing State) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    enum Call: Hashable {
        case initialise, begin, flush, sendOffsets, commit, abort
    }

    let state = Mutex(State())

    func fail(_ call: Call, _ error: KafkaError, happened: Bool = false) {
        self.state.withLock { $0.failures[call, default: []].append((error, happened)) }
    }

    /// Returns once `condition` holds.
    func wait(until condition: @escaping @Sendable (borrowing State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let now = self.state.withLock { state in
                if condition(state) { return true }
                state.waiting.append((condition, continuation))
                return false
            }
            if now { continuation.resume() }
        }
    }

    fileprivate func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        let (value, ready) = self.state.withLock { state -> (Value, [CheckedContinuation<Void, Never>]) in
            let value = body(&state)
            var ready: [CheckedContinuation<Void, Never>] = []
            let waiting = state.waiting
            state.waiting = []
            for waiter in waiting {
                if waiter.condition(state) { ready.append(waiter.continuation) } else { state.waiting.append(waiter) }
            }
            return (value, ready)
        }
        for continuation in ready { continuation.resume() }
        return value
    }
}

final class FakeTransactionalProducer: TransactionalProducer {
    private struct State {
        var sent: [FakeProducer.Sent] = []
        var offsets: [CommittedOffset] = []
        var isOpen = false
    }

    private let broker: FakeBroker
    private let life: Int
    private let state = Mutex(State())
    /// Refuses a record at once.
    let refuse: @Sendable (FakeProducer.Sent) -> KafkaError?

    init(_ broker: FakeBroker, refuse: @escaping @Sendable (FakeProducer.Sent) -> KafkaError? = { _ in nil }) {
        self.broker = broker
        self.refuse = refuse
        self.life = broker.change { state in
            state.lives += 1
            return state.lives
        }
    }

    /// Throws what the test wants; the answer tells whether the call is to do its work nevertheless.
    private func enter(_ call: FakeBroker.Call) -> (error: KafkaError, happened: Bool)? {
        self.broker.change { state in
            if state.lives != self.life { return (.test("_FENCED", .fatal), false) }
            guard let failure = state.failures[call]?.first else { return nil }
            state.failures[call]?.removeFirst()
            return failure
        }
    }

    func initTransactions(timeout: Duration) throws(KafkaError) {
        if let failure = self.enter(.initialise) { throw failure.error }
    }

    func beginTransaction() throws(KafkaError) {
        if let failure = self.enter(.begin) { throw failure.error }
        self.state.withLock { $0.isOpen = true }
    }

    func flushNow(timeout: Duration) throws(KafkaError) {
        if let failure = self.enter(.flush) { throw failure.error }
        let happens = self.broker.change { state in
            defer { state.duringFlush = nil }
            return state.duringFlush
        }
        happens?()
    }

    func sendOffsets(
        _ offsets: [CommittedOffset], group: borrowing GroupMetadata, timeout: Duration
    ) throws(KafkaError) {
        if let failure = self.enter(.sendOffsets) { throw failure.error }
        self.state.withLock { $0.offsets += offsets }
    }

    func commitTransaction(timeout: Duration) throws(KafkaError) {
        let failure = self.enter(.commit)
        if failure == nil || failure?.happened == true {
            let (sent, offsets) = self.state.withLock { state in
                defer { state = State() }
                return (state.sent, state.offsets)
            }
            self.broker.change { state in
                state.visible += sent
                for offset in offsets { state.offsets[offset.partition] = offset }
                state.commits += 1
            }
        }
        if let failure { throw failure.error }
    }

    func abortTransaction(timeout: Duration) throws(KafkaError) {
        if let failure = self.enter(.abort) { throw failure.error }
        self.state.withLock { $0 = State() }
        self.broker.change { $0.aborts += 1 }
    }

    func transactionFailure() -> KafkaError? { self.broker.state.withLock { $0.transactionFailure } }

    func discard() {}

    func send(
        topic: String, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        headers: [Header], timestamp: Int64, original: RecordBatch.Slot?, token: UInt64
    ) throws(KafkaError) {
        let sent = FakeProducer.Sent(
            topic: topic, partition: partition, key: key, value: value, headers: headers, original: original,
            token: token)
        if let error = self.refuse(sent) { throw error }
        let isOpen = self.state.withLock { state in
            if state.isOpen { state.sent.append(sent) }
            return state.isOpen
        }
        if !isOpen { throw .test("_STATE", .other) }
    }

    func waitForRoom() async {}
}

/// The group's member, whose generation the broker never doubts.
final class FakeMember: GroupMember {
    let broker: FakeBroker

    init(_ broker: FakeBroker) { self.broker = broker }

    func groupMetadata() throws(KafkaError) -> GroupMetadata { GroupMetadata(group: "group") }

    func committed(_ partitions: [TopicPartition], timeout: Duration) throws(KafkaError) -> [CommittedOffset] {
        self.broker.state.withLock { state in
            partitions.map { state.offsets[$0] ?? CommittedOffset($0, offset: Offset.none) }
        }
    }
}
