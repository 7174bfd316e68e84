internal import CRdkafka
internal import Synchronization

/// When a producer sends what waits for company.
///
/// librdkafka's own `linger.ms` makes its thread spin: a record that has waited so long, and stands behind a request of its
/// partition that is not answered yet, is looked at again and again until the answer comes (an idempotent producer keeps five
/// records in flight or one request; profiles of 2.0.2 and 2.16 show most of a worker's CPU there, and all of a core while a
/// broker hangs). So the library waits for full batches only, and this thread has it send all there is: `linger` after
/// something was handed over or answered, and ever less often while nothing moves.
final class Pace: Sendable {
    /// How long a flush stays open, in milliseconds: the library's threads must have seen it.
    static let moment: CInt = 1
    /// The longest pause while something is on its way and nothing moves.
    private static let rest = Duration.milliseconds(500)

    private let client: ClientHandle
    private let gate: Gate
    private let linger: Duration
    private let isDue = Atomic<Bool>(false)
    private let isOver = Atomic<Bool>(false)
    private let wakeup = Wakeup()

    init(_ client: ClientHandle, _ gate: Gate, linger: Duration) {
        self.client = client
        self.gate = gate
        self.linger = max(linger, .milliseconds(1))
    }

    /// Something was handed over, or answered. From any thread.
    func touch() {
        // Mostly it is known already, and nobody else's line of memory is taken.
        if self.isDue.load(ordering: .relaxed) || self.isDue.exchange(true, ordering: .acquiringAndReleasing) { return }
        self.wakeup.signal()
    }

    func end() {
        self.isOver.store(true, ordering: .releasing)
        self.wakeup.signal()
    }

    /// On a thread of its own, until `end`.
    func run() {
        var pause = self.linger
        var isOnItsWay = false
        while !self.isOver.load(ordering: .acquiring) {
            // With nothing on its way there is nothing to be sent but after `touch`.
            self.wakeup.wait(until: .after(isOnItsWay ? pause : .seconds(3600)))
            if self.isDue.load(ordering: .acquiring) {
                pause = self.linger
                self.wait(self.linger)
            } else {
                pause = min(pause * 2, Pace.rest)
            }
            self.isDue.store(false, ordering: .releasing)
            guard (try? self.gate.enter(during: "flush")) != nil else { return }
            isOnItsWay = rd_kafka_flush(self.client.raw, Pace.moment) != RD_KAFKA_RESP_ERR_NO_ERROR
            self.gate.leave()
        }
    }

    /// Not cut short by what is handed over meanwhile.
    private func wait(_ time: Duration) {
        let end = Deadline.after(time)
        while !end.hasPassed, !self.isOver.load(ordering: .acquiring) { self.wakeup.wait(until: end) }
    }
}
