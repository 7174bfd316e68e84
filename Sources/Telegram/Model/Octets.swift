/// The octets of one record, as they came. Never copied, never modified: every field is a range in them.
public typealias Octets = Span<UInt8>

/// A stretch of octets: `lower` is the first, `upper` one past the last, both counted from the start of the record.
public struct OctetRange: Hashable, Sendable, BitwiseCopyable {
    public var lower: Int32
    public var upper: Int32

    @inlinable
    public init(_ lower: Int, _ upper: Int) {
        self.lower = Int32(truncatingIfNeeded: lower)
        self.upper = Int32(truncatingIfNeeded: upper)
    }

    @inlinable public var start: Int { Int(self.lower) }
    @inlinable public var end: Int { Int(self.upper) }
    @inlinable public var count: Int { Int(self.upper) - Int(self.lower) }
    @inlinable public var isEmpty: Bool { self.upper <= self.lower }

    @inlinable
    public func contains(_ other: OctetRange) -> Bool { self.lower <= other.lower && other.upper <= self.upper }
}
