import KafkaClient
import Synchronization
import Testing

@testable import Relay

@Suite(.timeLimit(.minutes(1)))
struct JournalReadingTests {
    /// Partitions that were assigned together are read together, and each lane gets its own.
    @Test func itIsReadOnceForAll() async throws {
        let readings = Mutex(0)
        let reading = JournalReading([0, 1, 2]) { partitions throws(KafkaError) in
            readings.withLock { $0 += 1 }
            #expect(partitions == [0, 1, 2])
            return [0: [[1]: [10]], 1: [:]]
        }
        let found = try await withThrowingTaskGroup(of: (Int32, JournalReading.Entries?).self) { group in
            for partition in Int32(0)...2 {
                group.addTask { (partition, try await reading.entries(of: partition)) }
            }
            return try await group.reduce(into: [Int32: JournalReading.Entries?]()) { $0[$1.0] = $1.1 }
        }
        #expect(found == [0: [[1]: [10]], 1: [:], 2: nil])
        #expect(readings.withLock { $0 } == 1)
    }

    @Test func aFailureIsEverybodys() async {
        let reading = JournalReading([0, 1]) { _ throws(KafkaError) in throw .test("AWAY", .configuration) }
        for partition in Int32(0)...1 {
            await #expect(throws: KafkaError.self) { _ = try await reading.entries(of: partition) }
        }
    }
}
