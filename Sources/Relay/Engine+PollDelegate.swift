package import KafkaClient
internal import Synchronization

/// What the poll thread asks and tells.
extension Engine: PollDelegate {
    package func capacity(for partition: TopicPartition) -> Int {
        var full: EngineEvent?
        let (capacity, wantsCommit) = self.state.withLock { state -> (Int, Bool) in
            if state.stopping || state.failure != nil { return (0, false) }
            guard let slot = state.slotNumbers[partition].flatMap({ state.slots[$0] }), !slot.draining else {
                return (0, false)
            }
            let limits = self.configuration
            if state.resting {
                // Hysteresis: not a wake-up per record at the mark.
                guard state.repeatable * 4 <= limits.inFlightRecords * 3,
                    state.inFlightBytes / 3 <= limits.inFlightBytes / 4
                else { return (0, self.sealedOutweighOpen(state)) }
                state.resting = false
            }
            let room = limits.inFlightRecords - state.repeatable
            if room <= 0 || state.inFlightBytes >= limits.inFlightBytes {
                state.resting = true
                return (0, self.sealedOutweighOpen(state))
            }
            let mapRoom = slot.waiting == nil ? (slot.isSections ? slot.sectionRoom : slot.tracker.room()) : 0
            if mapRoom <= 0 {
                if !slot.mapIsFull, slot.isMapFull {
                    full = .mapFull(partition, unfinished: slot.tracker.position ?? -1)
                }
                slot.mapIsFull = slot.isMapFull
                return (0, false)
            }
            slot.mapIsFull = false
            let allowed = slot.isSections ? .max : state.bucket?.available(at: .now) ?? .max
            if allowed < 1 {
                // The cap holds it, not a fault: nothing for the watchdog.
                slot.lastMove = .now
                return (0, false)
            }
            let fitting = 1 + (limits.inFlightBytes - state.inFlightBytes) / slot.largeRecord
            return (min(limits.batchSize, room, mapRoom, fitting, allowed), false)
        }
        if let full { self.report(full) }
        if wantsCommit { self.requestCommit() }
        return capacity
    }

    package func received(_ batch: RecordBatch) {
        FaultPoint.batchReceived.pass()
        let work = self.state.withLock { state -> (LaneQueue, LaneQueue.Work)? in
            guard let number = state.slotNumbers[batch.partition], let slot = state.slots[number], !slot.draining
            else { return nil }
            let first = slot.tracker.nextSequence
            let isFirst = slot.tracker.unfinished == 0
            var new = 0
            var byteCount = 0
            for index in 0..<batch.count
            where slot.tracker.received(offset: batch[index].offset, batch: batch, index: index) {
                new += 1
                byteCount += batch[index].byteCount
            }
            if !slot.isSections { state.bucket?.take(new) }
            slot.end = nil
            slot.lastMove = .now
            state.inFlightRecords += new
            state.inFlightBytes += byteCount
            state.ledger.lines[batch.partition, default: LedgerLine()].received(new)
            if new == 0 { return nil }
            let work = LaneQueue.Work(slot: number, firstSequence: first, batch: batch)
            // Holes may have stretched it beyond what its map can say: it waits for those before it.
            if !isFirst, !slot.isSections, slot.tracker.room() < 0 {
                slot.waiting = work
                return nil
            }
            return (self.lane(of: number), work)
        }
        if let (lane, work) = work { lane.push(.batch(work)) }
    }

    package func offsetsToCommit() -> [CommittedOffset] {
        self.pushRetries()
        self.pushWaiting()
        self.lookAfterSections()
        let now = ContinuousClock.now
        let (commits, idle) = self.state.withLock { state -> ([CommittedOffset], Bool) in
            let idle = state.everAssigned && !state.stopping && self.isThrough(state)
            guard self.gate == nil, !state.isCommitting else { return ([], idle) }
            // Before its time where intake would soon wait for it.
            guard now >= state.nextCommit || state.uncommittedRecords * 2 >= self.configuration.inFlightRecords else {
                return ([], idle)
            }
            state.nextCommit = now + self.configuration.commitInterval
            return (state.changedOffsets(), idle)
        }
        if idle, self.areSectionsRead() {
            self.report(.idle)
            self.stop()
        }
        if !commits.isEmpty { FaultPoint.beforeCommit.pass() }
        return commits
    }

    /// Nothing is left to do: the input is read to its end, or to `--to`.
    private func isThrough(_ state: borrowing State) -> Bool {
        guard state.inFlightRecords == 0, state.slots.values.allSatisfy({ $0.oldestStep == nil }) else { return false }
        if self.configuration.untilIdle { return state.slots.values.allSatisfy { $0.end != nil } }
        guard !self.configuration.to.isEmpty else { return false }
        return state.slots.values.allSatisfy { self.isThrough($0) }
    }

    /// What was forwarded to `telegrams.sections` has been read there: librdkafka tells of an end that it met before.
    private func areSectionsRead() -> Bool {
        let read = self.state.withLock { state in
            state.slots.values.filter(\.isSections).map { ($0.partition, max($0.end ?? 0, $0.tracker.read ?? 0)) }
        }
        if read.isEmpty { return true }
        guard let ends = self.readableEnds(of: read.map(\.0)) else { return false }
        return read.allSatisfy { partition, position in ends[partition].map { $0 <= position } ?? false }
    }

    /// The partition has been read to `--to`.
    func isThrough(_ slot: Slot) -> Bool {
        if slot.isSections { return slot.end != nil }
        guard let end = slot.end, let limit = self.configuration.to[slot.partition.partition] else { return false }
        return end >= limit
    }

    /// Gives out batches that waited for their map.
    private func pushWaiting() {
        let works = self.state.withLock { state -> [LaneQueue.Work] in
            var works: [LaneQueue.Work] = []
            for slot in state.slots.values {
                guard let work = slot.waiting, slot.tracker.room() >= 0 || slot.tracker.isFirst(work.firstSequence)
                else { continue }
                slot.waiting = nil
                works.append(work)
            }
            return works
        }
        for work in works { self.lane(of: work.slot).push(.batch(work)) }
    }

    package func reachedEnd(of partition: TopicPartition, at offset: Int64) {
        self.state.withLock { state in
            guard let slot = state.slotNumbers[partition].flatMap({ state.slots[$0] }) else { return }
            slot.end = offset
            slot.passHoles()
        }
    }

    package func failed(_ error: KafkaError, partition: TopicPartition?) {
        self.report(.problem(error, partition))
        if error.kind == .configuration || error.kind == .fatal { self.fail(error) }
    }
}

extension Engine.State {
    /// Records that would be done again, in part or whole, if the process died now: what bounds repetitions at least once.
    var repeatable: Int { self.inFlightRecords + self.uncommittedRecords }
}
