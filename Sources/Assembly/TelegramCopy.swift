/// One reception of a telegram that is not sent in sections: what tells it from others of the same identity (format 4.1),
/// and no text.
public struct TelegramCopy: Hashable, Sendable {
    /// What the copy's marks say beyond its quality.
    public struct Marks: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// `ZFD`, `SUSPECTED DUPLICATE`.
        public static let suspected = Marks(rawValue: 1 << 0)
        /// `ZFG` in FL5: an exact duplicate that must be delivered.
        public static let deliverAlways = Marks(rawValue: 1 << 1)
        /// `ZDK`: sent again on request.
        public static let repetition = Marks(rawValue: 1 << 2)
        /// A supplementary heading stands before its own (format 4.5).
        public static let readdressed = Marks(rawValue: 1 << 3)
    }

    /// Title or message reference; else originator, date-time group and station serial (format 3.5).
    public var identity: [UInt8]
    /// Other names under which a service message may speak of it: `RUEHXX 0231`.
    public var aliases: [[UInt8]]
    /// Of the heading that sent it, a readdressal's own; nil where they could not be read. Others under one identity are
    /// another issue of the telegram.
    public var dateTimeGroup: [UInt8]?
    public var stationSerial: [UInt8]?
    public var content: ContentHash
    public var quality: CopyQuality
    public var marks: Marks
    public var source: PartSource
    /// `ce_id` of its event.
    public var eventID: [UInt8]

    public init(
        identity: [UInt8], aliases: [[UInt8]] = [], dateTimeGroup: [UInt8]?, stationSerial: [UInt8]?,
        content: ContentHash, quality: CopyQuality, marks: Marks = [], source: PartSource, eventID: [UInt8]
    ) {
        self.identity = identity
        self.aliases = aliases
        self.dateTimeGroup = dateTimeGroup
        self.stationSerial = stationSerial
        self.content = content
        self.quality = quality
        self.marks = marks
        self.source = source
        self.eventID = eventID
    }

    /// `RUEHXX 0231 0760842`, or without the filing time where that could not be read.
    var messageName: [UInt8]? {
        guard let serial = self.stationSerial else { return nil }
        return self.aliases.first { $0.count > serial.count && $0.starts(with: serial) && $0[serial.count] == 0x20 }
            ?? serial
    }
}

/// Another copy, as a judgement names it.
public struct CopyReference: Hashable, Sendable {
    public var source: PartSource
    public var content: ContentHash
    /// `ce_id` of its event.
    public var eventID: [UInt8]

    public init(source: PartSource, content: ContentHash, eventID: [UInt8]) {
        self.source = source
        self.content = content
        self.eventID = eventID
    }
}
