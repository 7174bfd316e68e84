internal import Assembly
internal import Events

/// What a judgement leads to (format 4.1, contract 4 and 5): the telegram is published or not, and there is an alert on all
/// but the first copy.
///
/// `duplicate` speaks of the same text, or of one that is to stand beside the other; `superseded` of two texts of which one
/// is to be read; `cancelled` of a telegram that was withdrawn. Where no event is made the alert alone tells of the copy.
struct CopyOutcome {
    /// Nil: no event.
    var release: Release?
    var alert: AlertCode?
    /// For people; nil is that of the code.
    var message: String?
    /// The verdict, for machines.
    var word: StaticString

    /// `event`: the `ce_id` that the copy's event would have.
    init(_ judgement: Judgement, event: [UInt8]) {
        let verdict = judgement.verdict
        self.word = verdict.word
        self.alert = verdict.alert
        self.message = verdict.message(isPublished: judgement.revision != nil)
        guard let revision = judgement.revision else { return }
        var release = Release(revision: revision)
        let other = judgement.other?.eventID
        if verdict.standsBeside { release.duplicateOf = other }
        // A whole copy of a torn one has the same `ce_id`: the revision says it.
        if verdict.takesThePlace, other != event { release.supersedes = other }
        self.release = release
    }
}

extension Judgement.Verdict {
    /// For machines.
    var word: StaticString {
        switch self {
        case .first: "first"
        case .suspectedNew: "suspected-new"
        case .duplicate: "duplicate"
        case .suspectedDuplicate: "suspected-duplicate"
        case .deliveredAgain: "delivered-again"
        case .supersedes: "supersedes"
        case .superseded: "superseded"
        case .replacesProvisional: "replaces-provisional"
        case .retransmission: "retransmission"
        case .better: "better"
        case .worse: "worse"
        case .rereleased: "rereleased"
        case .readdressed: "readdressed"
        case .cancelled: "cancelled"
        }
    }

    var alert: AlertCode? {
        switch self {
        case .first: nil
        case .suspectedNew: .suspectedDuplicateNew
        case .duplicate, .suspectedDuplicate, .deliveredAgain, .readdressed: .duplicate
        case .supersedes, .superseded, .replacesProvisional, .retransmission, .better, .worse, .rereleased: .superseded
        case .cancelled: .cancelled
        }
    }

    /// It is shown what two texts have otherwise. A readdressal has its heading by design.
    var comparesTexts: Bool { self != .readdressed && self != .cancelled }

    /// Its event is one beside that of the other.
    fileprivate var standsBeside: Bool { self == .deliveredAgain || self == .readdressed }

    /// Its event, where it has one, is to be read and the other's is not.
    fileprivate var takesThePlace: Bool { self.alert == .superseded }

    fileprivate func message(isPublished: Bool) -> String? {
        switch self {
        case .first, .suspectedNew, .duplicate: nil
        case .suspectedDuplicate:
            "The transmission was thought to be a duplicate on its way, and is one; no second event was made."
        case .deliveredAgain: "A copy that is to be delivered whatever came before (ZFG); its event names the other."
        case .supersedes: "A corrected copy; it is to be read in place of the other."
        case .superseded: "A copy from before its correction came after it; no event was made of it."
        case .replacesProvisional:
            "The other was sent subject to correction (ZDG); this one is to be read in its place."
        case .retransmission:
            isPublished
                ? "Sent again on request (ZDK); it is to be read in place of the other."
                : "Sent again on request (ZDK), and the copy before it is better; no event was made of it."
        case .better: "Another text of the telegram, and a better copy; it is to be read in place of the other."
        case .worse: "Another text of the telegram, and a worse copy; no event was made of it."
        case .rereleased:
            "The telegram was released again, under another date-time group or serial; it is to be read in place of the other."
        case .readdressed: "One of both copies readdresses the other; each has an event."
        case .cancelled: "A service message has withdrawn the telegram; no event was made of this copy."
        }
    }
}
