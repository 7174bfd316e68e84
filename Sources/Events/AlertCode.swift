public import Telegram

/// Every code that an alert can carry, with its severity and its meaning: the codes of findings, and what only shows beside
/// other records (contract 5).
public enum AlertCode: Hashable, Sendable, CaseIterable {
    case finding(FindingCode)
    /// The time for the sections of a telegram is over, and not all are there.
    case sectionMissing
    /// A section came after its telegram had been published without it.
    case sectionLate
    /// A transmission came that is there already (format 4.1).
    case duplicate
    /// Somebody on its way took the telegram for a duplicate, and nothing of it had come before (format 4.1).
    case suspectedDuplicateNew
    /// Of two texts of a telegram, one is to be read in place of the other (format 4.1, 4.3).
    case superseded
    /// A service message withdraws a telegram (format 4.1, `ZFR`).
    case cancelled

    /// Numbers of a channel or a station are missing (format 4.4).
    case channelGap
    /// Two messages came under one number.
    case channelRepeat
    /// Numbers start again where they should not.
    case channelReset
    /// Continuity numbers from an originator to an addressee are missing.
    case continuityGap

    /// No output took what was made of a record; it is a dead letter now.
    case outputRefused

    public static var allCases: [AlertCode] {
        FindingCode.allCases.map { .finding($0) }
            + [
                .sectionMissing, .sectionLate, .duplicate, .suspectedDuplicateNew, .superseded, .cancelled, .channelGap,
                .channelRepeat, .channelReset, .continuityGap, .outputRefused,
            ]
    }

    /// As it is written: `section-missing`.
    public var name: String {
        guard case .finding(let code) = self else { return self.entry.name.description }
        return code.rawValue
    }

    public var severity: Severity { self.entry.severity }
    /// The section of the format that it rests on.
    public var section: StaticString { self.entry.section }
    /// One sentence for people; an alert may have a better one.
    public var message: StaticString { self.entry.message }

    private var entry: (name: StaticString, severity: Severity, section: StaticString, message: StaticString) {
        switch self {
        case .finding(let code): ("", code.severity, code.section, code.message)
        case .sectionMissing:
            ("section-missing", .warning, "3.4", "Sections of the telegram have not come in time.")
        case .sectionLate:
            ("section-late", .warning, "3.4", "A section came after its telegram had been published without it.")
        case .duplicate: ("duplicate", .note, "4.1", "The transmission is there already; no second event was made.")
        case .suspectedDuplicateNew:
            (
                "suspected-duplicate-new", .warning, "4.1",
                "The telegram is marked as a suspected duplicate, and nothing of it came before; it was published."
            )
        case .superseded:
            (
                "superseded", .warning, "4.1",
                "Another text of the telegram came; the better or corrected one is to be read."
            )
        case .cancelled: ("cancelled", .warning, "4.1", "A service message withdraws the telegram.")
        case .channelGap: ("channel-gap", .warning, "4.4", "Numbers of the channel are missing.")
        case .channelRepeat: ("channel-repeat", .warning, "4.4", "A number of the channel came twice.")
        case .channelReset:
            (
                "channel-reset", .warning, "4.4",
                "The channel's numbers go on from elsewhere, and not at a change of day."
            )
        case .continuityGap:
            ("continuity-gap", .warning, "4.4", "Continuity numbers of the originator to the addressee are missing.")
        case .outputRefused:
            (
                "output-refused", .critical, "-",
                "An output refused what was made of the record, which is a dead letter now."
            )
        }
    }
}
