/// All that came under one identity: texts, not copies.
struct VersionRecord {
    /// Date-time group and station serial under which it was sent; the best text of it is current.
    struct Issue: Hashable {
        var isReaddressal: Bool
        var dateTimeGroup: [UInt8]?
        var stationSerial: [UInt8]?
        var current: ContentHash
    }

    struct Version: Hashable {
        var content: ContentHash
        /// The best that any copy of this text had: what one says of it holds for all.
        var quality: CopyQuality
        var issue: Int
        var source: PartSource
        var eventID: [UInt8]

        var reference: CopyReference {
            CopyReference(source: self.source, content: self.content, eventID: self.eventID)
        }

        /// By nothing that depends on which came first.
        func isBetter(than other: Version) -> Bool {
            self.quality == other.quality ? self.content > other.content : self.quality > other.quality
        }
    }

    struct Judged: Hashable {
        var source: PartSource
        var judgement: Judgement
    }

    /// More of one identity is somebody's attack, or a mistake that no memory mends.
    static let issueLimit = 8
    static let versionLimit = 16
    static let judgedLimit = 32
    static let aliasLimit = 8

    let identity: [UInt8]
    var revision = 0
    var canceller: PartSource?
    var aliases: [[UInt8]] = []
    /// In the order in which they came.
    var issues: [Issue] = []
    var versions: [Version] = []
    var judged: [Judged] = []
    /// When it was last heard of.
    var heard: Int64

    init(_ identity: [UInt8], heard: Int64) {
        self.identity = identity
        self.heard = heard
    }

    /// Of the issue that was filed last; a readdressal only where nothing else came.
    var current: CopyReference? {
        let currents = self.issues.indices.compactMap { self.current(of: $0) }.map { self.versions[$0] }
        return currents.max { left, right in
            let (first, second) = (self.issues[left.issue], self.issues[right.issue])
            if first.isReaddressal != second.isReaddressal { return first.isReaddressal }
            return (left.quality.filed ?? .min, left.content) < (right.quality.filed ?? .min, right.content)
        }?.reference
    }

    private func current(of issue: Int) -> Int? {
        self.versions.firstIndex { $0.issue == issue && $0.content == self.issues[issue].current }
    }

    func earlier(_ source: PartSource) -> Judgement? {
        guard var judgement = self.judged.last(where: { $0.source == source })?.judgement else { return nil }
        judgement.isKnown = true
        return judgement
    }

    mutating func judge(_ copy: TelegramCopy) -> Judgement {
        var judgement = self.place(copy)
        if let canceller = self.canceller {
            if copy.quality.standing == .corrected || copy.marks.contains(.deliverAlways)
                || judgement.verdict == .rereleased
            {
                self.canceller = nil
            } else {
                judgement = Judgement(.cancelled, other: judgement.other, canceller: canceller)
            }
        }
        if judgement.revision != nil {
            self.revision += 1
            judgement.revision = self.revision
        }
        self.judged.append(Judged(source: copy.source, judgement: judgement))
        self.keepBounds()
        return judgement
    }

    static func add(_ names: [[UInt8]], of identity: [UInt8], to aliases: inout [[UInt8]]) {
        aliases.reserveCapacity(names.count)
        for name in names where name != identity {
            guard !aliases.contains(name), aliases.count < Self.aliasLimit else { continue }
            aliases.append(name)
        }
    }

    /// From now on, until a correction or another issue comes.
    mutating func cancel(by source: PartSource) -> Judgement {
        let judgement = Judgement(.cancelled, other: self.current, canceller: source)
        self.canceller = source
        self.judged.append(Judged(source: source, judgement: judgement))
        self.keepBounds()
        return judgement
    }

    /// A cancellation that came before the telegram, and under another name.
    mutating func adopt(_ early: VersionRecord) {
        self.canceller = early.canceller
        self.judged += early.judged
    }

    /// The revision is set by the caller; here it only says that there is one.
    private mutating func place(_ copy: TelegramCopy) -> Judgement {
        let found = self.issue(of: copy)
        // The hash is that of the telegram inside: a readdressal of the same text is no copy of it (format 4.5).
        let isReaddressed = copy.marks.contains(.readdressed)
        let same = self.versions.firstIndex {
            $0.content == copy.content
                && (isReaddressed ? $0.issue == found : !self.issues[$0.issue].isReaddressal)
        }
        if let same { return self.again(copy, same) }
        let others = self.current
        let hasOriginal = self.issues.contains { !$0.isReaddressal }
        guard let issue = found else {
            self.issues.append(Issue(copy))
            self.versions.append(Version(copy, issue: self.issues.count - 1))
            guard let others else { return Self.first(copy) }
            let verdict: Judgement.Verdict =
                if copy.marks.contains(.deliverAlways) {
                    .deliveredAgain
                } else {
                    isReaddressed || !hasOriginal ? .readdressed : .rereleased
                }
            return Judgement(verdict, revision: 0, other: others)
        }
        self.issues[issue].dateTimeGroup = self.issues[issue].dateTimeGroup ?? copy.dateTimeGroup
        self.issues[issue].stationSerial = self.issues[issue].stationSerial ?? copy.stationSerial
        let current = self.current(of: issue)
        self.versions.append(Version(copy, issue: issue))
        guard let current else {
            self.issues[issue].current = copy.content
            return Judgement(.better, revision: 0, other: others)
        }
        return self.compare(copy, self.versions.count - 1, current, issue)
    }

    /// Of a telegram of which nothing came before; the revision is set by the caller here too.
    static func first(_ copy: TelegramCopy) -> Judgement {
        Judgement(copy.marks.contains(.suspected) ? .suspectedNew : .first, revision: 0)
    }

    /// The text is known; what the copy says of it may change its place among others.
    private mutating func again(_ copy: TelegramCopy, _ index: Int) -> Judgement {
        let old = self.versions[index]
        self.versions[index].quality = max(old.quality, copy.quality)
        let isCompleted = copy.quality.isWhole && !old.quality.isWhole
        if isCompleted {
            self.versions[index].source = copy.source
            self.versions[index].eventID = copy.eventID
        }
        let current = self.current(of: old.issue) ?? index
        if current != index, self.versions[index].isBetter(than: self.versions[current]) {
            return self.compare(copy, index, current, old.issue)
        }
        if copy.marks.contains(.deliverAlways) {
            return Judgement(.deliveredAgain, revision: 0, other: old.reference)
        }
        if isCompleted && current == index { return Judgement(.better, revision: 0, other: old.reference) }
        return Judgement(copy.marks.contains(.suspected) ? .suspectedDuplicate : .duplicate, other: old.reference)
    }

    /// Two texts of one issue, neither of them cancelled.
    private mutating func compare(_ copy: TelegramCopy, _ new: Int, _ current: Int, _ issue: Int) -> Judgement {
        let other = self.versions[current]
        let version = self.versions[new]
        let isBetter = version.isBetter(than: other)
        if isBetter { self.issues[issue].current = version.content }
        let verdict = Judgement.Verdict(version.quality, copy.marks, isBetter: isBetter, than: other.quality)
        let isDelivered = isBetter || verdict == .deliveredAgain
        return Judgement(verdict, revision: isDelivered ? 0 : nil, other: other.reference)
    }

    /// What could not be read of a heading contradicts nothing.
    private func issue(of copy: TelegramCopy) -> Int? {
        func differ(_ one: [UInt8]?, _ other: [UInt8]?) -> Bool {
            if let one, let other { one != other } else { false }
        }
        return self.issues.firstIndex {
            $0.isReaddressal == copy.marks.contains(.readdressed)
                && !differ($0.dateTimeGroup, copy.dateTimeGroup) && !differ($0.stationSerial, copy.stationSerial)
        }
    }

    private mutating func keepBounds() {
        if self.judged.count > Self.judgedLimit { self.judged.removeFirst(self.judged.count - Self.judgedLimit) }
        if self.issues.count > Self.issueLimit {
            self.issues.removeFirst()
            self.versions.removeAll { $0.issue == 0 }
            for index in self.versions.indices { self.versions[index].issue -= 1 }
        }
        while self.versions.count > Self.versionLimit {
            let index = self.versions.firstIndex { $0.content != self.issues[$0.issue].current }
            self.versions.remove(at: index ?? 0)
        }
    }
}

extension VersionRecord.Issue {
    /// That of the copy, which is current until another comes.
    init(_ copy: TelegramCopy) {
        self.init(
            isReaddressal: copy.marks.contains(.readdressed), dateTimeGroup: copy.dateTimeGroup,
            stationSerial: copy.stationSerial, current: copy.content)
    }
}

extension VersionRecord.Version {
    init(_ copy: TelegramCopy, issue: Int) {
        self.init(
            content: copy.content, quality: copy.quality, issue: issue, source: copy.source, eventID: copy.eventID)
    }
}
