internal import CRdkafka
internal import Synchronization

extension PollLoop {
    /// Eager protocol only (the configuration refuses the other): the whole assignment comes and goes at once, so the
    /// protocol need not be asked for, which could block (trap 7).
    func rebalance(_ event: OpaquePointer) {
        guard let list = rd_kafka_event_topic_partition_list(event) else {
            rd_kafka_assign(self.client.raw, nil)
            return
        }
        if rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            self.assign(list)
        } else {
            self.revoke(list)
        }
    }

    private func assign(_ list: UnsafePointer<rd_kafka_topic_partition_list_t>) {
        // An assignment that comes while leaving is answered too, or closing waits for ever (trap 3).
        guard self.closing == nil, !self.isStopping, let committed = self.committed(list) else {
            rd_kafka_assign(self.client.raw, nil)
            return
        }
        self.epoch += 1
        self.signals.epoch.store(self.epoch, ordering: .releasing)
        self.signals.isMember.store(true, ordering: .releasing)
        let answers = self.delegate.assigned(committed)
        var starts = committed
        for index in starts.indices {
            if let answer = answers.first(where: { $0.partition == starts[index].partition }) {
                starts[index].offset = answer.offset
            }
            starts[index].metadata = ""
        }
        for start in starts {
            let queue = PartitionQueue(
                start.partition, epoch: self.epoch, client: self.client, wakeup: self.signals.wakeup)
            if let queue {
                self.queues.append(queue)
            } else {
                self.failed(
                    .make(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, during: "assign"), partition: start.partition)
            }
        }
        let assignment = PartitionList(starts)
        let result = rd_kafka_assign(self.client.raw, assignment.raw)
        if result != RD_KAFKA_RESP_ERR_NO_ERROR {
            self.failed(.make(result, during: "assign"), partition: nil)
        }
    }

    /// What the group committed. Asked again with growing pauses while brokers are away (their outages take up to half a
    /// minute, measured); nil when the consumer stops meanwhile, or cannot go on.
    private func committed(_ list: UnsafePointer<rd_kafka_topic_partition_list_t>) -> [CommittedOffset]? {
        let limit = Deadline.after(milliseconds: 180_000)
        var pause: Int64 = 100
        while !self.isStopping {
            let asked = PartitionList(copying: list)
            self.signals.lastTurn.store(Deadline.now.nanoseconds, ordering: .relaxed)
            do throws(KafkaError) {
                // In pieces, so that `stop` need not wait for the whole.
                return try asked.readCommitted(by: self.client.raw, timeout: limit.remaining(atMost: 5000))
            } catch {
                self.delegate.failed(error, partition: nil)
                guard error.kind == .retriable, !limit.hasPassed else {
                    // Without a start the partitions would lie unread while we hold them: end, and let another have them.
                    self.failure = self.failure ?? error
                    return nil
                }
                self.signals.wakeup.wait(until: .after(milliseconds: pause))
                pause = min(pause * 2, 5000)
            }
        }
        return nil
    }

    /// Lost is not revoked: what is lost may be somebody else's already, so nothing is committed for it (trap 39).
    private func revoke(_ list: UnsafePointer<rd_kafka_topic_partition_list_t>) {
        let lost = rd_kafka_assignment_lost(self.client.raw) != 0
        // Offsets of what is lost must not go into a transaction; those of what is revoked may until the drain has ended.
        if lost { self.signals.isMember.store(false, ordering: .releasing) }
        if !self.queues.isEmpty {
            let offsets = self.delegate.revoked(CommittedOffset.read(list).map(\.partition), lost: lost)
            self.extendClosing()
            if !lost, !offsets.isEmpty {
                let limit = min(self.closing ?? .after(milliseconds: 30_000), .after(milliseconds: 30_000))
                let error = self.commitAndWait(offsets, until: limit)
                self.delegate.commitEnded(offsets, error: error)
            }
        }
        self.signals.isMember.store(false, ordering: .releasing)
        rd_kafka_assign(self.client.raw, nil)
        self.closeQueues()
    }
}
