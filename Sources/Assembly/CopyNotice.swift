/// A copy that has an event of its own, for whoever finds those that came on other partitions of the input (architecture, "Who
/// judges what"): each partition judges its own, and knows nothing of the others'.
public struct CopyNotice: Hashable, Sendable {
    /// The telegram's id (format 3.5).
    public var identity: [UInt8]
    /// `RUEHXX 0231 0760842`: what a service message may call it; empty where that is not known.
    public var name: [UInt8]
    /// `CSA0093`: by which the copy came, and another such name; empty where that is not known.
    public var channel: [UInt8]
    /// `ce_id` of its event: the same text has the same.
    public var event: ContentHash
    public var quality: CopyQuality
    public var marks: TelegramCopy.Marks
    public var source: PartSource

    public init(
        identity: [UInt8], name: [UInt8] = [], channel: [UInt8] = [], event: ContentHash, quality: CopyQuality,
        marks: TelegramCopy.Marks = [], source: PartSource
    ) {
        self.identity = identity
        self.name = name
        self.channel = channel
        self.event = event
        self.quality = quality
        self.marks = marks
        self.source = source
    }

    /// Nil where the event's `ce_id` is not one of ours.
    public init?(_ copy: TelegramCopy, channel: [UInt8]) {
        guard let event = ContentHash(hexadecimal: copy.eventID) else { return nil }
        self.init(
            identity: copy.identity, name: copy.messageName ?? [], channel: channel, event: event,
            quality: copy.quality, marks: copy.marks,
            source: copy.source)
    }

    /// By this key it finds who judges it.
    public var key: [UInt8] { self.identity }
}

/// A service message that withdraws a telegram, for all who may know of copies on other partitions of the input.
public struct CancellationNotice: Hashable, Sendable {
    /// As the service message says it (`Cancellation.name`).
    public var name: [UInt8]
    /// `ce_id` of the service message's event.
    public var event: ContentHash
    public var source: PartSource

    public init(name: [UInt8], event: ContentHash, source: PartSource) {
        self.name = name
        self.event = event
        self.source = source
    }
}

/// What one record says, all of one input partition.
public struct CopyNotices: Hashable, Sendable {
    public var copies: [CopyNotice]
    public var cancellations: [CancellationNotice]

    public init(copies: [CopyNotice] = [], cancellations: [CancellationNotice] = []) {
        self.copies = copies
        self.cancellations = cancellations
    }
}

extension ContentHash {
    /// 32 digits.
    public init?(hexadecimal digits: [UInt8]) {
        guard digits.count == 32 else { return nil }
        self.init(high: 0, low: 0)
        for (place, digit) in digits.enumerated() {
            let value: UInt64
            switch digit {
            case 0x30...0x39: value = UInt64(digit - 0x30)
            case 0x61...0x66: value = UInt64(digit - 0x57)
            default: return nil
            }
            if place < 16 { self.high = self.high << 4 | value } else { self.low = self.low << 4 | value }
        }
    }

    public var hexadecimal: [UInt8] {
        (0..<32).map { place in
            let word = place < 16 ? self.high : self.low
            let value = UInt8(truncatingIfNeeded: word >> (60 - 4 * UInt64(place % 16))) & 0xF
            return value < 10 ? 0x30 + value : 0x57 + value
        }
    }
}
