internal import Telegram

/// Everything that came of one telegram: for each section the best copy, and beside it those of another classification.
struct SectionPool {
    enum Placement {
        case added
        case known
        case copy(of: PartSource, isExact: Bool)
        case replaced(PartSource)
    }

    let id: Int
    var parts: [SectionPart] = []
    var keys: [[UInt8]] = []
    var kin: [[UInt8]] = []
    /// When it must be released, and when it last was.
    var due: Int64 = .max
    var releasedAt: Int64?
    var opened: Int64
    var revision = 0
    var isComplete = false
    /// What the last release said.
    var published: SectionReading.Published?
    /// Contradicting parts that were released alone.
    var leftOut: [PartSource] = []
    /// Its key in the journal, once it has been there.
    var entryKey: [UInt8]?
    /// Copies told it what the parts that wait do not say.
    var knowsMore = false
    /// Parts of a restored pool that were not given again yet.
    var awaited: Set<PartSource> = []

    init(id: Int, opened: Int64) {
        self.id = id
        self.opened = opened
    }

    var octetCount: Int { self.parts.reduce(0) { $0 + $1.octetCount } }
    var sources: [PartSource] { self.parts.map(\.source) }

    /// Whichever comes first, the same copy stays (format 4.1).
    mutating func place(_ part: SectionPart) -> Placement {
        if self.parts.contains(where: { $0.source == part.source }) { return .known }
        guard let index = self.parts.firstIndex(where: { $0.section == part.section && $0.level == part.level }) else {
            self.parts.append(part)
            return .added
        }
        let kept = self.parts[index]
        guard part.content == kept.content else {
            guard part.isBetter(than: kept) else { return .copy(of: kept.source, isExact: false) }
            self.parts[index] = part
            return .replaced(kept.source)
        }
        // What one copy says of a text holds for all: beside another text, the best of them counts.
        self.parts[index].quality = max(kept.quality, part.quality)
        self.parts[index].count = [kept.count, part.count].compactMap { $0 }.max()
        self.parts[index].precedence = max(kept.precedence, part.precedence)
        guard part.quality.isWhole, !kept.quality.isWhole else { return .copy(of: kept.source, isExact: true) }
        self.parts[index].source = part.source
        self.parts[index].octetCount = part.octetCount
        return .replaced(kept.source)
    }

    /// Another copy of the same section, where the classification of one of them could not be read: the better one is read.
    func rival(of part: SectionPart) -> PartSource? {
        self.parts.first {
            $0.section == part.section && $0.source != part.source && ($0.level == nil || part.level == nil)
        }?.source
    }
}

/// A pool as one telegram, and what does not fit it.
struct SectionReading {
    /// What a release shows of it.
    struct Published: Equatable {
        var sources: [PartSource]
        var expected: Int
        var isComplete: Bool
        var conflicts: [SectionConflict]
    }

    var expected = 0
    /// In section order, one a section.
    var parts: [SectionPart] = []
    /// Left out of the telegram.
    var others: [SectionPart] = []
    var conflicts: [SectionConflict] = []
    /// How many there are was said by one at least.
    var isCounted = false

    var missing: [Int] {
        let present = Set(self.parts.map(\.section))
        return self.expected < 1 ? [] : (1...self.expected).filter { !present.contains($0) }
    }

    /// Their sections are all different: they have only one number to them all.
    var isComplete: Bool { self.isCounted && self.parts.count == self.expected }

    var published: Published {
        Published(
            sources: self.parts.map(\.source), expected: self.expected, isComplete: self.isComplete,
            conflicts: self.conflicts)
    }

    /// Parts of the pool that it does not show, neither in the telegram nor alone.
    func beside(_ pool: SectionPool) -> [PartSource] {
        let shown = Set((self.parts + self.others).map(\.source))
        return pool.sources.filter { !shown.contains($0) }
    }

    /// The classification and the count that most sections say hold; of as many the higher one (format 3.4).
    init(_ pool: SectionPool) {
        var votes: [Level: Set<Int>] = [:]
        for part in pool.parts {
            if let level = part.level { votes[level, default: []].insert(part.section) }
        }
        let level = votes.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key
        let sorted = pool.parts.sorted { $0.section == $1.section ? $0.isBetter(than: $1) : $0.section < $1.section }
        for part in sorted {
            if let said = part.level, said != level {
                self.others.append(part)
                self.conflicts.append(.classification(section: part.section, said: said, source: part.source))
            } else if self.parts.last?.section != part.section {
                self.parts.append(part)
            }
        }
        var counts: [Int: Int] = [:]
        for count in self.parts.compactMap(\.count) { counts[count, default: 0] += 1 }
        let counted = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
        self.isCounted = counted != nil
        self.expected = counted ?? self.parts.last?.section ?? 0
        for part in self.parts {
            guard let said = part.count, said != self.expected else { continue }
            self.conflicts.append(.count(section: part.section, said: said, source: part.source))
        }
        self.others += self.parts.filter { $0.section > self.expected }
        self.parts.removeAll { $0.section > self.expected }
    }
}

extension SectionPart {
    /// Of two texts that are equally good one must be chosen, and by nothing that depends on which came first.
    func isBetter(than other: SectionPart) -> Bool {
        if self.quality != other.quality { return self.quality > other.quality }
        if self.content != other.content { return self.content > other.content }
        return self.source < other.source
    }
}
