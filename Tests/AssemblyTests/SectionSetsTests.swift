import Telegram
import Testing

@testable import Assembly

/// Each rule of format 3.4 and 4.1, with what must not fall under it.
struct SectionSetsTests {
    private static let hour: Int64 = 3_600_000

    @Test(arguments: [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]])
    func aSetIsReleasedWhenItsLastSectionComes(order: [Int]) {
        var sets = SectionSets()
        for (offset, section) in order.enumerated() {
            let decisions = sets.partArrived(Parts.part(section, of: 3, at: Int64(offset)), at: 0)
            if offset < 2 {
                #expect(decisions == [.held(PartSource(partition: 0, offset: Int64(offset)))])
            } else {
                #expect(decisions.count == 1)
                #expect(decisions.releases.first?.cause == .complete)
                #expect(decisions.releases.first?.isComplete == true)
                #expect(decisions.releases.first?.revision == 1)
                #expect(decisions.releases.first?.sections == [1, 2, 3])
                #expect(decisions.releases.first?.missing == [])
            }
        }
        #expect(sets.openCount == 0)
        #expect(sets.openOctets == 0)
    }

    @Test func partsOfOtherTelegramsStayApart() {
        var sets = SectionSets()
        let decisions = sets.arrive([
            Parts.part(1, of: 2, at: 0, telegram: "A"), Parts.part(2, of: 2, at: 1, telegram: "B"),
        ])
        #expect(decisions.releases.isEmpty)
        #expect(sets.openCount == 2)
    }

    /// FL3 of one section is lost, the class line of another: the third knows both.
    @Test(arguments: [[0, 1, 2], [0, 2, 1], [2, 0, 1], [1, 2, 0]])
    func eitherKeyJoins(order: [Int]) {
        var first = Parts.part(1, of: 3, at: 0)
        first.keys.reference = nil
        var second = Parts.part(2, of: 3, at: 1)
        second.keys.station = nil
        let parts = [first, second, Parts.part(3, of: 3, at: 2)]
        var sets = SectionSets()
        let releases = sets.arrive(order.map { parts[$0] }).releases
        #expect(releases.map(\.sections) == [[1, 2, 3]])
        #expect(sets.openCount == 0)
        #expect(sets.releasedCount == 1)
    }

    @Test(arguments: [
        (Precedence.flash, Int64(600)), (.emergency, 600), (.critic, 600), (.immediate, 3600), (.niactImmediate, 3600),
        (.priority, 6 * 3600), (.routine, 24 * 3600),
    ])
    func anIncompleteSetIsReleasedAtItsDeadline(precedence: Precedence, seconds: Int64) {
        var sets = SectionSets()
        _ = sets.arrive([Parts.part(1, of: 4, at: 0, precedence: precedence)], at: 1000)
        _ = sets.arrive([Parts.part(3, of: 4, at: 1, precedence: precedence)], at: 2000)
        #expect(sets.nextDeadline == 1000 + seconds * 1000)
        #expect(sets.timePassed(to: 999 + seconds * 1000).isEmpty)
        let release = sets.timePassed(to: 1000 + seconds * 1000).releases
        #expect(release.map(\.cause) == [.due])
        #expect(release.first?.missing == [2, 4])
        #expect(release.first?.isComplete == false)
        #expect(sets.nextDeadline == nil)
        #expect(sets.timePassed(to: .max).releases.isEmpty)
    }

    /// A deadline counts from the first part, and the highest precedence of its parts sets it.
    @Test func aHigherPrecedenceWaitsLess() {
        var sets = SectionSets()
        _ = sets.arrive([Parts.part(1, of: 3, at: 0, precedence: .routine)], at: 0)
        #expect(sets.nextDeadline == 24 * Self.hour)
        _ = sets.arrive([Parts.part(2, of: 3, at: 1, precedence: .flash)], at: 1)
        #expect(sets.nextDeadline == 600_000)
        // A part that comes when the deadline has passed finds the set released.
        let late = sets.partArrived(Parts.part(3, of: 3, at: 2), at: 600_000).releases
        #expect(late.map(\.cause) == [.due, .late])
        #expect(late.map(\.revision) == [1, 2])
        #expect(late.map(\.missing) == [[3], []])
    }

    @Test func settingsSetTheDeadlines() {
        var settings = AssemblySettings()
        settings.flash = .seconds(3)
        settings.open.age = .seconds(5)
        var sets = SectionSets(settings: settings)
        _ = sets.arrive([Parts.part(1, of: 2, at: 0, telegram: "A", precedence: .routine)])
        #expect(sets.nextDeadline == 5000)
        _ = sets.arrive([Parts.part(1, of: 2, at: 1, telegram: "B", precedence: .flash)])
        #expect(sets.nextDeadline == 3000)
        #expect(sets.timePassed(to: 3000).releases.map(\.offsets) == [[1]])
        #expect(sets.timePassed(to: 5000).releases.map(\.offsets) == [[0]])
    }

    @Test func timeNeverGoesBack() {
        var sets = SectionSets()
        _ = sets.timePassed(to: 1_000_000)
        _ = sets.arrive([Parts.part(1, of: 2, at: 0, precedence: .flash)], at: 5)
        #expect(sets.nextDeadline == 1_600_000)
    }

    @Test func eachLatePartReleasesAgain() {
        var sets = SectionSets()
        _ = sets.arrive([Parts.part(2, of: 3, at: 0)])
        #expect(sets.inputEnded().releases.map(\.missing) == [[1, 3]])
        let second = sets.arrive([Parts.part(3, of: 3, at: 1)]).releases
        #expect(second.map(\.revision) == [2])
        #expect(second.map(\.missing) == [[1]])
        let third = sets.arrive([Parts.part(1, of: 3, at: 2)]).releases
        #expect(third.map(\.revision) == [3])
        #expect(third.map(\.isComplete) == [true])
        #expect(third.map(\.cause) == [.late])
    }

    @Test func anExactDuplicateChangesNothing() {
        var sets = SectionSets()
        let first = Parts.part(1, of: 2, at: 0)
        var second = Parts.part(1, of: 2, at: 1)
        second.isSuspected = true
        _ = sets.arrive([first])
        #expect(
            sets.arrive([second]) == [.copy(second.source, of: first.source, isExact: true, isSuspected: true)])
        _ = sets.arrive([Parts.part(2, of: 2, at: 2)])
        // Also after the release.
        let third = Parts.part(1, of: 2, at: 3)
        #expect(
            sets.arrive([third]) == [.copy(third.source, of: first.source, isExact: true, isSuspected: false)])
    }

    @Test func aPartReadAgainIsNoCopyOfItself() {
        var sets = SectionSets()
        let parts = [Parts.part(1, of: 2, at: 0), Parts.part(2, of: 2, at: 1)]
        _ = sets.arrive(parts)
        #expect(sets.arrive(parts) == parts.map { .known($0.source) })
    }

    struct Copies: Sendable {
        var worse: CopyQuality
        var better: CopyQuality
    }

    @Test(arguments: [
        Copies(worse: CopyQuality(garble: 3), better: CopyQuality(garble: 2)),
        Copies(worse: CopyQuality(filed: 10), better: CopyQuality(filed: 20)),
        Copies(worse: CopyQuality(filed: nil), better: CopyQuality(filed: 20)),
        // Less garbled wins over filed later.
        Copies(worse: CopyQuality(garble: 1, filed: 20), better: CopyQuality(garble: 0, filed: 10)),
        Copies(worse: CopyQuality(garble: 0), better: CopyQuality(standing: .corrected, garble: 9)),
        Copies(worse: CopyQuality(standing: .provisional), better: CopyQuality(garble: 9)),
        // A torn copy has no garble where it has no text.
        Copies(worse: CopyQuality(isWhole: false, standing: .corrected), better: CopyQuality(garble: 9)),
    ])
    func theBetterCopyStaysWhicheverComesFirst(copies: Copies) {
        for isBetterFirst in [true, false] {
            let worse = Parts.part(1, of: 2, at: 0, text: 7, quality: copies.worse)
            let better = Parts.part(1, of: 2, at: 1, text: 8, quality: copies.better)
            var sets = SectionSets()
            let order = isBetterFirst ? [better, worse] : [worse, better]
            let decisions = sets.arrive(order)
            if isBetterFirst {
                #expect(
                    decisions.last == .copy(worse.source, of: better.source, isExact: false, isSuspected: false))
            } else {
                #expect(decisions.contains(.replaced(worse.source, by: better.source)))
            }
            let release = sets.arrive([Parts.part(2, of: 2, at: 2)]).releases
            #expect(release.map(\.offsets) == [[1, 2]])
        }
    }

    @Test func aBetterCopyReleasesAgainAndAWorseOneDoesNot() {
        var sets = SectionSets()
        _ = sets.arrive([Parts.part(1, of: 2, at: 0, text: 1, quality: CopyQuality(garble: 2))])
        _ = sets.arrive([Parts.part(2, of: 2, at: 1)])
        #expect(sets.arrive([Parts.part(1, of: 2, at: 2, text: 2, quality: CopyQuality(garble: 3))]).releases.isEmpty)
        let again = sets.arrive([Parts.part(1, of: 2, at: 3, text: 3, quality: CopyQuality(garble: 1))]).releases
        #expect(again.map(\.revision) == [2])
        #expect(again.map(\.offsets) == [[3, 1]])
    }

    /// A whole copy takes the place of a torn one with the same text: the end of message is seen.
    @Test func aWholeCopyOfTheSameTextReplacesATornOne() {
        var sets = SectionSets()
        _ = sets.arrive([Parts.part(1, of: 2, at: 0, quality: CopyQuality(isWhole: false))])
        _ = sets.arrive([Parts.part(1, of: 2, at: 1)])
        #expect(sets.arrive([Parts.part(2, of: 2, at: 2)]).releases.map(\.offsets) == [[1, 2]])
    }

    @Test func theMajorityCounts() {
        var sets = SectionSets()
        let odd = Parts.part(2, of: 5, at: 1)
        let releases = sets.arrive([Parts.part(1, of: 3, at: 0), odd, Parts.part(3, of: 3, at: 2)]).releases
        #expect(releases.map(\.expected) == [3])
        #expect(releases.map(\.isComplete) == [true])
        #expect(releases.map(\.conflicts) == [[.count(section: 2, said: 5, source: odd.source)]])
        // One alone against one: more are awaited.
        var others = SectionSets()
        #expect(others.arrive([Parts.part(1, of: 2, at: 0), Parts.part(2, of: 3, at: 1)]).releases.isEmpty)
    }

    /// A section beyond the count of the others is no section of that telegram.
    @Test func aSectionBeyondTheCountIsLeftAlone() {
        var sets = SectionSets()
        let odd = Parts.part(4, of: 4, at: 0)
        let releases = sets.arrive([odd, Parts.part(1, of: 2, at: 1), Parts.part(2, of: 2, at: 2)]).releases
        #expect(releases.map(\.cause) == [.contradiction, .complete])
        #expect(releases.map(\.sections) == [[4], [1, 2]])
        #expect(releases.map(\.revision) == [1, 2])
        #expect(releases.map(\.isComplete) == [false, true])
        #expect(releases.first?.missing == [1, 2, 3])
        #expect(releases.last?.conflicts == [.count(section: 4, said: 4, source: odd.source)])
    }

    @Test func anotherClassificationIsNotMerged() {
        var sets = SectionSets()
        let odd = Parts.part(2, of: 3, at: 1, text: 9, level: .secret)
        let parts = [Parts.part(1, of: 3, at: 0), odd, Parts.part(3, of: 3, at: 2)]
        #expect(sets.arrive(parts).releases.isEmpty)
        let releases = sets.inputEnded().releases
        #expect(releases.map(\.cause) == [.contradiction, .ended])
        #expect(releases.map(\.sections) == [[2], [1, 3]])
        #expect(releases.last?.missing == [2])
        #expect(releases.last?.conflicts == [.classification(section: 2, said: .secret, source: odd.source)])
        // The right one completes the set; what was left out is not released again.
        let late = sets.arrive([Parts.part(2, of: 3, at: 3)]).releases
        #expect(late.map(\.sections) == [[1, 2, 3]])
        #expect(late.map(\.revision) == [3])
        #expect(late.first?.conflicts.count == 1)
    }

    @Test func anUnreadableClassificationContradictsNothing() {
        var sets = SectionSets()
        let releases = sets.arrive([Parts.part(1, of: 2, at: 0), Parts.part(2, of: 2, at: 1, level: nil)]).releases
        #expect(releases.map(\.isComplete) == [true])
        #expect(releases.map(\.conflicts) == [[]])
    }

    /// Two copies, one without a classification that can be read: either may turn out to be the better one to read.
    @Test func aCopyOfUnreadableClassificationIsKeptBesideTheOther() {
        var sets = SectionSets()
        let first = Parts.part(1, of: 2, at: 0, text: 1, quality: CopyQuality(garble: 1))
        let second = Parts.part(1, of: 2, at: 1, text: 2, level: nil)
        _ = sets.arrive([first])
        #expect(sets.arrive([second]) == [.rival(second.source, of: first.source), .held(second.source)])
        #expect(sets.arrive([Parts.part(2, of: 2, at: 2)]).releases.map(\.offsets) == [[1, 2]])
        #expect(sets.releasedOctets == 300)
    }

    /// Sections of one serial under two date-time groups: two telegrams, each says what the other has.
    @Test func anotherDateTimeGroupIsNotMerged() {
        var sets = SectionSets()
        var first = Parts.part(1, of: 2, at: 0, telegram: "A")
        var second = Parts.part(2, of: 2, at: 1, telegram: "B")
        var stranger = Parts.part(2, of: 2, at: 2, telegram: "C")
        first.keys.kin = [1]
        second.keys.kin = [1]
        stranger.keys.kin = [2]
        #expect(sets.arrive([first, second, stranger]).releases.isEmpty)
        let releases = sets.inputEnded().releases
        #expect(releases.map(\.sections) == [[1], [2], [2]])
        #expect(
            releases.map(\.conflicts) == [
                [.dateTimeGroup(section: 2, source: second.source)],
                [.dateTimeGroup(section: 1, source: first.source)], [],
            ])
    }

    /// Nobody says how many there are: it cannot be known that they are all.
    @Test func withoutACountNothingIsComplete() {
        var sets = SectionSets()
        #expect(sets.arrive([Parts.part(1, of: nil, at: 0), Parts.part(2, of: nil, at: 1)]).releases.isEmpty)
        let releases = sets.inputEnded().releases
        #expect(releases.map(\.isComplete) == [false])
        #expect(releases.map(\.missing) == [[]])
    }
}
