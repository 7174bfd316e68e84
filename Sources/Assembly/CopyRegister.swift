/// Where each telegram came, as values: records of notices go in, copies that met come out.
///
/// Partitions of the input judge their own copies, before anything is published; here those are found that nobody could judge
/// so. It is remembered record by record, as they came, and forgotten so: an entry of the journal for each.
public struct CopyRegister: Sendable {
    /// What is told of a copy that came.
    fileprivate struct Entry {
        var event: ContentHash
        var quality: CopyQuality
        var marks: TelegramCopy.Marks
        var source: PartSource
        /// The offset of the record that brought it.
        var record: Int64
    }

    private struct Record {
        var time: Int64
        var telegrams: [EntryShelf.Key]
    }

    public let settings: VersionSettings

    /// The first copy of each telegram, and the few that others have beside it.
    private var first: [EntryShelf.Key: Entry] = [:]
    private var others: [EntryShelf.Key: [Entry]] = [:]
    private var records: [Int64: Record] = [:]
    /// Of what is remembered, as it came.
    private var order: [Int64] = []
    private var orderStart = 0
    private var count = 0
    private var now: Int64 = .min
    private var changes: [(record: Int64, entry: [UInt8]?)] = []
    /// Not in order yet.
    private var restored: [(record: Int64, time: Int64, notices: [CopyNotice])] = []

    /// Copies of one telegram that are remembered beside the first.
    private static let otherLimit = 7

    public init(settings: VersionSettings = VersionSettings()) { self.settings = settings }

    /// Copies that are remembered.
    public var noticeCount: Int { self.count + self.restored.reduce(0) { $0 + $1.notices.count } }

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
        let telegrams = notices.map { EntryShelf.key($0.identity) }
        let isKnown = self.records[offset]?.telegrams == telegrams
        // Of a topic that was made anew.
        if !isKnown { self.forget(offset) }
        var meetings: [CopyMeeting] = []
        for (notice, key) in zip(notices, telegrams) {
            if let meeting = self.meet(notice, key, record: offset) { meetings.append(meeting) }
        }
        if isKnown || notices.isEmpty { return meetings }
        self.records[offset] = Record(time: time, telegrams: telegrams)
        self.order.append(offset)
        if let octets { self.changes.append((offset, Self.entry(octets, at: time))) }
        return meetings
    }

    private static func entry(_ octets: [UInt8], at time: Int64) -> [UInt8] {
        var writer = SnapshotWriter(.notices, capacity: octets.count + 12)
        writer.write(time)
        writer.write(octets)
        return writer.octets
    }

    private mutating func meet(_ notice: CopyNotice, _ key: EntryShelf.Key, record: Int64) -> CopyMeeting? {
        let entry = Entry(
            event: notice.event, quality: notice.quality, marks: notice.marks, source: notice.source, record: record)
        guard let first = self.first[key] else {
            self.first[key] = entry
            self.count += 1
            return nil
        }
        var earlier = [first] + (self.others[key] ?? [])
        if let place = earlier.firstIndex(where: { $0.source == notice.source }) {
            earlier.removeSubrange(place...)
        } else if earlier.count <= Self.otherLimit {
            self.others[key, default: []].append(entry)
            self.count += 1
        }
        earlier.removeAll { $0.source.partition == notice.source.partition }
        guard
            let other = earlier.first(where: { $0.event == notice.event }) ?? earlier.max(by: { $1.isBetter(than: $0) })
        else { return nil }
        let isBetter = entry.isBetter(than: other)
        return CopyMeeting(
            copy: notice, other: other.source, otherEvent: other.event,
            verdict: entry.verdict(beside: other, isBetter: isBetter), isBetter: isBetter)
    }

    // MARK: Bounds

    private mutating func keepBounds() {
        let (limit, overflows) = self.now.subtractingReportingOverflow(self.settings.age.milliseconds)
        while self.order.count - self.orderStart > 1, let oldest = self.records[self.order[self.orderStart]] {
            guard self.count > max(self.settings.telegrams, 1) || !overflows && oldest.time < limit else { return }
            let offset = self.order[self.orderStart]
            self.forget(offset)
            self.changes.append((offset, nil))
        }
    }

    private mutating func forget(_ offset: Int64) {
        guard let record = self.records.removeValue(forKey: offset) else { return }
        for key in record.telegrams {
            let kept = ([self.first[key]].compactMap { $0 } + (self.others[key] ?? [])).filter { $0.record != offset }
            self.count -= (self.first[key] == nil ? 0 : 1) + (self.others[key]?.count ?? 0) - kept.count
            self.first[key] = kept.first
            self.others[key] = kept.count > 1 ? Array(kept[1...]) : nil
        }
        if self.orderStart < self.order.count, self.order[self.orderStart] == offset {
            self.orderStart += 1
            if self.orderStart > 64, self.orderStart > self.order.count / 2 {
                self.order.removeFirst(self.orderStart)
                self.orderStart = 0
            }
        } else {
            self.order.removeAll { $0 == offset }
        }
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
        let notices = try CopyNoticeRecord.read(try reader.text())
        try reader.finish()
        self.restored.append((record, time, notices))
    }

    private mutating func takeRestored() {
        if self.restored.isEmpty { return }
        for (record, time, notices) in self.restored.sorted(by: { ($0.time, $0.record) < ($1.time, $1.record) }) {
            self.now = max(self.now, time)
            _ = self.add(notices, at: record, time: time)
        }
        self.restored = []
    }
}

extension CopyRegister.Entry {
    /// By nothing that depends on which came first.
    fileprivate func isBetter(than other: CopyRegister.Entry) -> Bool {
        self.quality == other.quality ? self.event > other.event : self.quality > other.quality
    }

    fileprivate func verdict(beside other: CopyRegister.Entry, isBetter: Bool) -> Judgement.Verdict {
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
