internal import CRdkafka
internal import Synchronization

extension PollLoop {
    func rebalance(_ event: OpaquePointer) {
        self.isRebalanced = true
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
        // The cooperative protocol tells of each change in the group, though nothing may come of it.
        let isIdle = self.isCooperative && list.pointee.cnt == 0 && self.epoch > 0
        if !self.isCooperative { self.loseReplaced() }
        if !isIdle, self.closing == nil, !self.isStopping, let committed = self.committed(list) {
            self.take(committed)
        } else {
            // An assignment that is not wanted is answered too, or closing waits for ever (trap 3).
            self.takeNothing()
        }
    }

    /// The eager protocol takes everything back before it gives anything. But librdkafka 2.0.2 brings a second assignment
    /// without that when the topic grows while a member waits for its first one (it joins again at once, seen on a real
    /// broker): what it held is of a generation that is over, and may be somebody else's. Before the committed offsets are read,
    /// since they must not be of a time when its work could still be committed.
    private func loseReplaced() {
        if self.queues.isEmpty { return }
        let replaced = self.queues.map(\.partition)
        _ = self.delegate.revoked(replaced, lost: true)
        self.signals.isMember.store(false, ordering: .releasing)
        self.closeQueues(replaced)
    }

    /// What the group committed; nil when the consumer stops meanwhile, or cannot go on.
    private func committed(_ list: UnsafePointer<rd_kafka_topic_partition_list_t>) -> [CommittedOffset]? {
        let found = self.insisting(milliseconds: 180_000) { limit throws(KafkaError) in
            try PartitionList(copying: list).readCommitted(by: self.client.raw, timeout: limit)
        }
        switch found {
        case .success(let offsets): return offsets
        case .failure(let error):
            // Without a start the partitions would lie unread while we hold them: end, and let another have them.
            self.failure = self.failure ?? error
            return nil
        case nil: return nil
        }
    }

    /// Lost is not revoked: what is lost may be somebody else's already, so nothing is committed for it (trap 39).
    private func revoke(_ list: UnsafePointer<rd_kafka_topic_partition_list_t>) {
        let lost = rd_kafka_assignment_lost(self.client.raw) != 0
        // The eager protocol takes all away; so does leaving, whatever the event names.
        let goesByParts = self.isCooperative && self.closing == nil
        let gone = goesByParts ? Set(CommittedOffset.read(list).map(\.partition)) : nil
        self.giveUp(self.queues.map(\.partition).filter { gone?.contains($0) ?? true }, lost: lost)
    }

    /// Lets the delegate finish with these partitions, commits what it answers, and reads them no more.
    func giveUp(_ partitions: [TopicPartition], lost: Bool) {
        if !partitions.isEmpty {
            let offsets = self.delegate.revoked(partitions, lost: lost)
            self.extendClosing()
            if !lost, !offsets.isEmpty, self.source.isGroup {
                let limit = min(self.closing ?? .after(milliseconds: 30_000), .after(milliseconds: 30_000))
                self.awaitCommits(until: limit)
                let error = self.commitAndWait(offsets, until: limit)
                self.delegate.commitEnded(offsets, error: error)
            }
        }
        // Until here, offsets of what was drained might go into a transaction.
        if partitions.count == self.queues.count {
            self.signals.isMember.store(false, ordering: .releasing)
        }
        self.remove(partitions)
        self.closeQueues(partitions)
    }
}
