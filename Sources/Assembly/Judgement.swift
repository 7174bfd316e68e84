/// What a copy is beside those that came before (format 4.1).
public struct Judgement: Hashable, Sendable {
    public enum Verdict: UInt8, Sendable, CaseIterable {
        /// Nothing of this identity came before.
        case first
        /// The same, but somebody on its way took it for a duplicate: delivered and marked.
        case suspectedNew
        /// The same text, nothing new.
        case duplicate
        /// The same text, as somebody on its way had thought.
        case suspectedDuplicate
        /// `ZFG`: delivered whatever came before.
        case deliveredAgain
        /// A correction: shown in place of the other.
        case supersedes
        /// What a correction that came before it has corrected.
        case superseded
        /// The other had been sent subject to correction.
        case replacesProvisional
        /// Sent again on request; shown in place of the other where it is not worse (then it has a revision).
        case retransmission
        /// The less garbled of two copies, or the whole one.
        case better
        /// The more garbled one.
        case worse
        /// The same message reference under another date-time group or serial: another version.
        case rereleased
        /// One of both readdresses the other.
        case readdressed
        /// Withdrawn by `ZFR`; kept on record.
        case cancelled
    }

    public var verdict: Verdict
    /// Of the event that is to be published, one higher than that of the last; nil where none is.
    public var revision: Int?
    /// Nil where nothing came before.
    public var other: CopyReference?
    /// The message that cancelled it.
    public var canceller: PartSource?
    /// The copy was met again from where it had come: all the rest is what was said then, and is no news.
    public var isKnown: Bool

    public init(
        _ verdict: Verdict, revision: Int? = nil, other: CopyReference? = nil, canceller: PartSource? = nil,
        isKnown: Bool = false
    ) {
        self.verdict = verdict
        self.revision = revision
        self.other = other
        self.canceller = canceller
        self.isKnown = isKnown
    }
}

extension Judgement.Verdict {
    /// Of a copy with another text than one that came before it, neither of them cancelled. `isBetter`: it is the one of both
    /// that is to be read.
    init(_ copy: CopyQuality, _ marks: TelegramCopy.Marks, isBetter: Bool, than other: CopyQuality) {
        self =
            if marks.contains(.deliverAlways) {
                .deliveredAgain
            } else if isBetter, copy.standing == .corrected {
                .supersedes
            } else if isBetter, other.standing == .provisional, copy.standing != .provisional {
                .replacesProvisional
            } else if !isBetter, other.standing == .corrected, copy.standing != .corrected {
                .superseded
            } else if marks.contains(.repetition) {
                .retransmission
            } else {
                isBetter ? .better : .worse
            }
    }
}
