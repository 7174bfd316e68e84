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
    case d1 = "D1", d2 = "D2", d3 = "D3", d4 = "D4", d5 = "D5", d6 = "D6", d7 = "D7", d8 = "D8", d9 = "D9", d10 = "D10"
    case d11 = "D11", d12 = "D12", d13 = "D13", d14 = "D14", d15 = "D15", d16 = "D16", d17 = "D17", d18 = "D18"
    case d19 = "D19", d20 = "D20", d21 = "D21", d22 = "D22"
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
        _ code: FindingCode, range: OctetRange? = nil, paragraph: Int32? = nil, confidence: Float = 1, repair: Repair? = nil
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
