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
    /// The last time at which it is to be judged; one entry in the watch's queue is enough for each.
    var due: Int64?

    init(_ series: NumberSeries, heard: Int64) {
        self.track = NumberTrack(series)
        self.heard = heard
    }

    /// False where the source was met before.
    mutating func note(_ source: PartSource) -> Bool {
        let mark = Mark(offset: source.offset, index: source.index)
        if let last = self.marks[source.partition], last >= mark { return false }
        if self.marks.count >= Self.markLimit, self.marks[source.partition] == nil, let any = self.marks.keys.min() {
            self.marks[any] = nil
        }
        self.marks[source.partition] = mark
        return true
    }

    mutating func wait(_ arrival: NumberTrack.Arrival) {
        let index = self.waiting.lastIndex { !(arrival < $0) }.map { $0 + 1 } ?? 0
        self.waiting.insert(arrival, at: index)
    }

    /// Judges what is due, and before it all of earlier time, then what is too much; says whether anything was.
    mutating func judge(
        at now: Int64, _ settings: ContinuitySettings, _ decisions: inout [ContinuityDecision]
    ) -> Bool {
        let settling = settings.settling(self.track.series.kind)
        let due = self.waiting.lastIndex { $0.due <= now }.map { $0 + 1 } ?? 0
        let count = max(due, self.waiting.count - max(settling.later, 0))
        guard count > 0 else { return false }
        for arrival in self.waiting[..<count] {
            self.track.take(
                arrival, settling: settling.time.milliseconds, openRanges: max(settings.openRanges, 1), &decisions)
        }
        self.waiting.removeFirst(count)
        self.report(settings, &decisions)
        return true
    }

    mutating func report(_ settings: ContinuitySettings, _ decisions: inout [ContinuityDecision]) {
        guard settings.reportsGaps(of: self.track.series) else { return }
        self.track.report(without: self.waiting, &decisions)
    }
}
