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

        var isOnlyForSteps: Bool { self.now == .min && self.moveBelow == nil }
    }

    /// False where the partition is gone. One that is going has its steps ended.
    func begin(_ look: Look) -> Bool {
        self.state.withLock { state in
            guard let slot = state.slots[look.slot] else { return false }
            guard !slot.draining || look.isOnlyForSteps else {
                // Its steps still need looks, or the drain would wait for them in vain.
                slot.isLookedAfter = false
                return false
            }
            slot.working += 1
            return true
        }
    }

    /// The lane has looked.
    func end(_ look: Look) {
        self.state.withLock { $0.slots[look.slot]?.isLookedAfter = false }
        self.moved.signal()
    }

    /// When the desk must be looked at again, whatever comes; the first step of the journal that has not ended, and the one
    /// that is at hand: of what was sent for that, something may be acknowledged before it is over.
    func note(_ desk: any RecordDesk, slot: Int, oldestStep: UInt64?, nextStep: UInt64) {
        let deadline = desk.nextDeadline
        self.state.withLock { state in
            guard let slot = state.slots[slot] else { return }
            slot.deadline = deadline
            slot.oldestStep = oldestStep
            if slot.stepAcknowledgements.isEmpty { return }
            slot.stepAcknowledgements = slot.stepAcknowledgements.filter { $0.key >= oldestStep ?? nextStep }
        }
    }

    /// The open transaction holds what was sent for no record of the partition.
    func loosened(_ slot: Int) { self.state.withLock { $0.slots[slot]?.isLoose = true } }

    /// Everything that the step has sent is with the broker.
    func isAcknowledged(_ step: JournalSteps.Step, slot: Int) -> Bool {
        self.state.withLock { state in
            guard let slot = state.slots[slot] else { return false }
            return slot.stepAcknowledgements[step.number] ?? 0 >= step.expected
                && step.carriers.allSatisfy { slot.tracker.isAcknowledged($0.sequence, sent: $0.sent) }
        }
    }

    /// Nil where nothing is remembered.
    func reading(of partitions: [TopicPartition]) -> JournalReading? {
        guard let read = self.readJournal else { return nil }
        return JournalReading(Set(partitions.map(\.partition)), read: read)
    }

    /// The lane sets up the desk of a partition before its first record. Under the lock.
    func open(_ slot: Int, _ partition: TopicPartition, _ reading: JournalReading?) {
        guard let reading else { return }
        self.lane(of: slot).push(.open(LaneQueue.Opening(slot: slot, partition: partition, reading: reading)))
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
            for (number, slot) in state.slots where slot.isSections || slot.oldestStep != nil {
                if slot.isLookedAfter { continue }
                var isDue = false
                var moveBelow: Int64?
                if !slot.draining {
                    isDue = slot.end != nil && slot.deadline.map { $0 <= now } ?? false
                    if slot.tracker.heldCount > 0 {
                        slot.measureMap()
                        moveBelow = slot.moveBelow
                    }
                }
                guard isDue || moveBelow != nil || slot.oldestStep != nil else { continue }
                slot.isLookedAfter = true
                looks.append(Look(slot: number, now: isDue ? now : .min, moveBelow: moveBelow))
            }
            return looks
        }
        for look in looks { self.lane(of: look.slot).push(.look(look)) }
    }
}

extension Engine.Slot {
    /// Something of a step is with the broker: its lane is to look whether that was all.
    func acknowledgedStep(_ token: Token) -> [Engine.Look] {
        self.stepAcknowledgements[token.sequence, default: 0] += 1
        if self.isLookedAfter { return [] }
        self.isLookedAfter = true
        return [Engine.Look(slot: token.slot, now: .min, moveBelow: nil)]
    }

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
