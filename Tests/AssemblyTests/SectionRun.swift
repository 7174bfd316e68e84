import Telegram
import Testing

@testable import Assembly

/// The state machine for sections, its journal, and what its caller remembers of the parts that wait.
struct SectionRun {
    /// A telegram without what hangs on its parts' keys.
    typealias Name = [UInt8]

    /// What remains of a telegram's releases: revisions, causes and sources depend on the order.
    struct Final: Hashable {
        /// In section order.
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

    /// Of the last release of each telegram.
    private(set) var finals: [Name: Final] = [:]
    private(set) var revisions: [Name: Int] = [:]
    /// Arrivals and passings of time; what a restart gives back is not counted.
    private(set) var steps = 0
    private(set) var restarts = 0

    private var sets = Self.empty
    private var journal = Journal()
    private var waiting: [PartSource: (part: SectionPart, at: Int64)] = [:]

    /// Nothing is forgotten.
    private static var empty: SectionSets {
        var settings = AssemblySettings()
        settings.released = .init(sets: .max, octets: .max, age: .seconds(1 << 40))
        return SectionSets(settings: settings)
    }

    static func name(_ part: SectionPart) -> Name {
        Array((part.keys.station ?? part.keys.reference ?? []).dropFirst())
    }

    /// All of them, `pace` milliseconds apart, and the end.
    init(_ parts: [SectionPart] = [], pace: Int64 = 0) {
        for (index, part) in parts.enumerated() { self.arrive(part, at: Int64(index) * pace) }
        if !parts.isEmpty { self.end() }
    }

    mutating func arrive(_ part: SectionPart, at now: Int64) {
        self.steps += 1
        let decisions = self.sets.partArrived(part, at: now)
        if decisions.contains(.held(part.source)) { self.waiting[part.source] = (part, now) }
        self.carryOut(decisions)
    }

    mutating func pass(to now: Int64) {
        self.steps += 1
        self.carryOut(self.sets.timePassed(to: now))
    }

    mutating func end() {
        self.steps += 1
        self.carryOut(self.sets.inputEnded())
        #expect(self.sets.openCount == 0 && self.sets.openOctets == 0)
        #expect(self.waiting.isEmpty)
    }

    /// Another life: it is given the entries of the journal, and again the parts that wait.
    mutating func restart(using random: inout SplitMix) {
        self.restarts += 1
        self.sets = Self.empty
        self.journal.restore(into: &self.sets, using: &random)
        for (part, time) in self.waiting.values.sorted(by: { $0.part.source < $1.part.source }) {
            let decisions = self.sets.partArrived(part, at: time)
            #expect(decisions == [.held(part.source)] || decisions.count == 2)
            #expect(decisions.releases.isEmpty)
            self.journal.note(self.sets)
        }
    }

    private mutating func carryOut(_ decisions: [AssemblyDecision]) {
        for decision in decisions {
            switch decision {
            case .copy(let source, _, _, _), .replaced(let source, _): self.waiting[source] = nil
            case .released(let release):
                for source in release.parts.map(\.source) + release.beside { self.waiting[source] = nil }
                self.note(release)
            case .held, .known, .rival, .forgotten: break
            }
        }
        self.journal.note(self.sets)
    }

    private mutating func note(_ release: SectionRelease) {
        guard let name = release.parts.first.map(Self.name) else {
            Issue.record("a release without parts")
            return
        }
        #expect(release.parts.allSatisfy { Self.name($0) == name })
        #expect(release.revision == self.revisions[name, default: 0] + 1)
        self.revisions[name] = release.revision
        if release.cause != .contradiction { self.finals[name] = Final(release) }
    }

    /// The first telegram that came out otherwise is shown.
    func expectFinals(_ expected: [Name: Final], seed: UInt64) -> Bool {
        #expect(Set(self.finals.keys) == Set(expected.keys), "seed \(seed)")
        for (name, final) in self.finals where final != expected[name] {
            #expect(final == expected[name], "seed \(seed), telegram \(String(decoding: name, as: UTF8.self))")
            return false
        }
        return self.finals.count == expected.count
    }
}
