/// One piece of a text: a range of the record, or of the octets that a repair made (`Telegram.made`).
///
/// Repairs and unwrapping never rewrite octets; they cut a text into pieces and say how the pieces join.
public struct Piece: Hashable, Sendable, BitwiseCopyable {
    /// What stands between this piece and the one before it; the first piece's join is ignored.
    public enum Join: UInt8, Sendable, BitwiseCopyable {
        case nothing
        case space
        /// A line end that is kept: lists, addresses, tables (format 6.5 rules 1 and 5).
        case newline
        /// A blank line that is kept.
        case blankLine
    }

    public enum Origin: UInt8, Sendable, BitwiseCopyable {
        case record
        case made
    }

    public var range: OctetRange
    public var join: Join
    public var origin: Origin
    /// Certain: no octet of it needs an escape in JSON, none is not ASCII.
    public var isPlain: Bool

    public init(_ range: OctetRange, join: Join = .space, origin: Origin = .record, isPlain: Bool = false) {
        self.range = range
        self.join = join
        self.origin = origin
        self.isPlain = isPlain
    }
}

/// A text as it should be read: consecutive entries of `Telegram.pieces`.
public struct Text: Hashable, Sendable {
    public var first: Int32
    public var count: Int32

    public static let none = Text(first: 0, count: 0)

    public init(first: Int32, count: Int32) {
        self.first = first
        self.count = count
    }

    public var isEmpty: Bool { self.count == 0 }
    public var indices: Range<Int> { Int(self.first)..<Int(self.first) + Int(self.count) }
}

/// Consecutive entries of one of the tables of a `Telegram` (exempted posts of an addressee, reasons of a classifier, …).
public struct Slice: Hashable, Sendable {
    public var first: Int32
    public var count: Int32

    public static let none = Slice(first: 0, count: 0)

    public init(first: Int, count: Int) {
        self.first = Int32(truncatingIfNeeded: first)
        self.count = Int32(truncatingIfNeeded: count)
    }

    public var isEmpty: Bool { self.count == 0 }
    public var indices: Range<Int> { Int(self.first)..<Int(self.first) + Int(self.count) }
}
