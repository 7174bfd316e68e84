import Testing

@testable import Assembly

/// Each rule of format 4.4, with what must not fall under it.
struct ContinuityWatchTests {
    private typealias Make = Observations

    private static let steps: [([Int], Int, [[ClosedRange<Int>]])] = [
        ([411, 412, 413], 3, []), ([411, 413], 3, [[412...412]]), ([411, 415, 417], 3, [[412...414], [416...416]]),
        ([998, 999, 1, 2], 3, []), ([997, 2], 3, [[998...999, 1...1]]), ([998, 999, 0, 1], 3, []),
        // By width: the same numbers are far apart where there are four digits.
        ([999, 1000], 4, []), ([9998, 9999, 1], 4, []), ([9997, 9999, 2], 4, [[9998...9998], [1...1]]),
        ([1, 500], 3, [[2...499]]), ([1, 501], 3, []), ([1, 5000], 4, [[2...4999]]), ([1, 5001], 4, []),
        ([10], 3, []),
    ]

    @Test(arguments: steps)
    func whatIsMissing(numbers: [Int], width: Int, missing: [[ClosedRange<Int>]]) {
        var watch = ContinuityWatch()
        #expect(watch.arrive(numbers, width: width).missing == missing)
    }

    @Test func aGapNamesBothSides() {
        var watch = ContinuityWatch()
        let gaps = watch.arrive([411, 414]).gaps
        #expect(
            gaps == [
                NumberGap(
                    series: Make.channel, missing: [412...413], after: 411, before: 414, width: 3, time: 43_260_000,
                    sourceAfter: Make.source(0), sourceBefore: Make.source(1))
            ])
        #expect(gaps.first?.count == 2)
        #expect(watch.gaps(of: Make.channel) == gaps)
        #expect(watch.gaps(of: NumberSeries(.channel, [])).isEmpty)
    }

    @Test func aLateNumberWithdraws() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive([411, 414, 413, 412])
        let closed = decisions.compactMap { decision -> ([ClosedRange<Int>], Int, PartSource?)? in
            if case .closed(let gap, let number, let source) = decision { (gap.missing, number, source) } else { nil }
        }
        #expect(closed.map(\.0) == [[412...412], []])
        #expect(closed.map(\.1) == [413, 412])
        #expect(closed.map(\.2) == [Make.source(2), Make.source(3)])
        #expect(watch.gaps(of: Make.channel).isEmpty)
        #expect(decisions.repeats.isEmpty && decisions.late.isEmpty)
    }

    @Test func twoMessagesOneNumber() {
        var watch = ContinuityWatch()
        let same = Make.of(412, at: 3, identity: "message 1")
        let decisions = watch.arrive([Make.of(411, at: 0), Make.of(412, at: 1), Make.of(412, at: 2), same])
        #expect(
            decisions == [
                .repeated(
                    Make.channel, number: 412, source: Make.source(2), of: Make.source(1), isSame: false),
                .repeated(Make.channel, number: 412, source: Make.source(3), of: Make.source(1), isSame: true),
            ])
    }

    @Test func aNumberThatWasThereIsRepeated() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive([411, 412, 413, 411])
        #expect(decisions.repeats == [411])
        #expect(decisions.late.isEmpty)
    }

    /// Nobody knows whether it had come before the first that was seen.
    @Test func aNumberFromBeforeIsLate() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive([411, 412, 408])
        #expect(decisions.late == [408])
        #expect(decisions.repeats.isEmpty)
    }

    @Test func itsOwnSourceIsKnown() {
        var watch = ContinuityWatch()
        let observations = [Make.of(411, at: 0), Make.of(413, at: 1)]
        #expect(watch.arrive(observations).gaps.count == 1)
        #expect(watch.arrive(observations) == observations.map { .known($0.source) })
        #expect(watch.changedKeys.isEmpty)
    }

    @Test func aMessageWithoutANumber() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive([Make.of(411, at: 0), Make.of(nil, at: 1), Make.of(412, at: 2)])
        #expect(decisions == [.unnumbered(Make.channel, after: 411, source: Make.source(1))])
        #expect(watch.arrive([Make.of(10_000, at: 3)]).count == 1)
    }

    // MARK: Change of day

    private static func days(_ numbers: [(day: Int64, number: Int)]) -> [NumberObservation] {
        numbers.enumerated().map { index, place in
            Make.of(place.number, at: Int64(index), time: place.day * Make.day + 1_800_000 + Int64(index) * 60_000)
        }
    }

    @Test(arguments: [1, 2, 8, 300, 457, 700, 980])
    func aDropToOneAtADayChangeIsANewSeries(last: Int) {
        var watch = ContinuityWatch()
        let decisions = watch.arrive(Self.days([(0, last), (1, 1), (1, 2), (2, 1)]))
        #expect(decisions.gaps.isEmpty)
        #expect(decisions.resets == [1, 1])
        #expect(decisions.late.isEmpty && decisions.repeats.isEmpty)
    }

    @Test func whatIsLostAtTheStartOfADayIsMissing() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive(Self.days([(0, 456), (0, 457), (1, 3), (1, 4)]))
        #expect(decisions.resets == [3])
        #expect(decisions.missing == [[1...2]])
        #expect(decisions.gaps.first?.after == 457)
    }

    @Test func onTheSameDayItIsALateOne() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive(Self.days([(0, 456), (0, 457), (0, 1)]))
        #expect(decisions.resets.isEmpty)
        #expect(decisions.late == [1])
    }

    /// The circuit's clock is ahead of ours, or the last message of the day is slow.
    @Test func midnightIsNotExact() {
        var watch = ContinuityWatch()
        let midnight = Make.day
        let times: [(Int, Int64)] = [
            (456, -3_600_000), (1, -2000), (2, 1000), (457, 1500), (3, 60_000), (4, Make.day - 1_000_000),
            (1, Make.day - 1000), (2, Make.day + 1000),
        ]
        let decisions = watch.arrive(
            times.enumerated().map { Make.of($1.0, at: Int64($0), time: midnight + $1.1) })
        #expect(decisions.resets == [1, 1])
        #expect(decisions.gaps.isEmpty)
        #expect(decisions.repeats.isEmpty && decisions.late.isEmpty)
    }

    /// A circuit that runs through its cycle does not start again at midnight.
    @Test func aCycleRunsOnOverMidnight() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive(
            Self.days([(0, 990), (1, 991), (1, 998), (2, 2), (2, 3), (3, 8), (3, 6)]))
        #expect(decisions.resets.isEmpty)
        #expect(decisions.missing == [[992...997], [999...999, 1...1], [4...7]])
        #expect(watch.gaps(of: Make.channel).map(\.missing) == [[992...997], [999...999, 1...1], [4...5, 7...7]])
    }

    /// Against the rule, but seen to go on.
    @Test func threeInARowFromElsewhereAreANewSeries() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive([457, 458, 1, 2, 3, 4, 6])
        #expect(decisions.resets == [1])
        #expect(decisions.late == [1, 2])
        #expect(decisions.missing == [[5...5]])
        // A tape that is sent again is none.
        var other = ContinuityWatch()
        let tape = (0..<8).map { Make.of(411 + Int($0) % 4, at: $0, identity: "text \($0 % 4)") }
        let repeated = other.arrive(tape)
        #expect(repeated.resets.isEmpty)
        #expect(repeated.repeats == [411, 412, 413, 414])
    }

    /// A partition of the input that is read long after the others: its numbers are older than what is known.
    @Test func threeInARowFromBeforeAreNoNewSeries() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive(
            [(457, 100), (458, 101), (401, 1), (402, 2), (403, 3), (404, 4), (459, 102), (460, 103)].enumerated()
                .map { Make.of($1.0, at: Int64($0), time: Int64($1.1) * 60_000) })
        #expect(decisions.resets.isEmpty && decisions.gaps.isEmpty && decisions.repeats.isEmpty)
        #expect(decisions.late == [401, 402, 403, 404])
    }

    // MARK: Other series

    private static let pair = NumberSeries(.pair, Array("AMEMBASSY EXAMPLE|SECSTATE".utf8))

    @Test func theSectionsOfATelegramShareAContinuityNumber() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive([
            Make.of(1844, at: 0, series: Self.pair, width: 4, identity: "A"),
            Make.of(1844, at: 1, series: Self.pair, width: 4, identity: "A"),
            Make.of(1846, at: 2, series: Self.pair, width: 4, identity: "C"),
            Make.of(1846, at: 3, series: Self.pair, width: 4, identity: "D"),
        ])
        #expect(decisions.missing == [[1845...1845]])
        #expect(decisions.repeats == [1846])
    }

    /// Format 9 number 10: MCNs wrap at 9999 or start again with the year, not with the day.
    @Test func aPairStartsAgainWithTheYear() {
        func arrive(_ numbers: [(Int64, Int)]) -> [ContinuityDecision] {
            var watch = ContinuityWatch()
            return watch.arrive(
                numbers.enumerated().map {
                    Make.of($1.1, at: Int64($0), series: Self.pair, width: 4, time: $1.0 * Make.day + 43_200_000)
                })
        }
        #expect(arrive([(360, 1844), (366, 2)]).missing == [[1...1]])
        #expect(arrive([(360, 1844), (366, 1)]).resets == [1])
        #expect(arrive([(300, 1844), (301, 1)]).resets.isEmpty)
        #expect(arrive([(360, 9999), (366, 1)]).isEmpty)
    }

    @Test func gapsOfAStationProveNothing() {
        let station = NumberSeries(.station, Array("RUEHXX".utf8))
        let observations = [231, 233, 233].enumerated().map {
            Make.of($1, at: Int64($0), series: station, width: 4)
        }
        var watch = ContinuityWatch()
        #expect(watch.arrive(observations).repeats == [233])
        var settings = ContinuitySettings()
        settings.reportsStationGaps = true
        var other = ContinuityWatch(settings: settings)
        #expect(other.arrive(observations).missing == [[232...232]])
    }

    // MARK: Settling

    /// 412 comes behind 413, from another partition.
    @Test func disorderIsNoAlarm() {
        var watch = ContinuityWatch()
        let settling: Int64 = 5000
        let observations = [(411, 0), (413, 2), (412, 1)].map { number, time in
            Make.of(number, at: Int64(time), time: 10_000 + Int64(time) * 1000, partition: Int32(time))
        }
        for (index, observation) in observations.enumerated() {
            #expect(watch.observationArrived(observation, at: 10_000 + Int64(index) * 1000).isEmpty)
        }
        #expect(watch.nextDeadline == 10_000 + settling)
        #expect(watch.timePassed(to: 100_000).isEmpty)
        #expect(watch.nextDeadline == nil)
    }

    /// One partition is read half a minute after the telegrams were sent, the other a minute after: what is late waits by so
    /// much longer, and what comes behind it with it.
    @Test(arguments: [true, false])
    func ofABacklogMoreDisorderIsNoAlarm(isWhole: Bool) {
        var watch = ContinuityWatch()
        for (number, time) in [(411, Int64(0)), (413, 2000), (414, 29_000)] {
            let observation = Make.of(number, at: Int64(number), time: time)
            #expect(watch.observationArrived(observation, at: 30_000).isEmpty)
        }
        #expect(watch.timePassed(to: 64_999).isEmpty)
        if isWhole {
            let late = Make.of(412, at: 0, time: 1000, partition: 1)
            #expect(watch.observationArrived(late, at: 64_999).isEmpty)
            #expect(watch.timePassed(to: 1_000_000).isEmpty)
        } else {
            #expect(watch.timePassed(to: 65_000).missing == [[412...412]])
        }
        #expect(watch.nextDeadline == nil)
    }

    /// Nor does an archive of another century hold anything up for longer, before a restart and behind it.
    @Test func whatIsOldIsToldWithinItsBound() {
        var watch = ContinuityWatch()
        for number in [411, 413] {
            _ = watch.observationArrived(Make.of(number, at: Int64(number), time: .min + Int64(number)), at: 1000)
        }
        var other = ContinuityWatch()
        try? other.restore(Make.channel.key, from: watch.snapshot(of: Make.channel.key))
        #expect(watch.timePassed(to: 65_999).isEmpty && other.timePassed(to: 2000).isEmpty)
        #expect(watch.timePassed(to: 66_000).missing == [[412...412]])
        #expect(other.timePassed(to: 66_999).isEmpty)
        #expect(other.timePassed(to: 67_000).missing == [[412...412]])
    }

    @Test func aGapIsReportedWhenItHasSettled() {
        var watch = ContinuityWatch()
        _ = watch.observationArrived(Make.of(411, at: 0), at: 1000)
        _ = watch.observationArrived(Make.of(413, at: 1), at: 2000)
        #expect(watch.timePassed(to: 6999).isEmpty)
        #expect(watch.timePassed(to: 7000).missing == [[412...412]])
        #expect(watch.changedKeys == [Make.channel.key])
    }

    @Test func soManyLaterOnesSettleToo() {
        var settings = ContinuitySettings()
        settings.channel.later = 3
        var watch = ContinuityWatch(settings: settings)
        var decisions: [ContinuityDecision] = []
        for (offset, number) in [411, 413, 414, 415].enumerated() {
            decisions += watch.observationArrived(Make.of(number, at: Int64(offset)), at: 0)
        }
        for number in [500, 501, 502] {
            decisions += watch.observationArrived(Make.of(number, at: Int64(number)), at: 0)
        }
        #expect(decisions.isEmpty)
        // Judged before it came, this one is late and closes nothing that was told.
        #expect(watch.observationArrived(Make.of(412, at: 503, time: 0), at: 0).isEmpty)
        #expect(watch.timePassed(to: 5000).missing == [[416...499]])
    }

    // MARK: Bounds

    @Test func theSeriesThatWasQuietLongestIsForgotten() {
        var settings = ContinuitySettings()
        settings.series = 2
        var watch = ContinuityWatch(settings: settings)
        let series = (0..<3).map { NumberSeries(.channel, [0x41 + UInt8($0)]) }
        for (offset, index) in [0, 1, 0, 2].enumerated() {
            _ = watch.observationArrived(
                Make.of(offset + 1, at: Int64(offset), series: series[index]), at: Int64(offset))
        }
        #expect(watch.count == 2)
        #expect(watch.changedKeys == [series[1].key, series[2].key])
        #expect(watch.snapshot(of: series[1].key) == nil)
        #expect(watch.snapshot(of: series[0].key) != nil)
        _ = watch.timePassed(to: 401 * Make.day)
        #expect(watch.count == 0)
        #expect(watch.changedKeys == [series[0].key, series[2].key])
    }

    @Test func openNumbersAreBounded() {
        var settings = ContinuitySettings()
        settings.openRanges = 4
        var watch = ContinuityWatch(settings: settings)
        _ = watch.arrive((0..<10).map { 100 + 2 * $0 })
        #expect(watch.gaps(of: Make.channel).map(\.missing) == [[111...111], [113...113], [115...115], [117...117]])
    }

    /// The same number of the next cycle is no longer the one that was missing.
    @Test func anOpenNumberOfTheLastCycleIsGivenUp() {
        var watch = ContinuityWatch()
        let numbers = [10, 12] + (1..<5).map { 12 + 240 * $0 % 1000 } + [5, 9, 11, 12]
        _ = watch.arrive(numbers)
        #expect(!watch.gaps(of: Make.channel).contains { $0.after == 10 })
    }
}

/// What more observations than may wait bring to light.
struct EarlyJudgementTests {
    private typealias Make = Observations

    private static func watch() -> ContinuityWatch {
        var settings = ContinuitySettings()
        settings.channel = ContinuitySettings.Settling(time: .seconds(5), later: 2)
        settings.patience = .zero
        return ContinuityWatch(settings: settings)
    }

    /// Every third number in one go, then the others: as the partitions of a backlog are read.
    @Test func aDisorderBeyondWhatMayWaitIsNoAlarm() {
        var watch = Self.watch()
        var decisions: [ContinuityDecision] = []
        for first in [1, 2, 0] {
            for number in stride(from: 100 + first, to: 400, by: 3) where number != 250 {
                decisions += watch.observationArrived(
                    Make.of(
                        number, at: Int64(number), time: Int64(number), partition: Int32(first)), at: 1000)
            }
        }
        #expect(decisions.gaps.isEmpty && decisions.repeats.isEmpty && decisions.resets.isEmpty)
        #expect(watch.nextDeadline == 6000)
        decisions += watch.timePassed(to: 6000)
        #expect(decisions.missing == [[250...250]])
        #expect(watch.nextDeadline == nil)
    }

    @Test func aGapIsToldInItsTimeEvenWhenNothingWaits() {
        var watch = Self.watch()
        for (offset, number) in [1, 3, 4, 5, 6].enumerated() {
            #expect(watch.observationArrived(Make.of(number, at: Int64(offset)), at: 1000 + Int64(offset)).isEmpty)
        }
        #expect(watch.timePassed(to: 6000).isEmpty)
        #expect(watch.timePassed(to: 6001).missing == [[2...2]])
    }

    /// One that is judged before its time since too many wait leaves a deadline that nothing needs. Once that was let go, what
    /// came at the same moment had none, and was never judged where it was the last of its series.
    @Test func whatComesBesideOneThatCouldNotWaitHasItsTime() {
        var watch = Self.watch()
        for number in [2, 3] {
            _ = watch.observationArrived(Make.of(number, at: Int64(number), time: Int64(number)), at: 1000)
        }
        // So many deadlines that those which nothing needs are looked for.
        for name in 0..<63 {
            let series = NumberSeries(.channel, Array("QK\(name)".utf8))
            _ = watch.observationArrived(Make.of(1, at: 9, series: series, time: 9), at: 1000)
        }
        for number in [1, 5] {
            _ = watch.observationArrived(
                Make.of(number, at: Int64(number), time: Int64(number), partition: 1), at: 1001)
        }
        #expect(watch.timePassed(to: 6000).gaps.isEmpty)
        #expect(watch.nextDeadline == 6001)
        #expect(watch.timePassed(to: 6001).missing == [[4...4]])
    }

    /// Its numbers come again in the next cycle: from then on nobody could tell.
    @Test func whatIsGivenUpIsToldBefore() {
        var watch = Self.watch()
        var decisions: [ContinuityDecision] = []
        for (offset, number) in [10, 12, 240, 480, 720, 960, 5, 20, 21, 22].enumerated() {
            decisions += watch.observationArrived(Make.of(number, at: Int64(offset), time: Int64(offset)), at: 1000)
        }
        #expect(decisions.missing.first == [11...11])
        #expect(watch.timePassed(to: 6000).missing.flatMap { $0 }.contains(6...19))
    }

    @Test func whatComesFirstAfterARestartIsDueToo() throws {
        var watch = Self.watch()
        _ = watch.observationArrived(Make.of(1, at: 0), at: 1000)
        _ = watch.inputEnded()
        var other = Self.watch()
        try other.restore(Make.channel.key, from: watch.snapshot(of: Make.channel.key))
        _ = other.observationArrived(Make.of(3, at: 1), at: 2000)
        #expect(other.nextDeadline == 7000)
        #expect(other.timePassed(to: 7000).missing == [[2...2]])
    }

    @Test func afterARestartItHasItsTimeAgain() throws {
        var watch = Self.watch()
        for (offset, number) in [1, 3, 4, 5, 6].enumerated() {
            _ = watch.observationArrived(Make.of(number, at: Int64(offset)), at: 1000)
        }
        let entry = watch.snapshot(of: Make.channel.key)
        var other = Self.watch()
        try other.restore(Make.channel.key, from: entry)
        #expect(other.nextDeadline == .min)
        #expect(other.timePassed(to: 50_000).isEmpty)
        #expect(other.nextDeadline == 55_000)
        #expect(other.timePassed(to: 55_000).missing == [[2...2]])
    }
}
