/// Where each telegram came, as values: records of notices go in, copies that met come out.
///
/// Partitions of the input judge their own copies, before anything is published; here those are found that nobody could judge
/// so. It is remembered record by record, as they came, and forgotten so: an entry of the journal for each.
public struct CopyRegister: Sendable {
    /// What is kept of a copy, in the order in which they came; a hundred thousand of them, so in few octets.
    fileprivate struct Kept {
        var telegram: EntryShelf.Key
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
    private var changes: [(record: Int64, entry: [UInt8]?)] = []
    /// Not in order yet.
    private var restored: [(record: Int64, time: Int64, octets: [UInt8])] = []

    /// Copies of one telegram that are remembered.
    private static let copyLimit = 8

    public init(settings: VersionSettings = VersionSettings()) { self.settings = settings }

    /// Copies that are remembered.
    public var noticeCount: Int { self.kept[self.start...].count { !$0.isGone } }

    /// `octets` are those of the record at this offset, and `notices` what they say. A record that is read again leads to what
    /// it led to; time, in milliseconds since 1970, never goes back.
    public mutating func recordArrived(
        _ octets: [UInt8], _ notices: [CopyNotice], at offset: Int64, _ now: Int64
    ) -> [CopyMeeting] {
        self.takeRestored()
        self.now = max(self.now, now)
        let meetings = self.add(notices, at: offset, time: self.now, written: octets)
        self.keepBounds()
        return meetings
    }

    /// `written`: what stands in the record; nil where the journal has it.
    private mutating func add(
        _ notices: [CopyNotice], at offset: Int64, time: Int64, written octets: [UInt8]? = nil
    ) -> [CopyMeeting] {
        if notices.isEmpty { return [] }
        let telegrams = notices.map { EntryShelf.key($0.identity) }
        let isKnown = self.isKnown(telegrams.hashValue, at: offset)
        let first = self.next
        var meetings: [CopyMeeting] = []
        for (notice, key) in zip(notices, telegrams) {
            if let meeting = self.meet(notice, key, isKept: !isKnown) { meetings.append(meeting) }
        }
        // What holds nothing new leads to the same when it is read again.
        if isKnown || self.next == first { return meetings }
        self.places[offset] = self.records.count + self.recordBase
        self.records.append(
            Record(
                offset: offset, time: time, count: Int(self.next &- first), first: first,
                hash: telegrams.hashValue))
        if let octets { self.changes.append((offset, Self.entry(octets, at: time))) }
        return meetings
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

    /// The record was read before. Another one of its offset is of a topic that was made anew: what that held counts no more.
    private mutating func isKnown(_ hash: Int, at offset: Int64) -> Bool {
        guard let place = self.places[offset] else { return false }
        let record = self.records[place - self.recordBase]
        if record.hash == hash { return true }
        guard let first = self.index(record.first) else { return false }
        for index in first..<first + record.count { self.kept[index].isGone = true }
        return false
    }

    private mutating func meet(_ notice: CopyNotice, _ key: EntryShelf.Key, isKept: Bool) -> CopyMeeting? {
        var copy = Kept(
            telegram: key, event: notice.event, source: notice.source, filed: notice.quality.filed,
            garble: Int32(clamping: notice.quality.garble), earlier: self.next, standing: notice.quality.standing,
            isWhole: notice.quality.isWhole, marks: notice.marks)
        let last = self.last[key].flatMap { self.index($0) }
        var earlier = last.map { self.chain(behind: $0) } ?? []
        let place = earlier.firstIndex { $0.source == notice.source }
        if isKept, place == nil, earlier.count < Self.copyLimit {
            if let number = self.last[key], last != nil { copy.earlier = number }
            self.last[key] = self.next
            self.kept.append(copy)
        }
        if earlier.isEmpty { return nil }
        if let place { earlier.removeSubrange(place...) }
        earlier.removeAll { $0.source.partition == notice.source.partition }
        guard
            let other = earlier.first(where: { $0.event == notice.event }) ?? earlier.max(by: { $1.isBetter(than: $0) })
        else { return nil }
        let isBetter = copy.isBetter(than: other)
        return CopyMeeting(
            copy: notice, other: other.source, otherEvent: other.event,
            verdict: copy.verdict(beside: other, isBetter: isBetter), isBetter: isBetter)
    }

    /// The copies of one telegram as they came, up to the one that stands there.
    private func chain(behind index: Int) -> [Kept] {
        var chain: [Kept] = []
        var index: Int? = index
        while let current = index {
            if !self.kept[current].isGone { chain.append(self.kept[current]) }
            let earlier = self.index(self.kept[current].earlier)
            index = earlier == current ? nil : earlier
        }
        return chain.reversed()
    }

    // MARK: Bounds

    private mutating func keepBounds() {
        let (limit, overflows) = self.now.subtractingReportingOverflow(self.settings.age.milliseconds)
        while self.records.count - self.recordStart > 1 {
            let oldest = self.records[self.recordStart]
            let count = self.kept.count - self.start
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
        self.start += record.count
        // Unless there is another record of this offset.
        if self.places[record.offset] == self.recordBase + self.recordStart {
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
            _ = self.add((try? CopyNoticeRecord.read(octets)) ?? [], at: record, time: time)
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
