/// Notices of copies on their way: the octets of one record of `telegrams.sections`. All are of one input partition.
public struct CopyNoticeRecord: PartitionRecord {
    /// As that of `ObservationRecord`, with another name.
    static let beginning: [UInt8] = [0xFF] + Array("TRC".utf8) + [1]

    private let partition: Int32
    private var list = SnapshotWriter()
    private var count: UInt64 = 0
    /// Of the last one: the next is written as the way from there.
    private var offset: Int64 = 0

    public init(partition: Int32) { self.partition = partition }

    public var octetCount: Int { self.list.octets.count + 16 }

    /// The partition of its source is the record's.
    public mutating func add(_ notice: CopyNotice) {
        self.list.write(notice.identity)
        self.list.write(notice.channel)
        self.list.write(notice.event)
        self.list.write(notice.quality)
        self.list.write(notice.marks.rawValue)
        self.list.write(notice.source.offset &- self.offset)
        self.list.write(Int64(notice.source.index))
        self.offset = notice.source.offset
        self.count += 1
    }

    public var octets: [UInt8] {
        var head = SnapshotWriter()
        head.write(Int64(self.partition))
        head.write(unsigned: self.count)
        return Self.beginning + head.octets + self.list.octets
    }

    /// Says so of a later version as well, which `read` refuses.
    public static func isOne(_ octets: UnsafeRawBufferPointer) -> Bool {
        octets.starts(with: Self.beginning.dropLast())
    }

    /// What comes from outside: whatever its octets, reading ends, and in bounds. In the order in which they were added.
    public static func read(_ octets: [UInt8]) throws(SnapshotError) -> [CopyNotice] {
        guard octets.starts(with: Self.beginning) else { throw .unknownForm }
        var reader = SnapshotReader(octets[Self.beginning.count...], version: 1)
        guard let partition = Int32(exactly: try reader.signed()) else { throw .malformed }
        var offset: Int64 = 0
        let notices = try reader.list { reader throws(SnapshotError) in
            let identity = try reader.text()
            let channel = try reader.text()
            let event = try reader.hash()
            let quality = try reader.quality()
            let marks = TelegramCopy.Marks(rawValue: try reader.octet())
            // What overflows comes round again, as it did when it was written.
            offset &+= try reader.signed()
            guard !identity.isEmpty, let index = Int32(exactly: try reader.signed()), index >= 0, offset >= 0 else {
                throw .malformed
            }
            return CopyNotice(
                identity: identity, channel: channel, event: event, quality: quality, marks: marks,
                source: PartSource(partition: partition, offset: offset, index: index))
        }
        try reader.finish()
        return notices
    }
}
