/// A series and those of its observations that are not judged yet.
struct NumberLine {
    /// How far an input partition was read: within one, observations come in order.
    struct Mark: Hashable, Comparable {
        var offset: Int64
        var index: Int32

        static func < (left: Mark, right: Mark) -> Bool { (left.offset, left.index) < (right.offset, right.index) }
    }

    /// More partitions than these have no input topic.
    static let markLimit = 4096

    var track: NumberTrack
    /// By time.
    var waiting: [NumberTrack.Arrival] = []
    var marks: [Int32: Mark] = [:]
    /// When it was last heard of.
    var heard: Int64
    /// By the call at hand.
    var isChanged = false

    init(_ series: NumberSeries, heard: Int64) {
        self.track = NumberTrack(series)
        self.heard = heard
    }

    /// Takes what is to be judged, and says whether anything was due at its time already: one entry is enough for all that is,
    /// and there is one as long as anything is. Nil where the source was met before.
    mutating func arrived(_ arrival: NumberTrack.Arrival, at now: Int64) -> Bool? {
        guard self.note(arrival.source) else { return nil }
        self.heard = now
        let isExpected = self.isDue(at: arrival.due)
        self.wait(arrival)
        return isExpected
    }

    /// False where the source was met before.
    private mutating func note(_ source: PartSource) -> Bool {
        let mark = Mark(offset: source.offset, index: source.index)
        if let place = self.marks.index(forKey: source.partition) {
            guard self.marks.values[place] < mark else { return false }
            self.marks.values[place] = mark
            return true
        }
        if self.marks.count >= Self.markLimit, let any = self.marks.keys.min() { self.marks[any] = nil }
        self.marks[source.partition] = mark
        return true
    }

    private mutating func wait(_ arrival: NumberTrack.Arrival) {
        let index = self.waiting.lastIndex { !(arrival < $0) }.map { $0 + 1 } ?? 0
        self.waiting.insert(arrival, at: index)
    }

    /// Judges what is due unless something of earlier time is not, then what is too much; says whether anything changed.
    mutating func judge(
        at now: Int64, _ settings: ContinuitySettings, _ decisions: inout [ContinuityDecision]
    ) -> Bool {
        let settling = settings.settling(self.track.series.kind)
        let due = self.waiting.firstIndex { $0.due > now } ?? self.waiting.count
        let count = max(due, self.waiting.count - max(settling.later, 0))
        for arrival in self.waiting.prefix(max(count, 0)) {
            self.track.take(
                arrival, settling: settling.time.milliseconds, openRanges: max(settings.openRanges, 1), &decisions)
        }
        if count > 0 { self.waiting.removeFirst(count) }
        let known = decisions.count
        let hasGaps = !self.track.gaps.isEmpty || !self.track.abandoned.isEmpty
        if hasGaps, settings.reportsGaps(of: self.track.series) {
            decisions += self.track.abandoned.map { .gap($0) }
            self.track.report(at: now, without: self.waiting, &decisions)
        }
        self.track.abandoned = []
        return count > 0 || decisions.count > known
    }

    /// Something is to be done at this time, if nothing comes before.
    func isDue(at time: Int64) -> Bool {
        // The newest first: what comes together is mostly due together.
        self.waiting.reversed().contains { $0.due == time }
            || self.track.gaps.contains { $0.due == time && !$0.isReported }
    }

    /// The time of the earliest that waits, or was not reported for the sake of what waits; nil where nothing does.
    var earliest: Int64? {
        let gaps = self.track.gaps.lazy.filter { !$0.isReported }.map(\.time).min()
        return [self.waiting.first?.time, gaps].compactMap { $0 }.min()
    }

    /// All of this waits until then.
    mutating func postpone(to time: Int64) {
        for index in self.waiting.indices { self.waiting[index].due = time }
        for index in self.track.gaps.indices where !self.track.gaps[index].isReported {
            self.track.gaps[index].due = time
        }
    }
}
