internal import Assembly
internal import KafkaClient
internal import Synchronization

/// Single records of the input, read again from where they came: the journal keeps sources, not texts.
struct SourceRecords: Sendable {
    let configuration: WorkerConfiguration
    let reports: ClientReports

    /// What retention has taken, or never was there, is left out.
    func read(_ sources: [PartSource]) async throws(KafkaError) -> [PartSource: RecordBatch] {
        var left: [Int32: Set<Int64>] = [:]
        for source in sources { left[source.partition, default: []].insert(source.offset) }
        let found = Mutex<[PartSource: RecordBatch]>([:])
        // A reading takes one stretch of a partition.
        while !left.isEmpty {
            var parts: [RangePart] = []
            for (partition, offsets) in left {
                guard let offset = offsets.min() else { continue }
                parts.append(
                    RangePart(TopicPartition(self.configuration.input, partition), start: offset, end: offset + 1))
                left[partition] = offsets.count > 1 ? offsets.subtracting([offset]) : nil
            }
            do throws(KafkaError) {
                try await RangeReader(self.configuration, reports: self.reports).read(parts) { batch in
                    for index in 0..<batch.count {
                        let copy = batch.copy(of: index)
                        for source in sources
                        where source.partition == batch.partition.partition && source.offset == batch[index].offset {
                            found.withLock { $0[source] = copy }
                        }
                    }
                }
            } catch {
                // Beyond the end of what is there: the topic was made anew.
                guard error.name == "_AUTO_OFFSET_RESET" else { throw error }
            }
        }
        return found.withLock { $0 }
    }
}
