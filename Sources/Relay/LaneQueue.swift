internal import KafkaClient
internal import Synchronization

/// What waits for a lane. Bounded by the engine's limit of records in flight, not here.
final class LaneQueue: Sendable {
    struct Work {
        var slot: Int
        var firstSequence: UInt64
        var batch: RecordBatch
    }

    enum Item {
        case batch(Work)
        case refusal(Engine.Refusal)
        case retry(RetrySchedule.Retry)
        case look(Engine.Look)
        /// The partition is there: its desk is set up before its first record comes.
        case open(Opening)
        /// The slot is gone, and with it what waited there.
        case forget(slot: Int)
    }

    struct Opening {
        var slot: Int
        var partition: TopicPartition
        var reading: JournalReading
    }

    private struct State {
        /// As they came.
        var arrived: [Item] = []
        /// The oldest, in reverse: what is taken leaves at once, and lets go of its batch. A lane with a backlog never sees
        /// its queue empty, and a batch that stays keeps whole fetch responses in memory.
        var next: [Item] = []
        var waiter: CheckedContinuation<Item?, Never>?
        var finished = false

        mutating func take() -> Item? {
            if self.next.isEmpty {
                swap(&self.next, &self.arrived)
                self.next.reverse()
            }
            return self.next.popLast()
        }
    }

    private let state = Mutex(State())
    /// For the watchdog: since when the lane is at one record (nanoseconds of the monotonic clock; 0: it is at none), and the
    /// record's token.
    let busySince = Atomic<Int64>(0)
    let record = Atomic<UInt64>(0)

    func push(_ item: Item) {
        let waiter = self.state.withLock { state -> CheckedContinuation<Item?, Never>? in
            if state.finished { return nil }
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            state.arrived.append(item)
            return nil
        }
        waiter?.resume(returning: item)
    }

    /// The next item; nil once finished.
    func next() async -> Item? {
        await withCheckedContinuation { continuation in
            let answer = self.state.withLock { state -> Item?? in
                if state.finished { return .some(nil) }
                if let item = state.take() { return .some(item) }
                state.waiter = continuation
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// The next item where one is there and is to be handled inside the gate.
    func takeNext() -> Item? {
        self.state.withLock { state in
            guard !state.finished, let item = state.take() else { return nil }
            if case .open = item {
                state.next.append(item)
                return nil
            }
            return item
        }
    }

    /// Ends the lane; what waits is let go.
    func finish() {
        let waiter = self.state.withLock { state in
            state.finished = true
            state.arrived = []
            state.next = []
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }
}
