internal import Assembly
internal import KafkaClient
internal import Synchronization

/// Single records of the input, read again from where they came: the journal keeps sources, not texts.
struct SourceRecords: Sendable {
    let configuration: WorkerConfiguration
    /// How many the input has.
    let partitions: Int
    let reports: ClientReports

    /// What retention has taken, or never was there, is left out. Records that are only likely to be wanted next come with the
    /// others as far as they are small: a reading costs more than they do. None has its headers.
    ///
    /// Throws `INTERRUPTED` where a reading takes longer than `limit`.
    func read(
        _ wanted: [WantedRecord], within limit: Duration?
    ) async throws(KafkaError) -> [PartSource: RecordBatch] {
        var left: [Int32: [Int64: Int]] = [:]
        for record in wanted where self.canBe(record.source) {
            left[record.source.partition, default: [:]][record.source.offset] = record.ahead
        }
        let found = Mutex(FoundRecords())
        // A reading takes one stretch of a partition.
        while !left.isEmpty {
            var starts: [CommittedOffset] = []
            for (partition, offsets) in left {
                guard let (offset, ahead) = offsets.min(by: { $0.key < $1.key }) else { continue }
                starts.append(CommittedOffset(TopicPartition(self.configuration.input, partition), offset: offset))
                found.withLock { $0.ask(partition, offset, ahead) }
                left[partition]?[offset] = nil
            }
            let reader = RangeReader(self.configuration, reports: self.reports)
            try await reader.read(from: starts, within: limit) { batch in
                found.withLock { found in
                    for index in 0..<batch.count { found.take(batch, index) }
                    return found.wantsMore(of: batch.partition.partition)
                }
            }
            for place in found.withLock({ $0.records.keys }) { left[place.partition]?[place.offset] = nil }
            left = left.filter { !$0.value.isEmpty }
        }
        return found.withLock { found in
            var records = found.records
            for record in wanted where record.source.index != 0 {
                let place = PartSource(partition: record.source.partition, offset: record.source.offset)
                records[record.source] = found.records[place]
            }
            return records
        }
    }

    /// A topic that was made anew may have fewer partitions, and what somebody wrote to an internal topic may be anything.
    private func canBe(_ source: PartSource) -> Bool {
        (0..<self.partitions).contains(Int(source.partition)) && (0..<Int64.max / 2).contains(source.offset)
    }
}

/// What was found so far, by partition and offset.
private struct FoundRecords {
    /// Octets of records that nobody asked for.
    private static let welcomeOctets = 1 << 20

    private(set) var records: [PartSource: RecordBatch] = [:]
    /// The offset of each partition that was asked for, until it comes up, and through which one more is welcome.
    private var pending: [Int32: Int64] = [:]
    private var welcome: [Int32: Int64] = [:]
    /// Of records that nobody asked for.
    private var octets = 0

    mutating func ask(_ partition: Int32, _ offset: Int64, _ ahead: Int) {
        self.pending[partition] = offset
        self.welcome[partition] = offset + Int64(ahead)
    }

    func wantsMore(of partition: Int32) -> Bool {
        self.pending[partition] != nil || self.welcome[partition] != nil && self.octets < Self.welcomeOctets
    }

    mutating func take(_ batch: RecordBatch, _ index: Int) {
        let record = batch[index]
        let place = PartSource(partition: batch.partition.partition, offset: record.offset)
        let asked = self.pending[place.partition]
        // Past it, it is not there.
        if let asked, asked <= place.offset { self.pending[place.partition] = nil }
        let last = self.welcome[place.partition]
        if let last, last <= place.offset { self.welcome[place.partition] = nil }
        guard self.records[place] == nil, let last, place.offset <= last else { return }
        if asked != place.offset {
            self.octets += record.byteCount
            if self.octets > Self.welcomeOctets { return }
        }
        self.records[place] = RecordBatch(
            partition: batch.partition, epoch: 0, offset: record.offset, timestamp: record.timestamp, key: nil,
            value: record.value, headers: [])
    }
}
