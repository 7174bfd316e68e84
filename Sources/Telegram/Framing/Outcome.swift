/// What a record held.
public struct Outcome: Hashable, Sendable {
    public var telegrams: Int
    /// Set only where there was none.
    public var refusal: Refusal?
}

/// Why a record holds no telegram, and where its first character stands.
public struct Refusal: Hashable, Sendable {
    public enum Code: String, Sendable, CaseIterable {
        /// Nothing, or blanks only.
        case empty
        /// No FL1, FL2, FL3, no FL5 with FM, no classification line with a serial, no two labels (format 5.0).
        case noTelegram = "no-telegram"
        /// Over two gibibytes.
        case tooLong = "too-long"
    }
    public var code: Code
    public var offset: Int
    /// From 1.
    public var line: Int
    /// From 1, in octets.
    public var column: Int
}
