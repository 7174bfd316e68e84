package import Assembly
internal import KafkaClient

/// A record of the input that a desk cannot go on without.
package struct WantedRecord: Hashable {
    package var source: PartSource
    /// So many records behind it are there, and likely to be wanted next.
    package var ahead = 0
    /// Less can be said without it.
    package var isDispensable = false
}

/// Records of other copies, read again to be compared with those at hand. What was read last stays, with what stood behind it:
/// copies over another circuit come in much the same order.
struct OtherRecords {
    enum Found {
        case there(RecordBatch)
        /// Retention has taken it.
        case gone
        /// Larger than any telegram: whoever reads it again for each of many copies does nothing else. Or readings have failed.
        case left
    }

    /// By partition and offset.
    private var found: [Int32: [Int64: Found]] = [:]
    private var octets = 0
    private(set) var wanted: [WantedRecord] = []

    private var rest: Deadline?

    private static let recordLimit = 4 << 20
    private static let octetLimit = 2 << 20
    private static let entryOctets = 100
    private static let restTime = Duration.seconds(30)
    private static let readAhead: Int64 = 512

    /// Nil: it is wanted from now on. `newest`: an offset of its partition that is there to be read.
    mutating func record(of source: PartSource, upTo newest: Int64) -> Found? {
        if let record = self.found[source.partition]?[source.offset] { return record }
        if let rest, !rest.hasPassed { return .left }
        guard source.offset >= 0 else { return .gone }
        let ahead = Int(min(max(newest - source.offset, 0), Self.readAhead))
        let place = PartSource(partition: source.partition, offset: source.offset)
        if !self.wanted.contains(where: { $0.source == place }) {
            self.wanted.append(WantedRecord(source: place, ahead: ahead, isDispensable: true))
        }
        return nil
    }

    mutating func wantNothing() { self.wanted.removeAll(keepingCapacity: true) }

    /// A reading has failed: the next ones wait, and what is at hand does not.
    mutating func giveUp() {
        self.wantNothing()
        self.rest = .after(Self.restTime)
    }

    /// Nothing that was found until now must stay for what is at hand; it stays if it is small.
    mutating func trim() {
        guard self.octets > Self.octetLimit else { return }
        self.found.removeAll()
        self.octets = 0
    }

    /// What of the wanted is not among these is gone.
    mutating func supply(_ records: [PartSource: RecordBatch]) {
        for wanted in self.wanted { self.keep(.gone, wanted.source) }
        for (place, record) in records { self.keep(Self.isLarge(record[0]) ? .left : .there(record), place) }
        self.wantNothing()
    }

    private mutating func keep(_ record: Found, _ place: PartSource) {
        self.found[place.partition, default: [:]][place.offset] = record
        self.octets += Self.entryOctets
        if case .there(let batch) = record { self.octets += batch.byteCount }
    }

    static func isLarge(_ record: RecordBatch.Slot) -> Bool { record.byteCount > recordLimit }
}
