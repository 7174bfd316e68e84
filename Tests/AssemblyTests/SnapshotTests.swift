import Testing

@testable import Assembly

/// Numbers and lists as octets and back; octets from anywhere are read to an end or refused.
struct SnapshotTests {
    @Test(arguments: [0, 1, -1, 63, -64, 64, 127, 128, 16_383, Int64(Int32.max), .max, .min])
    func numbersComeBack(number: Int64) throws {
        var writer = SnapshotWriter(.sectionSet)
        writer.write(number)
        writer.write(unsigned: UInt64(bitPattern: number))
        var reader = try SnapshotReader(writer.octets, .sectionSet)
        #expect(try reader.signed() == number)
        #expect(try reader.unsigned() == UInt64(bitPattern: number))
        try reader.finish()
    }

    @Test func smallNumbersAreSmall() {
        var writer = SnapshotWriter(.sectionSet)
        for number in [Int64(0), 63, -64] { writer.write(number) }
        #expect(writer.octets.count == 5)
    }

    @Test func everythingElseComesBack() throws {
        let source = PartSource(partition: .max, offset: -1, index: .min)
        let hash = ContentHash(high: 0x0102_0304_0506_0708, low: .max)
        let quality = CopyQuality(isWhole: false, standing: .corrected, garble: 7, filed: -5)
        var writer = SnapshotWriter(.versions)
        writer.write([[UInt8]](arrayLiteral: [], [1, 2, 3])) { $0.write($1) }
        writer.write(Optional<Int>.none) { $0.write($1) }
        writer.write(source)
        writer.write(hash)
        writer.write(quality)
        var reader = try SnapshotReader(writer.octets, .versions)
        #expect(try reader.list { reader throws(SnapshotError) in try reader.text() } == [[], [1, 2, 3]])
        #expect(try reader.optional { reader throws(SnapshotError) in try reader.signed() } == nil)
        #expect(try reader.source() == source)
        #expect(try reader.hash() == hash)
        #expect(try reader.quality() == quality)
        try reader.finish()
    }

    @Test(arguments: [[], [0x53], [0x54, 1], [0x53, 0], [0x53, 2]])
    func anotherFormIsRefused(octets: [UInt8]) {
        #expect(throws: SnapshotError.unknownForm) { _ = try SnapshotReader(octets, .sectionSet) }
    }

    @Test(arguments: [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], [0x80], [],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
    ])
    func numbersOutOfRangeAreRefused(octets: [UInt8]) throws {
        var reader = try SnapshotReader([0x53, 1] + octets, .sectionSet)
        #expect(throws: SnapshotError.malformed) { _ = try reader.unsigned() }
    }

    @Test func aCountBeyondTheOctetsIsRefused() throws {
        let octets: [UInt8] = [0x53, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0]
        var reader = try SnapshotReader(octets, .sectionSet)
        #expect(throws: SnapshotError.malformed) {
            _ = try reader.list { reader throws(SnapshotError) in try reader.octet() }
        }
        var other = try SnapshotReader(octets, .sectionSet)
        #expect(throws: SnapshotError.malformed) { _ = try other.text() }
    }

    @Test func whatIsLeftOverIsRefused() throws {
        let reader = try SnapshotReader([0x53, 1, 0], .sectionSet)
        #expect(throws: SnapshotError.malformed) { try reader.finish() }
    }
}
