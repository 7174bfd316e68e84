import Testing

@testable import Assembly

/// Numbers that nobody will bring, since a message answers for them (format 4.2, 4.4).
struct AnsweredNumbersTests {
    private typealias Make = Observations

    private static let minute: Int64 = 60_000

    /// `source` of partition 1 answers, and brings nothing.
    private static func answer(
        _ numbers: ClosedRange<Int>..., at offset: Int64, time: Int64? = nil, series: NumberSeries = Make.channel
    ) -> NumberObservation {
        Make.of(nil, at: offset, series: series, time: time, partition: 1, answered: numbers)
    }

    @Test func anAnswerClosesToo() {
        var watch = ContinuityWatch()
        #expect(watch.arrive([411, 413]).missing == [[412...412]])
        let answer = Self.answer(412...412, at: 9)
        let decisions = watch.arrive([answer])
        guard decisions.count == 1, case .answered(let gap, [412...412], let source) = decisions[0] else {
            Issue.record("not answered: \(decisions)")
            return
        }
        #expect(gap.missing.isEmpty && source == answer.source)
        #expect(watch.gaps(of: Make.channel).isEmpty)
        #expect(watch.changedKeys == [Make.channel.key])
        // Again from its own source, and then from another.
        #expect(watch.arrive([answer]) == [.known(answer.source)])
        #expect(watch.changedKeys.isEmpty)
        #expect(watch.arrive([Self.answer(412...412, at: 10)]).isEmpty)
    }

    @Test func whatItDoesNotNameStaysMissing() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive([
            Make.of(411, at: 0), Make.of(418, at: 1), Make.of(421, at: 2), Self.answer(410...413, 417...419, at: 3),
            Make.of(415, at: 4),
        ])
        #expect(decisions.missing == [[412...417], [419...420]])
        #expect(decisions.answered == [[414...417], [414...416], [420...420]])
        #expect(watch.gaps(of: Make.channel).map(\.missing) == [[414...414, 416...416], [420...420]])
        #expect(decisions.late.isEmpty && decisions.repeats.isEmpty)
    }

    /// The service message has a number itself, by which the gap shows.
    @Test func whoShowsTheGapMayAnswerForIt() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive([
            Make.of(411, at: 0), Make.of(415, at: 1, answered: [412...413]), Make.of(416, at: 2),
        ])
        #expect(decisions.missing == [[414...414]])
        #expect(decisions.answered.isEmpty)
    }

    /// In whatever order the three come within the time that they have.
    @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0]], [Int64(-5000), 1, 4000])
    func anAnswerThatOvertakesCounts(order: [Int], ahead: Int64) {
        let time: Int64 = 43_200_000
        let observations = [
            Make.of(411, at: 0, time: time, partition: 0), Make.of(413, at: 0, time: time + 5000, partition: 2),
            Self.answer(412...412, at: 0, time: time + 5000 - ahead),
        ]
        var watch = ContinuityWatch()
        let now = time + 10_000
        for (index, place) in order.enumerated() {
            #expect(watch.observationArrived(observations[place], at: now + Int64(index)).isEmpty)
        }
        #expect(watch.timePassed(to: now + 100_000).isEmpty)
        #expect(watch.gaps(of: Make.channel).isEmpty)
        #expect(watch.nextDeadline == nil)
    }

    /// It has come, and only waits for others that might be older.
    @Test func whatIsAnsweredForIsNotToldWhileTheAnswerWaits() {
        var watch = ContinuityWatch()
        _ = watch.observationArrived(Make.of(411, at: 0), at: 1000)
        _ = watch.observationArrived(Make.of(415, at: 1), at: 2000)
        _ = watch.observationArrived(Self.answer(413...413, at: 9), at: 4000)
        #expect(watch.timePassed(to: 7000).missing == [[412...412, 414...414]])
        #expect(watch.inputEnded().isEmpty)
    }

    @Test func whereNobodyWatchesNothingIsMissing() {
        var watch = ContinuityWatch()
        #expect(watch.arrive([Self.answer(412...412, at: 0)]).isEmpty)
        #expect(watch.count == 0 && watch.changedKeys.isEmpty && watch.nextDeadline == nil)
    }

    @Test func anAnswerForWhatCameChangesNothing() {
        var watch = ContinuityWatch()
        #expect(watch.arrive([Make.of(411, at: 0), Make.of(412, at: 1), Self.answer(411...412, at: 2)]).isEmpty)
        #expect(watch.arrive([Make.of(411, at: 3)]).repeats == [411])
    }

    /// Nothing to tell: who answered was told. Once more it is a repeat like any other.
    @Test func whatComesAfterAllIsLate() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive([
            Make.of(411, at: 0), Make.of(413, at: 1), Self.answer(412...412, at: 2), Make.of(412, at: 3),
        ])
        #expect(decisions.late == [412] && decisions.repeats.isEmpty && decisions.resets.isEmpty)
        #expect(watch.arrive([Make.of(412, at: 4)]).repeats == [412])
    }

    /// Nor where the answer overtook the gap.
    @Test func whatNeverWasMissingIsLateToo() {
        var watch = ContinuityWatch()
        let time: Int64 = 43_200_000
        let decisions = watch.arrive([
            Make.of(411, at: 0, time: time), Self.answer(412...412, at: 0, time: time + 1),
            Make.of(413, at: 1, time: time + 2), Make.of(412, at: 2, time: time + Self.minute),
        ])
        #expect(decisions.late == [412] && decisions.repeats.isEmpty && decisions.gaps.isEmpty)
    }

    // MARK: What it does not stand for

    /// An answer may speak of what was garbled yesterday: the same number today is another one.
    @Test func theSameNumberLaterIsMissing() {
        let start = 43_200_000 - Self.minute
        var watch = ContinuityWatch()
        #expect(
            watch.arrive([
                Make.of(411, at: 0, time: start), Self.answer(412...412, at: 1, time: start),
                Make.of(413, at: 2, time: start + 10_001),
            ]).missing == [[412...412]])
    }

    @Test func inTheNextCycleItIsMissing() {
        var watch = ContinuityWatch()
        let cycle = [800, 200, 411, 413]
        let decisions = watch.arrive(
            [Make.of(411, at: 0), Make.of(413, at: 1), Self.answer(412...412, at: 2)]
                + cycle.enumerated().map { Make.of($1, at: 3 + Int64($0)) })
        #expect(decisions.missing.first == [412...412] && decisions.missing.last == [412...412])
        #expect(watch.arrive([Make.of(412, at: 20)]).late.isEmpty)
        #expect(!watch.gaps(of: Make.channel).contains { $0.after == 411 })
    }

    @Test func onTheNextDayItIsMissing() {
        var watch = ContinuityWatch()
        let decisions = watch.arrive(
            [Make.of(1, at: 0), Make.of(400, at: 1), Self.answer(2...399, at: 2)]
                + [1, 2, 4].enumerated().map { Make.of($1, at: 3 + Int64($0), time: 2 * Make.day + Int64($0) * 60_000) }
        )
        #expect(decisions.missing == [[2...399], [3...3]])
        #expect(decisions.answered == [[]] && decisions.resets == [1] && decisions.late.isEmpty)
    }

    /// Nor is yesterday's number answered for where today's has come.
    @Test func theDayBeforeItStaysMissing() {
        var watch = ContinuityWatch()
        let noon = Make.day / 2
        let decisions = watch.arrive([
            Make.of(457, at: 0, time: noon), Make.of(3, at: 1, time: noon + Make.day),
            Make.of(457, at: 2, time: noon + Make.day + Self.minute), Make.of(1, at: 3, time: noon + 2 * Make.day),
            Self.answer(1...1, at: 4, time: noon + 2 * Make.day + 1),
        ])
        #expect(decisions.missing == [[1...2], [4...456]])
        #expect(decisions.resets == [3, 1] && decisions.answered.isEmpty)
        #expect(watch.gaps(of: Make.channel).map(\.missing) == [[2...2], [4...456]])
    }

    // MARK: Bounds and the journal

    @Test func whatIsRememberedIsBounded() {
        var watch = ContinuityWatch()
        _ = watch.arrive([Make.of(1, at: 0), Make.of(400, at: 1)])
        for offset in 0..<100 {
            let number = 2 + 3 * offset
            _ = watch.arrive([Self.answer(number...number, at: 2 + Int64(offset))])
        }
        #expect(watch.lines[0]?.track.answered.entries.count == AnsweredNumbers.limit)
        #expect(watch.arrive([Make.of(2, at: 200)]).repeats == [2])
        #expect(watch.arrive([Make.of(299, at: 201)]).late == [299])
        _ = watch.arrive([Make.of(nil, at: 202, answered: [0...4, 9999...10_000, -1 ... -1])])
        #expect(watch.gaps(of: Make.channel).map(\.missing.first) == [3...4])
    }

    @Test func anAnswerIsRememberedOverARestart() throws {
        let time: Int64 = 43_200_000
        var watch = ContinuityWatch()
        _ = watch.arrive([Make.of(411, at: 0, time: time), Make.of(413, at: 1, time: time)])
        _ = watch.arrive([Self.answer(412...412, 414...414, at: 0, time: time)])
        _ = watch.observationArrived(Self.answer(416...416, at: 1, time: time), at: time)
        var other = ContinuityWatch()
        try other.restore(Make.channel.key, from: watch.snapshot(of: Make.channel.key))
        #expect(other.snapshot(of: Make.channel.key) == watch.snapshot(of: Make.channel.key))
        let decisions = other.arrive(
            [415, 417, 412].enumerated().map { Make.of($1, at: 2 + Int64($0), time: time + Int64($0)) })
        #expect(decisions.gaps.isEmpty && decisions.late == [412] && decisions.repeats.isEmpty)
    }

    /// As it was before there were answers, and a time of the last number.
    @Test func anEntryOfTheFirstVersionIsRead() throws {
        var watch = ContinuityWatch()
        _ = watch.arrive([411, 413, 414])
        var entry = try #require(watch.snapshot(of: Make.channel.key))
        var rest = SnapshotWriter()
        rest.write(unsigned: 0)
        rest.write(watch.lines[0]?.track.lastTime ?? .max)
        #expect(entry[1] == 2 && entry.suffix(rest.octets.count) == rest.octets[...])
        entry[1] = 1
        entry.removeLast(rest.octets.count)
        var other = ContinuityWatch()
        try other.restore(Make.channel.key, from: entry)
        #expect(other.gaps(of: Make.channel).map(\.missing) == [[412...412]])
        #expect(other.lines[0]?.track.lastTime == .min)
        other.lines[0]?.track.lastTime = try #require(watch.lines[0]?.track.lastTime)
        #expect(other.snapshot(of: Make.channel.key) == watch.snapshot(of: Make.channel.key))
    }

    /// Two that nobody has judged yet may answer for the same numbers, and for others beyond the gap.
    @Test(arguments: [
        ([4...9, 6...12], [] as [ClosedRange<Int>]), ([5...6, 5...6, 6...20], []), ([6...6, 6...7, 7...30], [5...5]),
        ([8...9, 8...12], [5...7]), ([1...4, 9...12], [5...8]),
    ])
    func answersThatOverlapAreNotTold(_ waiting: [ClosedRange<Int>], _ told: [ClosedRange<Int>]) {
        let source = Observations.source(0)
        var gap = OpenGap(
            stretches: [OpenGap.Stretch(numbers: 5...8)], after: 4, before: 9, width: 3, time: 0, sourceAfter: source,
            sourceBefore: source)
        #expect(gap.report(Observations.channel, without: waiting)?.missing ?? [] == told)
        #expect(gap.stretches.map(\.numbers.count).reduce(0, +) == 4)
    }

    /// An entry of the journal with more would be refused when it is read.
    @Test func whatFallsApartIsBoundedToo() {
        var answered = AnsweredNumbers()
        for index in 1...AnsweredNumbers.limit { answered.add(index * 10...index * 10 + 8, until: 5) }
        let wasMissing = answered.remove(304)
        #expect(!wasMissing)
        #expect(answered.entries.count == AnsweredNumbers.limit)
        #expect(answered.entries.first?.numbers == 20...28)
        #expect(answered.entries.contains { $0.numbers == 305...308 })
    }
}
