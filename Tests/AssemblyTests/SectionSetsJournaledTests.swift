import Testing

@testable import Assembly

/// Sets survive a restart: entries for what was released, the parts themselves for what waits.
struct SectionSetsJournaledTests {
    /// Two sections, released, and what the journal then holds.
    private static func released() -> (journal: Journal, parts: [SectionPart]) {
        let parts = [Parts.part(1, of: 2, at: 0), Parts.part(2, of: 2, at: 1)]
        var sets = SectionSets()
        var journal = Journal()
        for part in parts {
            _ = sets.partArrived(part, at: 1000)
            journal.note(sets)
        }
        return (journal, parts)
    }

    private static func restored(_ journal: Journal) -> SectionSets {
        var sets = SectionSets()
        var random = SplitMix(state: 1)
        journal.restore(into: &sets, using: &random)
        return sets
    }

    @Test func aSetThatWaitsNeedsNoEntry() {
        var sets = SectionSets()
        _ = sets.partArrived(Parts.part(1, of: 2, at: 0), at: 0)
        #expect(sets.changedKeys.isEmpty)
        _ = sets.partArrived(Parts.part(2, of: 2, at: 1), at: 0)
        #expect(sets.changedKeys == [Array("SA".utf8)])
        #expect(sets.snapshot(of: Array("SA".utf8)) != nil)
        #expect(sets.snapshot(of: Array("RA".utf8)) == nil)
        _ = sets.timePassed(to: 1)
        #expect(sets.changedKeys.isEmpty)
    }

    @Test func theSamePartsAreKnown() {
        let (journal, parts) = Self.released()
        var sets = Self.restored(journal)
        #expect(sets.releasedCount == 1)
        #expect(sets.releasedOctets == 200)
        #expect(sets.arrive(parts, at: 2000) == parts.map { .known($0.source) })
    }

    @Test func aLateCopyIsKnownAsOne() {
        let (journal, parts) = Self.released()
        var sets = Self.restored(journal)
        let copy = Parts.part(2, of: 2, at: 9)
        #expect(
            sets.arrive([copy], at: 2000) == [
                .copy(copy.source, of: parts[1].source, isExact: true, isSuspected: false)
            ])
    }

    @Test func aBetterCopyRaisesTheRevision() {
        var sets = Self.restored(Self.released().journal)
        let better = Parts.part(2, of: 2, at: 9, text: 7, quality: CopyQuality(standing: .corrected))
        let releases = sets.arrive([better], at: 2000).releases
        #expect(releases.map(\.revision) == [2])
        #expect(releases.map(\.offsets) == [[0, 9]])
    }

    @Test func aLatePartRaisesTheRevision() {
        var sets = SectionSets()
        var journal = Journal()
        _ = sets.partArrived(Parts.part(1, of: 2, at: 0), at: 0)
        _ = sets.inputEnded()
        journal.note(sets)
        var again = Self.restored(journal)
        let releases = again.arrive([Parts.part(2, of: 2, at: 1)], at: 10).releases
        #expect(releases.map(\.revision) == [2])
        #expect(releases.map(\.isComplete) == [true])
    }

    /// What a dropped copy said of a text that waits counts against another text (format 4.1), after a restart too.
    @Test func whatDroppedCopiesSaidIsNotForgotten() {
        let first = Parts.part(1, of: 2, at: 0, text: 1, quality: CopyQuality(garble: 5))
        var sets = SectionSets()
        var journal = Journal()
        for part in [first, Parts.part(1, of: 2, at: 1, text: 1, quality: CopyQuality(garble: 1))] {
            _ = sets.partArrived(part, at: 0)
            journal.note(sets)
        }
        var again = Self.restored(journal)
        #expect(again.openCount == 1)
        #expect(again.arrive([first]) == [.held(first.source)])
        #expect(again.arrive([first]) == [.known(first.source)])
        let worse = Parts.part(1, of: 2, at: 2, text: 2, quality: CopyQuality(garble: 3))
        _ = again.arrive([worse])
        #expect(again.arrive([Parts.part(2, of: 2, at: 3)]).releases.map(\.offsets) == [[0, 3]])
    }

    @Test func whatIsForgottenLeavesNoEntry() {
        let (journal, _) = Self.released()
        var sets = Self.restored(journal)
        _ = sets.timePassed(to: 1000 + 24 * 3_600_000)
        #expect(sets.changedKeys == Set(journal.entries.keys))
        #expect(journal.entries.keys.allSatisfy { sets.snapshot(of: $0) == nil })
    }

    @Test func aDeletedEntryForgets() throws {
        let (journal, parts) = Self.released()
        var sets = Self.restored(journal)
        for key in journal.entries.keys { try sets.restore(key, from: nil) }
        #expect(sets.releasedCount == 0)
        #expect(sets.releasedOctets == 0)
        #expect(sets.arrive([parts[0]]) == [.held(parts[0].source)])
    }

    @Test func theLastEntryOfAKeyHolds() throws {
        let (journal, _) = Self.released()
        var sets = Self.restored(journal)
        for (key, entry) in journal.entries { try sets.restore(key, from: entry) }
        #expect(sets.releasedCount == 1)
        #expect(sets.releasedOctets == 200)
    }

    /// Two sets that a third part showed to be one, and the journal still held an entry of each.
    @Test func entriesOfOneSetAreJoined() throws {
        var first = Parts.part(1, of: 3, at: 0)
        first.keys.reference = nil
        var second = Parts.part(2, of: 3, at: 1)
        second.keys.station = nil
        var sets = SectionSets()
        var journal = Journal()
        _ = sets.arrive([first, second])
        _ = sets.inputEnded()
        journal.note(sets)
        #expect(journal.entries.count == 2)
        let old = journal
        #expect(sets.arrive([Parts.part(3, of: 3, at: 2)]).releases.map(\.sections) == [[1, 2, 3]])
        journal.note(sets)
        #expect(journal.entries.count == 1)
        for round in 0..<8 {
            var again = SectionSets()
            var random = SplitMix(state: UInt64(round))
            var both = old.entries.filter { journal.entries[$0.key] == nil }
            both.merge(journal.entries) { $1 }
            for (key, entry) in both.shuffled(using: &random) { try again.restore(key, from: entry) }
            #expect(again.releasedCount == 1)
            #expect(again.arrive([Parts.part(3, of: 3, at: 2)]) == [.known(PartSource(partition: 0, offset: 2))])
            let copy = Parts.part(1, of: 3, at: 9)
            #expect(again.arrive([copy]).releases.isEmpty)
        }
    }

    @Test func damagedEntriesAreRefused() {
        let (journal, _) = Self.released()
        var random = SplitMix(state: 5)
        for (key, entry) in journal.entries {
            Journal.damage(key, entry, using: &random) { SectionSets() }
            var sets = SectionSets()
            #expect(throws: SnapshotError.malformed) { try sets.restore([1], from: entry) }
        }
    }

    /// A run that is cut at any place, its entries restored and what waits given again, releases what it would have
    /// released in one piece.
    ///
    /// `TAPERELAY_ASSEMBLY_STEPS` sets how many parts arrive at least, `TAPERELAY_ASSEMBLY_SEED` the seed.
    @Test func aCutRunReleasesTheSame() {
        let seed = InterleavingTests.number("TAPERELAY_ASSEMBLY_SEED", UInt64.random(in: 0...UInt64(UInt32.max)))
        let steps = InterleavingTests.number("TAPERELAY_ASSEMBLY_STEPS", 20_000)
        print("cuts: TAPERELAY_ASSEMBLY_SEED=\(seed), \(steps) steps")
        var random = SplitMix(state: seed)
        var done: UInt64 = 0
        while done < steps {
            var parts = (0..<100).flatMap { InterleavingTests.wildTelegram($0, &random) }
            parts.shuffle(using: &random)
            for index in parts.indices { parts[index].source.offset = Int64(index) }
            let pace: Int64 = random.below(2) == 0 ? 0 : 600_000
            let whole = Run.finals(parts, pace: pace, cuts: [], &random)
            let cuts = Set((0...random.below(4)).map { _ in random.below(parts.count) })
            let cut = Run.finals(parts, pace: pace, cuts: cuts, &random)
            for (name, final) in whole where final != cut[name] {
                #expect(cut[name] == final, "seed \(seed), telegram \(name), cut at \(cuts.sorted())")
                return
            }
            #expect(whole.count == cut.count)
            done += UInt64(2 * parts.count)
        }
    }

    /// The state machine and its journal, and what its caller remembers of parts that wait.
    private struct Run {
        struct Final: Equatable {
            var last: InterleavingTests.Final?
            var revision = 0
        }

        private var sets = Run.empty
        private var journal = Journal()
        private var waiting: [PartSource: (part: SectionPart, at: Int64)] = [:]
        private var finals: [String: Final] = [:]

        private static var empty: SectionSets {
            var settings = AssemblySettings()
            settings.released = .init(sets: .max, octets: .max, age: .seconds(1 << 40))
            return SectionSets(settings: settings)
        }

        static func finals(
            _ parts: [SectionPart], pace: Int64, cuts: Set<Int>, _ random: inout SplitMix
        ) -> [String: Final] {
            var run = Run()
            for (index, part) in parts.enumerated() {
                if cuts.contains(index) { run.cut(&random) }
                run.arrive(part, at: Int64(index) * pace)
            }
            run.carryOut(run.sets.inputEnded())
            #expect(run.waiting.isEmpty)
            return run.finals
        }

        private mutating func arrive(_ part: SectionPart, at now: Int64) {
            let decisions = self.sets.partArrived(part, at: now)
            if decisions.contains(.held(part.source)) { self.waiting[part.source] = (part, now) }
            self.carryOut(decisions)
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
            let keys = release.parts.first?.keys
            let name = String(decoding: (keys?.station ?? keys?.reference ?? []).dropFirst(), as: UTF8.self)
            var final = self.finals[name] ?? Final()
            #expect(release.revision == final.revision + 1)
            final.revision = release.revision
            if release.cause != .contradiction { final.last = InterleavingTests.Final(release) }
            self.finals[name] = final
        }

        private mutating func cut(_ random: inout SplitMix) {
            self.sets = Run.empty
            self.journal.restore(into: &self.sets, using: &random)
            for (part, time) in self.waiting.values.sorted(by: { $0.part.source < $1.part.source }) {
                let decisions = self.sets.partArrived(part, at: time)
                #expect(decisions == [.held(part.source)] || decisions.count == 2)
                #expect(decisions.releases.isEmpty)
                self.journal.note(self.sets)
            }
        }
    }
}
