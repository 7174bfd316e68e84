import Telegram
import Testing

@testable import Assembly

/// Whatever the order, however often and with whichever losses the sections of a thousand telegrams come, and however often
/// the state machine begins anew from its journal: what is released at last is what the parts that came imply.
struct InterleavingTests {
    private static let telegrams = 1000

    /// Sections that never contradict: all is as of clean input, and what is missing is what was lost.
    @Test func whatComesDecidesAndNotItsOrder() {
        var long = LongRun("interleaving")
        var random = SplitMix(state: long.seed)
        var (lost, copies, restarts) = (0, 0, 0)
        while long.goesOn {
            let clean = (0..<Self.telegrams).flatMap { Self.telegram($0, sections: random.below(8) + 2) }
            var expected = SectionRun(Self.numbered(clean)).finals
            #expect(expected.count == Self.telegrams && expected.values.allSatisfy(\.isComplete), "seed \(long.seed)")

            var parts: [SectionPart] = []
            for part in clean {
                if random.below(100) == 0 {
                    expected.lose(part)
                    lost += 1
                    continue
                }
                parts.append(part)
                while random.below(50) == 0 {
                    parts.append(part)
                    copies += 1
                }
            }
            parts.shuffle(using: &random)
            parts = Self.numbered(parts)
            let run = Self.batter(parts, pace: random.below(2) == 0 ? 0 : 60_000, &random)
            guard run.expectFinals(expected, seed: long.seed) else { return }
            restarts += run.restarts
            long.made(run.steps)
        }
        long.tell(" of \(Self.telegrams) telegrams: \(lost) sections lost, \(copies) copies, \(restarts) restarts")
        #expect(lost > 0 && copies > 0 && restarts > 0)
    }

    /// Sections that contradict, copies that differ: in any order the same as in their own.
    @Test func contradictionsAndCopiesComeOutAlike() {
        var long = LongRun("contradictions")
        var random = SplitMix(state: long.seed)
        while long.goesOn {
            var parts = Self.numbered((0..<Self.telegrams).flatMap { Self.wildTelegram($0, &random) })
            let inOrder = SectionRun(parts)
            parts.shuffle(using: &random)
            let shuffled = SectionRun(parts, pace: random.below(2) == 0 ? 0 : 60_000)
            guard shuffled.expectFinals(inOrder.finals, seed: long.seed) else { return }
            long.made(inOrder.steps + shuffled.steps)
        }
        long.tell()
    }

    /// In this order; between them time passes, some are read a second time, and now and then the process begins anew.
    private static func batter(_ parts: [SectionPart], pace: Int64, _ random: inout SplitMix) -> SectionRun {
        var run = SectionRun()
        let cuts = Set((0...random.below(6)).map { _ in random.below(parts.count) })
        for (index, part) in parts.enumerated() {
            let now = Int64(index) * pace
            run.arrive(part, at: now)
            if random.below(20) == 0 { run.pass(to: now + pace / 2) }
            if random.below(20) == 0 { run.arrive(parts[random.below(index + 1)], at: now + pace / 2) }
            if cuts.contains(index) {
                run.restart(using: &random)
                // What was not committed comes again.
                for again in parts[max(0, index - random.below(30))...index] { run.arrive(again, at: now + pace / 2) }
            }
        }
        run.end()
        return run
    }

    /// Offsets in the order of arrival.
    private static func numbered(_ parts: [SectionPart]) -> [SectionPart] {
        var parts = parts
        for index in parts.indices { parts[index].source.offset = Int64(index) }
        return parts
    }

    private static func telegram(_ number: Int, sections count: Int) -> [SectionPart] {
        (1...count).map { Parts.part($0, of: count, at: 0, telegram: "\(number)", text: UInt64(number)) }
    }

    /// Two to nine sections, one in a hundred lost, each often in several copies and now and then against the others.
    static func wildTelegram(_ number: Int, _ random: inout SplitMix) -> [SectionPart] {
        let count = random.below(8) + 2
        let lacksStation = random.below(2) == 0
        var parts: [SectionPart] = []
        for section in 1...count where random.below(100) > 0 {
            for _ in 0...(random.below(4) == 0 ? random.below(4) : 0) {
                var part = Parts.part(section, of: count, at: 0, telegram: "\(number)", text: 0)
                // The class line is part of the text that is hashed: another line is another text.
                switch random.below(30) {
                case 0: (part.count, part.content.low) = (nil, 10)
                case 1: (part.level, part.content.low) = (nil, 20)
                case 2: (part.count, part.content.low) = (count + 1, 30)
                case 3: (part.level, part.content.low) = (.secret, 40)
                case 4: (part.level, part.content.low) = (.unclassified, 50)
                default: break
                }
                part.content.low += UInt64(random.below(4) == 0 ? random.below(3) : 0)
                part.quality = CopyQuality(
                    isWhole: random.below(8) > 0, standing: random.below(8) == 0 ? .corrected : .ordinary,
                    garble: random.below(3), filed: random.below(3) == 0 ? nil : Int64(random.below(4)))
                if random.below(8) == 0 {
                    if lacksStation { part.keys.station = nil } else { part.keys.reference = nil }
                }
                parts.append(part)
            }
        }
        return parts
    }
}

extension [SectionRun.Name: SectionRun.Final] {
    /// Takes a section away from what clean input gives.
    fileprivate mutating func lose(_ part: SectionPart) {
        let name = SectionRun.name(part)
        guard var final = self[name] else { return }
        final.texts.removeAll { $0 == part.content }
        final.missing.append(part.section)
        final.isComplete = false
        self[name] = final.texts.isEmpty ? nil : final
    }
}
