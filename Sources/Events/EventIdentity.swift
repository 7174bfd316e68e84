/// By what a telegram and its event are known.
public struct EventIdentity: Hashable, Sendable {
    /// The telegram's `id` (format 3.5).
    public var telegram: [UInt8]
    /// `ce_id`: hexadecimal, 32 digits.
    public var event: [UInt8]
}
