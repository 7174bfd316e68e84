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
        let decisions = self.register?.recordArrived(octets, notices, at: offset, now) ?? []
        if decisions.isEmpty { return nil }
        outbox.openLoose()
        for decision in decisions {
            let alert =
                switch decision {
                case .met(let meeting): Alert(meeting, on: self.input, at: WallClock.now)
                case .withdrawn(let withdrawal): Alert(withdrawal, on: self.input, at: WallClock.now)
                }
            try self.handler.send(alert, tracing: nil, &outbox)
        }
        FaultPoint.copiesFound.pass()
        return nil
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
    fileprivate init(_ meeting: CopyMeeting, on input: String, at time: Int64) {
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
