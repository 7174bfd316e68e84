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
    /// What may still be read and compared for the record at hand: it may speak of thousands of copies.
    private var readings = 0
    private var octets = 0
    private static let readingLimit = 32
    private static let octetLimit = 32 << 20
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
        self.readings = Self.readingLimit
        self.octets = Self.octetLimit
        for source in notices.copies.lazy.map(\.source) { self.newest[source.partition] = source.offset }
        let decisions = self.register?.recordArrived(octets, notices, at: offset, now) ?? []
        if decisions.isEmpty { return nil }
        outbox.openLoose()
        for decision in decisions {
            switch decision {
            case .met(let meeting):
                if meeting.copy.event != meeting.otherEvent, meeting.verdict.comparesTexts {
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
        while let meeting = self.untold.first {
            var comparison: (count: Int?, findings: [UInt8])?
            if self.readings > 0, self.octets > 0 {
                guard let (record, other) = self.records(of: meeting) else { break }
                comparison = self.compare(meeting, record, other)
            }
            self.untold.removeFirst()
            try self.tell(Alert(meeting, comparison, on: self.input, at: WallClock.now), &outbox)
        }
        if self.untold.isEmpty { return }
        self.others.trim()
        for meeting in self.untold.prefix(Self.comparedLimit) { _ = self.records(of: meeting) }
    }

    private func compare(
        _ meeting: CopyMeeting, _ record: OtherRecords.Found, _ other: OtherRecords.Found
    ) -> (count: Int?, findings: [UInt8])? {
        switch (record, other) {
        case (.there(let record), .there(let other)):
            self.octets -= record.byteCount + other.byteCount
            return self.handler.compare(meeting, record[0], other[0])
        case (.left, _), (_, .left): return nil
        case (.gone, _), (_, .gone): return (nil, self.handler.encoder.expiredCopy())
        }
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
        self.readings -= 1
        outbox.openLoose()
        try self.tellCompared(&outbox)
    }

    /// That they met is not to be lost.
    func goWithoutWanted(outbox: inout Outbox) throws(KafkaError) {
        if self.wanted.isEmpty { return }
        self.others.giveUp()
        outbox.openLoose()
        try self.tellCompared(&outbox)
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
        _ meeting: CopyMeeting, _ comparison: (count: Int?, findings: [UInt8])?, on input: String, at time: Int64
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
                "differenceCount": comparison?.count.map { .integer($0) },
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
