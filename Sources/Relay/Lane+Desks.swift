internal import Assembly
internal import KafkaClient
internal import Synchronization

/// A desk, and where it is remembered.
struct OpenDesk {
    let desk: any RecordDesk
    /// Nil where nothing is.
    let journal: TopicPartition?
    /// Of `telegrams.sections`: its records end through settlements.
    let holdsRecords: Bool
    var steps = JournalSteps()

    // Since the last step:
    /// What ends with the next one.
    var ended: [Lane.Result] = []
    /// How much was sent for no record.
    var loose = 0
    /// Items that the engine takes for unfinished work until then.
    var items = 0
}

/// Partitions whose records wait for each other.
extension Lane {
    /// Sets the desk of a partition up, with what was remembered of it.
    mutating func open(_ opening: LaneQueue.Opening) async {
        do throws(KafkaError) {
            let partition = opening.partition
            let entries = try await opening.reading.entries(of: partition.partition)
            let count = self.engine.configuration.partitions
            guard let desk = self.handler.makeDesk(for: partition, slot: opening.slot, partitions: count) else {
                return
            }
            if entries == nil { self.engine.report(.problem(.notRemembered(partition), partition)) }
            for (key, entry) in entries ?? [:] where !desk.restore(key, from: entry) {
                self.engine.report(.problem(.unreadable(key), partition))
            }
            let journal = entries == nil ? nil : self.engine.configuration.journal
            self.desks[opening.slot] = OpenDesk(
                desk: desk, journal: journal.map { TopicPartition($0, partition.partition) },
                holdsRecords: self.engine.isSections(partition))
            self.note(desk, slot: opening.slot)
        } catch {
            // Whoever stops does not wait for it; its tasks hear of that first.
            self.unopened.insert(opening.slot)
            if !self.engine.isStopping, !Task.isCancelled { self.engine.fail(error) }
        }
    }

    /// A record of such a partition.
    mutating func arrange(
        _ batch: RecordBatch, _ index: Int, _ token: Token
    ) async throws(KafkaError) -> Handled {
        guard let desk = self.desk(of: token.slot, batch.partition) else {
            return .failed("there is nobody to arrange it")
        }
        let handled = try desk.arrived(batch, index, sequence: token.sequence, outbox: &self.outbox)
        try await self.supply(desk)
        try self.settle(desk, slot: token.slot)
        return handled
    }

    mutating func look(_ look: Engine.Look) async throws(KafkaError) {
        guard self.engine.begin(look) else { return }
        self.results.removeAll(keepingCapacity: true)
        let desk = self.desks[look.slot]?.desk
        var items = 1
        defer {
            if let desk { self.note(desk, slot: look.slot) }
            self.post(look.slot, items: items)
            self.engine.end(look)
        }
        guard let desk else { return }
        try self.advance(look.slot)
        if look.isOnlyForSteps { return }
        self.resumeStep(look.slot)
        if look.now > .min { try desk.timePassed(to: look.now, outbox: &self.outbox) }
        if let offset = look.moveBelow { try desk.move(below: offset, outbox: &self.outbox) }
        try await self.supply(desk)
        try self.settle(desk, slot: look.slot)
        try await self.waitForRoom()
        self.leaveStep(look.slot, items: 1)
        items = 0
    }

    private mutating func desk(of slot: Int, _ partition: TopicPartition) -> (any RecordDesk)? {
        if let known = self.desks[slot] { return known.desk }
        // With a journal it must be read first.
        guard self.engine.configuration.journal == nil else { return nil }
        let desk = self.handler.makeDesk(
            for: partition, slot: slot, partitions: self.engine.configuration.partitions)
        self.desks[slot] = desk.map { OpenDesk(desk: $0, journal: nil, holdsRecords: true) }
        return desk
    }

    /// Octets that the desk has not got any more are read again from where they came.
    mutating func supply(_ desk: any RecordDesk) async throws(KafkaError) {
        if desk.wanted.isEmpty { return }
        // A broker that is away is not for the watchdog.
        let busySince = self.queue.busySince.exchange(0, ordering: .relaxed)
        defer { if busySince > 0 { self.queue.busySince.store(Deadline.now.nanoseconds, ordering: .relaxed) } }
        while case let wanted = desk.wanted, !wanted.isEmpty {
            let isDispensable = wanted.allSatisfy(\.isDispensable)
            let found: [PartSource: RecordBatch]
            do throws(KafkaError) {
                found = try await self.engine.records(of: wanted, within: isDispensable ? Self.readingTime : nil)
            } catch {
                let isStopping = self.engine.isStopping || Task.isCancelled
                guard isStopping || isDispensable else { throw error }
                if !isStopping { self.engine.report(.problem(.notCompared(error), nil)) }
                return try desk.goWithoutWanted(outbox: &self.outbox)
            }
            try desk.supply(found, outbox: &self.outbox)
        }
    }

    private static let readingTime = Duration.seconds(5)

    private mutating func settle(_ desk: any RecordDesk, slot: Int) throws(KafkaError) {
        for settlement in desk.takeSettlements() {
            switch settlement {
            case .held(let sequence, let copy):
                self.results.append(Result(sequence: sequence, sent: 0, outcome: .published, ending: .held(copy)))
            case .ended(let sequence, let others, let sent):
                self.desks[slot]?.ended.append(
                    Result(sequence: sequence, sent: sent, outcome: .published, ending: .released(others)))
            case .rejected(let sequence, let batch, let index, let rejection, let sent):
                let token = Token(slot: slot, sequence: sequence, stage: .event)
                self.outbox.open(token.rawValue)
                try self.deadLetter(batch[index], of: batch, rejection: rejection, token: token)
                self.desks[slot]?.ended.append(
                    Result(
                        sequence: sequence, sent: sent + self.outbox.sent, outcome: .deadLettered,
                        ending: .released([])))
            }
        }
    }

    // MARK: Steps

    /// What is sent now for no record belongs to the next step of this desk.
    mutating func resumeStep(_ slot: Int) {
        let open = self.desks[slot]
        let token = Token(slot: slot, sequence: open?.steps.nextNumber ?? 0, stage: .step)
        self.outbox.loosen(token, after: open?.loose ?? 0)
    }

    /// The results at hand are the engine's, and so many batches and looks with them; where a desk has something to remember of
    /// them, once it has.
    mutating func leaveStep(_ slot: Int, items: Int) {
        guard let open = self.desks[slot] else { return self.post(slot, items: items) }
        if open.holdsRecords {
            self.post(slot, items: 0)
        } else {
            self.desks[slot]?.ended += self.results
            self.results.removeAll(keepingCapacity: true)
        }
        self.desks[slot]?.loose = self.outbox.loose
        self.desks[slot]?.items += items
        if self.unremembered.isEmpty { self.stepEnd = .after(self.engine.configuration.stepTime) }
        self.unremembered.insert(slot)
    }

    /// More of what is there may belong to the steps at hand.
    var mayGoOn: Bool {
        !self.unremembered.isEmpty && !(self.engine.gate?.isClosing ?? false) && !self.stepEnd.hasPassed
    }

    /// Before the lane leaves the gate, and before it waits.
    mutating func rememberAll() throws(KafkaError) {
        for slot in self.unremembered { try self.remember(slot) }
        self.unremembered.removeAll(keepingCapacity: true)
    }

    private mutating func remember(_ slot: Int) throws(KafkaError) {
        // What is gone is its next owner's, and so is its journal.
        guard self.engine.has(slot), let desk = self.desks[slot]?.desk else { return }
        self.resumeStep(slot)
        try desk.stepEnds(outbox: &self.outbox)
        try self.write(desk.takeEntries(), slot: slot)
        let items = self.desks[slot]?.items ?? 0
        self.desks[slot]?.items = 0
        self.desks[slot]?.loose = 0
        // Before the engine takes the work for done: a drain waits for steps that it knows of.
        self.note(desk, slot: slot)
        self.post(slot, items: items)
    }

    /// What ended does so at once where nothing is to be written of it, or where a transaction keeps the two together.
    private mutating func write(_ entries: [JournalEntry], slot: Int) throws(KafkaError) {
        let ended = self.desks[slot]?.ended ?? []
        self.desks[slot]?.ended = []
        guard let journal = self.desks[slot]?.journal, !entries.isEmpty || self.outbox.loose > 0 else {
            self.results += ended
            return
        }
        let number = self.desks[slot]?.steps.nextNumber ?? 0
        if self.engine.gate != nil {
            let token = Token(slot: slot, sequence: number, stage: .step)
            for entry in entries { try self.write(entry, to: journal, token) }
            self.engine.loosened(slot)
            self.results += ended
            return
        }
        let carriers = ended.lazy.filter { $0.sent > 0 }.map { (sequence: $0.sequence, sent: $0.sent) }
        self.desks[slot]?.steps.add(
            JournalSteps.Step(
                number: number, carriers: Array(carriers), sent: self.outbox.loose, entries: entries, results: ended))
        try self.advance(slot)
    }

    private mutating func write(
        _ entry: JournalEntry, to journal: TopicPartition, _ token: Token
    ) throws(KafkaError) {
        try self.outbox.write(entry, to: journal, token)
        FaultPoint.journalWritten.pass()
    }

    private func note(_ desk: any RecordDesk, slot: Int) {
        let steps = self.desks[slot]?.steps ?? JournalSteps()
        self.engine.note(desk, slot: slot, oldestStep: steps.oldest, nextStep: steps.nextNumber)
    }

    mutating func forget(_ slot: Int) {
        self.desks[slot] = nil
        self.unopened.remove(slot)
        self.unremembered.remove(slot)
    }

    /// Work was broken off: nothing of it is remembered.
    mutating func forgetUnremembered() {
        for slot in self.unremembered {
            self.engine.post([], slot: slot, items: self.desks[slot]?.items ?? 0)
            self.desks[slot]?.items = 0
            self.desks[slot]?.loose = 0
            self.desks[slot]?.ended = []
        }
        self.unremembered.removeAll(keepingCapacity: true)
    }

    /// Writes what may be written by now, and ends what is written.
    private mutating func advance(_ slot: Int) throws(KafkaError) {
        guard var open = self.desks[slot], let journal = open.journal, !open.steps.isEmpty else { return }
        self.desks[slot] = nil
        defer { self.desks[slot] = open }
        while let step = open.steps.writable(where: { self.engine.isAcknowledged($0, slot: slot) }) {
            let token = Token(slot: slot, sequence: step.number, stage: .step)
            for entry in step.entries { try self.write(entry, to: journal, token) }
        }
        while let step = open.steps.ended(where: { self.engine.isAcknowledged($0, slot: slot) }) {
            self.results += step.results
        }
    }
}

extension KafkaError {
    fileprivate static func notCompared(_ error: KafkaError) -> KafkaError {
        KafkaError(
            code: error.code, name: error.name, kind: .other, operation: "read another copy",
            detail: "copies are told without what differs for 30 s: \(error.detail)")
    }

    fileprivate static func notRemembered(_ partition: TopicPartition) -> KafkaError {
        KafkaError(
            code: 0, name: "NO_JOURNAL", kind: .other, operation: "read journal",
            detail:
                "the journal has no partition \(partition.partition): what is judged on \(partition) is forgotten at "
                + "the next restart; add partitions to it")
    }

    fileprivate static func unreadable(_ key: [UInt8]) -> KafkaError {
        KafkaError(
            code: 0, name: "BAD_ENTRY", kind: .other, operation: "read journal",
            detail:
                "the entry of \(String(decoding: key.prefix(200), as: UTF8.self)) cannot be read and counts for nothing"
        )
    }
}
