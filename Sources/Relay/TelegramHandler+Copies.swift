internal import Assembly
internal import Events
internal import KafkaClient
internal import Telegram

/// Telegrams that are judged beside those that came before on their partition, and service messages that withdraw them.
extension TelegramHandler {
    /// One telegram at its desk.
    struct Reception {
        var source: Source
        var copy: TelegramCopy
        var judgement: Judgement
        var outcome: CopyOutcome
        /// Nil where both have the same text.
        var comparison: CopyComparison?

        /// Nil: no event. What is not judged has its first.
        static func release(of reception: Reception?) -> Release? {
            guard let reception else { return Release() }
            var release = reception.outcome.release
            release?.comparison = reception.comparison
            return release
        }

        /// It is to be compared with the other.
        var isOtherText: Bool {
            guard let other = self.judgement.other, other.content != self.copy.content else { return false }
            return self.judgement.verdict.comparesTexts
        }
    }

    /// Nil where nothing is remembered, and for what cannot have a copy: a service message, a part of a longer telegram,
    /// a text without a name.
    func receive(
        _ telegram: borrowing Telegram, _ octets: Octets, _ source: Source, at desk: InputDesk?
    ) -> Reception? {
        guard let desk, desk.copies != nil, telegram.kind == .telegram,
            let identity = self.encoder.identity(of: telegram, octets: octets),
            let copy = TelegramCopy(
                telegram, octets: octets, identity: identity.telegram, eventID: identity.event, source: source.part)
        else { return nil }
        guard let judgement = desk.copies?.judge(copy, at: source.time) else { return nil }
        return Reception(
            source: source, copy: copy, judgement: judgement,
            outcome: CopyOutcome(judgement, event: identity.event))
    }

    /// What the other has otherwise. False where that must be read again first.
    func compare(
        _ reception: inout Reception?, _ telegram: borrowing Telegram, _ octets: Octets, for place: Int32,
        at desk: InputDesk
    ) -> Bool {
        guard let judgement = reception?.judgement, let other = judgement.other else { return true }
        var differences: [CopyDifference]?
        switch desk.other(other.source, for: place) {
        case .wanted: return false
        case .left: return true
        case .gone: break
        case .there(let batch, let index):
            let text = self.text(of: batch[index], other.source.index) { telegram, _, _ in
                telegram.contentHash == (other.content.high, other.content.low)
            }
            differences = text.map { CopyText(telegram, octets: octets).differences(from: $0) }
        }
        reception?.comparison = CopyComparison(differences, isLaterRead: judgement.revision != nil)
        return true
    }

    /// The text of the telegram at this place of a record that was read again; nil where it is none of which `isIt` holds: the
    /// topic was made anew.
    private func text(
        of record: RecordBatch.Slot, _ place: Int32,
        where isIt: (borrowing Telegram, Octets, inout TelegramEncoder) -> Bool
    ) -> CopyText? {
        guard let value = record.value, value.count <= self.recordLimit else { return nil }
        let octets = Octets(_unsafeElements: value.assumingMemoryBound(to: UInt8.self))
        var count: Int32 = 0
        var text: CopyText?
        _ = self.otherParser.parse(octets, context: record.context) { telegram in
            defer { count += 1 }
            if count == place, isIt(telegram, octets, &self.encoder) { text = CopyText(telegram, octets: octets) }
        }
        return text
    }

    /// What an alert shows of two copies that have their events, and were read again. No count where one of them is another
    /// record than it was.
    func compare(
        _ meeting: CopyMeeting, _ record: RecordBatch.Slot, _ other: RecordBatch.Slot
    ) -> (count: Int?, findings: [UInt8]) {
        let otherText = self.text(of: other, meeting.other.index) { telegram, octets, encoder in
            encoder.identity(of: telegram, octets: octets)?.event == meeting.otherEvent.hexadecimal
        }
        guard let otherText, let value = record.value, value.count <= self.recordLimit else {
            return (nil, self.encoder.expiredCopy())
        }
        // One that stands beside the other has its own words, as its event has them.
        let isRead = meeting.isBetter || meeting.verdict == .deliveredAgain
        let octets = Octets(_unsafeElements: value.assumingMemoryBound(to: UInt8.self))
        var place: Int32 = 0
        var shown: (count: Int?, findings: [UInt8])?
        _ = self.parser.parse(octets, context: record.context) { telegram in
            defer { place += 1 }
            guard place == meeting.copy.source.index,
                self.encoder.identity(of: telegram, octets: octets)?.event == meeting.copy.event.hexadecimal
            else { return }
            let differences = CopyText(telegram, octets: octets).differences(from: otherText)
            let comparison = CopyComparison(differences, isLaterRead: isRead)
            shown = (differences.count, self.encoder.differences(comparison, of: telegram, octets: octets))
        }
        return shown ?? (nil, self.encoder.expiredCopy())
    }

    /// What came before, and by what way this one came; none on the first.
    func alerts(on reception: Reception, _ telegram: borrowing Telegram, _ octets: Octets) -> [Alert] {
        guard let code = reception.outcome.alert else { return [] }
        let judgement = reception.judgement
        let others = [judgement.canceller, judgement.other?.source].compactMap { $0 }
        // Without an event of its own the alert stands for the first of its sources (`OutputRecord.Kind.copy`).
        return [
            Alert(
                code, subject: String(decoding: reception.copy.identity, as: UTF8.self),
                sources: [reception.source] + others.map { Source($0, on: self.input) },
                message: reception.outcome.message,
                details: [
                    "event": reception.outcome.release.map { _ in .octets(reception.copy.eventID) },
                    "verdict": .text("\(reception.outcome.word)"),
                    "other": judgement.other.map { .octets($0.eventID) },
                    "channel": telegram.channelNumber(octets).map { .octets($0) },
                    "differenceCount": reception.comparison?.differences.map { .integer($0.count) },
                    "differences": reception.comparison.map {
                        .findings(self.encoder.differences($0, of: telegram, octets: octets))
                    },
                ])
        ]
    }

    /// So many of one service message are told to other partitions.
    private static let noticeLimit = 64

    /// Of each telegram that a service message withdraws. `event`: the service message's own, beside which they stand.
    func cancellations(
        by telegram: borrowing Telegram, _ octets: Octets, _ source: Source, _ event: EncodedEvent, at desk: InputDesk
    ) -> [Alert] {
        guard telegram.kind == .service else { return [] }
        let cancellations = Cancellation.all(in: telegram, octets: octets)
        if desk.copies != nil, let hash = ContentHash(hexadecimal: [UInt8](event.identifier)) {
            for cancellation in cancellations.prefix(Self.noticeLimit) {
                desk.observations?.collect(
                    CancellationNotice(name: cancellation.name, event: hash, source: source.part))
            }
        }
        return cancellations.compactMap { cancellation in
            guard let (judgement, identity) = desk.copies?.judge(cancellation, by: source.part, at: source.time) else {
                return nil
            }
            return Alert(
                .cancelled, subject: String(decoding: identity, as: UTF8.self),
                sources: [source] + [judgement.other].compactMap { $0.map { Source($0.source, on: self.input) } },
                message: judgement.other == nil
                    ? "A service message withdraws a telegram that has not come on its partition of the input yet."
                    : nil,
                details: [
                    "event": .octets([UInt8](event.identifier)), "verdict": .text("cancelled"),
                    "other": judgement.other.map { .octets($0.eventID) }, "name": .octets(cancellation.name),
                ])
        }
    }
}

extension Source {
    /// A worker whose clock is ahead must not make others forget.
    fileprivate var time: Int64 { min(max(self.timestamp ?? 0, 0), WallClock.now) }
}
