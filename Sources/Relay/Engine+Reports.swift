package import KafkaClient
internal import Synchronization

/// How things stand, for the watchdog and for people.
extension Engine {
    /// One assigned partition at a glance.
    package struct PartitionReport: Sendable {
        package var partition: TopicPartition
        /// Everything below is finished; nil before the first record where no start is known.
        package var position: Int64?
        /// The next offset that it will give, holes left out.
        package var next: Int64?
        /// What the group has done here, over all lives.
        package var counts: CommitMetadata.Counts
        package var inFlight: Int
        /// Since the partition last gave or finished a record.
        package var time: Duration
        /// Why it is not at its head, as far as the engine knows; nil where nothing is unfinished and everything that comes is
        /// taken.
        package var cause: String?
    }

    package func partitions() -> [PartitionReport] {
        self.state.withLock { state in
            state.slots.values.map { self.report(on: $0, state) }.sorted {
                $0.partition.partition < $1.partition.partition
            }
        }
    }

    /// Those that have neither given nor finished anything for so long; one that was read to `--to` need not.
    func quietPartitions(longerThan limit: Duration) -> [PartitionReport] {
        let through = self.state.withLock { state in
            Set(state.slots.values.filter { !$0.isSections && self.isThrough($0) }.map(\.partition))
        }
        return self.partitions().filter { $0.time > limit && !through.contains($0.partition) }
    }

    /// Starts the partition's time anew.
    func touched(_ partition: TopicPartition) {
        self.state.withLock { state in
            guard let slot = state.slotNumbers[partition].flatMap({ state.slots[$0] }) else { return }
            slot.lastMove = .now
        }
    }

    var isStopping: Bool { self.state.withLock { $0.stopping } }

    /// The record that a token names, in words.
    func place(of token: Token) -> String? {
        self.state.withLock { state in
            guard let slot = state.slots[token.slot] else { return nil }
            let offset = slot.tracker.offset(of: token.sequence).map { " offset \($0)" } ?? ""
            return "\(slot.partition)\(offset)"
        }
    }

    private func report(on slot: Slot, _ state: borrowing State) -> PartitionReport {
        PartitionReport(
            partition: slot.partition, position: slot.tracker.position,
            next: [slot.tracker.read, slot.tracker.position, slot.end].compactMap { $0 }.max(), counts: slot.counts,
            inFlight: slot.tracker.rest.records, time: ContinuousClock.now - slot.lastMove,
            cause: self.cause(slot, state))
    }

    private func cause(_ slot: Slot, _ state: borrowing State) -> String? {
        let oldest = slot.tracker.position.map { "offset \($0)" } ?? "the oldest record"
        if slot.draining { return "it is being given up" }
        if slot.mapIsFull || slot.waiting != nil {
            return "\(oldest) is unfinished, and what is finished beyond it nearly fills the commit's metadata"
        }
        if slot.retrying > 0 {
            return "\(slot.retrying) records failed and wait for their next attempt, \(oldest) first"
        }
        if slot.working > 0 { return "a lane is at work on it" }
        if slot.tracker.hasSealed { return "\(oldest) waits for the end of the transaction" }
        if slot.tracker.started { return "\(oldest) waits for acknowledgements of what was sent for it" }
        if slot.tracker.rest.records > 0 { return "\(oldest) waits for a lane" }
        if state.resting { return "limits.inFlight is reached by other partitions" }
        return nil
    }
}
