/// Notices of copies on their way: the octets of one record of `telegrams.sections`. All are of one input partition.
public struct CopyNoticeRecord: PartitionRecord {
    /// As that of `ObservationRecord`, with another name.
    static let beginning: [UInt8] = [0xFF] + Array("TRC".utf8) + [1]

    private struct List {
        var writer = SnapshotWriter()
        var count: UInt64 = 0
        /// Of the last one: the next is written as the way from there.
        var offset: Int64 = 0

        /// The partition is the record's.
        mutating func end(with source: PartSource) {
            self.writer.write(source.offset &- self.offset)
            self.writer.write(Int64(source.index))
            self.offset = source.offset
            self.count += 1
        }
    }

    private let partition: Int32
    private var copies = List()
    private var cancellations = List()

    public init(partition: Int32) { self.partition = partition }

    public var octetCount: Int { self.copies.writer.octets.count + self.cancellations.writer.octets.count + 16 }

    public mutating func add(_ notice: CopyNotice) {
        self.copies.writer.write(notice.identity)
        self.copies.writer.write(notice.name)
        self.copies.writer.write(notice.channel)
        self.copies.writer.write(notice.event)
        self.copies.writer.write(notice.quality)
        self.copies.writer.write(notice.marks.rawValue)
        self.copies.end(with: notice.source)
    }

    public mutating func add(_ notice: CancellationNotice) {
        self.cancellations.writer.write(notice.name)
        self.cancellations.writer.write(notice.event)
        self.cancellations.end(with: notice.source)
    }

    public var octets: [UInt8] {
        var head = SnapshotWriter()
        head.write(Int64(self.partition))
        head.write(unsigned: self.copies.count)
        var middle = SnapshotWriter()
        middle.write(unsigned: self.cancellations.count)
        return Self.beginning + head.octets + self.copies.writer.octets + middle.octets
            + self.cancellations.writer.octets
    }

    /// Says so of a later version as well, which `read` refuses.
    public static func isOne(_ octets: UnsafeRawBufferPointer) -> Bool {
        octets.starts(with: Self.beginning.dropLast())
    }

    /// What comes from outside: whatever its octets, reading ends, and in bounds. In the order in which they were added.
    public static func read(_ octets: [UInt8]) throws(SnapshotError) -> CopyNotices {
        guard octets.starts(with: Self.beginning) else { throw .unknownForm }
        var reader = SnapshotReader(octets[Self.beginning.count...], version: 1)
        guard let partition = Int32(exactly: try reader.signed()) else { throw .malformed }
        var last: Int64 = 0
        let copies = try reader.list { reader throws(SnapshotError) in
            let identity = try reader.text()
            guard !identity.isEmpty else { throw .malformed }
            let name = try reader.text()
            let channel = try reader.text()
            let event = try reader.hash()
            let quality = try reader.quality()
            let marks = TelegramCopy.Marks(rawValue: try reader.octet())
            return CopyNotice(
                identity: identity, name: name, channel: channel, event: event, quality: quality, marks: marks,
                source: try Self.source(partition, behind: &last, &reader))
        }
        last = 0
        let cancellations = try reader.list { reader throws(SnapshotError) in
            let name = try reader.text()
            let event = try reader.hash()
            return CancellationNotice(
                name: name, event: event, source: try Self.source(partition, behind: &last, &reader))
        }
        try reader.finish()
        return CopyNotices(copies: copies, cancellations: cancellations)
    }

    private static func source(
        _ partition: Int32, behind last: inout Int64, _ reader: inout SnapshotReader
    ) throws(SnapshotError) -> PartSource {
        // What overflows comes round again, as it did when it was written.
        last &+= try reader.signed()
        guard let index = Int32(exactly: try reader.signed()), index >= 0, last >= 0 else { throw .malformed }
        return PartSource(partition: partition, offset: last, index: index)
    }
}
