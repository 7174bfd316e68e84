internal import KafkaClient
internal import Synchronization

/// Keeps lanes and the transaction's end apart: a lane is inside while it sends, and a transaction is cut when none is.
/// So whatever a record gave is in one transaction, the one that carries its offset.
final class TransactionGate: Sendable {
    private struct State {
        var isOpen = false
        var inside = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let closing = Atomic<Bool>(true)
    private let changed = Wakeup()

    /// A lane looks here between records, and leaves.
    var isClosing: Bool { self.closing.load(ordering: .relaxed) }
    var inside: Int { self.state.withLock { $0.inside } }

    /// Waits while the gate is closed.
    func enter() async {
        await withCheckedContinuation { continuation in
            let isIn = self.state.withLock { state in
                if state.isOpen {
                    state.inside += 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isIn { continuation.resume() }
        }
    }

    func leave() {
        self.state.withLock { $0.inside -= 1 }
        self.changed.signal()
    }

    func close() {
        self.closing.store(true, ordering: .relaxed)
        self.state.withLock { $0.isOpen = false }
    }

    /// Waits on the calling thread until no lane is inside; false at the deadline.
    func waitUntilEmpty(until deadline: Deadline) -> Bool {
        while self.inside > 0 {
            if deadline.hasPassed { return false }
            self.changed.wait(until: min(deadline, .after(milliseconds: 100)))
        }
        return true
    }

    /// Lets everybody in who waits.
    func open() {
        self.closing.store(false, ordering: .relaxed)
        let waiting = self.state.withLock { state in
            state.isOpen = true
            state.inside += state.waiting.count
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
