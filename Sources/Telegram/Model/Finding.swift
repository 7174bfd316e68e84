public enum Severity: String, Sendable, Comparable, CaseIterable {
    case note, warning, critical

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .critical: 2
        }
    }

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// The damage rules of format 6.4 (D1-D22), and the other places that allow a repair.
public enum Rule: String, Sendable, CaseIterable {
    case d1 = "D1"
    case d2 = "D2"
    case d3 = "D3"
    case d4 = "D4"
    case d5 = "D5"
    case d6 = "D6"
    case d7 = "D7"
    case d8 = "D8"
    case d9 = "D9"
    case d10 = "D10"
    case d11 = "D11"
    case d12 = "D12"
    case d13 = "D13"
    case d14 = "D14"
    case d15 = "D15"
    case d16 = "D16"
    case d17 = "D17"
    case d18 = "D18"
    case d19 = "D19"
    case d20 = "D20"
    case d21 = "D21"
    case d22 = "D22"
}

/// Something noticed about one telegram: a repair, a doubt, a marking conflict. The text is made when somebody prints it.
public struct Finding: Hashable, Sendable {
    public var code: FindingCode
    /// Where in the record.
    public var range: OctetRange?
    /// Index into Telegram.paragraphs.
    public var paragraph: Int32?
    public var confidence: Float
    public var repair: Repair?

    public init(
        _ code: FindingCode, range: OctetRange? = nil, paragraph: Int32? = nil, confidence: Float = 1,
        repair: Repair? = nil
    ) {
        self.code = code
        self.range = range
        self.paragraph = paragraph
        self.confidence = confidence
        self.repair = repair
    }
}

/// What stood there, and what it is read as (format 6.4).
public struct Repair: Hashable, Sendable {
    public var was: OctetRange
    /// Empty where something was only removed.
    public var now: Piece?
    public var rule: Rule
}
