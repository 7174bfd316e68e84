/// Where each telegram came, as values: records of notices go in, copies that met come out, and those that were withdrawn.
///
/// Partitions of the input judge their own copies, before anything is published; here those are found that nobody could judge
/// so. It is remembered record by record, as they came, and forgotten so: an entry of the journal for each.
public struct CopyRegister: Sendable {
    /// What is kept of a copy, in the order in which they came; a hundred thousand of them, so in few octets.
    fileprivate struct Kept {
        var telegram: EntryShelf.Key
        var texts = CopyTexts.Place()
        var event: ContentHash
        var source: PartSource
        var filed: Int64?
        var garble: Int32
        /// The copy of the same telegram that came before it; its own number where there is none.
        var earlier: UInt32
        var standing: CopyQuality.Standing
        var isWhole: Bool
        var marks: TelegramCopy.Marks
        /// Of a topic that was made anew since.
        var isGone = false

        var quality: CopyQuality {
            CopyQuality(isWhole: self.isWhole, standing: self.standing, garble: Int(self.garble), filed: self.filed)
        }
    }

    private struct Record {
        var offset: Int64
        var time: Int64
        /// Copies that are kept of it, and the number of the first.
        var count: Int
        var first: UInt32
        /// Of the telegrams that it spoke of.
        var hash: Int
    }

    private struct Named {
        var number: UInt32
        var time: Int64
    }

    public let settings: VersionSettings

    private var kept: [Kept] = []
    /// Of those in front nothing is known any more.
    private var start = 0
    /// The number of the one that stands first in `kept`. Numbers come round again.
    private var base: UInt32 = 0
    /// The last copy of each telegram.
    private var last: [EntryShelf.Key: UInt32] = [:]
    private var records: [Record] = []
    private var recordStart = 0
    /// How many records have left `records`.
    private var recordBase = 0
    /// By offset, which record it is, counted from the beginning.
    private var places: [Int64: Int] = [:]
    private var now: Int64 = .min
    private var texts = CopyTexts()
    /// By the hash of a name, the last copy that has it, of those that were told by the records before this one: only asked for
    /// by what withdraws, which is rare.
    private var names: [EntryShelf.Key: Named] = [:]
    private var namedRecords = 0
    /// What records have withdrawn: they lead to the same when they are read again.
    private var withdrawals: [Int: [Withdrawal]] = [:]
    private var withdrawalCount = 0
    private var withdrawn = WithdrawnNames()
    private var changes: [(record: Int64, entry: [UInt8]?)] = []
    /// Not in order yet.
    private var restored: [(record: Int64, time: Int64, octets: [UInt8])] = []

    /// Copies of one telegram that are remembered.
    private static let copyLimit = 8
    /// Names come again, a station's serial with every day: what is older had the same by chance.
    private static let nameTime: Int64 = 7 * 86_400_000

    public init(settings: VersionSettings = VersionSettings()) { self.settings = settings }

    /// Copies that are remembered.
    public var noticeCount: Int { self.kept[self.start...].count { !$0.isGone } }

    /// `octets` are those of the record at this offset, and `notices` what they say. A record that is read again leads to what
    /// it led to; time, in milliseconds since 1970, never goes back.
    public mutating func recordArrived(
        _ octets: [UInt8], _ notices: CopyNotices, at offset: Int64, _ now: Int64
    ) -> [CopyDecision] {
        self.takeRestored()
        self.now = max(self.now, now)
        let decisions = self.add(notices, at: offset, time: self.now, written: octets)
        self.keepBounds()
        return decisions
    }

    /// `written`: what stands in the record; nil where the journal has it.
    private mutating func add(
        _ notices: CopyNotices, at offset: Int64, time: Int64, written octets: [UInt8]? = nil
    ) -> [CopyDecision] {
        let telegrams = notices.copies.map { EntryShelf.key($0.identity) }
        var hasher = Hasher()
        hasher.combine(telegrams)
        hasher.combine(notices.cancellations)
        let hash = hasher.finalize()
        let known = self.known(hash, at: offset)
        let number = known ?? self.records.count + self.recordBase
        let time = known.map { self.records[$0 - self.recordBase].time } ?? time
        let first = self.next
        if known == nil { self.withdraw(notices.cancellations, by: number, at: time) }
        var decisions = (self.withdrawals[number] ?? []).map { CopyDecision.withdrawn($0) }
        for (notice, key) in zip(notices.copies, telegrams) {
            let (copy, meeting) = self.meet(notice, key, isKept: known == nil)
            if let meeting { decisions.append(.met(meeting)) }
            if self.withdrawn.isEmpty { continue }
            for cancellation in self.withdrawn.cancellations(of: notice, copy, at: time) {
                decisions.append(
                    .withdrawn(
                        Withdrawal(
                            cancellation: cancellation, identity: notice.identity, other: notice.source,
                            otherEvent: notice.event)))
            }
        }
        // What holds nothing new leads to the same when it is read again.
        if known != nil || self.next == first && notices.cancellations.isEmpty { return decisions }
        self.places[offset] = number
        self.records.append(
            Record(offset: offset, time: time, count: Int(self.next &- first), first: first, hash: hash))
        if let octets { self.changes.append((offset, Self.entry(octets, at: time))) }
        return decisions
    }

    private static func entry(_ octets: [UInt8], at time: Int64) -> [UInt8] {
        var writer = SnapshotWriter(.notices, capacity: octets.count + 12)
        writer.write(time)
        writer.write(octets)
        return writer.octets
    }

    // MARK: Copies

    private var next: UInt32 { self.base &+ UInt32(truncatingIfNeeded: self.kept.count) }

    /// Nil where nothing is known of it any more.
    private func index(_ number: UInt32) -> Int? {
        let index = Int(number &- self.base)
        return (self.start..<self.kept.count).contains(index) ? index : nil
    }

    /// Which record it is if it was read before. Another one of its offset is of a topic that was made anew: what that held
    /// counts no more.
    private mutating func known(_ hash: Int, at offset: Int64) -> Int? {
        guard let place = self.places[offset] else { return nil }
        let record = self.records[place - self.recordBase]
        if record.hash == hash { return place }
        guard let first = self.index(record.first) else { return nil }
        for index in first..<first + record.count { self.kept[index].isGone = true }
        return nil
    }

    /// The copy's number, also where it was told before, and by another record.
    private mutating func meet(
        _ notice: CopyNotice, _ key: EntryShelf.Key, isKept: Bool
    ) -> (number: UInt32, meeting: CopyMeeting?) {
        var copy = Kept(
            telegram: key, event: notice.event, source: notice.source, filed: notice.quality.filed,
            garble: Int32(clamping: notice.quality.garble), earlier: self.next, standing: notice.quality.standing,
            isWhole: notice.quality.isWhole, marks: notice.marks)
        var number = self.next
        let last = self.last[key].flatMap { self.index($0) }
        var indices = last.map { self.chain(behind: $0) } ?? []
        let place = indices.firstIndex { self.kept[$0].source == notice.source }
        if let place {
            number = self.base &+ UInt32(truncatingIfNeeded: indices[place])
        } else if isKept, indices.count < Self.copyLimit {
            if let number = self.last[key], last != nil { copy.earlier = number }
            self.last[key] = self.next
            copy.texts = self.texts.add(notice)
            self.kept.append(copy)
        }
        if let place { indices.removeSubrange(place...) }
        let earlier = indices.map { self.kept[$0] }.filter { $0.source.partition != notice.source.partition }
        guard
            let other = earlier.first(where: { $0.event == notice.event }) ?? earlier.max(by: { $1.isBetter(than: $0) })
        else { return (number, nil) }
        let isBetter = copy.isBetter(than: other)
        return (
            number,
            CopyMeeting(
                copy: notice, other: other.source, otherEvent: other.event,
                verdict: copy.verdict(beside: other, isBetter: isBetter), isBetter: isBetter)
        )
    }

    /// The copies of one telegram as they came, up to the one that stands there.
    private func chain(behind index: Int) -> [Int] {
        var chain: [Int] = []
        var index: Int? = index
        while let current = index {
            if !self.kept[current].isGone { chain.append(current) }
            let earlier = self.index(self.kept[current].earlier)
            index = earlier == current ? nil : earlier
        }
        return chain.reversed()
    }

    // MARK: Withdrawals

    private mutating func withdraw(_ cancellations: [CancellationNotice], by record: Int, at time: Int64) {
        if cancellations.isEmpty { return }
        self.nameCopies()
        for cancellation in cancellations {
            self.withdrawn.add(cancellation, before: self.next, at: time)
            guard let copy = self.copy(called: cancellation.name, at: time),
                copy.source.partition != cancellation.source.partition
            else { continue }
            self.withdrawals[record, default: []].append(
                Withdrawal(
                    cancellation: cancellation, identity: self.texts.identity(copy.texts), other: copy.source,
                    otherEvent: copy.event))
            self.withdrawalCount += 1
        }
    }

    private func copy(called name: [UInt8], at time: Int64) -> Kept? {
        guard let named = self.names[EntryShelf.key(name)], named.time >= time.addingClamped(-Self.nameTime),
            let index = self.index(named.number), !self.kept[index].isGone,
            self.texts.names(self.kept[index].texts).contains(where: { $0.elementsEqual(name) })
        else { return nil }
        return self.kept[index]
    }

    /// Those that came since somebody asked.
    private mutating func nameCopies() {
        // Of those that are forgotten the names stay.
        if self.names.count > 8 * (self.kept.count - self.start) + 1024 {
            self.names.removeAll()
            self.namedRecords = 0
        }
        for record in self.records[max(self.namedRecords - self.recordBase, self.recordStart)...] {
            guard let first = self.index(record.first) else { continue }
            for index in first..<first + record.count {
                let named = Named(number: self.base &+ UInt32(truncatingIfNeeded: index), time: record.time)
                for name in self.texts.names(self.kept[index].texts) {
                    self.names[name.withUnsafeBytes { EntryShelf.key($0) }] = named
                }
            }
        }
        self.namedRecords = self.records.count + self.recordBase
    }

    // MARK: Bounds

    private mutating func keepBounds() {
        let (limit, overflows) = self.now.subtractingReportingOverflow(self.settings.age.milliseconds)
        while self.records.count - self.recordStart > 1 {
            let oldest = self.records[self.recordStart]
            // What withdraws takes room as well.
            let count = max(
                self.kept.count - self.start + self.withdrawalCount, self.records.count - self.recordStart)
            guard count > max(self.settings.telegrams, 1) || !overflows && oldest.time < limit else { break }
            self.forgetOldest(oldest)
        }
        // Moved together once half of it is waste.
        if self.start > self.kept.count / 2 {
            self.kept.removeFirst(self.start)
            self.base &+= UInt32(truncatingIfNeeded: self.start)
            self.start = 0
        }
        if self.recordStart > self.records.count / 2 {
            self.records.removeFirst(self.recordStart)
            self.recordBase += self.recordStart
            self.recordStart = 0
        }
    }

    private mutating func forgetOldest(_ record: Record) {
        for index in self.start..<self.start + record.count {
            let number = self.base &+ UInt32(truncatingIfNeeded: index)
            let key = self.kept[index].telegram
            if self.last[key] == number { self.last[key] = nil }
        }
        if record.count > 0 { self.texts.forget(self.kept[self.start + record.count - 1].texts) }
        self.start += record.count
        let number = self.recordBase + self.recordStart
        self.withdrawalCount -= self.withdrawals.removeValue(forKey: number)?.count ?? 0
        // Unless there is another record of this offset.
        if self.places[record.offset] == number {
            self.places[record.offset] = nil
            self.changes.append((record.offset, nil))
        }
        self.recordStart += 1
    }

    // MARK: The journal

    private static let keyPrefix = Array("copies|".utf8)

    /// Keys of its entries are told from those of others that share the topic.
    public static func owns(_ key: [UInt8]) -> Bool { key.starts(with: Self.keyPrefix) }

    /// What is to be written from now on, in this order; nil: nothing is kept under the key any more. Given out once.
    public mutating func takeEntries() -> [(key: [UInt8], value: [UInt8]?)] {
        defer { self.changes.removeAll(keepingCapacity: true) }
        return self.changes.map { (Self.keyPrefix + Array(String($0.record).utf8), $0.entry) }
    }

    /// Before the first record, in any order.
    public mutating func restore(_ key: [UInt8], from entry: [UInt8]) throws(SnapshotError) {
        guard Self.owns(key),
            let record = Int64(String(decoding: key.dropFirst(Self.keyPrefix.count), as: UTF8.self))
        else { throw .malformed }
        var reader = try SnapshotReader(entry, .notices)
        let time = try reader.signed()
        let octets = try reader.text()
        _ = try CopyNoticeRecord.read(octets)
        try reader.finish()
        self.restored.append((record, time, octets))
    }

    private mutating func takeRestored() {
        if self.restored.isEmpty { return }
        for (record, time, octets) in self.restored.sorted(by: { ($0.time, $0.record) < ($1.time, $1.record) }) {
            self.now = max(self.now, time)
            // They could be read when they came.
            _ = self.add((try? CopyNoticeRecord.read(octets)) ?? CopyNotices(), at: record, time: time)
        }
        self.restored = []
    }
}

extension CopyRegister.Kept {
    /// By nothing that depends on which came first.
    fileprivate func isBetter(than other: CopyRegister.Kept) -> Bool {
        self.quality == other.quality ? self.event > other.event : self.quality > other.quality
    }

    fileprivate func verdict(beside other: CopyRegister.Kept, isBetter: Bool) -> Judgement.Verdict {
        // The hash is that of the telegram inside: a readdressal of the same text is no copy of it (format 4.5).
        if self.marks.contains(.readdressed) != other.marks.contains(.readdressed) { return .readdressed }
        guard self.event == other.event else {
            return Judgement.Verdict(self.quality, self.marks, isBetter: isBetter, than: other.quality)
        }
        if self.marks.contains(.deliverAlways) { return .deliveredAgain }
        if self.quality.isWhole, !other.quality.isWhole { return .better }
        return self.marks.contains(.suspected) ? .suspectedDuplicate : .duplicate
    }
}
