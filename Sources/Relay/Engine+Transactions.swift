internal import KafkaClient
internal import Synchronization

/// What `Transactions` asks and tells. While it does, no lane is inside the gate.
extension Engine {
    /// One partition's share in a transaction.
    struct CutPartition {
        var slot: Int
        var commit: CommittedOffset
    }

    /// Something would change if the transaction were committed.
    var hasUncommitted: Bool {
        self.state.withLock { state in
            state.slots.values.contains {
                $0.tracker.position != $0.committed?.offset || $0.tracker.hasSealed || $0.isLoose
            }
        }
    }

    /// Rises with each record that a transaction cannot take: when it is made again, there is one fewer.
    var refusals: Int { self.state.withLock { $0.refusals } }

    /// The offsets of everything that is in the transaction; each commit differs from the partition's last one.
    func cut() -> [CutPartition] {
        self.state.withLock { state in
            state.slots.compactMap { number, slot in
                // What was sent for no record goes with offsets too: they are what fences a member that is none any more.
                if slot.isLoose, let commit = slot.commit, commit == slot.committed { slot.turn.toggle() }
                guard let commit = slot.commit, commit != slot.committed else { return nil }
                return CutPartition(slot: number, commit: commit)
            }
        }
    }

    /// The transaction that was cut is committed. Partitions that went meanwhile are somebody else's: their records are
    /// finished all the same, but were counted as given up.
    func committed(_ cut: [CutPartition]) {
        let wake = self.state.withLock { state -> Bool in
            state.isExpelled = false
            for part in cut {
                guard let slot = state.slots[part.slot] else { continue }
                var done: [OffsetTracker.Finished] = []
                slot.tracker.committed { done.append($0) }
                for finished in done {
                    state.ledger.lines[slot.partition]?.events += Int64(finished.events)
                    state.finish(finished, of: slot)
                }
                slot.committed = part.commit
                slot.isLoose = false
            }
            return state.resting
        }
        self.report(.committed(cut.map(\.commit)))
        if wake { self.wakeIntake() }
        self.moved.signal()
    }

    /// Most of what is in flight waits for the transaction to end: only that makes room.
    func sealedOutweighOpen(_ state: borrowing State) -> Bool {
        let open = state.slots.values.reduce(0) { $0 + $1.tracker.openCount }
        return open * 2 <= state.inFlightRecords
    }

    /// The group does not know this member any more: what it drains can be committed no more, however often it is made again.
    func expelled() {
        self.state.withLock { $0.isExpelled = true }
        self.moved.signal()
    }

    /// The transaction is gone: everything unfinished is given out anew, in order, under new numbers, so that what still
    /// comes from the old ones is dropped. Answers how many records that are.
    func rolledBack() -> Int {
        let count = self.state.withLock { state -> Int in
            var count = 0
            let reading = self.reading(of: state.slots.values.map(\.partition))
            for (number, slot) in state.slots.sorted(by: { $0.key < $1.key }) {
                state.slots[number] = nil
                self.lane(of: number).push(.forget(slot: number))
                // What waited is given out again as well: what it waited for may have been taken back.
                state.resume(slot.tracker.releasedAll(), of: slot)
                let batches = slot.tracker.rolledBack()
                slot.working = 0
                slot.isLookedAfter = false
                slot.isLoose = false
                slot.deadline = nil
                slot.retrying = 0
                count += slot.tracker.openCount
                let renamed = state.add(slot)
                slot.waiting?.slot = renamed
                self.open(renamed, slot.partition, reading)
                // Before the lock is given back: what the poll thread receives next must come behind them.
                for (sequence, batch) in batches where batch !== slot.waiting?.batch {
                    self.lane(of: renamed).push(
                        .batch(LaneQueue.Work(slot: renamed, firstSequence: sequence, batch: batch)))
                }
            }
            let slots = state.slots
            state.retries.keep { slots[$0] != nil }
            return count
        }
        self.moved.signal()
        return count
    }
}
