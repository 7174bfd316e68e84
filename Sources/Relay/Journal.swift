internal import KafkaClient
internal import Synchronization

/// `telegrams.journal` (contract 3): the memory of whoever judges a partition, in the journal's partition of the same number.
struct Journal: Sendable {
    let name: String
    private let configuration: WorkerConfiguration
    private let reports: ClientReports

    /// Nil where nothing is remembered.
    init?(_ configuration: WorkerConfiguration, reports: ClientReports) {
        guard let name = configuration.engine.journal else { return nil }
        self.name = name
        self.configuration = configuration
        self.reports = reports
    }

    /// Up to what stands there now, what is in open transactions included: their end is waited for. Brokers that are away are
    /// waited for too, until the task is cancelled.
    func read(_ partitions: Set<Int32>) async throws(KafkaError) -> [Int32: JournalReading.Entries] {
        while true {
            do throws(KafkaError) {
                return try await self.readNow(partitions)
            } catch {
                guard error.kind == .retriable else { throw error }
                do { try await Task.sleep(for: .milliseconds(200)) } catch { throw .interrupted }
            }
        }
    }

    private func readNow(_ partitions: Set<Int32>) async throws(KafkaError) -> [Int32: JournalReading.Entries] {
        let topics = OutputTopics(configuration: self.configuration, reports: self.reports)
        let parts = try await topics.parts(of: [self.name]).filter { partitions.contains($0.partition.partition) }
        let empty = parts.map { ($0.partition.partition, JournalReading.Entries()) }
        let entries = Mutex(Dictionary(uniqueKeysWithValues: empty))
        try await RangeReader(self.configuration, reports: self.reports).read(parts) { batch in
            entries.withLock { entries in
                for index in 0..<batch.count {
                    guard let key = batch[index].key else { continue }
                    entries[batch.partition.partition]?[[UInt8](key)] = batch[index].value.map { [UInt8]($0) }
                }
            }
        }
        return entries.withLock { $0 }
    }
}
