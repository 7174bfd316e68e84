/// Two copies of one telegram that came on different partitions of the input, each with an event.
public struct CopyMeeting: Hashable, Sendable {
    /// The one that was heard of later.
    public var copy: CopyNotice
    public var other: PartSource
    /// `ce_id` of its event.
    public var otherEvent: ContentHash
    /// What the copy is beside the other (format 4.1).
    public var verdict: Judgement.Verdict
    /// Of two texts, the copy's is to be read.
    public var isBetter: Bool
}

/// A telegram that a service message withdraws which came on another partition of the input.
public struct Withdrawal: Hashable, Sendable {
    public var cancellation: CancellationNotice
    /// The telegram's id (format 3.5).
    public var identity: [UInt8]
    public var other: PartSource
    /// `ce_id` of its event.
    public var otherEvent: ContentHash
}

/// What is found between partitions of the input.
public enum CopyDecision: Hashable, Sendable {
    case met(CopyMeeting)
    case withdrawn(Withdrawal)
}
