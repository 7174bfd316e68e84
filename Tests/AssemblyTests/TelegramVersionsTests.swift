import Testing

@testable import Assembly

/// Each row of format 4.1's table, with what must not fall under it.
struct TelegramVersionsTests {
    private typealias Make = Copies

    private static let corrected = CopyQuality(standing: .corrected)
    private static let provisional = CopyQuality(standing: .provisional)

    /// The first copy, the second, and what is said of the second.
    private static let rows: [(TelegramCopy, TelegramCopy, Judgement)] = [
        (Make.copy(at: 0), Make.copy(at: 1), Judgement(.duplicate, other: Make.reference(at: 0))),
        (
            Make.copy(at: 0), Make.copy(at: 1, marks: .suspected),
            Judgement(.suspectedDuplicate, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0), Make.copy(at: 1, marks: .deliverAlways),
            Judgement(.deliveredAgain, revision: 2, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0), Make.copy(at: 1, text: 2, marks: .deliverAlways),
            Judgement(.deliveredAgain, revision: 2, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0), Make.copy(at: 1, text: 2, quality: corrected),
            Judgement(.supersedes, revision: 2, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0, quality: corrected), Make.copy(at: 1, text: 2),
            Judgement(.superseded, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0, quality: provisional), Make.copy(at: 1, text: 2),
            Judgement(.replacesProvisional, revision: 2, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0), Make.copy(at: 1, text: 2, quality: provisional),
            Judgement(.worse, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0, quality: CopyQuality(garble: 4)), Make.copy(at: 1, text: 2, marks: .repetition),
            Judgement(.retransmission, revision: 2, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0), Make.copy(at: 1, text: 2, quality: CopyQuality(garble: 4), marks: .repetition),
            Judgement(.retransmission, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0, quality: CopyQuality(garble: 4)), Make.copy(at: 1, text: 2),
            Judgement(.better, revision: 2, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0), Make.copy(at: 1, text: 2, quality: CopyQuality(garble: 4)),
            Judgement(.worse, other: Make.reference(at: 0))
        ),
        // A tie goes to the later filing time.
        (
            Make.copy(at: 0, quality: CopyQuality(filed: 5)), Make.copy(at: 1, text: 2, quality: CopyQuality(filed: 6)),
            Judgement(.better, revision: 2, other: Make.reference(at: 0))
        ),
        // A torn copy of the same text, and the whole one.
        (
            Make.copy(at: 0, quality: CopyQuality(isWhole: false)), Make.copy(at: 1),
            Judgement(.better, revision: 2, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0), Make.copy(at: 1, quality: CopyQuality(isWhole: false)),
            Judgement(.duplicate, other: Make.reference(at: 0))
        ),
        // A correction that is torn replaces nothing that is whole.
        (
            Make.copy(at: 0), Make.copy(at: 1, text: 2, quality: CopyQuality(isWhole: false, standing: .corrected)),
            Judgement(.worse, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0), Make.copy(at: 1, text: 2, group: "180842Z"),
            Judgement(.rereleased, revision: 2, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0), Make.copy(at: 1, text: 2, serial: "0240", quality: corrected),
            Judgement(.rereleased, revision: 2, other: Make.reference(at: 0))
        ),
        // The same text under another serial is no news.
        (Make.copy(at: 0), Make.copy(at: 1, serial: "0240"), Judgement(.duplicate, other: Make.reference(at: 0))),
        // What cannot be read is no other serial.
        (
            Make.copy(at: 0), Make.copy(at: 1, text: 2, group: nil, serial: nil, quality: CopyQuality(garble: 1)),
            Judgement(.worse, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0), Make.copy(at: 1, text: 2, marks: .readdressed),
            Judgement(.readdressed, revision: 2, other: Make.reference(at: 0))
        ),
        (
            Make.copy(at: 0, marks: .readdressed), Make.copy(at: 1, text: 2),
            Judgement(.readdressed, revision: 2, other: Make.reference(at: 0))
        ),
        (Make.copy(at: 0), Make.copy(at: 1, text: 2, telegram: "09EXAMPLE232"), Judgement(.first, revision: 1)),
        (
            Make.copy(at: 0), Make.copy(at: 1, telegram: "09EXAMPLE232", marks: .suspected),
            Judgement(.suspectedNew, revision: 1)
        ),
    ]

    @Test(arguments: rows.indices)
    func twoReceptions(row: Int) {
        let (first, second, judgement) = Self.rows[row]
        var versions = TelegramVersions()
        #expect(versions.copyArrived(first, at: 0) == Judgement(.first, revision: 1))
        #expect(versions.copyArrived(second, at: 1) == judgement)
        let delivered = judgement.revision != nil && second.identity == first.identity
        let isCurrent = delivered && !second.marks.contains(.readdressed)
        if first.content != second.content, judgement.verdict != .deliveredAgain {
            #expect(
                versions.current(of: first.identity)?.source == (isCurrent ? second.source : first.source)
                    || judgement.verdict == .rereleased)
        }
        // Met again, both are what they were.
        var known = judgement
        known.isKnown = true
        #expect(versions.copyArrived(second, at: 2) == known)
        #expect(versions.changedKeys.isEmpty)
        #expect(versions.copyArrived(first, at: 2) == Judgement(.first, revision: 1, isKnown: true))
    }

    @Test func revisionsOnlyRise() {
        var versions = TelegramVersions()
        let qualities = [3, 2, 5, 1].map { CopyQuality(garble: $0) } + [Self.corrected]
        let judgements = versions.arrive(
            qualities.enumerated().map { Make.copy(at: Int64($0), text: UInt64($0 + 1), quality: $1) })
        #expect(judgements.map(\.revision) == [1, 2, nil, 3, 4])
        #expect(judgements.last?.other == Make.reference(at: 3, text: 4))
    }

    /// What one copy says of a text holds for the text.
    @Test func aCopyCanMakeATextTheBetterOne() {
        var versions = TelegramVersions()
        _ = versions.arrive([
            Make.copy(at: 0, text: 1, quality: CopyQuality(garble: 1)),
            Make.copy(at: 1, text: 2, quality: CopyQuality(garble: 2)),
        ])
        let judgement = versions.copyArrived(Make.copy(at: 2, text: 2), at: 0)
        #expect(judgement == Judgement(.better, revision: 2, other: Make.reference(at: 0)))
    }

    // MARK: Cancellations

    @Test func aCancelledTelegramIsWithdrawn() {
        var versions = TelegramVersions()
        let canceller = PartSource(partition: 1, offset: 9)
        _ = versions.copyArrived(Make.copy(at: 0, aliases: ["RUEHXX 0231"]), at: 0)
        let judgement = versions.cancellationArrived(of: Array("RUEHXX 0231".utf8), source: canceller, at: 1)
        #expect(judgement == Judgement(.cancelled, other: Make.reference(at: 0), canceller: canceller))
        #expect(versions.changedKeys == [Array("version|09EXAMPLE231".utf8)])
        let later = versions.copyArrived(Make.copy(at: 1), at: 2)
        #expect(later == Judgement(.cancelled, other: Make.reference(at: 0), canceller: canceller))
        // A correction is a telegram again; what had cancelled the old one and is read again does not cancel it.
        let corrected = Make.copy(at: 2, text: 2, quality: Self.corrected)
        #expect(versions.copyArrived(corrected, at: 3).verdict == .supersedes)
        let again = versions.cancellationArrived(of: Array("09EXAMPLE231".utf8), source: canceller, at: 4)
        #expect(again.isKnown)
        #expect(versions.copyArrived(Make.copy(at: 3, text: 2), at: 5).verdict == .duplicate)
    }

    @Test func aCancellationMayComeFirst() throws {
        var versions = TelegramVersions()
        let canceller = PartSource(partition: 1, offset: 9)
        let name = Array("RUEHXX 0231".utf8)
        #expect(
            versions.cancellationArrived(of: name, source: canceller, at: 0)
                == Judgement(.cancelled, canceller: canceller))
        let judgement = versions.copyArrived(Make.copy(at: 0, aliases: ["RUEHXX 0231"]), at: 1)
        #expect(judgement == Judgement(.cancelled, canceller: canceller))
        #expect(versions.count == 1)
        #expect(versions.changedKeys == [Array("version|09EXAMPLE231".utf8), Array("version|RUEHXX 0231".utf8)])
        #expect(versions.snapshot(of: Array("version|RUEHXX 0231".utf8)) == nil)
        #expect(versions.cancellationArrived(of: name, source: canceller, at: 2).isKnown)
    }

    /// A station's serials begin again with every day.
    @Test func aCancellationReadAgainWithdrawsNothingThatCameSince() {
        var versions = TelegramVersions()
        let name = Array("RUEHXX 0231".utf8)
        let day: Int64 = 86_400_000
        _ = versions.copyArrived(Make.copy(at: 0, telegram: "A", aliases: ["RUEHXX 0231"]), at: 0)
        _ = versions.copyArrived(Make.copy(at: 2, text: 2, telegram: "B", aliases: ["RUEHXX 0231"]), at: day)
        #expect(versions.identity(of: name, at: day) == Array("B".utf8))
        let canceller = PartSource(partition: 1, offset: 1)
        let judgement = versions.cancellationArrived(of: name, source: canceller, at: 1)
        #expect(judgement == Judgement(.cancelled, canceller: canceller))
        #expect(versions.changedKeys.isEmpty && versions.count == 2)
        #expect(versions.copyArrived(Make.copy(at: 3, text: 2, telegram: "B"), at: day).verdict == .duplicate)
        #expect(
            versions.cancellationArrived(of: name, source: canceller, at: day).other == Make.reference(at: 2, text: 2))
    }

    /// In whatever order entries are read, a name is that of the telegram that was heard of last.
    @Test(arguments: [[0, 1], [1, 0]])
    func aNameIsTheLastOnesAfterARestart(order: [Int]) throws {
        var versions = TelegramVersions()
        _ = versions.copyArrived(Make.copy(at: 0, telegram: "A", aliases: ["RUEHXX 0231"]), at: 0)
        _ = versions.copyArrived(Make.copy(at: 1, telegram: "B", aliases: ["RUEHXX 0231"]), at: 5)
        var restored = TelegramVersions()
        for index in order {
            let key = Array("version|\(["A", "B"][index])".utf8)
            try restored.restore(key, from: versions.snapshot(of: key))
        }
        restored.timePassed(to: 5)
        #expect(restored.identity(of: Array("RUEHXX 0231".utf8), at: 5) == Array("B".utf8))
    }

    // MARK: Bounds

    @Test func theTelegramThatWasQuietLongestIsForgotten() {
        var settings = VersionSettings()
        settings.telegrams = 2
        var versions = TelegramVersions(settings: settings)
        for (offset, telegram) in ["A", "B", "A", "C"].enumerated() {
            _ = versions.copyArrived(Make.copy(at: Int64(offset), telegram: telegram), at: Int64(offset))
        }
        #expect(versions.count == 2)
        #expect(versions.changedKeys == [Array("version|B".utf8), Array("version|C".utf8)])
        #expect(versions.snapshot(of: Array("version|B".utf8)) == nil)
        #expect(versions.copyArrived(Make.copy(at: 9, telegram: "B"), at: 9).verdict == .first)
        versions.timePassed(to: 32 * 86_400_000)
        #expect(versions.count == 0)
        #expect(versions.changedKeys.count == 2)
    }

    /// Telegrams of one batch often have one time; hashes, which differ from process to process, decide nothing.
    @Test func ofOneTimeTheFirstIsForgotten() {
        var settings = VersionSettings()
        settings.telegrams = 8
        var versions = TelegramVersions(settings: settings)
        for offset in 0..<Int64(64) {
            _ = versions.copyArrived(Make.copy(at: offset, telegram: "\(offset)"), at: 0)
            _ = versions.copyArrived(Make.copy(at: 100 + offset, telegram: "0"), at: 0)
        }
        let kept = (0..<64).filter { versions.snapshot(of: Array("version|\($0)".utf8)) != nil }
        #expect(kept == [0] + Array(57..<64))
    }

    @Test func oneTelegramIsBounded() {
        var versions = TelegramVersions()
        var entry = 0
        for offset in 0..<Int64(300) {
            let copy = Make.copy(
                at: offset, text: UInt64(offset), group: "\(offset % 20)", quality: CopyQuality(garble: Int(offset)),
                aliases: ["\(offset)"])
            _ = versions.copyArrived(copy, at: 0)
            entry = versions.snapshot(of: Array("version|09EXAMPLE231".utf8))?.count ?? 0
        }
        #expect(entry > 0 && entry < 4096)
    }

    // MARK: Order and restarts

    private static func wild(_ random: inout SplitMix, telegrams: Int) -> [TelegramCopy] {
        let copies = telegrams * 4
        return (0..<copies).map { offset in
            let telegram = random.below(telegrams)
            let issue = random.below(8) == 0 ? 1 : 0
            let quality = CopyQuality(
                isWhole: random.below(6) > 0,
                standing: random.below(6) > 0 ? .ordinary : random.below(2) == 0 ? .corrected : .provisional,
                garble: random.below(3), filed: random.below(3) == 0 ? nil : Int64(random.below(4)))
            var marks: TelegramCopy.Marks = []
            for mark in [TelegramCopy.Marks.suspected, .deliverAlways, .repetition] where random.below(8) == 0 {
                marks.insert(mark)
            }
            // The date-time group is part of the text.
            return Make.copy(
                at: Int64(offset), text: UInt64(issue * 10 + random.below(3)), telegram: "T\(telegram)",
                group: "\(issue)", quality: quality, marks: marks)
        }
    }

    /// It is written without its record, and read as one.
    @Test func theEntryOfAFirstCopyIsThatOfItsRecord() {
        var random = SplitMix(state: 1)
        for (number, wild) in Self.wild(&random, telegrams: 100).enumerated() {
            var copy = wild
            let own = String(decoding: copy.identity, as: UTF8.self)
            for _ in 0..<random.below(12) {
                copy.aliases.append(Array((random.below(4) == 0 ? own : "RUEHXX \(random.below(20))").utf8))
            }
            if number % 5 == 0 { copy.marks.insert(.readdressed) }
            var record = VersionRecord(copy.identity, heard: 7)
            VersionRecord.add(copy.aliases, of: copy.identity, to: &record.aliases)
            let judgement = record.judge(copy)
            var versions = TelegramVersions()
            #expect(versions.copyArrived(copy, at: 7) == judgement)
            #expect(versions.entry(of: OctetKey(copy.identity)) == record.snapshot)
            #expect(record.aliases.count <= 8 && !record.aliases.contains(copy.identity))
            #expect(Set(record.aliases).count == record.aliases.count)
        }
    }

    /// Whatever the order, the same text is current at last; a run that is cut anywhere says the same as one that is not.
    @Test func orderAndRestartsChangeNothing() {
        var long = LongRun("versions")
        let seed = long.seed
        var random = SplitMix(state: seed)
        while long.goesOn {
            let copies = Self.wild(&random, telegrams: 100)
            var whole = TelegramVersions()
            let said = whole.arrive(copies)
            var shuffled = TelegramVersions()
            _ = shuffled.arrive(copies.shuffled(using: &random))
            var cut = TelegramVersions()
            var journal = Journal()
            var revisions: [[UInt8]: Int] = [:]
            for (index, copy) in copies.enumerated() {
                if random.below(100) == 0 {
                    cut = TelegramVersions()
                    journal.restore(into: &cut, using: &random)
                }
                let judgement = cut.copyArrived(copy, at: 0)
                journal.note(cut)
                guard judgement == said[index] else {
                    #expect(judgement == said[index], "seed \(seed), copy \(index)")
                    return
                }
                if let revision = judgement.revision {
                    #expect(revision == revisions[copy.identity, default: 0] + 1, "seed \(seed)")
                    revisions[copy.identity] = revision
                }
                if random.below(10) == 0 {
                    var known = judgement
                    known.isKnown = true
                    #expect(cut.copyArrived(copy, at: 0) == known, "seed \(seed)")
                }
            }
            for identity in Set(copies.map(\.identity)) {
                let current = whole.current(of: identity)?.content
                #expect(shuffled.current(of: identity)?.content == current, "seed \(seed)")
                #expect(cut.current(of: identity)?.content == current, "seed \(seed)")
            }
            long.made(3 * copies.count)
        }
        long.tell()
    }

    @Test func damagedEntriesAreRefused() {
        var versions = TelegramVersions()
        let name = Array("09EXAMPLE231".utf8)
        _ = versions.arrive([
            Make.copy(at: 0, aliases: ["RUEHXX 0231"]), Make.copy(at: 1, text: 2, group: nil, quality: Self.corrected),
            Make.copy(at: 2, text: 3, serial: "0300"),
        ])
        _ = versions.cancellationArrived(of: name, source: PartSource(partition: 3, offset: 4), at: 0)
        let key = Array("version|09EXAMPLE231".utf8)
        guard let entry = versions.snapshot(of: key) else {
            Issue.record("no entry")
            return
        }
        var random = SplitMix(state: 3)
        Journal.damage(key, entry, using: &random) { TelegramVersions() }
        var other = TelegramVersions()
        #expect(throws: SnapshotError.malformed) { try other.restore(name, from: entry) }
        try? other.restore(key, from: entry)
        #expect(other.snapshot(of: key) == entry)
        try? other.restore(key, from: nil)
        #expect(other.count == 0)
    }
}
