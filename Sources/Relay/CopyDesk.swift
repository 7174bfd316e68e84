internal import Assembly
internal import Events
internal import KafkaClient

/// Copies that came on different partitions of the input, and telegrams that were withdrawn from another one, as far as they are
/// judged in one partition of `telegrams.sections`.
final class CopyDesk: ObservationDesk {
    private let handler: TelegramHandler
    private let input: String
    /// Nil where copies are not judged: notices that are still there are passed over.
    private var register: CopyRegister?
    /// Found in the record at hand and not told yet.
    private var untold: ArraySlice<CopyMeeting> = []
    private var others = OtherRecords()
    /// By partition of the input, the offset that was heard of last.
    private var newest: [Int32: Int64] = [:]
    /// So many are compared at a time: what is read for them is all in memory.
    private static let comparedLimit = 8

    /// `input`: where the copies came from.
    init(handler: TelegramHandler, input: String, settings: VersionSettings?) {
        self.handler = handler
        self.input = input
        self.register = settings.map { CopyRegister(settings: $0) }
    }

    func observed(_ octets: [UInt8], at offset: Int64, _ now: Int64, outbox: inout Outbox) throws(KafkaError)
        -> Rejection?
    {
        let notices: CopyNotices
        do throws(SnapshotError) {
            notices = try CopyNoticeRecord.read(octets)
        } catch {
            return .unreadable("notices of copies", code: "malformed-notices", error)
        }
        // What a broken step left was not remembered, and comes up again.
        self.untold.removeAll()
        self.others.wantNothing()
        for source in notices.copies.lazy.map(\.source) { self.newest[source.partition] = source.offset }
        let decisions = self.register?.recordArrived(octets, notices, at: offset, now) ?? []
        if decisions.isEmpty { return nil }
        outbox.openLoose()
        for decision in decisions {
            switch decision {
            case .met(let meeting):
                if meeting.copy.event != meeting.otherEvent {
                    self.untold.append(meeting)
                } else {
                    try self.tell(Alert(meeting, nil, on: self.input, at: WallClock.now), &outbox)
                }
            case .withdrawn(let withdrawal):
                try self.tell(Alert(withdrawal, on: self.input, at: WallClock.now), &outbox)
            }
        }
        try self.tellCompared(&outbox)
        return nil
    }

    private func tell(_ alert: Alert, _ outbox: inout Outbox) throws(KafkaError) {
        try self.handler.send(alert, tracing: nil, &outbox)
        FaultPoint.copiesFound.pass()
    }

    // MARK: Two texts

    var wanted: [WantedRecord] { self.others.wanted }

    /// Those whose records are at hand; those of the next ones are wanted.
    private func tellCompared(_ outbox: inout Outbox) throws(KafkaError) {
        while let meeting = self.untold.first, let (record, other) = self.records(of: meeting) {
            self.untold.removeFirst()
            var comparison: (count: Int, findings: [UInt8])?
            if case .there(let record) = record, case .there(let other) = other {
                comparison = self.handler.compare(meeting, record[0], other[0])
            }
            try self.tell(Alert(meeting, comparison, on: self.input, at: WallClock.now), &outbox)
        }
        self.others.trim()
        for meeting in self.untold.prefix(Self.comparedLimit) { _ = self.records(of: meeting) }
    }

    /// Nil where one is to be read first.
    private func records(of meeting: CopyMeeting) -> (OtherRecords.Found, OtherRecords.Found)? {
        let (source, other) = (meeting.copy.source, meeting.other)
        let record = self.others.record(of: source, upTo: self.newest[source.partition] ?? 0)
        let otherRecord = self.others.record(of: other, upTo: self.newest[other.partition] ?? 0)
        guard let record, let otherRecord else { return nil }
        return (record, otherRecord)
    }

    func supply(_ records: [PartSource: RecordBatch], outbox: inout Outbox) throws(KafkaError) {
        if self.wanted.isEmpty { return }
        self.others.supply(records)
        outbox.openLoose()
        try self.tellCompared(&outbox)
    }

    /// That they met is not to be lost.
    func goWithoutWanted(outbox: inout Outbox) throws(KafkaError) {
        self.others.wantNothing()
        outbox.openLoose()
        while let meeting = self.untold.popFirst() {
            try self.tell(Alert(meeting, nil, on: self.input, at: WallClock.now), &outbox)
        }
    }

    // MARK: The journal

    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool {
        guard CopyRegister.owns(key) else { return true }
        do throws(SnapshotError) {
            try self.register?.restore(key, from: entry)
            return true
        } catch {
            return false
        }
    }

    func takeEntries() -> [JournalEntry] {
        self.register?.takeEntries().map { JournalEntry(key: $0.key, value: $0.value) } ?? []
    }
}

extension Alert {
    /// Of copies on one partition only the later one tells (`CopyOutcome`); of these each has its event already.
    fileprivate init(
        _ meeting: CopyMeeting, _ comparison: (count: Int, findings: [UInt8])?, on input: String, at time: Int64
    ) {
        let copy = meeting.copy
        let isText = meeting.verdict.alert == .superseded
        self.init(
            meeting.verdict.alert ?? .duplicate, subject: String(decoding: copy.identity, as: UTF8.self),
            sources: [Source(copy.source, on: input), Source(meeting.other, on: input)], at: time,
            message: "Two copies came on different partitions of the input, and each has an event"
                + (isText
                    ? "; this one's is \(meeting.isBetter ? "" : "not ")to be read in place of the other's." : "."),
            details: [
                "event": .octets(copy.event.hexadecimal), "verdict": .text("\(meeting.verdict.word)"),
                "other": .octets(meeting.otherEvent.hexadecimal),
                "channel": copy.channel.isEmpty ? nil : .octets(copy.channel),
                "differenceCount": comparison.map { .integer($0.count) },
                "differences": comparison.map { .findings($0.findings) },
            ])
    }

    /// The same as where both came on one partition (`TelegramHandler.cancellations`).
    fileprivate init(_ withdrawal: Withdrawal, on input: String, at time: Int64) {
        let cancellation = withdrawal.cancellation
        self.init(
            .cancelled, subject: String(decoding: withdrawal.identity, as: UTF8.self),
            sources: [Source(cancellation.source, on: input), Source(withdrawal.other, on: input)], at: time,
            details: [
                "event": .octets(cancellation.event.hexadecimal), "verdict": .text("cancelled"),
                "other": .octets(withdrawal.otherEvent.hexadecimal), "name": .octets(cancellation.name),
            ])
    }
}
