import Assembly
import KafkaClient
import Testing

@testable import Relay

/// What is read again of other copies, and how long it stays.
struct OtherRecordsTests {
    private static func records(_ offsets: [Int64], octets: Int = 10) -> [PartSource: RecordBatch] {
        let text = String(repeating: "X", count: octets)
        return Dictionary(
            uniqueKeysWithValues: offsets.map {
                (PartSource(partition: 0, offset: $0), makeBatch(TopicPartition("telegrams.raw", 0), from: $0, [text]))
            })
    }

    private static func says(_ found: OtherRecords.Found?) -> String {
        switch found {
        case .there(let record): "there \(record[0].offset)"
        case .gone: "gone"
        case .left: "left"
        case nil: "wanted"
        }
    }

    private static let second = PartSource(partition: 0, offset: 7, index: 2)

    @Test func whatIsNotThereIsWanted() {
        var others = OtherRecords()
        #expect(Self.says(others.record(of: Self.second, upTo: 9)) == "wanted")
        #expect(Self.says(others.record(of: Self.second, upTo: 9)) == "wanted")
        // Whatever place of the record is asked for, once; and what may be wanted next.
        let place = PartSource(partition: 0, offset: 7)
        #expect(others.wanted == [WantedRecord(source: place, ahead: 2, isDispensable: true)])
        others.supply(Self.records([7, 8]))
        #expect(others.wanted.isEmpty)
        #expect(Self.says(others.record(of: Self.second, upTo: 9)) == "there 7")
        #expect(Self.says(others.record(of: PartSource(partition: 0, offset: 8), upTo: 9)) == "there 8")
        #expect(Self.says(others.record(of: PartSource(partition: 1, offset: 8), upTo: 8)) == "wanted")
        #expect(others.wanted.map(\.ahead) == [0])
    }

    @Test func whatWasWantedAndDidNotComeIsGone() {
        var others = OtherRecords()
        _ = others.record(of: Self.second, upTo: 100_000)
        #expect(others.wanted[0].ahead == 512)
        others.supply(Self.records([8]))
        #expect(Self.says(others.record(of: Self.second, upTo: 9)) == "gone")
    }

    /// Little of it stays; more, only as long as it is needed.
    @Test func whatIsMuchGoes() {
        var others = OtherRecords()
        let next = PartSource(partition: 0, offset: 9)
        _ = others.record(of: Self.second, upTo: 7)
        others.supply(Self.records([7], octets: 3 << 19))
        others.trim()
        #expect(Self.says(others.record(of: Self.second, upTo: 7)) == "there 7")
        _ = others.record(of: next, upTo: 9)
        others.supply(Self.records([9], octets: 3 << 19))
        #expect(Self.says(others.record(of: Self.second, upTo: 7)) == "there 7")
        #expect(Self.says(others.record(of: next, upTo: 9)) == "there 9")
        others.trim()
        #expect(Self.says(others.record(of: Self.second, upTo: 7)) == "wanted")
        others.wantNothing()
        #expect(others.wanted.isEmpty)
    }

    /// An entry of the journal, or what somebody wrote to an internal topic.
    @Test(arguments: [Int64.min, -1]) func whatCannotBeIsGone(_ offset: Int64) {
        var others = OtherRecords()
        #expect(Self.says(others.record(of: PartSource(partition: 0, offset: offset), upTo: 9)) == "gone")
        #expect(others.wanted.isEmpty)
    }

    /// The next ones are not read at once.
    @Test func afterAFailureThereIsARest() {
        var others = OtherRecords()
        _ = others.record(of: Self.second, upTo: 7)
        others.supply(Self.records([7]))
        let next = PartSource(partition: 0, offset: 9)
        _ = others.record(of: next, upTo: 9)
        others.giveUp()
        #expect(Self.says(others.record(of: next, upTo: 9)) == "left" && others.wanted.isEmpty)
        #expect(Self.says(others.record(of: Self.second, upTo: 7)) == "there 7")
    }

    /// It is not read again for every copy of what it holds.
    @Test func whatIsLargeIsKnownToBeLarge() {
        var others = OtherRecords()
        _ = others.record(of: Self.second, upTo: 7)
        others.supply(Self.records([7], octets: 5 << 20))
        others.trim()
        #expect(Self.says(others.record(of: Self.second, upTo: 7)) == "left")
    }
}
