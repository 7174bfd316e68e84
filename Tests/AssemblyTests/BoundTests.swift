import Testing

@testable import Assembly

/// What waits is bounded in number, octets and age.
struct BoundTests {
    private func settings(_ change: (inout AssemblySettings) -> Void) -> SectionSets {
        var settings = AssemblySettings()
        change(&settings)
        return SectionSets(settings: settings)
    }

    @Test func beyondTheNumberTheOldestGoes() {
        var sets = self.settings { $0.open.sets = 2 }
        #expect(sets.arrive((0..<2).map { Parts.part(1, of: 2, at: $0, telegram: "\($0)") }).releases.isEmpty)
        // The second part of the first set does not make it younger.
        _ = sets.arrive([Parts.part(2, of: 3, at: 5, telegram: "0")])
        let releases = sets.arrive([Parts.part(1, of: 2, at: 6, telegram: "2")]).releases
        #expect(releases.map(\.cause) == [.crowded])
        #expect(releases.map(\.offsets) == [[0, 5]])
        #expect(sets.openCount == 2)
    }

    @Test func beyondTheOctetsTheOldestGoes() {
        var sets = self.settings { $0.open.octets = 250 }
        #expect(sets.arrive((0..<2).map { Parts.part(1, of: 2, at: $0, telegram: "\($0)") }).releases.isEmpty)
        #expect(sets.arrive([Parts.part(1, of: 2, at: 2, telegram: "2")]).releases.map(\.offsets) == [[0]])
        #expect(sets.openOctets == 200)
        // One that is larger than all may be goes itself, behind the others.
        let releases = sets.arrive([Parts.part(1, of: 2, at: 3, telegram: "3", octets: 300)]).releases
        #expect(releases.map(\.offsets) == [[1], [2], [3]])
        #expect(sets.openOctets == 0)
    }

    /// The clock ran ahead of the records, or they are read again: the set goes in its turn all the same.
    @Test func ofThoseThatCameEarlierTheOldestGoes() {
        var sets = self.settings { $0.open.sets = 2 }
        _ = sets.timePassed(to: 1000)
        let parts = (0..<4).map { Parts.part(1, of: 2, at: $0, telegram: "\($0)") }
        let releases = zip(parts, [600, 500, 900, 400]).flatMap { part, arrived in
            sets.partArrived(part, arrived: arrived, at: arrived).releases
        }
        #expect(releases.map(\.offsets) == [[1], [3]])
        #expect(sets.openCount == 2)
    }

    @Test func aShareOfTheBoundsIsNeverNothing() {
        var settings = AssemblySettings()
        settings.open = .init(sets: 20, octets: 5, age: .seconds(60))
        settings.released = .init(sets: 120, octets: 1200, age: .seconds(70))
        let share = settings.share(of: 12)
        #expect(share.open.sets == 1 && share.open.octets == 1 && share.open.age == .seconds(60))
        #expect(share.released.sets == 10 && share.released.octets == 100 && share.released.age == .seconds(70))
        #expect(share.flash == settings.flash)
    }

    @Test func releasedSetsAreForgotten() {
        var sets = self.settings { $0.released.sets = 1 }
        let first = [Parts.part(1, of: 2, at: 0, telegram: "A"), Parts.part(2, of: 2, at: 1, telegram: "A")]
        #expect(!sets.arrive(first).contains { if case .forgotten = $0 { true } else { false } })
        let second = sets.arrive([
            Parts.part(1, of: 2, at: 2, telegram: "B"), Parts.part(2, of: 2, at: 3, telegram: "B"),
        ])
        #expect(second.last == .forgotten(first.map(\.source)))
        #expect(sets.releasedCount == 1)
        // Its parts are strangers now.
        #expect(sets.arrive([first[0]]) == [.held(first[0].source)])
    }

    @Test func releasedSetsAreForgottenWithAge() {
        var sets = self.settings { $0.released.age = .seconds(10) }
        let parts = [Parts.part(1, of: 2, at: 0), Parts.part(2, of: 2, at: 1)]
        _ = sets.arrive(parts, at: 1000)
        #expect(sets.timePassed(to: 10_999).isEmpty)
        #expect(sets.timePassed(to: 11_000) == [.forgotten(parts.map(\.source))])
        #expect(sets.releasedOctets == 0)
    }

    /// Every part is held or released, and nothing is counted twice, however many sets come and go.
    @Test func theCountsHold() {
        var sets = self.settings {
            $0.open = .init(sets: 50, octets: 20_000, age: .seconds(60))
            $0.released = .init(sets: 20, octets: 5_000, age: .seconds(60))
        }
        var random = SplitMix(state: 11)
        var kept: [PartSource: Int] = [:]
        for offset in 0..<Int64(20_000) {
            let count = random.below(4) + 2
            let part = Parts.part(
                random.below(count) + 1, of: count, at: offset, telegram: "\(random.below(400))",
                text: UInt64(random.below(2)), octets: random.below(900) + 1)
            kept[part.source] = part.octetCount
            for decision in sets.partArrived(part, at: offset * 100) {
                switch decision {
                case .copy(let source, _, _, _), .replaced(let source, _): kept[source] = nil
                case .forgotten(let sources): for source in sources { kept[source] = nil }
                case .held, .known, .rival, .released: break
                }
            }
            #expect(sets.openCount <= 50 && sets.openOctets <= 20_000)
            #expect(sets.releasedCount <= 20 && sets.releasedOctets <= 5_000)
        }
        #expect(kept.values.reduce(0, +) == sets.openOctets + sets.releasedOctets)
    }
}
