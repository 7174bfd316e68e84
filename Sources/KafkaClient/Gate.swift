internal import CRdkafka
internal import Synchronization

/// Counts the threads that are within a client's calls and turns newcomers away once closed: a handle may be destroyed only
/// when nobody uses it.
final class Gate: Sendable {
    // One order for all threads: whoever enters and whoever closes must not both miss the other.
    private let callers = Atomic<Int>(0)
    private let isShut = Atomic<Bool>(false)

    var isClosed: Bool { self.isShut.load(ordering: .sequentiallyConsistent) }

    func enter(during operation: String) throws(KafkaError) {
        self.callers.add(1, ordering: .sequentiallyConsistent)
        if self.isClosed {
            self.leave()
            throw KafkaError.make(RD_KAFKA_RESP_ERR__DESTROY, during: operation, detail: "the client is closed")
        }
    }

    func leave() {
        self.callers.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// False when it was closed before.
    func close() -> Bool {
        !self.isShut.exchange(true, ordering: .sequentiallyConsistent)
    }

    /// Waits until nobody is within; false when somebody was for too long.
    func waitUntilEmpty(until deadline: Deadline) -> Bool {
        let pause = Wakeup()
        while self.callers.load(ordering: .sequentiallyConsistent) > 0 {
            if deadline.hasPassed { return false }
            pause.wait(until: .after(milliseconds: 1))
        }
        return true
    }
}
