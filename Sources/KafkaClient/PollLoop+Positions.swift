internal import CRdkafka
internal import Synchronization

/// A partition that has no offset to go on from; the broker is asked what it has.
struct Displaced {
    let queue: PartitionQueue
    /// What librdkafka said.
    let error: KafkaError
    var attempt = Deadline.now
    var pause: Int64 = 100
}

extension PollLoop {
    /// Once only, though an assignment of all the others may bring the error again.
    func displace(_ queue: PartitionQueue, _ error: KafkaError) {
        if self.displaced.contains(where: { $0.queue === queue }) { return }
        self.displaced.append(Displaced(queue: queue, error: error))
    }

    /// Places what has lost its way (trap 33) and what is to be restarted.
    func placePartitions() {
        let restarts = self.signals.restarts.withLock { asked in
            defer { asked = [] }
            return asked
        }
        if restarts.isEmpty && self.displaced.isEmpty { return }
        var moved = self.queues.filter { queue in
            restarts.contains(queue.partition) && !queue.isFinished
                && !self.displaced.contains { $0.queue === queue }
        }
        let now = Deadline.now
        let due = self.displaced.filter { $0.attempt <= now }
        self.displaced.removeAll { $0.attempt <= now }
        for place in due where !self.isStopping {
            if let queue = self.settle(place) { moved.append(queue) }
        }
        self.place(moved)
    }

    /// The queue when it is known where it goes on.
    private func settle(_ displaced: Displaced) -> PartitionQueue? {
        let queue = displaced.queue
        let partition = queue.partition
        switch self.client.watermarks(of: partition, timeout: 2000) {
        case .success(let marks):
            guard
                let answer = self.delegate.outOfRange(
                    partition, wanted: queue.next, low: marks.low, high: marks.high)
            else {
                self.failed(displaced.error, partition: partition)
                return nil
            }
            queue.next = answer
            if let stop = queue.reachStop() {
                self.delegate.reachedEnd(of: partition, at: stop)
                return nil
            }
            return queue
        case .failure(let error):
            self.failed(error, partition: partition)
            if error.kind == .retriable {
                self.displaced.append(
                    Displaced(
                        queue: queue, error: displaced.error, attempt: .after(milliseconds: displaced.pause),
                        pause: min(displaced.pause * 2, 5000)))
            }
            return nil
        }
    }
}
