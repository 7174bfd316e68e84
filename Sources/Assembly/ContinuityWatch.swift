/// The numbers of channels, stations and originator-addressee pairs (format 4.4), as values: observations and the passing
/// of time go in, decisions come out.
///
/// An observation waits a little for others of earlier time, so that what comes in disorder within this time is judged in
/// order: what is decided then does not depend on how it came. One that comes late waits longer. It knows no clock: time is what the caller says, in
/// milliseconds since 1970, and never goes back.
public struct ContinuityWatch: Sendable {
    public let settings: ContinuitySettings
    public internal(set) var changedKeys: Set<[UInt8]> = []

    var lines: [Int: NumberLine] = [:]
    var ids: [NumberSeries: Int] = [:]
    /// Lines that were restored since time was last told: what waits in them waits from then on.
    var restored: Set<Int> = []
    private var nextID = 0
    private var now: Int64 = .min
    /// Entries that no longer hold stay until they come up, or are too many.
    private var deadlines = PriorityQueue<Moment>()
    private var deadlineLimit = 64
    /// One of each line: when it was heard of, or earlier.
    private var quiet = PriorityQueue<Moment>()
    private var decisions: [ContinuityDecision] = []
    /// Lines that the call at hand changed.
    private var changed: [Int] = []

    private struct Moment: Comparable {
        var time: Int64
        var id: Int

        static func < (left: Moment, right: Moment) -> Bool { (left.time, left.id) < (right.time, right.id) }
    }

    public init(settings: ContinuitySettings = ContinuitySettings()) { self.settings = settings }

    /// Series that are remembered.
    public var count: Int { self.lines.count }

    /// When something is judged even if nothing more comes; nil where nothing waits. At once where something was restored:
    /// what waits in it does so from the next time on that is told.
    public var nextDeadline: Int64? {
        mutating get {
            if !self.restored.isEmpty { return .min }
            while let first = self.deadlines.first {
                if self.lines[first.id]?.isDue(at: first.time) ?? false { return first.time }
                self.deadlines.removeFirst()
            }
            return nil
        }
    }

    public mutating func observationArrived(
        _ observation: NumberObservation, at now: Int64
    ) -> [ContinuityDecision] {
        self.observationsArrived(CollectionOfOne(observation), at: now)
    }

    /// All that one record says.
    public mutating func observationsArrived(
        _ observations: some Sequence<NumberObservation>, at now: Int64
    ) -> [ContinuityDecision] {
        self.changedKeys = []
        self.advance(to: now)
        for observation in observations { self.arrived(observation) }
        return self.take()
    }

    private mutating func arrived(_ observation: NumberObservation) {
        // Where nobody watches nothing is missing.
        if observation.number == nil, !observation.answered.isEmpty, self.ids[observation.series] == nil { return }
        let id = self.line(of: observation.series)
        guard let place = self.lines.index(forKey: id) else { return }
        let due = self.due(observation.time, observation.series.kind)
        let number = observation.number.flatMap { (0...9999).contains($0) ? $0 : nil }
        let arrival = NumberTrack.Arrival(
            time: observation.time, number: number, width: observation.width,
            fingerprint: observation.identity.fingerprint, source: observation.source,
            answered: observation.answered.filter { $0.lowerBound > 0 && $0.upperBound <= 9999 }, due: due)
        // In its place: taken out and put back, a line is some hundred octets each time.
        guard let isExpected = self.lines.values[place].arrived(arrival, at: self.now) else {
            self.decisions.append(.known(observation.source))
            return
        }
        if !isExpected { self.deadlines.insert(Moment(time: due, id: id)) }
        self.noteChange(id, place)
        self.judge(id)
        self.keepDeadlines()
    }

    /// Gaps are reported on an idle input too.
    public mutating func timePassed(to now: Int64) -> [ContinuityDecision] {
        self.changedKeys = []
        self.advance(to: now)
        return self.take()
    }

    /// Nothing more will come: what waits is judged.
    public mutating func inputEnded() -> [ContinuityDecision] {
        self.changedKeys = []
        for id in self.lines.keys.sorted() { self.judge(id, at: .max) }
        return self.take()
    }

    /// Digits of the series' numbers as they are printed; nil where it is not known.
    public func width(of series: NumberSeries) -> Int? { self.ids[series].flatMap { self.lines[$0]?.track.width } }

    /// Gaps of the series that were reported and not withdrawn, in the order in which they opened.
    public func gaps(of series: NumberSeries) -> [NumberGap] {
        guard let track = self.ids[series].flatMap({ self.lines[$0]?.track }) else { return [] }
        return track.gaps.map { $0.view(series) }.filter { !$0.missing.isEmpty }
    }

    private mutating func take() -> [ContinuityDecision] {
        for id in self.changed {
            // What is gone since has told its key.
            guard let place = self.lines.index(forKey: id) else { continue }
            self.lines.values[place].isChanged = false
            self.changedKeys.insert(self.lines.values[place].track.series.key)
        }
        self.changed.removeAll(keepingCapacity: true)
        defer { self.decisions = [] }
        return self.decisions
    }

    private mutating func noteChange(_ id: Int, _ place: Dictionary<Int, NumberLine>.Index) {
        if self.lines.values[place].isChanged { return }
        self.lines.values[place].isChanged = true
        self.changed.append(id)
    }

    // MARK: Series

    private mutating func line(of series: NumberSeries) -> Int {
        if let id = self.ids[series] { return id }
        return self.insert(NumberLine(series, heard: self.now))
    }

    @discardableResult
    mutating func insert(_ line: NumberLine) -> Int {
        let id = self.nextID
        self.nextID += 1
        self.lines[id] = line
        self.ids[line.track.series] = id
        self.quiet.insert(Moment(time: line.heard, id: id))
        if self.quiet.count > 2 * self.lines.count + 64 {
            self.quiet = PriorityQueue()
            for (id, line) in self.lines { self.quiet.insert(Moment(time: line.heard, id: id)) }
        }
        self.keepBound()
        return id
    }

    mutating func remove(_ id: Int) {
        guard let line = self.lines.removeValue(forKey: id) else { return }
        self.ids[line.track.series] = nil
        self.restored.remove(id)
    }

    private mutating func judge(_ id: Int, at now: Int64? = nil) {
        guard let place = self.lines.index(forKey: id) else { return }
        let isChanged = self.lines.values[place].judge(at: now ?? self.now, self.settings, &self.decisions)
        if isChanged { self.noteChange(id, place) }
    }

    // MARK: Time and bounds

    private mutating func advance(to now: Int64) {
        self.now = max(self.now, now)
        for id in self.restored.sorted() { self.settle(id) }
        self.restored = []
        while let first = self.deadlines.first, first.time <= self.now {
            self.deadlines.removeFirst()
            self.judge(first.id)
        }
        let (limit, overflows) = self.now.subtractingReportingOverflow(self.settings.age.milliseconds)
        if !overflows { self.forget(before: limit) }
    }

    /// What had waited when the entry was written waits again: others of its time may be read again behind it.
    private mutating func settle(_ id: Int) {
        guard let line = self.lines[id], let earliest = line.earliest else { return }
        let due = self.due(earliest, line.track.series.kind)
        self.lines[id]?.postpone(to: due)
        self.deadlines.insert(Moment(time: due, id: id))
    }

    /// When something of this time is to be judged that is heard of now.
    private func due(_ time: Int64, _ kind: NumberSeries.Kind) -> Int64 {
        let (late, overflows) = self.now.subtractingReportingOverflow(time)
        let patience = self.settings.patience.milliseconds
        return self.now.addingClamped(self.settings.settling(kind).time.milliseconds)
            .addingClamped(overflows ? patience : min(max(late, 0), patience))
    }

    private mutating func keepDeadlines() {
        guard self.deadlines.count > self.deadlineLimit else { return }
        let lines = self.lines
        self.deadlines.keep { moment in lines[moment.id]?.isDue(at: moment.time) ?? false }
        self.deadlineLimit = 2 * self.deadlines.count + 64
    }

    private mutating func keepBound() {
        while self.lines.count > max(self.settings.series, 1), self.forgetQuietest() {}
    }

    private mutating func forget(before limit: Int64) {
        while let first = self.quiet.first, first.time < limit, self.forgetQuietest(before: limit) {}
    }

    /// False where none is left that was quiet since then.
    private mutating func forgetQuietest(before limit: Int64 = .max) -> Bool {
        while let first = self.quiet.first {
            guard let line = self.lines[first.id] else {
                self.quiet.removeFirst()
                continue
            }
            if line.heard > first.time {
                self.quiet.removeFirst()
                self.quiet.insert(Moment(time: line.heard, id: first.id))
                continue
            }
            guard line.heard < limit else { return false }
            self.quiet.removeFirst()
            self.judge(first.id, at: .max)
            self.remove(first.id)
            self.changedKeys.insert(line.track.series.key)
            return true
        }
        return false
    }
}
