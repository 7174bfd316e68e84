/// How a telegram's event stands to others of the same telegram (contract 4).
public struct Release: Hashable, Sendable {
    /// Rises with each release.
    public var revision: Int
    /// The `ce_id` of the event that tells the same already.
    public var duplicateOf: [UInt8]?
    /// The `ce_id` of the event in whose place this one is to be read.
    public var supersedes: [UInt8]?
    /// What the other has otherwise; nil where both were not compared.
    public var comparison: CopyComparison?

    public init(
        revision: Int = 1, duplicateOf: [UInt8]? = nil, supersedes: [UInt8]? = nil, comparison: CopyComparison? = nil
    ) {
        self.revision = revision
        self.duplicateOf = duplicateOf
        self.supersedes = supersedes
        self.comparison = comparison
    }
}
