internal import KafkaClient
internal import Synchronization

/// Partitions of `telegrams.sections`: records that wait there for others are held, and let go together.
extension Engine {
    /// What a lane looks after when no record comes.
    struct Look {
        var slot: Int
        /// Milliseconds since 1970.
        var now: Int64
        /// What waits below this offset is to be written again at the partition's end (architecture, "Waiting happens on
        /// `telegrams.sections` only").
        var moveBelow: Int64?
    }

    /// Nil where the partition is going or gone.
    func begin(_ look: Look) -> TopicPartition? {
        self.state.withLock { state in
            guard let slot = state.slots[look.slot], !slot.draining else { return nil }
            slot.working += 1
            return slot.partition
        }
    }

    /// The lane is through with a look. `deadline`: when it must look again, whatever comes.
    func end(_ look: Look, _ results: [Lane.Result], deadline: Int64?) {
        self.post(results, slot: look.slot, ended: true)
        self.state.withLock { state in
            guard let slot = state.slots[look.slot] else { return }
            slot.deadline = deadline
            slot.isLookedAfter = false
        }
    }

    func noteDeadline(_ deadline: Int64?, slot: Int) {
        self.state.withLock { $0.slots[slot]?.deadline = deadline }
    }

    func isSections(_ partition: TopicPartition) -> Bool { partition.topic == self.configuration.sections }

    /// Partitions of which a deadline has passed, or whose map has grown: on every turn of the poll loop. The clock counts only
    /// where the partition was read to its end: what came in time must not be late because it was read late.
    func lookAfterSections() {
        guard self.configuration.sections != nil else { return }
        let now = WallClock.now
        let looks = self.state.withLock { state -> [Look] in
            // A busy loop turns thousands of times a second.
            guard now >= state.nextLook else { return [] }
            state.nextLook = now + 50
            var looks: [Look] = []
            for (number, slot) in state.slots where slot.isSections {
                guard !slot.isLookedAfter, !slot.draining, slot.tracker.heldCount > 0 else { continue }
                slot.measureMap()
                let isDue = slot.end != nil && slot.deadline.map { $0 <= now } ?? false
                let moveBelow = slot.moveBelow
                guard isDue || moveBelow != nil else { continue }
                slot.isLookedAfter = true
                looks.append(Look(slot: number, now: isDue ? now : .min, moveBelow: moveBelow))
            }
            return looks
        }
        for look in looks { self.lane(of: look.slot).push(.look(look)) }
    }
}

extension Engine.Slot {
    /// Octets of what the commit would have to say of finished offsets.
    func measureMap() {
        guard let (offset, runs) = self.tracker.snapshot else { return }
        self.mapSize = runs.text(base: offset).utf8.count
    }

    /// How many more records may be taken. Each that is at work may add a run of 8 characters when it finishes, and let go
    /// others, which split theirs.
    var sectionRoom: Int {
        if self.tracker.heldCount == 0 { return self.tracker.room() }
        self.measureMap()
        return (CommitMetadata.runLimit - self.mapSize) / 8 - self.tracker.openCount
    }

    /// What waits is about to be written again: no fault, unless that does not come about.
    var isMapFull: Bool { !self.isSections || self.mapSize > CommitMetadata.runLimit * 7 / 8 }

    /// Half of what the map covers is to be left behind once it is half full, or once the span is so large that a restart
    /// would read too much.
    var moveBelow: Int64? {
        guard let position = self.tracker.position, let read = self.tracker.read else { return nil }
        let span = read - position
        guard self.mapSize > CommitMetadata.runLimit / 2 || span > Engine.Slot.spanLimit,
            Int64(self.tracker.heldCount) < span
        else { return nil }
        return position + span / 2
    }

    /// Offsets between the oldest part that waits and the newest record.
    private static let spanLimit: Int64 = 200_000

    /// The record, and those that were to finish with it.
    func refusals(of refusal: Engine.Refusal) -> [Engine.Refusal] {
        [refusal]
            + self.tracker.unbind(refusal.token.sequence).map { sequence, batch, index in
                Engine.Refusal(
                    token: Token(slot: refusal.token.slot, sequence: sequence, stage: .event), error: refusal.error,
                    batch: batch, index: index)
            }
    }

    func earlyRefusals(of sequence: UInt64, _ number: Int) -> [Engine.Refusal] {
        guard let error = self.tracker.earlyRefusal(of: sequence),
            case .deadLetter(let batch, let index) = self.tracker.refused(sequence, whileDeadLetter: false)
        else { return [] }
        let token = Token(slot: number, sequence: sequence, stage: .event)
        return self.refusals(of: Engine.Refusal(token: token, error: error, batch: batch, index: index))
    }
}

extension Engine.State {
    /// A record waits for others: it is not in flight any more.
    mutating func hold(_ held: OffsetTracker.Resumed, of slot: Engine.Slot) {
        self.inFlightRecords -= held.records
        self.inFlightBytes -= held.bytes
        self.ledger.lines[slot.partition]?.held(held.records)
        slot.lastMove = .now
    }

    /// Records that waited are in flight again.
    mutating func resume(_ resumed: OffsetTracker.Resumed, of slot: Engine.Slot) {
        self.inFlightRecords += resumed.records
        self.inFlightBytes += resumed.bytes
        self.ledger.lines[slot.partition]?.held(-resumed.records)
    }
}
