internal import Assembly
internal import Events
internal import KafkaClient

/// The series of numbers that are judged in one partition of `telegrams.sections`. A record there ends at once: what waits of
/// it stands in the journal.
final class NumberDesk: RecordDesk {
    private let handler: TelegramHandler
    private let input: String
    /// Nil where numbers are not watched: observations that are still there are passed over.
    private var watch: ContinuityWatch?
    private var settlements: [Settlement] = []
    /// Their entries are made when they are asked for: a record may change a series often.
    private var changed: Set<[UInt8]> = []

    /// `input`: where what brought the numbers came from.
    init(handler: TelegramHandler, input: String, settings: ContinuitySettings?) {
        self.handler = handler
        self.input = input
        self.watch = settings.map { ContinuityWatch(settings: $0) }
    }

    var nextDeadline: Int64? { self.watch?.nextDeadline }

    func takeSettlements() -> [Settlement] {
        defer { self.settlements = [] }
        return self.settlements
    }

    func arrived(
        _ batch: RecordBatch, _ index: Int, sequence: UInt64, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        let record = batch[index]
        let observations: [NumberObservation]
        do throws(SnapshotError) {
            observations = try ObservationRecord.read(record.value.map { [UInt8]($0) } ?? [])
        } catch {
            return .rejected(
                Rejection(
                    code: "malformed-observations",
                    message: error == .unknownForm
                        ? "The observations are of a version that is not known here."
                        : "The observations cannot be read."))
        }
        var decisions: [ContinuityDecision] = []
        // Not when the record was made: what was away since then has to be read first. Whoever sent a telegram with a clock that
        // is ahead must not make others late.
        let now = WallClock.now
        for var observation in observations {
            observation.time = min(observation.time, now)
            decisions += self.watch?.observationArrived(observation, at: now) ?? []
            self.noteChanges()
        }
        try self.tell(decisions, &outbox)
        self.settlements.append(.ended(sequence, with: [], sent: 0))
        return .settled
    }

    func timePassed(to now: Int64, outbox: inout Outbox) throws(KafkaError) {
        let decisions = self.watch?.timePassed(to: now) ?? []
        self.noteChanges()
        try self.tell(decisions, &outbox)
    }

    private func tell(_ decisions: [ContinuityDecision], _ outbox: inout Outbox) throws(KafkaError) {
        if decisions.isEmpty { return }
        let alerts = NumberAlerts(input: self.input, at: WallClock.now) { self.watch?.width(of: $0) ?? 3 }.of(decisions)
        if alerts.isEmpty { return }
        outbox.openLoose()
        for alert in alerts { try self.handler.send(alert, tracing: nil, &outbox) }
        FaultPoint.numbersJudged.pass()
    }

    // MARK: The journal

    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool {
        guard NumberSeries(key: key) != nil else { return true }
        do throws(SnapshotError) {
            try self.watch?.restore(key, from: entry)
            return true
        } catch {
            return false
        }
    }

    func takeEntries() -> [JournalEntry] {
        if self.changed.isEmpty { return [] }
        defer { self.changed.removeAll(keepingCapacity: true) }
        return self.changed.map { JournalEntry(key: $0, value: self.watch?.snapshot(of: $0)) }
    }

    private func noteChanges() { if let changed = self.watch?.changedKeys { self.changed.formUnion(changed) } }
}
