import Telegram
import Testing

@testable import Assembly

/// Input that no operator would send: state machines end, stay in their bounds, and can be set up again from their entries.
@Suite struct WildInputTests {
    private static func time(_ now: Int64, _ random: inout SplitMix) -> Int64 {
        switch random.below(50) {
        case 0: [Int64.min, .max, 0, -1][random.below(4)]
        case 1: now + Int64(random.below(100_000))
        default: now - Int64(random.below(3000))
        }
    }

    private static func range(near middle: Int, _ random: inout SplitMix) -> ClosedRange<Int> {
        let first = max(middle - random.below(12), 1)
        return first...min(first + random.below(random.below(9) == 0 ? 2000 : 12), 9999)
    }

    /// A few series, all numbers near each other, so that gaps, answers, repetitions and resets meet.
    private static func observation(_ now: Int64, _ middle: Int, _ random: inout SplitMix) -> NumberObservation {
        let kind = NumberSeries.Kind.allCases[random.below(3)]
        let number: Int? =
            switch random.below(12) {
            case 0: nil
            case 1: random.below(10_000)
            case 2: [0, 1, 999, 1000, 9999][random.below(5)]
            default: (middle + random.below(16)) % 10_000
            }
        let answered = (0..<(random.below(3) == 0 ? random.below(5) : 0)).map { _ in Self.range(near: middle, &random) }
        return Observations.of(
            number, at: Int64(random.below(100_000)),
            series: NumberSeries(kind, [0x41 + UInt8(random.below(2)), 0x7C, 0x42]),
            width: random.below(4) == 0 ? 4 : 3, time: Self.time(now, &random),
            identity: random.below(5) == 0 ? "" : "\(random.below(30))", partition: Int32(random.below(40)),
            answered: answered)
    }

    private static func continuity(_ random: inout SplitMix) -> ContinuitySettings {
        var settings = ContinuitySettings()
        let settling = ContinuitySettings.Settling(
            time: .milliseconds([1, 500, 3000][random.below(3)]), later: [0, 1, 5, 64][random.below(4)])
        (settings.channel, settings.station, settings.pair) = (settling, settling, settling)
        settings.patience = .milliseconds(random.below(5000))
        settings.series = 1 + random.below(6)
        settings.openRanges = 1 + random.below(8)
        settings.reportsStationGaps = random.below(2) == 0
        return settings
    }

    /// And what one record says is judged as if it came one by one.
    @Test func numbers() throws {
        var long = LongRun("wild numbers")
        var random = SplitMix(state: long.seed)
        while long.goesOn {
            let settings = Self.continuity(&random)
            var single = ContinuityWatch(settings: settings)
            var together = single
            var decided = 0
            for record in 0..<300 {
                let now = Int64(record) * Int64(random.below(1500))
                let middle = record * 3 % 1200
                let observations = (0..<random.below(6)).map { _ in Self.observation(now, middle, &random) }
                var (keys, decisions) = (Set<[UInt8]>(), [ContinuityDecision]())
                for observation in observations {
                    decisions += single.observationArrived(observation, at: now)
                    keys.formUnion(single.changedKeys)
                }
                if observations.isEmpty { (decisions, keys) = (single.timePassed(to: now), single.changedKeys) }
                decided += decisions.count
                let asOne = together.observationsArrived(observations, at: now)
                guard asOne == decisions, together.changedKeys == keys, together.nextDeadline == single.nextDeadline
                else {
                    Issue.record("seed \(long.seed), record \(record)")
                    return
                }
                for key in keys {
                    let entry = single.snapshot(of: key)
                    #expect(together.snapshot(of: key) == entry, "seed \(long.seed)")
                    guard random.below(20) == 0 else { continue }
                    var again = ContinuityWatch(settings: settings)
                    try again.restore(key, from: entry)
                    #expect(again.snapshot(of: key) == entry, "seed \(long.seed)")
                    if random.below(3) == 0 {
                        for key in keys { try single.restore(key, from: single.snapshot(of: key)) }
                    }
                }
                together = single
                #expect(single.count <= settings.series)
            }
            _ = single.inputEnded()
            #expect(decided > 0)
            long.made(300)
        }
        long.tell()
    }

    @Test func versions() throws {
        var long = LongRun("wild versions")
        var random = SplitMix(state: long.seed)
        while long.goesOn {
            var settings = VersionSettings()
            settings.telegrams = 1 + random.below(12)
            settings.age = .milliseconds(random.below(20_000))
            var versions = TelegramVersions(settings: settings)
            for offset in 0..<Int64(300) {
                let name = "T\(random.below(8))"
                let now = offset * 100 - Int64(random.below(3000))
                if random.below(6) == 0 {
                    let source = PartSource(partition: 1, offset: offset)
                    _ = versions.cancellationArrived(of: Array(name.utf8), source: source, at: now)
                } else {
                    let copy = Copies.copy(
                        at: Int64(random.below(300)), text: UInt64(random.below(3)), telegram: name,
                        group: random.below(4) == 0 ? "\(random.below(12))" : "1",
                        quality: CopyQuality(isWhole: random.below(3) > 0, garble: random.below(3)),
                        marks: TelegramCopy.Marks(rawValue: UInt8(random.below(16))),
                        aliases: (0..<random.below(12)).map { _ in "T\(random.below(8))" })
                    _ = versions.copyArrived(copy, at: now)
                }
                for key in versions.changedKeys {
                    guard let entry = versions.snapshot(of: key) else { continue }
                    var again = TelegramVersions(settings: settings)
                    try again.restore(key, from: entry)
                    #expect(again.snapshot(of: key) == entry, "seed \(long.seed)")
                    if random.below(50) == 0 { try versions.restore(key, from: entry) }
                }
                #expect(versions.count <= settings.telegrams)
            }
            long.made(300)
        }
        long.tell()
    }

    @Test func sections() throws {
        var long = LongRun("wild sections")
        var random = SplitMix(state: long.seed)
        while long.goesOn {
            var settings = AssemblySettings()
            settings.flash = .milliseconds(random.below(4000))
            settings.open = .init(
                sets: 1 + random.below(6), octets: 1 + random.below(2000), age: .seconds(random.below(9)))
            settings.released = .init(sets: random.below(6), octets: random.below(2000), age: .seconds(random.below(9)))
            var sets = SectionSets(settings: settings)
            for offset in 0..<300 {
                let now = Int64(offset * random.below(400))
                var part = Parts.part(
                    random.below(30) == 0 ? SectionPart.limit : 1 + random.below(6),
                    of: random.below(5) == 0 ? nil : 1 + random.below(7),
                    at: Int64(random.below(300)), telegram: "\(random.below(5))", text: UInt64(random.below(3)),
                    level: random.below(4) == 0 ? nil : .secret, precedence: random.below(3) == 0 ? .flash : .routine,
                    quality: CopyQuality(isWhole: random.below(3) > 0, garble: random.below(3)),
                    octets: random.below(3) * 100)
                if random.below(4) == 0 { part.keys.station = nil }
                if random.below(4) == 0 { part.keys.reference = Array("R\(random.below(5))".utf8) }
                if random.below(3) == 0 { part.keys.kin = Array("K\(random.below(3))".utf8) }
                if part.keys.all.isEmpty { part.keys.station = Array("S0".utf8) }
                _ = random.below(8) == 0 ? sets.timePassed(to: now) : sets.partArrived(part, at: now)
                for key in sets.changedKeys {
                    guard let entry = sets.snapshot(of: key) else { continue }
                    var again = SectionSets(settings: settings)
                    try again.restore(key, from: entry)
                    if random.below(50) == 0 { try sets.restore(key, from: entry) }
                }
                #expect(sets.openCount <= settings.open.sets, "seed \(long.seed)")
                #expect(
                    sets.openCount >= 0 && sets.openOctets >= 0 && sets.releasedCount >= 0 && sets.releasedOctets >= 0)
                _ = sets.nextDeadline
            }
            _ = sets.inputEnded()
            #expect(sets.openCount == 0 && sets.openOctets == 0, "seed \(long.seed)")
            long.made(300)
        }
        long.tell()
    }

    @Test func notices() throws {
        var long = LongRun("wild notices")
        var random = SplitMix(state: long.seed)
        while long.goesOn {
            var settings = VersionSettings()
            settings.telegrams = 1 + random.below(12)
            settings.age = .milliseconds(random.below(20_000))
            var register = CopyRegister(settings: settings)
            var entries: [[UInt8]: [UInt8]] = [:]
            for record in 0..<300 {
                let partition = Int32(random.below(3))
                var octets = CopyNoticeRecord(partition: partition)
                for _ in 0..<random.below(5) {
                    octets.add(
                        CopyNoticeRecordTests.notice(
                            "T\(random.below(5))", at: Int64(random.below(300)), partition: partition,
                            text: UInt64(random.below(3)), quality: CopyQuality(isWhole: random.below(3) > 0),
                            marks: TelegramCopy.Marks(rawValue: UInt8(random.below(16)))))
                }
                for _ in 0..<(random.below(4) == 0 ? random.below(3) : 0) {
                    octets.add(
                        CancellationNotice(
                            name: Array("T\(random.below(5))".utf8), event: ContentHash(high: 1, low: UInt64(record)),
                            source: PartSource(partition: partition, offset: Int64(random.below(300)))))
                }
                // Some come again, and some offsets are those of a topic that was made anew.
                let offset = Int64(random.below(5) == 0 ? random.below(record + 1) : record)
                let notices = try CopyNoticeRecord.read(octets.octets)
                _ = register.recordArrived(octets.octets, notices, at: offset, Int64(record * 100 - random.below(3000)))
                for (key, value) in register.takeEntries() { entries[key] = value }
                #expect(register.noticeCount <= settings.telegrams + 5, "seed \(long.seed)")
                guard random.below(40) == 0 else { continue }
                register = CopyRegister(settings: settings)
                for (key, entry) in entries.shuffled(using: &random) { try register.restore(key, from: entry) }
            }
            long.made(300)
        }
        long.tell()
    }
}
