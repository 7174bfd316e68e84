internal import Telegram

/// Sections into telegrams (format 3.4), as values: parts and the passing of time go in, decisions come out.
///
/// What is decided about a set at last depends on what came, not on its order; only revisions do, and what the bounds
/// and deadlines cut short. It holds no text and knows no clock: time is what the caller says, in milliseconds since 1970,
/// and never goes back.
public struct SectionSets: Sendable {
    public let settings: AssemblySettings
    /// Sets that wait, and the octets of their parts.
    public private(set) var openCount = 0
    public private(set) var openOctets = 0
    /// Sets that were released and can still be joined.
    public private(set) var releasedCount = 0
    public private(set) var releasedOctets = 0

    public internal(set) var changedKeys: Set<[UInt8]> = []

    var pools: [Int: SectionPool] = [:]
    var index: [[UInt8]: Int] = [:]
    /// Pools that have an entry in the journal.
    var entries: [[UInt8]: Int] = [:]
    var nextID = 0
    var decisions: [AssemblyDecision] = []
    private var kin: [[UInt8]: [Int]] = [:]
    private var now: Int64 = .min
    /// Entries that no longer hold stay until they come up, or are too many.
    private var deadlines = PriorityQueue<Moment>()
    private var oldest = PriorityQueue<Moment>()
    private var releases = PriorityQueue<Moment>()

    private struct Moment: Comparable {
        var time: Int64
        var id: Int

        static func < (left: Moment, right: Moment) -> Bool { (left.time, left.id) < (right.time, right.id) }
    }

    /// More sets of one serial and other date-time groups than these are not compared: they are somebody's attack.
    private static let kinLimit = 8

    public init(settings: AssemblySettings = AssemblySettings()) { self.settings = settings }

    /// When the next deadline passes; nil where nothing waits.
    public var nextDeadline: Int64? {
        mutating get {
            while let first = self.deadlines.first, !self.holds(first) { self.deadlines.removeFirst() }
            return self.deadlines.first?.time
        }
    }

    /// `arrived`: when the part first came, where that was before `now`: a part that is read again does not wait anew.
    public mutating func partArrived(
        _ part: SectionPart, arrived: Int64? = nil, at now: Int64
    ) -> [AssemblyDecision] {
        self.changedKeys = []
        self.advance(to: now)
        let id = self.pool(for: part)
        if let arrived { self.age(id, since: arrived) }
        let placement = self.change(id) { $0.place(part) }
        switch placement {
        case .known:
            let waits = self.pools[id]?.awaited.remove(part.source) != nil && self.pools[id]?.releasedAt == nil
            self.decisions.append(waits ? .held(part.source) : .known(part.source))
        case .copy(let kept, let isExact):
            self.decisions.append(.copy(part.source, of: kept, isExact: isExact, isSuspected: part.isSuspected))
        case .replaced(let old): self.decisions.append(.replaced(old, by: part.source))
        case .added:
            guard let rival = self.pools[id]?.rival(of: part) else { break }
            self.decisions.append(.rival(part.source, of: rival))
        }
        self.settle(id)
        switch placement {
        case .known: break
        case .added:
            if self.pools[id]?.releasedAt == nil { self.decisions.append(.held(part.source)) } else { self.keep(id) }
        case .copy, .replaced:
            self.pools[id]?.knowsMore = true
            self.keep(id)
        }
        self.keepBounds()
        return self.take()
    }

    /// Deadlines work on an idle input too.
    public mutating func timePassed(to now: Int64) -> [AssemblyDecision] {
        self.changedKeys = []
        self.advance(to: now)
        return self.take()
    }

    /// Nothing more will come: what waits is released as it is, the oldest first.
    public mutating func inputEnded() -> [AssemblyDecision] {
        self.changedKeys = []
        for id in self.pools.values.filter({ $0.releasedAt == nil }).map(\.id).sorted() {
            self.release(id, .ended)
        }
        self.keepBounds()
        return self.take()
    }

    private mutating func take() -> [AssemblyDecision] {
        defer { self.decisions = [] }
        return self.decisions
    }

    // MARK: Pools

    /// The pool that the part belongs to; what it shows to be one telegram becomes one pool.
    private mutating func pool(for part: SectionPart) -> Int {
        let found = part.keys.all.compactMap { self.index[$0] }
        let id: Int
        if let first = found.min() {
            id = first
            if let second = found.max(), second != first { self.merge(second, into: first) }
        } else {
            id = self.nextID
            self.nextID += 1
            self.insert(SectionPool(id: id, opened: self.now))
        }
        self.register(id, keys: part.keys.all, kin: [part.keys.kin].compactMap { $0 })
        return id
    }

    mutating func insert(_ pool: SectionPool) {
        self.pools[pool.id] = pool
        self.account(pool, 1)
        if let time = pool.releasedAt {
            self.releases.insert(Moment(time: time, id: pool.id))
        } else {
            self.line(up: pool)
            if !pool.parts.isEmpty { self.awaitOthers(pool.id) }
        }
    }

    private mutating func age(_ id: Int, since time: Int64) {
        guard var pool = self.pools[id], time < pool.opened else { return }
        pool.opened = time
        self.pools[id] = pool
        if pool.releasedAt == nil { self.line(up: pool) }
    }

    /// Among those that wait, the oldest first.
    private mutating func line(up pool: SectionPool) {
        self.oldest.insert(Moment(time: pool.opened, id: pool.id))
        guard self.oldest.count > 2 * self.openCount + 64 else { return }
        let pools = self.pools
        self.oldest.keep { pools[$0.id]?.releasedAt == nil && pools[$0.id]?.opened == $0.time }
    }

    mutating func register(_ id: Int, keys: [[UInt8]], kin: [[UInt8]]) {
        for key in keys where self.index[key] != id {
            self.index[key] = id
            self.pools[id]?.keys.append(key)
        }
        for key in kin where !(self.pools[id]?.kin.contains(key) ?? true) {
            self.pools[id]?.kin.append(key)
            if self.kin[key, default: []].count < Self.kinLimit { self.kin[key, default: []].append(id) }
        }
    }

    mutating func merge(_ second: Int, into first: Int) {
        guard let other = self.remove(second) else { return }
        self.register(first, keys: other.keys, kin: other.kin)
        for part in other.parts {
            switch self.change(first, { $0.place(part) }) {
            case .copy(let kept, let isExact):
                self.decisions.append(
                    .copy(part.source, of: kept, isExact: isExact, isSuspected: part.isSuspected))
            case .replaced(let old): self.decisions.append(.replaced(old, by: part.source))
            case .added, .known: break
            }
        }
        guard var pool = self.pools[first] else { return }
        pool.revision = max(pool.revision, other.revision)
        pool.leftOut += other.leftOut
        pool.awaited.formUnion(other.awaited)
        pool.knowsMore = pool.knowsMore || other.knowsMore
        pool.published = nil
        if other.opened < pool.opened {
            pool.opened = other.opened
            if pool.releasedAt == nil { self.line(up: pool) }
        }
        if other.releasedAt != nil, pool.releasedAt == nil {
            self.account(pool, -1)
            pool.releasedAt = other.releasedAt
            self.account(pool, 1)
        }
        if let key = other.entryKey {
            self.changedKeys.insert(key)
            if pool.entryKey == nil {
                pool.entryKey = key
                self.entries[key] = first
            }
        }
        self.pools[first] = pool
        if pool.knowsMore { self.keep(first) }
    }

    mutating func remove(_ id: Int) -> SectionPool? {
        guard let pool = self.pools.removeValue(forKey: id) else { return nil }
        self.account(pool, -1)
        if let key = pool.entryKey { self.entries[key] = nil }
        for key in pool.keys where self.index[key] == id { self.index[key] = nil }
        for key in pool.kin {
            self.kin[key]?.removeAll { $0 == id }
            if self.kin[key]?.isEmpty ?? false { self.kin[key] = nil }
        }
        return pool
    }

    /// Counts a pool with those that wait, or with those that were released.
    private mutating func account(_ pool: SectionPool, _ sign: Int) {
        if pool.releasedAt == nil {
            self.openCount += sign
            self.openOctets += sign * pool.octetCount
        } else {
            self.releasedCount += sign
            self.releasedOctets += sign * pool.octetCount
        }
    }

    private mutating func change<Result>(_ id: Int, _ body: (inout SectionPool) -> Result) -> Result {
        var pool = self.pools.removeValue(forKey: id) ?? SectionPool(id: id, opened: self.now)
        let before = pool.octetCount
        let result = body(&pool)
        if pool.releasedAt == nil {
            self.openOctets += pool.octetCount - before
        } else {
            self.releasedOctets += pool.octetCount - before
        }
        self.pools[id] = pool
        return result
    }

    // MARK: Releases

    /// After a change: what is complete goes, and what was released goes again if it reads otherwise; the rest waits.
    private mutating func settle(_ id: Int) {
        guard let pool = self.pools[id] else { return }
        let reading = SectionReading(pool)
        if pool.releasedAt != nil {
            if pool.published != reading.published { self.release(id, .late) }
        } else if reading.isComplete {
            self.release(id, .complete)
        } else {
            self.awaitOthers(id)
        }
    }

    mutating func awaitOthers(_ id: Int) {
        guard let pool = self.pools[id] else { return }
        let wait = self.settings.wait(for: pool.parts.map(\.precedence).max() ?? .routine).milliseconds
        let due = pool.opened.addingReportingOverflow(wait)
        self.setDue(id, due.overflow ? .max : due.partialValue)
    }

    private mutating func setDue(_ id: Int, _ due: Int64) {
        guard let pool = self.pools[id], due < pool.due else { return }
        self.pools[id]?.due = due
        self.deadlines.insert(Moment(time: due, id: id))
        guard self.deadlines.count > 2 * self.openCount + 64 else { return }
        let pools = self.pools
        self.deadlines.keep { pools[$0.id]?.releasedAt == nil && pools[$0.id]?.due == $0.time }
    }

    /// Contradicting parts first and alone, so that the highest revision is the telegram's own.
    private mutating func release(_ id: Int, _ cause: SectionRelease.Cause) {
        guard var pool = self.pools[id] else { return }
        let reading = SectionReading(pool)
        for part in reading.others where !pool.leftOut.contains(part.source) {
            pool.leftOut.append(part.source)
            pool.revision += 1
            self.decisions.append(.released(SectionRelease(alone: part, of: reading, revision: pool.revision)))
        }
        pool.revision += 1
        let missing = reading.missing
        let conflicts = reading.conflicts + self.kinConflicts(pool, missing)
        self.decisions.append(
            .released(
                SectionRelease(
                    revision: pool.revision, cause: cause, expected: reading.expected, parts: reading.parts,
                    missing: missing, isComplete: reading.isComplete, conflicts: conflicts,
                    beside: reading.beside(pool))))
        self.account(pool, -1)
        pool.isComplete = reading.isComplete
        pool.published = reading.published
        pool.releasedAt = self.now
        self.account(pool, 1)
        self.pools[id] = pool
        self.keep(id)
        self.releases.insert(Moment(time: self.now, id: id))
        guard self.releases.count > 2 * self.releasedCount + 64 else { return }
        let pools = self.pools
        self.releases.keep { pools[$0.id]?.releasedAt == $0.time }
    }

    /// Sections of the same serial that would fill the gaps and have another date-time group.
    private func kinConflicts(_ pool: SectionPool, _ missing: [Int]) -> [SectionConflict] {
        if missing.isEmpty { return [] }
        let others = Set(pool.kin.flatMap { self.kin[$0] ?? [] }).subtracting([pool.id])
        return others.sorted().flatMap { id -> [SectionConflict] in
            guard let other = self.pools[id], !other.isComplete else { return [] }
            let parts = SectionReading(other).parts
            guard parts.allSatisfy({ missing.contains($0.section) }) else { return [] }
            return parts.map { .dateTimeGroup(section: $0.section, source: $0.source) }
        }
    }

    // MARK: Time and bounds

    private func holds(_ moment: Moment) -> Bool {
        guard let pool = self.pools[moment.id] else { return false }
        return pool.releasedAt == nil && pool.due == moment.time
    }

    private mutating func advance(to now: Int64) {
        self.now = max(self.now, now)
        while let first = self.deadlines.first, first.time <= self.now {
            self.deadlines.removeFirst()
            if let pool = self.pools[first.id], pool.releasedAt == nil, pool.due == first.time {
                self.release(first.id, .due)
            }
        }
        self.keepBounds()
    }

    private mutating func keepBounds() {
        let open = self.settings.open
        while self.openCount > open.sets || self.openOctets > open.octets, let first = self.oldest.first {
            self.oldest.removeFirst()
            guard let pool = self.pools[first.id], pool.releasedAt == nil, pool.opened == first.time else { continue }
            self.release(first.id, .crowded)
        }
        self.keepReleasedBounds()
    }

    mutating func keepReleasedBounds() {
        let released = self.settings.released
        let age = released.age.milliseconds
        while let first = self.releases.first {
            let (limit, overflows) = self.now.subtractingReportingOverflow(age)
            let isOld = !overflows && limit >= first.time
            guard isOld || self.releasedCount > released.sets || self.releasedOctets > released.octets else { return }
            self.releases.removeFirst()
            guard let pool = self.pools[first.id], pool.releasedAt == first.time else { continue }
            _ = self.remove(first.id)
            if let key = pool.entryKey { self.changedKeys.insert(key) }
            self.decisions.append(.forgotten(pool.sources))
        }
    }
}

extension SectionRelease {
    /// A part that contradicts the others: a telegram of which the other sections never came.
    init(alone part: SectionPart, of reading: SectionReading, revision: Int) {
        let expected = max(part.count ?? part.section, part.section)
        self.init(
            revision: revision, cause: .contradiction, expected: expected, parts: [part],
            missing: (1...max(expected, 1)).filter { $0 != part.section }, isComplete: false,
            conflicts: reading.conflicts.filter { $0.source == part.source })
    }
}

extension SectionConflict {
    public var source: PartSource {
        switch self {
        case .count(_, _, let source), .classification(_, _, let source), .dateTimeGroup(_, let source): source
        }
    }
}
