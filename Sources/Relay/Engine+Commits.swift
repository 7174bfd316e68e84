package import KafkaClient
internal import Synchronization

/// Commits through the consumer (at least once).
extension Engine {
    package func commitEnded(_ offsets: [CommittedOffset], error: KafkaError?) {
        FaultPoint.commitAnswered.pass()
        self.state.withLock { state in
            state.isCommitting = false
            for slot in state.slots(of: offsets.map(\.partition)) {
                if error == nil {
                    slot.uncommitted -= slot.committing
                    state.uncommittedRecords -= slot.committing
                } else {
                    // Tried again at the next interval: what is in doubt counts as not committed.
                    slot.committed = nil
                }
                slot.committing = 0
            }
        }
        guard let error else {
            self.report(.committed(offsets))
            return
        }
        self.report(.commitFailed(offsets, error))
        if error.kind == .configuration { self.fail(error) }
    }
}

extension Engine.State {
    /// What is to be committed because it has changed, which is thereby noted as committed.
    mutating func changedOffsets() -> [CommittedOffset] {
        var commits: [CommittedOffset] = []
        for slot in self.slots.values {
            guard let commit = slot.commit, commit != slot.committed else { continue }
            slot.committed = commit
            slot.committing = slot.uncommitted
            commits.append(commit)
        }
        self.isCommitting = !commits.isEmpty
        return commits
    }

    /// A record of the slot is finished; only a commit makes that last.
    mutating func awaitCommit(_ slot: Engine.Slot) {
        slot.uncommitted += 1
        self.uncommittedRecords += 1
    }
}
