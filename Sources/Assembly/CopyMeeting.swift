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
