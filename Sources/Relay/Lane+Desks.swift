internal import Assembly
internal import KafkaClient

/// A desk, and where it is remembered.
struct OpenDesk {
    let desk: any RecordDesk
    /// Nil where nothing is.
    let journal: TopicPartition?
    /// Of `telegrams.sections`: its records end through settlements.
    let holdsRecords: Bool
    var steps = JournalSteps()
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
            self.engine.note(desk, slot: opening.slot, oldestStep: nil)
        } catch {
            // Whoever stops does not wait for it.
            if !self.engine.isStopping { self.engine.fail(error) }
        }
    }

    /// A record of such a partition.
    mutating func arrange(
        _ batch: RecordBatch, _ index: Int, _ token: Token
    ) async throws(KafkaError) -> Handled {
        guard let desk = self.desk(of: token.slot, batch.partition) else {
            return .failed("there is nobody to arrange it")
        }
        defer { self.engine.note(desk, slot: token.slot, oldestStep: self.desks[token.slot]?.steps.oldest) }
        self.beginStep(token.slot)
        let handled = try desk.arrived(batch, index, sequence: token.sequence, outbox: &self.outbox)
        try await self.supply(desk)
        try self.carryOut(desk, slot: token.slot)
        return handled
    }

    /// What the records of a batch give to be remembered goes behind them all, and they finish with it. Records that wait are
    /// remembered one by one.
    mutating func rememberBatch(_ slot: Int) throws(KafkaError) {
        guard let open = self.desks[slot], !open.holdsRecords else { return }
        try open.desk.batchEnded(outbox: &self.outbox)
        let ended = self.results
        self.results.removeAll(keepingCapacity: true)
        try self.remember(open.desk.takeEntries(), ended, slot: slot)
        self.engine.note(open.desk, slot: slot, oldestStep: self.desks[slot]?.steps.oldest)
        self.beginStep(slot)
    }

    mutating func look(_ look: Engine.Look) async throws(KafkaError) {
        guard self.engine.begin(look) else { return }
        self.results.removeAll(keepingCapacity: true)
        let desk = self.desks[look.slot]?.desk
        defer { self.engine.end(look, self.results, desk, oldestStep: self.desks[look.slot]?.steps.oldest) }
        guard let desk else { return }
        try self.advance(look.slot)
        if look.now == .min, look.moveBelow == nil { return }
        self.beginStep(look.slot)
        if look.now > .min { try desk.timePassed(to: look.now, outbox: &self.outbox) }
        if let offset = look.moveBelow { try desk.move(below: offset, outbox: &self.outbox) }
        try await self.supply(desk)
        try self.carryOut(desk, slot: look.slot)
        try await self.waitForRoom()
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

    mutating func beginStep(_ slot: Int) {
        let number = self.desks[slot]?.steps.nextNumber ?? 0
        self.outbox.loosen(Token(slot: slot, sequence: number, stage: .step))
    }

    /// Octets that the desk has not got any more are read again from where they came.
    private mutating func supply(_ desk: any RecordDesk) async throws(KafkaError) {
        let wanted = desk.wanted
        if wanted.isEmpty { return }
        let found: [PartSource: RecordBatch]
        do throws(KafkaError) {
            found = try await self.engine.records(of: wanted)
        } catch {
            // Whoever stops leaves it to the next owner.
            if self.engine.isStopping { return }
            throw error
        }
        try desk.supply(found, outbox: &self.outbox)
    }

    private mutating func carryOut(_ desk: any RecordDesk, slot: Int) throws(KafkaError) {
        var ended: [Result] = []
        for settlement in desk.takeSettlements() {
            switch settlement {
            case .held(let sequence, let copy):
                self.results.append(Result(sequence: sequence, sent: 0, outcome: .published, ending: .held(copy)))
            case .ended(let sequence, let others, let sent):
                ended.append(Result(sequence: sequence, sent: sent, outcome: .published, ending: .released(others)))
            case .rejected(let sequence, let batch, let index, let rejection, let sent):
                let token = Token(slot: slot, sequence: sequence, stage: .event)
                self.outbox.open(token.rawValue)
                try self.deadLetter(batch[index], of: batch, rejection: rejection, token: token)
                ended.append(
                    Result(
                        sequence: sequence, sent: sent + self.outbox.sent, outcome: .deadLettered,
                        ending: .released([])))
            }
        }
        try self.remember(desk.takeEntries(), ended, slot: slot)
    }

    /// What ended does so at once where nothing is to be written of it, or where a transaction keeps the two together.
    private mutating func remember(
        _ entries: [JournalEntry], _ ended: [Result], slot: Int
    ) throws(KafkaError) {
        guard let journal = self.desks[slot]?.journal, !entries.isEmpty || self.outbox.loose > 0 else {
            self.results += ended
            return
        }
        let number = self.desks[slot]?.steps.nextNumber ?? 0
        if self.engine.gate != nil {
            let token = Token(slot: slot, sequence: number, stage: .step)
            for entry in entries { try self.outbox.write(entry, to: journal, token) }
            FaultPoint.journalWritten.pass()
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

    /// Writes what may be written by now, and ends what is written.
    private mutating func advance(_ slot: Int) throws(KafkaError) {
        guard var open = self.desks[slot], let journal = open.journal, !open.steps.isEmpty else { return }
        self.desks[slot] = nil
        defer { self.desks[slot] = open }
        while let step = open.steps.writable(where: { self.engine.isAcknowledged($0, slot: slot) }) {
            let token = Token(slot: slot, sequence: step.number, stage: .step)
            for entry in step.entries { try self.outbox.write(entry, to: journal, token) }
            FaultPoint.journalWritten.pass()
        }
        while let step = open.steps.ended(where: { self.engine.isAcknowledged($0, slot: slot) }) {
            self.results += step.results
        }
    }
}

extension KafkaError {
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
