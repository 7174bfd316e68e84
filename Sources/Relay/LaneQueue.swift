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
    }

    private struct State {
        var items: [Item] = []
        var head = 0
        var waiter: CheckedContinuation<Item?, Never>?
        var finished = false
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
            state.items.append(item)
            return nil
        }
        waiter?.resume(returning: item)
    }

    /// The next item; nil once finished.
    func next() async -> Item? {
        await withCheckedContinuation { continuation in
            let answer = self.state.withLock { state -> Item?? in
                if state.finished { return .some(nil) }
                if state.head < state.items.count {
                    let item = state.items[state.head]
                    state.head += 1
                    if state.head == state.items.count {
                        state.items.removeAll(keepingCapacity: true)
                        state.head = 0
                    }
                    return .some(item)
                }
                state.waiter = continuation
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Ends the lane; what waits is let go.
    func finish() {
        let waiter = self.state.withLock { state in
            state.finished = true
            state.items = []
            state.head = 0
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }
}
