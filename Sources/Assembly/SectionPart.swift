public import Telegram

/// One section of a telegram as it came over one circuit: what the state machine needs to know of it, and no text.
public struct SectionPart: Hashable, Sendable {
    /// Telegrams of more sections do not exist; what claims more is no part (`sections` prints three digits).
    public static let limit = 999

    public var keys: SectionKeys
    /// From 1.
    public var section: Int
    /// `m` of `SECTION n OF m`; nil where the line could not be read.
    public var count: Int?
    /// Nil where neither the classification line nor the security warning could be read.
    public var level: Level?
    public var precedence: Precedence
    public var content: ContentHash
    public var quality: CopyQuality
    /// `ZFD`, `SUSPECTED DUPLICATE`: somebody on its way took it for a copy (format 4.1).
    public var isSuspected: Bool
    /// Octets that wait where this part waits.
    public var octetCount: Int
    public var source: PartSource

    public init(
        keys: SectionKeys, section: Int, count: Int?, level: Level?, precedence: Precedence, content: ContentHash,
        quality: CopyQuality, isSuspected: Bool = false, octetCount: Int, source: PartSource
    ) {
        self.keys = keys
        self.section = section
        self.count = count
        self.level = level
        self.precedence = precedence
        self.content = content
        self.quality = quality
        self.isSuspected = isSuspected
        self.octetCount = octetCount
        self.source = source
    }
}

/// By what the sections of one telegram know each other (format 3.4). Parts that share one of the first two belong together.
public struct SectionKeys: Hashable, Sendable {
    /// Originating station, station serial and date-time group; where each section has a serial of its own, also the
    /// originator and the number of sections.
    public var station: [UInt8]?
    /// Message reference and date-time group.
    public var reference: [UInt8]?
    /// As they are without the date-time group: equal ones that are not of one set contradict each other.
    public var kin: [UInt8]?

    public init(station: [UInt8]?, reference: [UInt8]?, kin: [UInt8]? = nil) {
        self.station = station
        self.reference = reference
        self.kin = kin
    }

    var all: [[UInt8]] { [self.station, self.reference].compactMap { $0 } }
}

/// The hash of format 4.1, high word first.
public struct ContentHash: Hashable, Comparable, Sendable {
    public var high: UInt64
    public var low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    public static func < (left: ContentHash, right: ContentHash) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// Where a part stands: a transmission is known by it, so that one read again is never a copy of itself (contract 5).
public struct PartSource: Hashable, Comparable, Sendable {
    public var partition: Int32
    public var offset: Int64
    /// Place in the record.
    public var index: Int32

    public init(partition: Int32, offset: Int64, index: Int32 = 0) {
        self.partition = partition
        self.offset = offset
        self.index = index
    }

    public static func < (left: PartSource, right: PartSource) -> Bool {
        (left.partition, left.offset, left.index) < (right.partition, right.offset, right.index)
    }
}
