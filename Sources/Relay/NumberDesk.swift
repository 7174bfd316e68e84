internal import Assembly
internal import Events
internal import KafkaClient

/// The series of numbers that are judged in one partition of `telegrams.sections`. What waits of them stands in the journal.
final class NumberDesk: ObservationDesk {
    private let handler: TelegramHandler
    private let input: String
    /// Nil where numbers are not watched: observations that are still there are passed over.
    private var watch: ContinuityWatch?
    /// Their entries are made when they are asked for: a record may change a series often.
    private var changed: Set<[UInt8]> = []

    /// `input`: where what brought the numbers came from.
    init(handler: TelegramHandler, input: String, settings: ContinuitySettings?) {
        self.handler = handler
        self.input = input
        self.watch = settings.map { ContinuityWatch(settings: $0) }
    }

    var nextDeadline: Int64? { self.watch?.nextDeadline }

    func observed(_ octets: [UInt8], at offset: Int64, _: Int64, outbox: inout Outbox) throws(KafkaError) -> Rejection?
    {
        var observations: [NumberObservation]
        do throws(SnapshotError) {
            observations = try ObservationRecord.read(octets)
        } catch {
            return .unreadable("observations", code: "malformed-observations", error)
        }
        // Not when the record was made: what was away since then has to be read first.
        let now = WallClock.now
        // Who sent a telegram, with a clock that is ahead, must not make others late.
        for index in observations.indices { observations[index].time = min(observations[index].time, now) }
        let decisions = self.watch?.observationsArrived(observations, at: now) ?? []
        self.noteChanges()
        try self.tell(decisions, &outbox)
        return nil
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
