/// Numbers that rise by one from message to message, so that a hole shows a loss (format 4.4).
public struct NumberSeries: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// Serials of a channel (FL1): everything that comes over it has one.
        case channel
        /// Serials of an originating station (FL3). It has others to send to: a hole alone proves nothing.
        case station
        /// Message continuity numbers from an originator to an addressee (FL7, FL8).
        case pair
    }

    public var kind: Kind
    /// The designator, the routing indicator, or originator and addressee with `|` between them.
    public var name: [UInt8]

    public init(_ kind: Kind, _ name: [UInt8]) {
        self.kind = kind
        self.name = name
    }

    /// The name as a whole, as that of an `OctetKey`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.kind)
        self.name.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    /// Under which the journal keeps the series, and by which an observation finds who judges it: `channel|EKI`.
    public var key: [UInt8] {
        self.kind.prefix.withUTF8Buffer { prefix in
            var key: [UInt8] = []
            key.reserveCapacity(prefix.count + self.name.count)
            key.append(contentsOf: prefix)
            key += self.name
            return key
        }
    }

    public init?(key: [UInt8]) {
        for kind in Kind.allCases where kind.prefix.withUTF8Buffer({ key.starts(with: $0) }) {
            self.init(kind, Array(key.dropFirst(kind.prefix.utf8CodeUnitCount)))
            return
        }
        return nil
    }
}

extension NumberSeries.Kind {
    fileprivate var prefix: StaticString {
        switch self {
        case .channel: "channel|"
        case .station: "station|"
        case .pair: "pair|"
        }
    }
}

/// What a message says of a series: the number that it brings, or numbers that nobody will bring since it answers for them.
public struct NumberObservation: Hashable, Sendable {
    public var series: NumberSeries
    /// 0-9999; nil where the message only answers, or came over a known channel without a number (§432).
    public var number: Int?
    /// Digits as printed: three make the modulus 1000, four 10000.
    public var width: Int
    /// When the message came, in milliseconds since 1970.
    public var time: Int64
    /// What the message is known by; empty where by nothing. Equal ones under one number are one message.
    public var identity: [UInt8]
    public var source: PartSource
    /// Within 1-9999.
    public var answered: [ClosedRange<Int>]

    public init(
        series: NumberSeries, number: Int?, width: Int, time: Int64, identity: [UInt8], source: PartSource,
        answered: [ClosedRange<Int>] = []
    ) {
        self.series = series
        self.number = number
        self.width = width
        self.time = time
        self.identity = identity
        self.source = source
        self.answered = answered
    }
}
