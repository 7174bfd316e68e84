package import KafkaClient
internal import Synchronization

/// Commits through the consumer (at least once).
extension Engine {
    package func commitEnded(_ offsets: [CommittedOffset], error: KafkaError?) {
        FaultPoint.commitAnswered.pass()
        guard let error else {
            self.report(.committed(offsets))
            return
        }
        // Tried again at the next interval: what is in doubt counts as not committed.
        self.state.withLock { state in
            for offset in offsets {
                guard let number = state.slotNumbers[offset.partition] else { continue }
                state.slots[number]?.committed = nil
            }
        }
        self.report(.commitFailed(offsets, error))
        if error.kind == .configuration { self.fail(error) }
    }
}

extension Engine.State {
    /// What is to be committed because it has changed, which is thereby noted as committed.
    func changedOffsets() -> [CommittedOffset] {
        var commits: [CommittedOffset] = []
        for slot in self.slots.values {
            guard let commit = slot.commit, commit != slot.committed else { continue }
            slot.committed = commit
            commits.append(commit)
        }
        return commits
    }
}
