/// Duplicates, corrections and other versions of telegrams (format 4.1), as values: copies and cancellations go in,
/// judgements come out.
///
/// Which text is current at last depends on what came, not on its order. It knows no clock: time is what the caller says,
/// in milliseconds since 1970, and never goes back.
public struct TelegramVersions: Sendable {
    public let settings: VersionSettings
    public internal(set) var changedKeys: Set<[UInt8]> = []

    /// By identity.
    var records: [[UInt8]: VersionRecord] = [:]
    /// The identity that last had this name.
    private var aliases: [[UInt8]: [UInt8]] = [:]
    private var now: Int64 = .min
    /// One of each record: when it was heard of, or earlier. Some stay of records that are gone, until they come up.
    private var quiet = PriorityQueue<Moment>()

    private struct Moment: Comparable {
        var time: Int64
        var identity: [UInt8]

        static func < (left: Moment, right: Moment) -> Bool {
            left.time == right.time
                ? left.identity.lexicographicallyPrecedes(right.identity) : left.time < right.time
        }
    }

    public init(settings: VersionSettings = VersionSettings()) { self.settings = settings }

    /// Telegrams that are remembered.
    public var count: Int { self.records.count }

    /// What is to be read of the telegram now: of its last issue.
    public func current(of identity: [UInt8]) -> CopyReference? { self.records[identity]?.current }

    public mutating func copyArrived(_ copy: TelegramCopy, at now: Int64) -> Judgement {
        self.changedKeys = []
        self.advance(to: now)
        if let earlier = self.records[copy.identity]?.earlier(copy.source) { return earlier }
        self.open(copy.identity)
        self.adopt(copy)
        self.records[copy.identity]?.heard = self.now
        let judgement = self.records[copy.identity]?.judge(copy) ?? Judgement(.first, revision: 1)
        self.changedKeys.insert(Self.key(copy.identity))
        self.keepBound()
        return judgement
    }

    /// `ZFR` and an identity, or a name that a service message knows it by: the last telegram of this name, if it is not
    /// old. The cancellation may come a little before what it cancels.
    public mutating func cancellationArrived(
        of name: [UInt8], source: PartSource, at now: Int64
    ) -> Judgement {
        self.changedKeys = []
        self.advance(to: now)
        let identity = self.identity(of: name)
        if let earlier = self.records[identity]?.earlier(source) { return earlier }
        self.open(identity)
        self.records[identity]?.heard = self.now
        let judgement = self.records[identity]?.cancel(by: source) ?? Judgement(.cancelled, canceller: source)
        self.changedKeys.insert(Self.key(identity))
        self.keepBound()
        return judgement
    }

    /// What was quiet too long is forgotten on an idle input too.
    public mutating func timePassed(to now: Int64) {
        self.changedKeys = []
        self.advance(to: now)
    }

    // MARK: Records

    /// Names come again, a station's serial with every day: what is older had the same by chance.
    private static let nameTime: Int64 = 7 * 86_400_000
    private static let earlyTime: Int64 = 3_600_000

    private func identity(of name: [UInt8]) -> [UInt8] {
        guard self.records[name]?.versions.isEmpty ?? true, let identity = self.aliases[name],
            let record = self.records[identity], record.heard >= self.now.addingClamped(-Self.nameTime)
        else { return name }
        return identity
    }

    static func key(_ identity: [UInt8]) -> [UInt8] { Array("version|".utf8) + identity }

    private mutating func open(_ identity: [UInt8]) {
        if self.records[identity] == nil { self.insert(VersionRecord(identity, heard: self.now)) }
    }

    mutating func insert(_ record: VersionRecord) {
        self.records[record.identity] = record
        for alias in record.aliases { self.aliases[alias] = record.identity }
        self.quiet.insert(Moment(time: record.heard, identity: record.identity))
        guard self.quiet.count > 2 * self.records.count + 64 else { return }
        self.quiet = PriorityQueue()
        for record in self.records.values { self.quiet.insert(Moment(time: record.heard, identity: record.identity)) }
    }

    mutating func remove(_ identity: [UInt8]) {
        guard let record = self.records.removeValue(forKey: identity) else { return }
        for alias in record.aliases where self.aliases[alias] == identity { self.aliases[alias] = nil }
    }

    /// The names of the copy, and a cancellation that spoke of it by one of them before it came.
    private mutating func adopt(_ copy: TelegramCopy) {
        for alias in copy.aliases where alias != copy.identity {
            if let early = self.records[alias], early.versions.isEmpty {
                self.remove(alias)
                self.changedKeys.insert(Self.key(alias))
                if early.heard >= self.now.addingClamped(-Self.earlyTime) {
                    self.records[copy.identity]?.adopt(early)
                }
            }
            let names = self.records[copy.identity]?.aliases ?? []
            guard !names.contains(alias), names.count < VersionRecord.aliasLimit else { continue }
            self.records[copy.identity]?.aliases.append(alias)
            self.aliases[alias] = copy.identity
        }
    }

    // MARK: Time and bounds

    private mutating func advance(to now: Int64) {
        self.now = max(self.now, now)
        let (limit, overflows) = self.now.subtractingReportingOverflow(self.settings.age.milliseconds)
        guard !overflows else { return }
        while let first = self.quiet.first, first.time < limit, self.forgetQuietest(before: limit) {}
    }

    mutating func keepBound() {
        while self.records.count > max(self.settings.telegrams, 1), self.forgetQuietest() {}
    }

    /// False where none is left that was quiet since then.
    private mutating func forgetQuietest(before limit: Int64 = .max) -> Bool {
        while let first = self.quiet.first {
            guard let record = self.records[first.identity] else {
                self.quiet.removeFirst()
                continue
            }
            if record.heard > first.time {
                self.quiet.removeFirst()
                self.quiet.insert(Moment(time: record.heard, identity: first.identity))
                continue
            }
            guard record.heard < limit else { return false }
            self.quiet.removeFirst()
            self.remove(first.identity)
            self.changedKeys.insert(Self.key(first.identity))
            return true
        }
        return false
    }
}
