internal import Assembly
internal import KafkaClient
internal import Synchronization

/// Single records of the input, read again from where they came: the journal keeps sources, not texts.
struct SourceRecords: Sendable {
    let configuration: WorkerConfiguration
    let reports: ClientReports

    /// What retention has taken, or never was there, is left out. Records that are only likely to be wanted next come with the
    /// others as far as they are small: a reading costs more than they do.
    func read(_ wanted: [WantedRecord]) async throws(KafkaError) -> [PartSource: RecordBatch] {
        var left: [Int32: [Int64: Int]] = [:]
        for record in wanted { left[record.source.partition, default: [:]][record.source.offset] = record.ahead }
        let found = Mutex(FoundRecords())
        // A reading takes one stretch of a partition.
        while !left.isEmpty {
            var parts: [RangePart] = []
            for (partition, offsets) in left {
                guard let (offset, ahead) = offsets.min(by: { $0.key < $1.key }) else { continue }
                // Nobody knows whether all of the others are there: their end is that of the partition.
                parts.append(
                    RangePart(
                        TopicPartition(self.configuration.input, partition), start: offset,
                        end: ahead > 0 ? nil : offset + 1))
                found.withLock { $0.ask(partition, offset, through: offset + Int64(ahead)) }
                left[partition]?[offset] = nil
            }
            do throws(KafkaError) {
                try await RangeReader(self.configuration, reports: self.reports).readUntilEnough(parts) { batch in
                    found.withLock { found in
                        for index in 0..<batch.count { found.take(batch, index) }
                        return found.wantsMore
                    }
                }
            } catch {
                // Beyond the end of what is there: the topic was made anew.
                guard error.name == "_AUTO_OFFSET_RESET" else { throw error }
            }
            let records = found.withLock { $0.records }
            for place in records.keys { left[place.partition]?[place.offset] = nil }
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
}

/// What was found so far, by partition and offset.
private struct FoundRecords {
    /// Octets of records that nobody asked for.
    private static let welcomeOctets = 1 << 20

    var records: [PartSource: RecordBatch] = [:]
    /// Partitions and offsets that were asked for and have not come up.
    private var pending: [Int32: Int64] = [:]
    /// Partitions of which more is welcome, and through which offset.
    private var welcome: [Int32: Int64] = [:]
    /// Of records that nobody asked for.
    private var octets = 0

    mutating func ask(_ partition: Int32, _ offset: Int64, through last: Int64) {
        self.pending[partition] = offset
        self.welcome[partition] = last
    }

    var wantsMore: Bool {
        !self.pending.isEmpty || !self.welcome.isEmpty && self.octets < Self.welcomeOctets
    }

    mutating func take(_ batch: RecordBatch, _ index: Int) {
        let record = batch[index]
        let place = PartSource(partition: batch.partition.partition, offset: record.offset)
        let asked = self.pending[place.partition]
        // Past it, it is not there.
        if let asked, asked <= place.offset { self.pending[place.partition] = nil }
        if let last = self.welcome[place.partition], last <= place.offset { self.welcome[place.partition] = nil }
        guard self.records[place] == nil else { return }
        if asked != place.offset { self.octets += record.byteCount }
        if asked == place.offset || self.octets <= Self.welcomeOctets { self.records[place] = batch.copy(of: index) }
    }
}
