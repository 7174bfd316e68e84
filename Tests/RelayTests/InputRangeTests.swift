import KafkaClient
import Testing

@testable import Relay

struct InputRangeTests {
    private let marks: [Int32: Admin.Watermarks] = [0: .init(low: 10, high: 100), 1: .init(low: 0, high: 0)]

    @Test(
        arguments: [
            (start: 20, end: 50, part: (20, 50, 0)), (start: 0, end: 50, part: (10, 50, 10)),
            (start: 20, end: 500, part: (20, 100, 0)), (start: 100, end: 600, part: (100, 100, 0)),
            (start: 20, end: 20, part: (20, 20, 0)), (start: 0, end: 5, part: (10, 10, 5)),
            (start: 10, end: 100, part: (10, 100, 0)),
        ] as [(Int64, Int64, (Int64, Int64, Int64))])
    func staysWithinWhatIsThere(start: Int64, end: Int64, part: (Int64, Int64, Int64)) throws {
        let range = try InputRange("in", starts: [0: start], ends: [0: end], marks: self.marks)
        #expect(range.parts == [0: InputRange.Part(start: part.0, end: part.1, gone: part.2)])
        #expect(range.count == part.1 - part.0)
    }

    @Test(arguments: [(start: 101, end: 600), (start: 50, end: 20), (start: 5, end: 0)] as [(Int64, Int64)])
    func oneThatIsNotThereIsRefused(start: Int64, end: Int64) {
        let error = #expect(throws: KafkaError.self) {
            try InputRange("in", starts: [0: start], ends: [0: end], marks: self.marks)
        }
        #expect(error?.kind == .configuration)
        #expect(error?.detail.contains("in[0]") == true && error?.detail.contains("--from is \(start)") == true)
    }

    @Test func withoutAnEndItIsTheTopics() throws {
        let range = try InputRange("in", starts: [0: 30, 1: 0], ends: [:], marks: self.marks)
        #expect(range.partitions == [0, 1] && range.count == 70)
        #expect(range.rangeParts.first == RangePart(TopicPartition("in", 0), start: 30, end: 100))
    }

    @Test func aPartitionThatIsNotThereIsRefused() throws {
        #expect(try OffsetSpec.checked([0: 5, 1: 7], of: "in", partitions: 2) == [0: 5, 1: 7])
        let error = #expect(throws: KafkaError.self) {
            try OffsetSpec.checked([0: 0, 9: 0, 5: 9], of: "in", partitions: 2)
        }
        #expect(error?.kind == .configuration && error?.detail == "in has no partition 5; it has 2")
    }
}
