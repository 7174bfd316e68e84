import Testing

@testable import Assembly

/// Copies that came on different partitions of the input (architecture, "Who judges what").
struct CopyRegisterTests {
    private static func notice(
        _ partition: Int32, _ offset: Int64, of telegram: String = "09EXAMPLE231", text: UInt64 = 1,
        quality: CopyQuality = CopyQuality(), marks: TelegramCopy.Marks = []
    ) -> CopyNotice {
        CopyNoticeRecordTests.notice(
            telegram, at: offset, partition: partition, text: text, quality: quality, marks: marks)
    }

    @Test func aCopyOnAnotherPartitionMeetsTheFirst() {
        var register = CopyRegister()
        #expect(register.arrive([Self.notice(0, 5), Self.notice(0, 6, of: "09EXAMPLE232")], at: 0).isEmpty)
        let meetings = register.arrive([Self.notice(3, 2)], at: 1)
        #expect(
            meetings == [
                CopyMeeting(
                    copy: Self.notice(3, 2), other: PartSource(partition: 0, offset: 5),
                    otherEvent: ContentHash(high: 7, low: 1), verdict: .duplicate, isBetter: false)
            ])
    }

    /// Their own desk has judged them.
    @Test func copiesOfOnePartitionDoNotMeet() {
        var register = CopyRegister()
        #expect(register.arrive([Self.notice(0, 5), Self.notice(0, 6, text: 2)], at: 0).isEmpty)
        #expect(register.arrive([Self.notice(0, 7, text: 3)], at: 1).isEmpty)
        // The same text, though it is the second there.
        #expect(register.arrive([Self.notice(1, 0, text: 2)], at: 2).map(\.other.offset) == [6])
    }

    /// What is read again leads to what it led to, whatever came since.
    @Test func whatIsReadAgainIsNoCopyOfItself() {
        let records = [
            [Self.notice(0, 5)], [Self.notice(1, 2, text: 2, quality: CopyQuality(garble: 3))],
            [Self.notice(2, 9, quality: CopyQuality(standing: .corrected))],
        ]
        var register = CopyRegister()
        func all() -> [[CopyMeeting]] {
            records.indices.map { register.arrive(records[$0], at: Int64($0)) }
        }
        let first = all()
        #expect(first.map(\.count) == [0, 1, 1])
        #expect(register.takeEntries().count == 3)
        #expect(all() == first)
        #expect(register.takeEntries().isEmpty)
        // By another group, with other offsets there.
        for (number, record) in records.enumerated() {
            #expect(register.arrive(record, at: Int64(number + 10)) == first[number])
        }
        #expect(register.noticeCount == 3)
    }

    private static let verdicts: [(CopyNotice, Judgement.Verdict, Bool)] = [
        (notice(1, 0, marks: .suspected), .suspectedDuplicate, false),
        (notice(1, 0, marks: .deliverAlways), .deliveredAgain, false),
        (notice(1, 0, marks: .readdressed), .readdressed, false),
        (notice(1, 0, text: 2, quality: CopyQuality(standing: .corrected)), .supersedes, true),
        (notice(1, 0, text: 2, quality: CopyQuality(isWhole: false)), .worse, false),
        (notice(1, 0, text: 2), .better, true),
        (notice(1, 0, text: 2, marks: .repetition), .retransmission, true),
    ]

    /// A copy beside another of the text 1, in order.
    @Test(arguments: verdicts.indices)
    func whatACopyIsBesideTheOther(index: Int) {
        let (copy, verdict, isBetter) = Self.verdicts[index]
        var register = CopyRegister()
        _ = register.arrive([Self.notice(0, 0)], at: 0)
        let meetings = register.arrive([copy], at: 1)
        #expect(meetings.map(\.verdict) == [verdict] && meetings.map(\.isBetter) == [isBetter])
    }

    @Test func aWholeCopyOfATornOneIsBetter() {
        var register = CopyRegister()
        _ = register.arrive([Self.notice(0, 0, quality: CopyQuality(isWhole: false))], at: 0)
        #expect(register.arrive([Self.notice(1, 0)], at: 1).map(\.verdict) == [.better])
    }

    /// Of several, the one with the same text; else the best.
    @Test func theOtherIsTheOneToCompareWith() {
        var register = CopyRegister()
        for (partition, garble) in [(0, 5), (1, 0), (2, 9)] as [(Int32, Int)] {
            _ = register.arrive(
                [Self.notice(partition, 0, text: UInt64(partition), quality: CopyQuality(garble: garble))],
                at: Int64(partition))
        }
        #expect(register.arrive([Self.notice(3, 0, text: 2)], at: 3).map(\.other.partition) == [2])
        #expect(register.arrive([Self.notice(4, 0, text: 7)], at: 4).map(\.other.partition) == [3])
        #expect(
            register.arrive([Self.notice(5, 0, text: 8, quality: CopyQuality(garble: 1))], at: 5).map(\.verdict)
                == [.worse])
    }

    /// However many there are, each is told; only so many are remembered.
    @Test func manyCopiesOfOneTelegram() {
        var register = CopyRegister()
        for partition in 0..<100 as Range<Int32> {
            let meetings = register.arrive([Self.notice(partition, 0)], at: Int64(partition))
            #expect(meetings.count == (partition > 0 ? 1 : 0))
        }
        #expect(register.noticeCount == 8)
    }

    // MARK: Withdrawals

    private static let nameOf231 = "RUEHEK 0231 0760842"

    private static func named(
        _ partition: Int32, _ offset: Int64, _ name: String = nameOf231, of telegram: String = "09EXAMPLE231"
    ) -> CopyNotice {
        var notice = Self.notice(partition, offset, of: telegram)
        notice.name = Array(name.utf8)
        return notice
    }

    @Test(arguments: [nameOf231, "RUEHEK 0231", "CSA0093"])
    func whatIsWithdrawnFromAnotherPartition(name: String) {
        var register = CopyRegister()
        _ = register.arrive([Self.named(0, 5)], at: 0)
        let expected = Withdrawal(
            cancellation: CopyNoticeRecordTests.cancellation(name, at: 1, partition: 3),
            identity: Array("09EXAMPLE231".utf8), other: PartSource(partition: 0, offset: 5),
            otherEvent: ContentHash(high: 7, low: 1))
        #expect(register.withdraw([name], by: 3, at: 1) == [expected])
        // Its own desk has told it.
        #expect(register.withdraw([name], by: 0, at: 2).isEmpty)
        for other in ["RUEHEK 0232", "RUEHEK 023", "RUEHEK", "RUEHEK 0231 07608", "CSA0094", ""] {
            #expect(register.withdraw([other], by: 3, at: 3).isEmpty)
        }
    }

    /// The service message was faster; but not by more than an hour.
    @Test func whatWithdrawsMayComeFirst() {
        var register = CopyRegister()
        #expect(register.withdraw(["RUEHEK 0231", "CSA0093"], by: 3, at: 0, time: 1000).isEmpty)
        let decisions = register.decisions(CopyNotices(copies: [Self.named(0, 5)]), at: 1, time: 3_601_000)
        #expect(decisions.withdrawals.map(\.cancellation.name) == [Array("RUEHEK 0231".utf8)])
        #expect(decisions.withdrawals.map(\.other.offset) == [5])
        #expect(register.decisions(CopyNotices(copies: [Self.named(3, 6)]), at: 2, time: 3_601_000).withdrawals.isEmpty)
        #expect(register.decisions(CopyNotices(copies: [Self.named(1, 6)]), at: 3, time: 3_601_001).withdrawals.isEmpty)
    }

    /// A station's serials come again; what has one by chance is not meant.
    @Test func theLastOfANameIsWithdrawn() {
        let day: Int64 = 86_400_000
        var register = CopyRegister()
        _ = register.arrive([Self.named(0, 1)], at: 0)
        _ = register.arrive([Self.named(1, 1, "RUEHEK 0231 0770842", of: "09EXAMPLE260")], at: 1, time: day)
        #expect(register.withdraw(["RUEHEK 0231"], by: 3, at: 2, time: day).map(\.other.partition) == [1])
        #expect(register.withdraw([Self.nameOf231], by: 3, at: 3, time: 7 * day).map(\.other.partition) == [0])
        #expect(register.withdraw([Self.nameOf231], by: 3, at: 4, time: 7 * day + 1).isEmpty)
    }

    /// Whatever came since.
    @Test func whatWithdrawsLeadsToTheSameWhenItIsReadAgain() throws {
        var register = CopyRegister()
        var journal = Journal()
        func all(_ register: inout CopyRegister) -> [[CopyDecision]] {
            let cancellation = CopyNotices(
                cancellations: [CopyNoticeRecordTests.cancellation("RUEHEK 0231", at: 9, partition: 3)])
            let records = [
                CopyNotices(copies: [Self.named(0, 5)]), cancellation,
                CopyNotices(copies: [Self.named(1, 7, "RUEHEK 0231 0770842", of: "09EXAMPLE260")]), cancellation,
            ]
            return records.enumerated().map { register.decisions($1, at: Int64($0)) }
        }
        let first = all(&register)
        #expect(first.map(\.count) == [0, 1, 1, 1])
        #expect(first[1] != first[3])
        journal.take(&register)
        #expect(journal.entries.count == 4)
        #expect(all(&register) == first)
        var other = try journal.register(VersionSettings())
        #expect(all(&other) == first)
        // By another group: what withdraws is news of no copy that came before it.
        #expect(other.decisions(CopyNotices(copies: [Self.named(0, 5)]), at: 10).isEmpty)
        #expect(
            other.decisions(CopyNotices(copies: [Self.named(1, 7, "RUEHEK 0231 0770842", of: "09EXAMPLE260")]), at: 11)
                == first[2])
    }

    /// However many there are.
    @Test func withdrawalsAreBounded() {
        var register = CopyRegister(settings: Self.settings(50))
        var journal = Journal()
        for offset in 0..<2000 as Range<Int64> {
            _ = register.arrive([Self.named(0, offset, "RUEHEK \(offset)", of: "09EXAMPLE\(offset)")], at: 2 * offset)
            let names = (0..<10).map { "RUEHEK \(offset - Int64($0))" }
            let found = register.withdraw(names, by: 3, at: 2 * offset + 1)
            #expect(found.count <= names.count && found.first?.other.offset == offset)
            journal.take(&register)
        }
        #expect(register.noticeCount <= 50)
        #expect(journal.entries.values.count <= 100)
    }

    // MARK: Bounds and the journal

    private static func settings(_ telegrams: Int, _ age: Duration = .seconds(1000)) -> VersionSettings {
        var settings = VersionSettings()
        settings.telegrams = telegrams
        settings.age = age
        return settings
    }

    @Test func theOldestAreForgotten() {
        var register = CopyRegister(settings: Self.settings(100))
        for number in 0..<1000 as Range<Int64> {
            _ = register.arrive([Self.notice(0, number, of: "09EXAMPLE\(number)")], at: number)
        }
        #expect(register.noticeCount == 100)
        #expect(register.arrive([Self.notice(1, 0, of: "09EXAMPLE950")], at: 1000).count == 1)
        #expect(register.arrive([Self.notice(1, 1, of: "09EXAMPLE890")], at: 1001).isEmpty)
    }

    @Test func whatIsOldIsForgotten() {
        var register = CopyRegister(settings: Self.settings(100, .seconds(60)))
        _ = register.arrive([Self.notice(0, 0)], at: 0, time: 1000)
        _ = register.arrive([Self.notice(0, 1, of: "09EXAMPLE232")], at: 1, time: 61_000)
        #expect(register.noticeCount == 2)
        _ = register.arrive([Self.notice(0, 2, of: "09EXAMPLE233")], at: 2, time: 61_001)
        #expect(register.noticeCount == 2)
        #expect(register.arrive([Self.notice(1, 0)], at: 3, time: 61_002).isEmpty)
    }

    /// A record larger than the bound is not forgotten before others can meet it.
    @Test func theLastRecordStays() {
        var register = CopyRegister(settings: Self.settings(1))
        _ = register.arrive((0..<10).map { Self.notice(0, $0, of: "09EXAMPLE\($0)") }, at: 0)
        #expect(register.noticeCount == 10)
        #expect(register.arrive([Self.notice(1, 0, of: "09EXAMPLE7")], at: 1).count == 1)
        #expect(register.noticeCount == 1)
    }

    /// As a topic that keeps the last entry of each key.
    private struct Journal {
        var entries: [[UInt8]: [UInt8]] = [:]

        mutating func take(_ register: inout CopyRegister) {
            for (key, value) in register.takeEntries() { self.entries[key] = value }
        }

        func register(_ settings: VersionSettings) throws -> CopyRegister {
            var register = CopyRegister(settings: settings)
            for (key, value) in self.entries { try register.restore(key, from: value) }
            return register
        }
    }

    /// Lives that end at any record and remember what was written answer as one that goes on.
    @Test(arguments: 0..<8)
    func restartsChangeNothing(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let settings = Self.settings(60)
        var one = CopyRegister(settings: settings)
        var other = CopyRegister(settings: settings)
        var journal = Journal()
        var meetings = 0
        for offset in 0..<400 as Range<Int64> {
            let notices = (0...random.below(5)).map { place in
                Self.notice(
                    Int32(offset % 3), offset * 10 + Int64(place), of: "09EXAMPLE\(random.below(80))",
                    text: UInt64(random.below(2)), quality: CopyQuality(garble: random.below(3)))
            }
            let expected = one.arrive(notices, at: offset)
            meetings += expected.count
            #expect(other.arrive(notices, at: offset) == expected)
            #expect(one.noticeCount == other.noticeCount)
            journal.take(&other)
            if random.below(10) == 0 { other = try journal.register(settings) }
        }
        #expect(meetings > 100 && !journal.entries.isEmpty && journal.entries.count < 60)
    }

    /// Its offsets begin again at 0.
    @Test func aTopicThatWasMadeAnew() {
        var register = CopyRegister()
        _ = register.arrive([Self.notice(0, 0)], at: 0)
        _ = register.arrive([Self.notice(0, 1, of: "09EXAMPLE232")], at: 0)
        #expect(register.noticeCount == 1)
        #expect(register.arrive([Self.notice(1, 0, of: "09EXAMPLE232")], at: 1).count == 1)
    }

    @Test func whatCannotBeReadIsRefused() {
        var register = CopyRegister()
        _ = register.arrive([Self.notice(0, 0)], at: 0)
        let (key, value) = register.takeEntries()[0]
        #expect(CopyRegister.owns(key) && !CopyRegister.owns(Array("set|x".utf8)))
        let octets = value ?? []
        for entry in [[], [1, 2, 3], Array(octets.dropLast()), octets + [0]] {
            #expect(throws: SnapshotError.self) { try register.restore(key, from: entry) }
        }
        #expect(throws: SnapshotError.malformed) { try register.restore(Array("copies|x".utf8), from: octets) }
        #expect(register.noticeCount == 1)
    }
}

extension CopyRegister {
    fileprivate mutating func arrive(_ notices: [CopyNotice], at offset: Int64, time: Int64 = 0) -> [CopyMeeting] {
        self.decisions(CopyNotices(copies: notices), at: offset, time: time).compactMap {
            if case .met(let meeting) = $0 { meeting } else { nil }
        }
    }

    fileprivate mutating func withdraw(
        _ names: [String], by partition: Int32, at offset: Int64, time: Int64 = 0
    ) -> [Withdrawal] {
        let cancellations = names.map { CopyNoticeRecordTests.cancellation($0, at: offset, partition: partition) }
        return self.decisions(CopyNotices(cancellations: cancellations), at: offset, time: time).withdrawals
    }

    fileprivate mutating func decisions(_ notices: CopyNotices, at offset: Int64, time: Int64 = 0) -> [CopyDecision] {
        self.recordArrived(CopyNoticeRecordTests.record(notices), notices, at: offset, time)
    }
}

extension [CopyDecision] {
    fileprivate var withdrawals: [Withdrawal] {
        self.compactMap { if case .withdrawn(let withdrawal) = $0 { withdrawal } else { nil } }
    }
}
