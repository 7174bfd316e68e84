package import KafkaClient
internal import Synchronization

/// Partitions that come and go.
extension Engine {
    package func assigned(_ partitions: [CommittedOffset]) -> [CommittedOffset] {
        FaultPoint.assigned.pass()
        var events: [EngineEvent] = []
        var newer: KafkaError?
        // One that nobody committed for, where others are: it was added to the topic, or never held a record. Its first
        // records must not be passed over, whatever `input.start` says.
        let known = Set(partitions.lazy.filter { $0.offset >= 0 }.map(\.partition.topic))
        let carried = self.state.withLock { $0.carried }
        let starts = partitions.map { committed -> Beginning in
            var metadata = CommitMetadata(offset: committed.offset)
            if committed.offset >= 0, !committed.metadata.isEmpty {
                do throws(CommitMetadata.Failure) {
                    metadata = try CommitMetadata(committed.metadata, offset: committed.offset)
                } catch {
                    if case .newer(let version) = error { newer = newer ?? .newer(version, committed.partition) }
                    events.append(.metadataIgnored(committed.partition, error))
                }
            }
            var start = committed
            var counted: CommittedOffset? = committed
            let isSections = self.isSections(committed.partition)
            if committed.offset < 0 {
                let isYoung = isSections || known.contains(committed.partition.topic)
                start.offset = isYoung ? Offset.beginning : self.configuration.start
                counted = nil
            }
            // Neither `--from` nor what a replay has done speaks of sections.
            if !isSections, let from = self.configuration.from,
                let mark = from.spec.mark(for: committed.partition.partition),
                metadata.from != mark
            {
                start.offset = from.offsets[committed.partition.partition] ?? Offset.beginning
                metadata = CommitMetadata(offset: start.offset)
                metadata.from = mark
                counted = nil
                events.append(.moved(committed.partition, from: committed.offset, to: start.offset))
            }
            if !isSections, let runs = carried[committed.partition.partition] {
                start.offset = runs.firstMissing(from: start.offset)
                metadata = CommitMetadata(offset: start.offset)
                metadata.runs = runs.beyond(start.offset)
            }
            // Compared with what would be written: a text that says the same needs no commit.
            counted?.metadata = metadata.text
            return Beginning(start: start, metadata: metadata, committed: counted)
        }
        self.state.withLock { state in
            state.everAssigned = true
            state.isExpelled = false
            state.isCommitting = false
            let reading = self.reading(of: starts.map(\.start.partition))
            for beginning in starts {
                let partition = beginning.start.partition
                let number = state.add(
                    Slot(
                        beginning, inTransactions: self.configuration.exactlyOnce,
                        isSections: self.isSections(partition)))
                // Before the lock is given back: the partition's first record must come behind it.
                self.open(number, partition, reading)
            }
        }
        for event in events { self.report(event) }
        if let newer { self.fail(newer) }
        self.report(.assigned(starts.map(\.start)))
        return starts.map(\.start)
    }

    /// How a partition begins here.
    struct Beginning {
        var start: CommittedOffset
        var metadata: CommitMetadata
        /// What the group has committed, if it is to count.
        var committed: CommittedOffset?
    }

    /// Where to go on when the partition has not got what was asked for. What retention took is lost, and said so, since
    /// stopping would only lose more; an offset beyond the end means another log under the same name, and where to begin on
    /// that is for a person to say.
    package func outOfRange(_ partition: TopicPartition, wanted: Int64, low: Int64, high: Int64) -> Int64? {
        if wanted < 0 {
            return self.configuration.start == Offset.end && !self.isSections(partition) ? high : low
        }
        if wanted < low {
            self.state.withLock { state in
                guard let slot = state.slotNumbers[partition].flatMap({ state.slots[$0] }) else { return }
                slot.counts.lost += low - wanted
                slot.tracker.reachedEnd(at: low)
            }
            self.report(.lost(partition, from: wanted, to: low))
            return low
        }
        // The answer to a fetch from before the partition was placed here.
        if wanted <= high { return wanted }
        self.fail(.beyondEnd(partition, wanted: wanted, high: high))
        return nil
    }

    package func stop(of partition: TopicPartition) -> Int64? {
        self.isSections(partition) ? nil : self.configuration.to[partition.partition]
    }

    /// Drains what lanes are at work on, for a bounded time; what they have not begun is left to the next owner.
    ///
    /// In transactions nothing is answered: the offsets went with the last one. What is lost, or not drained in time, takes
    /// the open transaction with it: its outputs must not be committed by whoever owns the partition then (measurements 7.4).
    package func revoked(_ partitions: [TopicPartition], lost: Bool) -> [CommittedOffset] {
        FaultPoint.revokeBegins.pass()
        // By partition, not by number: a transaction that is rolled back meanwhile numbers its slots anew.
        let isStop = self.state.withLock { state in
            for slot in state.slots(of: partitions) { slot.draining = true }
            // One that is asked to stop while it drains for a rebalance has had that one's time.
            return state.isStoppingInOrder
        }
        let finished = lost ? false : self.drain(partitions)
        if isStop, !finished, !lost,
            let count = self.state.withLock({ $0.isStoppingInOrder ? $0.inFlightRecords : nil })
        {
            self.report(.undrained(inFlight: count))
        }
        if self.gate != nil, !finished { self.abandonTransaction(.givenUp) }
        FaultPoint.revokeDrained.pass()
        let commits = self.state.withLock { state in
            var commits: [CommittedOffset] = []
            for partition in partitions {
                let number = state.slotNumbers[partition]
                guard let slot = state.remove(partition) else { continue }
                if slot.isSections || self.configuration.journal != nil, let number {
                    self.lane(of: number).push(.forget(slot: number))
                }
                if !lost, self.gate == nil, let commit = slot.commit, commit != slot.committed {
                    commits.append(commit)
                }
            }
            return commits
        }
        self.report(.revoked(partitions, lost: lost, finished: finished))
        return commits
    }

    /// False at the deadline, where the engine is broken, or where no transaction could take the offsets.
    private func drain(_ partitions: [TopicPartition]) -> Bool {
        let deadline = Deadline.after(self.deadline)
        while true {
            let (isBusy, isWorking, isBroken) = self.state.withLock { state -> (Bool, Bool, Bool) in
                if state.failure != nil || state.isExpelled { return (false, false, true) }
                let slots = state.slots(of: partitions)
                let isWorking = slots.contains { $0.working > 0 }
                return (
                    isWorking || slots.contains { $0.isUnsettled(inTransactions: self.gate != nil) }, isWorking, false
                )
            }
            if isBroken { return false }
            if !isBusy { return true }
            if deadline.hasPassed { return false }
            FaultPoint.revokeDraining.pass()
            // What a desk remembers is written on the way out, too.
            self.lookAfterSections()
            if !isWorking { self.requestCommit() }
            self.moved.wait(until: min(deadline, .after(milliseconds: 100)))
        }
    }

    private var deadline: Duration {
        self.state.withLock { $0.stopping } ? self.configuration.shutdownDeadline : self.configuration.rebalanceDeadline
    }
}

extension Engine.Slot {
    /// Something that was begun is not finished, or not committed where only a transaction can.
    fileprivate func isUnsettled(inTransactions: Bool) -> Bool {
        if self.oldestStep != nil || self.isLoose { return true }
        if self.tracker.started, self.retrying == 0 || self.tracker.startedCount > self.retrying { return true }
        guard inTransactions, let commit = self.commit else { return false }
        return commit != self.committed
    }
}

extension Engine.State {
    /// Its drain has the time of a stop.
    fileprivate var isStoppingInOrder: Bool { self.stopping && self.failure == nil && !self.isExpelled }

    @discardableResult
    mutating func add(_ slot: Engine.Slot) -> Int {
        // A number is used again after thousands of assignments; one that is still in use is passed over.
        while self.slots[self.nextSlot] != nil { self.nextSlot = (self.nextSlot + 1) % Token.slotCount }
        let number = self.nextSlot
        self.slots[number] = slot
        self.slotNumbers[slot.partition] = number
        self.nextSlot = (number + 1) % Token.slotCount
        return number
    }

    func slots(of partitions: [TopicPartition]) -> [Engine.Slot] {
        partitions.compactMap { self.slotNumbers[$0].flatMap { self.slots[$0] } }
    }

    /// Takes a slot away, with what was not finished on it.
    mutating func remove(_ partition: TopicPartition) -> Engine.Slot? {
        guard let number = self.slotNumbers.removeValue(forKey: partition),
            let slot = self.slots.removeValue(forKey: number)
        else { return nil }
        let rest = slot.tracker.rest
        self.inFlightRecords -= rest.records
        self.inFlightBytes -= rest.bytes
        self.uncommittedRecords -= slot.uncommitted
        self.ledger.lines[slot.partition]?.gaveUpRest()
        let slots = self.slots
        self.retries.keep { slots[$0] != nil }
        return slot
    }
}

extension KafkaError {
    /// Why a transaction is abandoned when its partitions go.
    static let givenUp = KafkaError(
        code: 0, name: "PARTITIONS_GIVEN_UP", kind: .abortable, operation: "give up partitions",
        detail: "partitions went before their work was committed")

    fileprivate static func beyondEnd(_ partition: TopicPartition, wanted: Int64, high: Int64) -> KafkaError {
        KafkaError(
            code: 1, name: "OFFSET_OUT_OF_RANGE", kind: .configuration, operation: "read input",
            detail:
                "\(partition): there is no offset \(wanted) to go on from, the end is \(high): the topic was truncated or "
                + "made anew, or --from names no place on it; say where to go on with --from beginning or another place"
        )
    }

    fileprivate static func newer(_ version: String, _ partition: TopicPartition) -> KafkaError {
        KafkaError(
            code: 0, name: "NEWER_METADATA", kind: .configuration, operation: "read committed offsets",
            detail:
                "\(partition): the commit's metadata is of a newer version (\(version)); run that version, or move the "
                + "group's offsets with Kafka's own tool, which drops what is finished beyond them")
    }
}
