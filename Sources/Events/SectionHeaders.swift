public import Telegram

/// Key and headers of a transmission on `telegrams.sections` (contract 3): by the instant of its date-time group all
/// sections of one telegram meet in one partition; the headers say which input record it came from.
public struct SectionHeaders: ~Copyable {
    public static let topic: StaticString = "taperelay-source-topic"
    public static let partition: StaticString = "taperelay-source-partition"
    public static let offset: StaticString = "taperelay-source-offset"
    /// RFC 3339.
    public static let timestamp: StaticString = "taperelay-source-timestamp"
    /// Which of several telegrams of the input record; left out where it holds one.
    public static let index: StaticString = "taperelay-source-index"
    /// The octet of the input record at which the transmission starts; left out for 0.
    public static let start: StaticString = "taperelay-source-start"
    /// When a transmission that was written there again first came; milliseconds since 1970.
    public static let arrived: StaticString = "taperelay-first-arrived"

    public static let names = [topic, partition, offset, timestamp, index, start, arrived]

    private var storage = HeaderStorage(capacity: 256)
    private var keyOctets = JSONWriter(capacity: 32)

    public init(source: Source, start: Int, dateTimeGroup: Instant?) {
        self.storage.set(Self.topic, source.topic)
        self.storage.set(Self.partition, String(source.partition))
        self.storage.set(Self.offset, String(source.offset))
        if let timestamp = source.timestamp {
            self.storage.set(Self.timestamp) { $0.timestamp(milliseconds: timestamp) }
        }
        if let index = source.index { self.storage.set(Self.index, String(index)) }
        if start > 0 { self.storage.set(Self.start, String(start)) }
        if let dateTimeGroup { self.keyOctets.timestamp(dateTimeGroup) }
    }

    /// Of one that is written again: what is added to its headers.
    public init(arrived: Int64) { self.storage.set(Self.arrived, String(arrived)) }

    /// Valid while this value is.
    public var list: HeaderList { self.storage.list }

    /// Empty where the date-time group names no instant: they all meet in one partition. Valid while this value is.
    public var key: UnsafeRawBufferPointer { self.keyOctets.bytes }
}
