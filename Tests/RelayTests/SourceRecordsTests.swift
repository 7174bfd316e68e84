import Assembly
import KafkaClient
import Testing

@testable import Relay

/// Single records, read again: whatever is asked for, the reading ends.
@Suite(.timeLimit(.minutes(1)))
struct SourceRecordsTests {
    private static let topic = "telegrams.raw"

    private static func properties(_ cluster: MockCluster) -> [ClientConfiguration.Property] {
        // The mock answers an empty fetch only after the whole wait.
        [.init("bootstrap.servers", cluster.bootstrapServers), .init("fetch.wait.max.ms", "10")]
    }

    /// Of three partitions, with ten records, five and none; each record holds its offset.
    private static func withRecords(
        partitions: Int = 3, _ body: (SourceRecords) async throws -> Void
    ) async throws {
        let cluster = try MockCluster()
        try cluster.createTopic(Self.topic, partitions: 3)
        let producer = try Producer(
            configuration: ClientConfiguration(
                role: .producer, properties: [.init("bootstrap.servers", cluster.bootstrapServers)])
        ) { _ in }
        for (partition, count) in [10, 5].enumerated() {
            for offset in 0..<count {
                try [UInt8(offset)].withUnsafeBytes { value in
                    try producer.send(
                        topic: Self.topic, partition: Int32(partition), key: nil, value: value,
                        headers: [Header("trace", value)], timestamp: 0, original: nil, token: 0)
                }
            }
        }
        try await producer.close(timeout: .seconds(20))
        var configuration = WorkerConfiguration()
        configuration.input = Self.topic
        configuration.kafka = Self.properties(cluster)
        try await body(
            SourceRecords(configuration: configuration, partitions: partitions, reports: ClientReports()))
        withExtendedLifetime(cluster) {}
    }

    private static func source(_ partition: Int32, _ offset: Int64, _ index: Int32 = 0) -> PartSource {
        PartSource(partition: partition, offset: offset, index: index)
    }

    @Test func whatIsThereIsFoundAndTheRestIsNot() async throws {
        try await Self.withRecords { records in
            let there = [Self.source(0, 3), Self.source(0, 7), Self.source(1, 4), Self.source(1, 0, 2)]
            let wanted =
                there + [
                    Self.source(0, 10), Self.source(1, 5), Self.source(1, 500), Self.source(2, 0), Self.source(2, 9),
                    Self.source(0, -1), Self.source(0, .max), Self.source(3, 0), Self.source(-1, 0),
                ]
            let found = try await records.read(wanted.map { WantedRecord(source: $0) }, within: nil)
            // The record of one that stands further back in it is found under both.
            #expect(Set(found.keys) == Set(there + [Self.source(1, 0)]))
            for (source, record) in found {
                #expect(record[0].value?.first == UInt8(source.offset) && record[0].offset == source.offset)
                #expect(record[0].key == nil && Array(record[0].headers).isEmpty)
            }
        }
    }

    @Test func whatStandsBehindComesAlong() async throws {
        try await Self.withRecords { records in
            let wanted = [
                WantedRecord(source: Self.source(0, 2), ahead: 4), WantedRecord(source: Self.source(1, 3), ahead: 500),
                WantedRecord(source: Self.source(2, 0), ahead: 500),
            ]
            let found = try await records.read(wanted, within: nil)
            #expect(found.keys.filter { $0.partition == 0 }.map(\.offset).sorted() == [2, 3, 4, 5, 6])
            #expect(found.keys.filter { $0.partition == 1 }.map(\.offset).sorted() == [3, 4])
            #expect(!found.keys.contains { $0.partition == 2 })
        }
    }

    /// A partition that went while copies on it are remembered is waited for, and not for ever.
    @Test func thereIsALimit() async throws {
        try await Self.withRecords(partitions: 9) { records in
            await #expect(throws: KafkaError.self) {
                try await records.read([WantedRecord(source: Self.source(8, 0))], within: .milliseconds(300))
            }
        }
    }
}
