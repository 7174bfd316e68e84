import Testing

@testable import Assembly

/// Notices as octets and back; octets from anywhere are read to an end or refused.
struct CopyNoticeRecordTests {
    static func notice(
        _ telegram: String = "09EXAMPLE231", at offset: Int64 = 0, partition: Int32 = 0, index: Int32 = 0,
        text: UInt64 = 1, quality: CopyQuality = CopyQuality(), marks: TelegramCopy.Marks = [],
        channel: String = "CSA0093"
    ) -> CopyNotice {
        CopyNotice(
            identity: Array(telegram.utf8), name: Array("RUEHEK \(telegram.suffix(3)) 0760842".utf8),
            channel: Array(channel.utf8), event: ContentHash(high: 7, low: text),
            quality: quality, marks: marks, source: PartSource(partition: partition, offset: offset, index: index))
    }

    static func cancellation(_ name: String, at offset: Int64 = 0, partition: Int32 = 0) -> CancellationNotice {
        CancellationNotice(
            name: Array(name.utf8), event: ContentHash(high: 9, low: 3),
            source: PartSource(partition: partition, offset: offset))
    }

    static func record(_ notices: CopyNotices) -> [UInt8] {
        let source = notices.copies.first?.source ?? notices.cancellations.first?.source
        var record = CopyNoticeRecord(partition: source?.partition ?? 0)
        for notice in notices.copies { record.add(notice) }
        for notice in notices.cancellations { record.add(notice) }
        return record.octets
    }

    private static let sample = CopyNotices(
        copies: copies,
        cancellations: [
            cancellation("RUEHEK 0231", at: 6, partition: 11), cancellation("", at: 5, partition: 11),
            cancellation("CSA0093", at: .max, partition: 11),
        ])
    private static let copies = [
        notice(at: 7, partition: 11), notice("09EXAMPLE232", at: 7, partition: 11, index: 3, text: .max),
        notice(
            at: 5, partition: 11, quality: CopyQuality(isWhole: false, standing: .corrected, garble: 40, filed: -1),
            marks: [.suspected, .readdressed], channel: ""),
        notice(at: .max, partition: 11, index: .max),
    ]

    @Test func noticesComeBack() throws {
        #expect(try CopyNoticeRecord.read(Self.record(Self.sample)) == Self.sample)
        #expect(try CopyNoticeRecord.read(Self.record(CopyNotices())) == CopyNotices())
    }

    @Test func theSizeIsKnown() {
        var record = CopyNoticeRecord(partition: 0)
        for offset in 0..<100 as Range<Int64> {
            record.add(Self.notice(at: offset))
            record.add(Self.cancellation("RUEHEK 0231", at: offset))
        }
        #expect(abs(record.octetCount - record.octets.count) < 32)
    }

    /// Neither is taken for the other, and no text for one of them.
    @Test func itIsToldFromOthers() {
        let notices = Self.record(Self.sample)
        let observations = ObservationRecord(partition: 0).octets
        for (octets, isOne) in [
            (notices, true), (observations, false), (Array("VZCZCEKI0417".utf8), false), ([], false),
        ] {
            #expect(octets.withUnsafeBytes { CopyNoticeRecord.isOne($0) } == isOne)
        }
        #expect(!notices.withUnsafeBytes { ObservationRecord.isOne($0) })
    }

    @Test func aLaterVersionIsRefused() {
        var octets = Self.record(Self.sample)
        octets[4] = 2
        #expect(octets.withUnsafeBytes { CopyNoticeRecord.isOne($0) })
        #expect(throws: SnapshotError.unknownForm) { _ = try CopyNoticeRecord.read(octets) }
    }

    @Test func damageIsRefusedOrRead() {
        let octets = Self.record(Self.sample)
        for count in octets.indices {
            #expect(throws: SnapshotError.self) { _ = try CopyNoticeRecord.read(Array(octets.prefix(count))) }
        }
        #expect(throws: SnapshotError.malformed) { _ = try CopyNoticeRecord.read(octets + [0]) }
        var random = SplitMix(state: 12)
        for round in 0..<5000 {
            var damaged = octets
            for _ in 0...random.below(3) { damaged[random.below(octets.count)] = UInt8(random.below(256)) }
            guard let read = try? CopyNoticeRecord.read(damaged) else { continue }
            // Whatever was read, the register takes it.
            var register = CopyRegister()
            _ = register.recordArrived(damaged, read, at: Int64(round), 0)
            _ = register.recordArrived(damaged, read, at: Int64(round) + 1, 1)
        }
    }

    @Test func aHashIsWrittenAsDigits() {
        let hash = ContentHash(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
        let digits = Array("0123456789abcdeffedcba9876543210".utf8)
        #expect(hash.hexadecimal == digits && ContentHash(hexadecimal: digits) == hash)
        for wrong in ["", "0123456789abcdeffedcba987654321", "0123456789abcdeffedcba987654321G"] {
            #expect(ContentHash(hexadecimal: Array(wrong.utf8)) == nil)
        }
    }
}
