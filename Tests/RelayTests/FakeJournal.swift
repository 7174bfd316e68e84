import Assembly
import KafkaClient
import Synchronization

@testable import Relay

/// A journal in memory, which outlives engines, and the input as it can be read again.
final class FakeJournal: Sendable {
    static let topic = "telegrams.journal"

    private let state = Mutex((entries: [Int32: JournalReading.Entries](), readings: 0))
    private let records = Mutex<[PartSource: RecordBatch]>([:])
    /// Of readings; nil: they come through.
    private let failure = Mutex<KafkaError?>(nil)

    func attach(to engine: Engine) {
        engine.attach(
            journal: { partitions throws(KafkaError) in
                self.state.withLock { state in
                    state.readings += 1
                    return Dictionary(uniqueKeysWithValues: partitions.map { ($0, state.entries[$0] ?? [:]) })
                }
            },
            records: { wanted, _ throws(KafkaError) in
                if let failure = self.failure.withLock({ $0 }) { throw failure }
                return self.records.withLock { records in
                    records.filter { record in wanted.contains { $0.source == record.key } }
                }
            })
    }

    /// As a broker that compacts.
    func keep(_ record: FakeProducer.Sent) {
        guard record.topic == Self.topic, let partition = record.partition, let key = record.key else { return }
        self.state.withLock { $0.entries[partition, default: [:]][key] = record.value }
    }

    /// What the input holds at these offsets.
    func holds(_ batch: RecordBatch) {
        self.records.withLock { records in
            for index in 0..<batch.count {
                let place = PartSource(partition: batch.partition.partition, offset: batch[index].offset)
                records[place] = batch.copy(of: index)
            }
        }
    }

    func failReadings(_ error: KafkaError) { self.failure.withLock { $0 = error } }

    /// Retention takes the record at this offset of partition 0.
    func lose(_ offset: Int64) {
        self.records.withLock { $0[PartSource(partition: 0, offset: offset, index: 0)] = nil }
    }

    var count: Int { self.state.withLock { $0.entries.values.reduce(0) { $0 + $1.count } } }
    var readings: Int { self.state.withLock { $0.readings } }
}
