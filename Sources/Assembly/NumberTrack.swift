internal import Telegram

/// One series of numbers, taken in the order of their times (format 4.4).
struct NumberTrack {
    struct Seen: Hashable {
        var number: Int
        /// Of the identity; nil where there is none.
        var fingerprint: UInt64?
        var source: PartSource
    }

    /// An observation that came, and when it is to be judged at the latest.
    struct Arrival: Comparable {
        var time: Int64
        var number: Int?
        var width: Int
        var fingerprint: UInt64?
        var source: PartSource
        /// Numbers that it answers for.
        var answered: [ClosedRange<Int>] = []
        var due: Int64

        /// Of one moment, the lower number first.
        static func < (left: Arrival, right: Arrival) -> Bool {
            (left.time, left.number ?? -1, left.source) < (right.time, right.number ?? -1, right.source)
        }
    }

    /// The series before the last reset, for what of it comes just behind.
    struct Previous: Hashable {
        var last: Seen
        var until: Int64
    }

    /// A fall to a number up to this is a new series at a change of day (the format says 1, but that one may be lost) or
    /// of year (format 9 number 10).
    static let resetSpan = 19
    /// A circuit's midnight is not exactly ours.
    static let midnight: Int64 = 15 * 60_000
    /// So many in a row that go on from elsewhere are a new series, whatever the day.
    static let strayLimit = 3
    static let memory = 32
    /// Of a gap: a number that comes within it belongs to the gap rather than to a new series.
    static let fillTime: Int64 = 6 * 3_600_000

    let series: NumberSeries
    var width = 3
    var last: Seen?
    /// When it came.
    var lastTime: Int64 = .min
    /// Day (year for a pair) of its start; true once it went on beyond.
    var period: Int64 = 0
    var hasCrossed = false
    /// How many numbers up to the last one were judged.
    var covered = 0
    /// In the order in which they opened.
    var gaps: [OpenGap] = []
    var answered = AnsweredNumbers()
    /// To be reported, whatever still comes.
    var abandoned: [NumberGap] = []
    var recent: [Seen] = []
    var previous: Previous?
    /// The last number that went on from elsewhere, and how many in a row did.
    var stray: Int?
    var strayCount = 0

    init(_ series: NumberSeries) {
        self.series = series
        if series.kind == .pair { self.width = 4 }
    }

    var modulus: Int { self.width > 3 ? 10_000 : 1000 }

    private func distance(from first: Int, to second: Int) -> Int {
        let modulus = self.modulus
        return ((second - first) % modulus + modulus) % modulus
    }

    /// Days since 1970, or the year.
    private func period(at time: Int64) -> Int64 {
        if self.series.kind == .pair {
            // Far outside of every calendar there is only one year.
            let seconds = min(max(time / 1000, -1 << 40), 1 << 40)
            return Int64(Instant(seconds: seconds).calendar.year)
        }
        let day: Int64 = 86_400_000
        return time / day - (time % day < 0 ? 1 : 0)
    }

    // MARK: Numbers

    mutating func take(
        _ arrival: Arrival, settling: Int64, openRanges: Int, _ decisions: inout [ContinuityDecision]
    ) {
        self.answered.expire(at: arrival.time)
        if let number = arrival.number {
            self.take(number, arrival, settling: settling, openRanges: openRanges, &decisions)
        } else if arrival.answered.isEmpty {
            decisions.append(.unnumbered(self.series, after: self.last?.number, source: arrival.source))
        }
        let until = arrival.time.addingClamped(settling.addingClamped(settling))
        for numbers in arrival.answered { self.answer(numbers, until: until, by: arrival.source, &decisions) }
    }

    private mutating func take(
        _ number: Int, _ arrival: Arrival, settling: Int64, openRanges: Int,
        _ decisions: inout [ContinuityDecision]
    ) {
        if arrival.width > 3 || number > 999 { self.width = 4 }
        let seen = Seen(number: number, fingerprint: arrival.fingerprint, source: arrival.source)
        defer {
            self.recent.append(seen)
            if self.recent.count > Self.memory { self.recent.removeFirst(self.recent.count - Self.memory) }
        }
        guard let last = self.last else {
            self.start(seen, arrival.time)
            self.covered = 1
            return
        }
        let wasAnswered = self.answered.remove(number)
        // Sections of one telegram share its station serial and its continuity numbers.
        if self.series.kind != .channel, self.earlier(seen)?.isSame ?? false { return }
        let step = self.distance(from: last.number, to: number)
        if let previous = self.previous, arrival.time < previous.until,
            self.belongs(number, to: previous, rather: step)
        {
            self.takeStraggler(seen, arrival, previous, &decisions)
        } else if self.isReset(seen, step, arrival.time) {
            self.reset(seen, arrival, settling, &decisions)
        } else if step == 0 {
            self.repeated(seen, &decisions)
        } else if step < self.modulus / 2 {
            self.advance(to: seen, step, arrival)
        } else {
            self.takeLate(seen, self.modulus - step, arrival, wasAnswered: wasAnswered, &decisions)
        }
        self.keepBound(openRanges)
    }

    private mutating func close(
        _ number: Int, by source: PartSource, _ decisions: inout [ContinuityDecision]
    ) -> Bool {
        guard let index = self.gaps.lastIndex(where: { $0.contains(number) }) else { return false }
        if self.gaps[index].take(number...number).contains(where: \.isReported) {
            decisions.append(.closed(self.gaps[index].view(self.series), number: number, by: source))
        }
        if self.gaps[index].isEmpty { self.gaps.remove(at: index) }
        return true
    }

    /// Nobody will bring these. What is not missing may have come, or be missing soon.
    private mutating func answer(
        _ numbers: ClosedRange<Int>, until: Int64, by source: PartSource, _ decisions: inout [ContinuityDecision]
    ) {
        var others = [numbers]
        for index in self.gaps.indices {
            let taken = self.gaps[index].take(numbers)
            for stretch in taken {
                self.answered.add(stretch.numbers, until: nil)
                others = others.flatMap { $0.without(stretch.numbers) }
            }
            let told = taken.filter(\.isReported).map(\.numbers)
            if !told.isEmpty {
                decisions.append(.answered(self.gaps[index].view(self.series), told, by: source))
            }
        }
        self.gaps.removeAll(where: \.isEmpty)
        for numbers in others { self.answered.add(numbers, until: until) }
    }

    mutating func report(
        at now: Int64, without waiting: [Arrival], _ decisions: inout [ContinuityDecision]
    ) {
        guard self.gaps.contains(where: { $0.due <= now && !$0.isReported }) else { return }
        let numbers = waiting.flatMap { arrival in
            arrival.number.map { [$0...$0] + arrival.answered } ?? arrival.answered
        }
        .sorted { $0.lowerBound < $1.lowerBound }
        for index in self.gaps.indices where self.gaps[index].due <= now {
            guard let gap = self.gaps[index].report(self.series, without: numbers) else { continue }
            decisions.append(.gap(gap))
        }
    }

    private mutating func start(_ seen: Seen, _ time: Int64) {
        self.last = seen
        self.lastTime = time
        self.period = self.period(at: time.addingClamped(Self.midnight))
        self.hasCrossed = false
        self.stray = nil
        self.strayCount = 0
        self.answered.restart()
    }

    private mutating func advance(to seen: Seen, _ step: Int, _ arrival: Arrival) {
        guard let last = self.last else { return }
        // What is still open of the last cycle's numbers is not these.
        if !self.gaps.isEmpty || !self.answered.isEmpty {
            let passed = self.numbers(behind: last.number, before: (seen.number + 1) % self.modulus)
            for numbers in passed { self.giveUp(numbers) }
        }
        self.open(behind: last, before: seen, arrival)
        self.last = seen
        self.lastTime = max(self.lastTime, arrival.time)
        self.covered = min(self.covered + step, self.modulus / 2)
        if self.period(at: arrival.time.addingClamped(-Self.midnight)) > self.period { self.hasCrossed = true }
        self.stray = nil
        self.strayCount = 0
    }

    /// `step` is how far it lies back.
    private mutating func takeLate(
        _ seen: Seen, _ back: Int, _ arrival: Arrival, wasAnswered: Bool, _ decisions: inout [ContinuityDecision]
    ) {
        if self.close(seen.number, by: seen.source, &decisions) { return }
        if wasAnswered {
            decisions.append(.late(self.series, number: seen.number, source: seen.source))
            return
        }
        // What came before the last number is no new series: its partition was read late.
        if arrival.time >= self.lastTime, !(self.earlier(seen)?.isSame ?? false) {
            self.strayCount = self.stray == seen.number - 1 ? self.strayCount + 1 : 1
            self.stray = seen.number
        }
        if self.strayCount == Self.strayLimit, let last = self.last {
            decisions.append(
                .reset(
                    self.series, after: last.number, number: seen.number - Self.strayLimit + 1, source: seen.source,
                    isExpected: false))
            self.start(seen, arrival.time)
            self.covered = Self.strayLimit
        } else if back < self.covered {
            self.repeated(seen, &decisions)
        } else {
            decisions.append(.late(self.series, number: seen.number, source: seen.source))
        }
    }

    private func repeated(_ seen: Seen, _ decisions: inout [ContinuityDecision]) {
        let earlier = self.earlier(seen)
        decisions.append(
            .repeated(
                self.series, number: seen.number, source: seen.source, of: earlier?.source,
                isSame: earlier?.isSame ?? false))
    }

    /// The last one of the same number; one of the same message before others.
    private func earlier(_ seen: Seen) -> (source: PartSource, isSame: Bool)? {
        var earlier: (source: PartSource, isSame: Bool)?
        for other in self.recent.reversed() where other.number == seen.number {
            if seen.fingerprint != nil, other.fingerprint == seen.fingerprint { return (other.source, true) }
            if earlier == nil { earlier = (other.source, false) }
        }
        return earlier
    }

    // MARK: New series

    private func isReset(_ seen: Seen, _ step: Int, _ time: Int64) -> Bool {
        guard (1...Self.resetSpan).contains(seen.number),
            self.period(at: time.addingClamped(Self.midnight)) > self.period,
            !(self.earlier(seen)?.isSame ?? false)
        else { return false }
        // 999, 1: the cycle goes on, or starts.
        if seen.number == 1 && !self.hasCrossed { return step == 0 || step > 2 }
        guard step == 0 || step > Self.resetSpan else { return false }
        // A series that went on over midnight runs through its cycle: only a 1 tells otherwise.
        if seen.number == 1 { return step > 0 }
        let since = time.addingClamped(-Self.fillTime)
        return !self.hasCrossed && !self.gaps.contains { $0.time >= since && $0.contains(seen.number) }
    }

    private mutating func reset(
        _ seen: Seen, _ arrival: Arrival, _ settling: Int64, _ decisions: inout [ContinuityDecision]
    ) {
        guard let last = self.last else { return }
        decisions.append(
            .reset(self.series, after: last.number, number: seen.number, source: seen.source, isExpected: true))
        self.previous = Previous(
            last: last, until: arrival.time.addingClamped(settling.addingClamped(settling)))
        if self.series.kind != .pair { self.width = arrival.width > 3 ? 4 : 3 }
        self.start(seen, arrival.time)
        self.covered = seen.number
        // What is still open of the last series' numbers is not these.
        for numbers in self.numbers(behind: 0, before: seen.number + 1) { self.giveUp(numbers) }
        let zero = Seen(number: 0, fingerprint: nil, source: last.source)
        self.open(behind: zero, before: seen, arrival, after: last.number)
    }

    /// Near where the last series ended, and not where this one stands: after a short day both are one place.
    private func belongs(_ number: Int, to previous: Previous, rather step: Int) -> Bool {
        let ahead = self.distance(from: previous.last.number, to: number)
        return min(ahead, self.modulus - ahead) <= Self.memory && min(step, self.modulus - step) > Self.memory
    }

    private mutating func takeStraggler(
        _ seen: Seen, _ arrival: Arrival, _ previous: Previous, _ decisions: inout [ContinuityDecision]
    ) {
        let step = self.distance(from: previous.last.number, to: seen.number)
        if step == 0 {
            self.repeated(seen, &decisions)
        } else if step < self.modulus / 2 {
            self.open(behind: previous.last, before: seen, arrival)
            self.previous?.last = seen
        } else if !self.close(seen.number, by: seen.source, &decisions) {
            self.repeated(seen, &decisions)
        }
    }

    // MARK: Gaps

    private mutating func open(behind last: Seen, before seen: Seen, _ arrival: Arrival, after: Int? = nil) {
        let numbers = self.numbers(behind: last.number, before: seen.number)
        guard !numbers.isEmpty else { return }
        var gap = OpenGap(
            stretches: numbers.map { OpenGap.Stretch(numbers: $0) }, after: after ?? last.number,
            before: seen.number, width: self.width, time: arrival.time, sourceAfter: last.source,
            sourceBefore: seen.source, due: arrival.due)
        for numbers in self.answered.take(from: numbers) { gap.remove(numbers) }
        if !gap.isEmpty { self.gaps.append(gap) }
    }

    private mutating func giveUp(_ numbers: ClosedRange<Int>) {
        self.answered.pass(numbers)
        guard !self.gaps.isEmpty else { return }
        for index in self.gaps.indices {
            if self.gaps[index].overlaps(numbers) { self.abandon(index) }
            self.gaps[index].remove(numbers)
        }
        self.gaps.removeAll(where: \.isEmpty)
    }

    private mutating func keepBound(_ limit: Int) {
        guard self.gaps.count > limit / 2 else { return }
        while self.gaps.count > 1, self.gaps.reduce(0, { $0 + $1.stretches.count }) > limit {
            self.abandon(0)
            self.gaps.removeFirst()
        }
    }

    /// What is not reported by now would never be.
    private mutating func abandon(_ index: Int) {
        guard let gap = self.gaps[index].report(self.series, without: []) else { return }
        self.abandoned.append(gap)
    }

    /// Those between two, without 0, which no circuit uses.
    private func numbers(behind first: Int, before second: Int) -> [ClosedRange<Int>] {
        let (lower, upper) = (first + 1, second - 1)
        if first < second { return lower <= upper ? [max(lower, 1)...upper] : [] }
        var numbers: [ClosedRange<Int>] = []
        if lower < self.modulus { numbers.append(lower...self.modulus - 1) }
        if upper >= 1 { numbers.append(1...upper) }
        return numbers
    }
}

extension Int64 {
    /// Times at the ends of what can be said stay there.
    func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflows) = self.addingReportingOverflow(other)
        return overflows ? (other < 0 ? .min : .max) : sum
    }
}

extension [UInt8] {
    /// FNV-1a: tells messages of one number apart, and nothing more; nil where there is no identity.
    var fingerprint: UInt64? {
        self.isEmpty ? nil : self.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
