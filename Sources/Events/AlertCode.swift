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

    public static var allCases: [AlertCode] {
        FindingCode.allCases.map { .finding($0) } + [.sectionMissing, .sectionLate, .duplicate]
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
        }
    }
}
