package import KafkaClient
internal import Synchronization

extension Engine: PollDelegate {
    package func capacity(for partition: TopicPartition) -> Int {
        self.state.withLock { state in
            if state.stopping || state.failure != nil { return 0 }
            let limits = self.configuration
            if state.resting {
                // Hysteresis: not a wake-up per record at the mark.
                guard state.inFlightRecords * 4 <= limits.inFlightRecords * 3,
                    state.inFlightBytes / 3 <= limits.inFlightBytes / 4
                else { return 0 }
                state.resting = false
            }
            let room = limits.inFlightRecords - state.inFlightRecords
            if room <= 0 || state.inFlightBytes >= limits.inFlightBytes {
                state.resting = true
                return 0
            }
            let large = state.slotNumbers[partition].flatMap { state.slots[$0]?.largeRecord } ?? 1
            return min(limits.batchSize, room, 1 + (limits.inFlightBytes - state.inFlightBytes) / large)
        }
    }

    package func received(_ batch: RecordBatch) {
        let work = self.state.withLock { state -> (LaneQueue, LaneQueue.Work)? in
            guard let number = state.slotNumbers[batch.partition], state.slots[number]?.draining == false else {
                return nil
            }
            let first = state.slots[number]?.tracker.nextSequence ?? 0
            for index in 0..<batch.count {
                state.slots[number]?.tracker.received(offset: batch[index].offset, batch: batch, index: index)
            }
            state.slots[number]?.end = nil
            state.inFlightRecords += batch.count
            state.inFlightBytes += batch.byteCount
            state.ledger.lines[batch.partition, default: LedgerLine()].received(batch.count)
            return (self.lane(of: number), LaneQueue.Work(slot: number, firstSequence: first, batch: batch))
        }
        if let (lane, work) = work { lane.push(.batch(work)) }
    }

    package func assigned(_ partitions: [CommittedOffset]) -> [CommittedOffset] {
        let starts = partitions.map { committed in
            var start = committed
            if start.offset < 0 { start.offset = self.configuration.start }
            return start
        }
        self.state.withLock { state in
            state.everAssigned = true
            for start in starts {
                let number = state.nextSlot
                state.nextSlot = (number + 1) % Token.slotCount
                let known = start.offset >= 0 ? start.offset : nil
                state.slots[number] = Slot(partition: start.partition, start: known)
                state.slotNumbers[start.partition] = number
            }
        }
        self.report(.assigned(starts))
        return starts
    }

    /// Drains what lanes are at work on, for a bounded time; what they have not begun is left to the next owner.
    package func revoked(_ partitions: [TopicPartition], lost: Bool) -> [CommittedOffset] {
        let numbers = self.state.withLock { state in
            let numbers = partitions.compactMap { state.slotNumbers[$0] }
            for number in numbers { state.slots[number]?.draining = true }
            return numbers
        }
        let deadline = ContinuousClock.now + self.deadline
        var finished = true
        while !lost {
            let busy = self.state.withLock { state in
                state.failure == nil
                    && numbers.contains { state.slots[$0].map { $0.working > 0 || $0.tracker.started } ?? false }
            }
            if !busy { break }
            guard self.drained.wait(until: deadline) else {
                finished = false
                break
            }
        }
        let commits = self.state.withLock { state in
            var commits: [CommittedOffset] = []
            for number in numbers {
                guard let slot = state.slots.removeValue(forKey: number) else { continue }
                state.slotNumbers[slot.partition] = nil
                if !lost, let offset = slot.tracker.committable, offset != slot.committed {
                    commits.append(CommittedOffset(slot.partition, offset: offset))
                }
                let rest = slot.tracker.rest
                state.inFlightRecords -= rest.records
                state.inFlightBytes -= rest.bytes
                state.ledger.lines[slot.partition]?.gaveUpRest()
            }
            return commits
        }
        self.report(.revoked(partitions, lost: lost, finished: finished))
        return commits
    }

    package func offsetsToCommit() -> [CommittedOffset] {
        let now = ContinuousClock.now
        let (commits, idle) = self.state.withLock { state -> ([CommittedOffset], Bool) in
            let idle =
                self.configuration.untilIdle && state.everAssigned && !state.stopping && state.inFlightRecords == 0
                && state.slots.values.allSatisfy { $0.end != nil }
            if idle { state.stopping = true }
            guard now >= state.nextCommit else { return ([], idle) }
            state.nextCommit = now + self.configuration.commitInterval
            var commits: [CommittedOffset] = []
            for number in state.slots.keys {
                guard let slot = state.slots[number], let offset = slot.tracker.committable, offset != slot.committed
                else { continue }
                state.slots[number]?.committed = offset
                commits.append(CommittedOffset(slot.partition, offset: offset))
            }
            return (commits, idle)
        }
        if idle {
            self.report(.idle)
            self.stop()
        }
        return commits
    }

    package func commitEnded(_ offsets: [CommittedOffset], error: KafkaError?) {
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

    package func reachedEnd(of partition: TopicPartition, at offset: Int64) {
        self.state.withLock { state in
            guard let number = state.slotNumbers[partition] else { return }
            state.slots[number]?.end = offset
            state.slots[number]?.tracker.reachedEnd(at: offset)
        }
    }

    package func failed(_ error: KafkaError, partition: TopicPartition?) {
        self.report(.problem(error, partition))
        if error.kind == .configuration || error.kind == .fatal { self.fail(error) }
    }

    private var deadline: Duration {
        self.state.withLock { $0.stopping } ? self.configuration.shutdownDeadline : self.configuration.rebalanceDeadline
    }
}
