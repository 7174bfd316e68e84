/// Something an operator should know, as an event of its own (contract 5).
public struct Alert: Sendable {
    /// What a member of `details` holds.
    public enum Value: Sendable {
        case text(String)
        case octets([UInt8])
        case integer(Int)
        case integers([Int])
        case texts([String])
        case flag(Bool)
        case source(Source)
        /// Objects as they stand in a telegram event, each with a comma behind it.
        case findings([UInt8])
    }

    public var code: AlertCode
    /// A telegram's id, or a channel.
    public var subject: String
    /// The transmissions that it rests on. Code, subject and these are all that its `ce_id` is made of, so two alerts
    /// that agree in them are one.
    public var sources: [Source]
    /// Milliseconds since 1970; nil is the newest timestamp of the sources.
    public var at: Int64?
    /// For people, in one sentence; nil is that of the code.
    public var message: String?
    /// In this order, without those that are nil; names need no escape in JSON.
    public var details: KeyValuePairs<StaticString, Value?>

    public init(
        _ code: AlertCode, subject: String, sources: [Source], at: Int64? = nil, message: String? = nil,
        details: KeyValuePairs<StaticString, Value?> = [:]
    ) {
        self.code = code
        self.subject = subject
        self.sources = sources
        self.at = at
        self.message = message
        self.details = details
    }
}
