import Foundation
import Telegram
import Testing

@testable import Assembly

/// Whatever the order, however often and with whichever losses the sections of many telegrams come: what is released at
/// last is what the parts that came imply.
///
/// `TAPERELAY_ASSEMBLY_STEPS` sets how many parts arrive at least, `TAPERELAY_ASSEMBLY_SEED` the seed.
struct InterleavingTests {
    private static let telegrams = 1000

    static func number(_ name: String, _ fallback: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? fallback
    }

    /// What remains of a telegram's releases: revisions, causes and sources depend on the order.
    struct Final: Hashable {
        var texts: [ContentHash]
        var expected: Int
        var missing: [Int]
        var isComplete: Bool
        var conflicts: Set<String>

        init(_ release: SectionRelease) {
            self.texts = release.parts.map(\.content)
            self.expected = release.expected
            self.missing = release.missing
            self.isComplete = release.isComplete
            self.conflicts = Set(
                release.conflicts.map { conflict in
                    switch conflict {
                    case .count(let section, let said, _): "\(section) of \(said)"
                    case .classification(let section, let said, _): "\(section) \(said)"
                    case .dateTimeGroup(let section, _): "\(section) elsewhere"
                    }
                })
        }
    }

    /// The last release of each telegram; revisions rise.
    private static func finals(_ parts: [SectionPart], pace: Int64) -> [[UInt8]: Final] {
        var settings = AssemblySettings()
        settings.released = .init(sets: .max, octets: .max, age: .seconds(1 << 40))
        var sets = SectionSets(settings: settings)
        var finals: [[UInt8]: Final] = [:]
        var revisions: [[UInt8]: Int] = [:]
        func note(_ decisions: [AssemblyDecision]) {
            for release in decisions.releases {
                guard let keys = release.parts.first?.keys, let key = keys.station ?? keys.reference else {
                    Issue.record("a release without parts")
                    return
                }
                let name = Array(key.dropFirst())
                #expect(release.revision == revisions[name, default: 0] + 1)
                revisions[name] = release.revision
                #expect(
                    release.parts.allSatisfy {
                        [$0.keys.station, $0.keys.reference].contains { $0?.dropFirst() == key.dropFirst() }
                    })
                if release.cause != .contradiction { finals[name] = Final(release) }
            }
        }
        for (index, part) in parts.enumerated() { note(sets.partArrived(part, at: Int64(index) * pace)) }
        note(sets.inputEnded())
        #expect(sets.openCount == 0 && sets.openOctets == 0)
        return finals
    }

    /// The first telegram that came out otherwise is shown.
    private static func expectSame(_ finals: [[UInt8]: Final], _ expected: [[UInt8]: Final], _ seed: UInt64) -> Bool {
        #expect(Set(finals.keys) == Set(expected.keys), "seed \(seed)")
        for (name, final) in finals where final != expected[name] {
            #expect(final == expected[name], "seed \(seed), telegram \(String(decoding: name, as: UTF8.self))")
            return false
        }
        return finals.count == expected.count
    }

    /// Sections that never contradict: what must come out needs no second run.
    @Test func whatComesDecidesAndNotItsOrder() {
        let seed = Self.number("TAPERELAY_ASSEMBLY_SEED", UInt64.random(in: 0...UInt64(UInt32.max)))
        let steps = Self.number("TAPERELAY_ASSEMBLY_STEPS", 20_000)
        print("interleaving: TAPERELAY_ASSEMBLY_SEED=\(seed), \(steps) steps")
        var random = SplitMix(state: seed)
        var done: UInt64 = 0
        while done < steps {
            var parts: [SectionPart] = []
            var expected: [[UInt8]: Final] = [:]
            for telegram in 0..<Self.telegrams {
                let count = random.below(8) + 2
                let clean = (1...count).map { Parts.part($0, of: count, at: 0, telegram: "\(telegram)", text: 0) }
                let present = clean.filter { _ in random.below(100) > 0 }
                for part in present {
                    parts.append(part)
                    while random.below(50) == 0 { parts.append(part) }
                }
                let sections = Set(present.map(\.section))
                guard let any = present.first else { continue }
                let missing = (1...count).filter { !sections.contains($0) }
                expected[Array((any.keys.station ?? []).dropFirst())] = Final(
                    SectionRelease(
                        revision: 1, cause: .ended, expected: count, parts: present, missing: missing,
                        isComplete: missing.isEmpty, conflicts: []))
            }
            parts.shuffle(using: &random)
            for index in parts.indices { parts[index].source.offset = Int64(index) }
            let pace: Int64 = random.below(2) == 0 ? 0 : 60_000
            let finals = Self.finals(parts, pace: pace)
            guard Self.expectSame(finals, expected, seed) else { return }
            done += UInt64(parts.count)
        }
    }

    /// Sections that contradict, copies that differ: in any order the same as in their own.
    @Test func contradictionsAndCopiesComeOutAlike() {
        let seed = Self.number("TAPERELAY_ASSEMBLY_SEED", UInt64.random(in: 0...UInt64(UInt32.max)))
        let steps = Self.number("TAPERELAY_ASSEMBLY_STEPS", 20_000)
        print("contradictions: TAPERELAY_ASSEMBLY_SEED=\(seed), \(steps) steps")
        var random = SplitMix(state: seed)
        var done: UInt64 = 0
        while done < steps {
            var parts = (0..<Self.telegrams).flatMap { Self.wildTelegram($0, &random) }
            for index in parts.indices { parts[index].source.offset = Int64(index) }
            let inOrder = Self.finals(parts, pace: 0)
            parts.shuffle(using: &random)
            let shuffled = Self.finals(parts, pace: random.below(2) == 0 ? 0 : 60_000)
            guard Self.expectSame(shuffled, inOrder, seed) else { return }
            done += UInt64(2 * parts.count)
        }
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
