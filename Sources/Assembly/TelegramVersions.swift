/// Duplicates, corrections and other versions of telegrams (format 4.1), as values: copies and cancellations go in,
/// judgements come out.
///
/// Which text is current at last depends on what came, not on its order. It knows no clock: time is what the caller says,
/// in milliseconds since 1970, and never goes back.
public struct TelegramVersions: Sendable {
    public let settings: VersionSettings
    /// Identities of the telegrams whose entries the last call changed.
    public internal(set) var changed: [OctetKey] = []

    /// As the journal has them: most are never heard of again, and a record in use has a dozen arrays.
    private var entries = EntryShelf()
    /// By hash of a name, the telegram that last had it; whether it did, its record says.
    private var aliases: [Int: EntryShelf.Key] = [:]
    /// Names of which nothing is known but that they are cancelled.
    private var early: Set<OctetKey> = []
    private var now: Int64 = .min
    /// One of each record: when it was heard of, or earlier. Some stay of records that are gone, until they come up.
    private var quiet = PriorityQueue<Moment>()

    private struct Moment: Comparable {
        var heard: EntryShelf.Moment
        var key: EntryShelf.Key

        static func < (left: Moment, right: Moment) -> Bool { left.heard < right.heard }
    }

    public init(settings: VersionSettings = VersionSettings()) { self.settings = settings }

    /// Telegrams that are remembered.
    public var count: Int { self.entries.count }

    /// What is to be read of the telegram now: of its last issue.
    public func current(of identity: [UInt8]) -> CopyReference? { self.record(identity)?.current }

    public mutating func copyArrived(_ copy: TelegramCopy, at now: Int64) -> Judgement {
        self.changed.removeAll(keepingCapacity: true)
        self.advance(to: now)
        let key = EntryShelf.key(copy.identity)
        let known = self.record(copy.identity, key)
        if let earlier = known?.earlier(copy.source) { return earlier }
        if known == nil, !self.isCancelledEarly(copy) { return self.firstArrived(copy, key) }
        var record = known ?? VersionRecord(copy.identity, heard: self.now)
        self.adopt(copy, in: &record)
        let judgement = record.judge(copy)
        self.keep(&record, key, known)
        return judgement
    }

    /// Nothing is known of it: its entry is written without the record, a dozen arrays that nobody would ask for.
    private mutating func firstArrived(_ copy: TelegramCopy, _ key: EntryShelf.Key) -> Judgement {
        var judgement = VersionRecord.first(copy)
        judgement.revision = 1
        var aliases: [[UInt8]] = []
        VersionRecord.add(copy.aliases, of: copy.identity, to: &aliases)
        for alias in aliases { self.aliases[EntryShelf.key(alias)] = key }
        let entry = VersionRecord.snapshot(ofFirst: copy, aliases: aliases, judged: judgement, heard: self.now)
        self.keep(entry, of: copy.identity, key, isNew: true)
        return judgement
    }

    /// `ZFR` and an identity, or a name that a service message knows it by: the last telegram of this name, if it is not
    /// old. The cancellation may come a little before what it cancels; one that is read again long after it came withdraws
    /// nothing that came since.
    public mutating func cancellationArrived(
        of name: [UInt8], source: PartSource, at now: Int64
    ) -> Judgement {
        self.changed.removeAll(keepingCapacity: true)
        self.advance(to: now)
        let identity = self.identity(of: name, at: now)
        let known = self.record(identity)
        if let earlier = known?.earlier(source) { return earlier }
        guard known != nil || now >= self.now.addingClamped(-Self.earlyTime) else {
            return Judgement(.cancelled, canceller: source)
        }
        var record = known ?? VersionRecord(identity, heard: self.now)
        let judgement = record.cancel(by: source)
        if record.versions.isEmpty { self.early.insert(OctetKey(identity)) }
        self.keep(&record, EntryShelf.key(identity), known)
        return judgement
    }

    /// What was quiet too long is forgotten on an idle input too.
    public mutating func timePassed(to now: Int64) {
        self.changed.removeAll(keepingCapacity: true)
        self.advance(to: now)
    }

    // MARK: Records

    /// Names come again, a station's serial with every day: what is older had the same by chance.
    private static let nameTime: Int64 = 7 * 86_400_000
    private static let earlyTime: Int64 = 3_600_000

    /// Of the telegram that a service message of that time knows by this name; the name itself where there was none.
    public func identity(of name: [UInt8], at now: Int64) -> [UInt8] {
        guard self.record(name)?.versions.isEmpty ?? true, let key = self.aliases[EntryShelf.key(name)],
            let identity = self.entries.identity(key), let record = self.record(identity, key),
            record.aliases.contains(name), record.heard >= self.now.addingClamped(-Self.nameTime),
            record.heard <= now.addingClamped(Self.earlyTime)
        else { return name }
        return identity
    }

    private static let keyPrefix = Array("version|".utf8)

    public static func key(_ identity: [UInt8]) -> [UInt8] { Self.keyPrefix + identity }

    /// Keys of entries are told from those of others that share the topic.
    public static func owns(_ key: [UInt8]) -> Bool { key.starts(with: Self.keyPrefix) }

    private func record(_ identity: [UInt8]) -> VersionRecord? {
        self.record(identity, EntryShelf.key(identity))
    }

    /// What was written here can be read, and was looked at when it came from elsewhere.
    private func record(_ identity: [UInt8], _ key: EntryShelf.Key) -> VersionRecord? {
        self.entries.entry(of: identity, key).flatMap { try? VersionRecord(identity, from: $0) }
    }

    /// As the journal is to have it; nil: not at all.
    public func entry(of identity: OctetKey) -> [UInt8]? {
        self.entries.entry(of: identity.octets, EntryShelf.key(identity.octets))
    }

    /// `known`: as it was before.
    private mutating func keep(_ record: inout VersionRecord, _ key: EntryShelf.Key, _ known: VersionRecord?) {
        record.heard = self.now
        for index in (known?.aliases.count ?? 0)..<record.aliases.count {
            self.aliases[EntryShelf.key(record.aliases[index])] = key
        }
        self.keep(record.snapshot, of: record.identity, key, isNew: known == nil)
    }

    private mutating func keep(_ entry: [UInt8], of identity: [UInt8], _ key: EntryShelf.Key, isNew: Bool) {
        self.entries.put(identity, key, entry, heard: self.now)
        self.changed.append(OctetKey(identity))
        if isNew { self.queue(key) }
        self.keepBound()
    }

    /// Of several that have a name, it is that of the one that was heard of last.
    mutating func insert(_ record: VersionRecord, _ entry: [UInt8]) {
        let key = EntryShelf.key(record.identity)
        for alias in record.aliases {
            let name = EntryShelf.key(alias)
            if let heard = self.aliases[name].flatMap({ self.entries.heard($0) }), heard.time > record.heard {
                continue
            }
            self.aliases[name] = key
        }
        if record.versions.isEmpty { self.early.insert(OctetKey(record.identity)) }
        self.entries.put(record.identity, key, entry, heard: record.heard)
        self.queue(key)
        self.keepBound()
    }

    private mutating func queue(_ key: EntryShelf.Key) {
        if let heard = self.entries.heard(key) { self.quiet.insert(Moment(heard: heard, key: key)) }
        guard self.quiet.count > 2 * self.entries.count + 64 else { return }
        self.quiet = PriorityQueue()
        for key in self.entries.keys {
            if let heard = self.entries.heard(key) { self.quiet.insert(Moment(heard: heard, key: key)) }
        }
    }

    mutating func remove(_ identity: [UInt8]) {
        if self.record(identity) != nil { self.remove(EntryShelf.key(identity), identity) }
    }

    private mutating func remove(_ key: EntryShelf.Key, _ identity: [UInt8]) {
        if !self.early.isEmpty { self.early.remove(OctetKey(identity)) }
        guard let entry = self.entries.entry(key) else { return }
        self.entries.remove(key)
        VersionRecord.visitAliases(in: entry) { alias in
            let name = EntryShelf.key(alias)
            if self.aliases[name] == key { self.aliases[name] = nil }
        }
    }

    /// The names of the copy, and a cancellation that spoke of it by one of them before it came.
    private mutating func adopt(_ copy: TelegramCopy, in record: inout VersionRecord) {
        // By its own name, it has been found.
        if !self.early.isEmpty {
            self.early.remove(OctetKey(copy.identity))
            for alias in copy.aliases where alias != copy.identity { self.adopt(alias, in: &record) }
        }
        VersionRecord.add(copy.aliases, of: copy.identity, to: &record.aliases)
    }

    private func isCancelledEarly(_ copy: TelegramCopy) -> Bool {
        if self.early.isEmpty { return false }
        return self.early.contains(OctetKey(copy.identity))
            || copy.aliases.contains { self.early.contains(OctetKey($0)) }
    }

    private mutating func adopt(_ name: [UInt8], in record: inout VersionRecord) {
        guard self.early.contains(OctetKey(name)), let early = self.record(name) else { return }
        self.remove(name)
        self.changed.append(OctetKey(name))
        if early.heard >= self.now.addingClamped(-Self.earlyTime) { record.adopt(early) }
    }

    // MARK: Time and bounds

    private mutating func advance(to now: Int64) {
        self.now = max(self.now, now)
        let (limit, overflows) = self.now.subtractingReportingOverflow(self.settings.age.milliseconds)
        guard !overflows else { return }
        while let first = self.quiet.first, first.heard.time < limit, self.forgetQuietest(before: limit) {}
    }

    private mutating func keepBound() {
        while self.entries.count > max(self.settings.telegrams, 1), self.forgetQuietest() {}
    }

    /// False where none is left that was quiet since then.
    private mutating func forgetQuietest(before limit: Int64 = .max) -> Bool {
        while let first = self.quiet.first {
            guard let heard = self.entries.heard(first.key), let identity = self.entries.identity(first.key) else {
                self.quiet.removeFirst()
                continue
            }
            if heard > first.heard {
                self.quiet.removeFirst()
                self.quiet.insert(Moment(heard: heard, key: first.key))
                continue
            }
            guard heard.time < limit else { return false }
            self.quiet.removeFirst()
            self.remove(first.key, identity)
            self.changed.append(OctetKey(identity))
            return true
        }
        return false
    }
}
