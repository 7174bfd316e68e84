/// What the numbers of a series show.
public enum ContinuityDecision: Hashable, Sendable {
    /// The observation was met again from where it had come; nothing changes.
    case known(PartSource)
    /// These numbers have not come (contract: `channel-gap`, `continuity-gap`).
    case gap(NumberGap)
    /// A number that a reported gap named has come. The gap is as it now is: without missing numbers it is withdrawn.
    case closed(NumberGap, number: Int, by: PartSource)
    /// The same of numbers that nobody brought: a message answered for them (format 4.2).
    case answered(NumberGap, [ClosedRange<Int>], by: PartSource)
    /// Two messages, one number; both are released (§429). `of` is the earlier one where it is still remembered, `isSame`
    /// tells that they are one message.
    case repeated(NumberSeries, number: Int, source: PartSource, of: PartSource?, isSame: Bool)
    /// A number from before anybody watched the series, or from longer ago than half its modulus; or one that was answered
    /// for and came after all: it is released as always, and an operator has nothing left to do about it.
    case late(NumberSeries, number: Int, source: PartSource)
    /// The numbers start again: at a change of day (of year for a pair), or against the rule, where three in a row went on
    /// from somewhere else.
    case reset(NumberSeries, after: Int, number: Int, source: PartSource, isExpected: Bool)
    /// A message without a number came behind this one (§432, `ZFT`).
    case unnumbered(NumberSeries, after: Int?, source: PartSource)
}

/// Numbers of a series that are missing between two that came.
public struct NumberGap: Hashable, Sendable {
    public var series: NumberSeries
    /// In the order in which they were due; a range never crosses the end of the modulus. 0 is no number.
    public var missing: [ClosedRange<Int>]
    public var after: Int
    public var before: Int
    /// Digits as printed.
    public var width: Int
    /// When the number behind the gap came, in milliseconds since 1970.
    public var time: Int64
    /// What brought the numbers on both sides; they name the gap.
    public var sourceAfter: PartSource
    public var sourceBefore: PartSource

    public var count: Int { self.missing.reduce(0) { $0 + $1.count } }
}
