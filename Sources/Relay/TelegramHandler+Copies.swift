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

        /// Nil: no event. What is not judged has its first.
        static func release(of reception: Reception?) -> Release? {
            if let reception { reception.outcome.release } else { Release() }
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
