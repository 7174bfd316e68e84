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
    @Test func aCutRunReleasesTheSame() {
        var long = LongRun("cuts")
        var random = SplitMix(state: long.seed)
        while long.goesOn {
            var parts = (0..<100).flatMap { InterleavingTests.wildTelegram($0, &random) }
            parts.shuffle(using: &random)
            for index in parts.indices { parts[index].source.offset = Int64(index) }
            let pace: Int64 = random.below(2) == 0 ? 0 : 600_000
            let whole = SectionRun(parts, pace: pace)
            let cuts = Set((0...random.below(4)).map { _ in random.below(parts.count) })
            var cut = SectionRun()
            for (index, part) in parts.enumerated() {
                if cuts.contains(index) { cut.restart(using: &random) }
                cut.arrive(part, at: Int64(index) * pace)
            }
            cut.end()
            guard cut.expectFinals(whole.finals, seed: long.seed) else { return }
            #expect(cut.revisions == whole.revisions, "seed \(long.seed), cut at \(cuts.sorted())")
            long.made(whole.steps + cut.steps)
        }
        long.tell()
    }
}
