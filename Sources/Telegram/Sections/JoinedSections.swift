/// The sections of one telegram as one stretch of characters, which the parser reads as if it had come in one (format
/// 3.4): the heading and the ending of the first, between them the texts of all, each with its own class line, so that
/// lines are still counted as the operator counted them. Where each character came from stays known.
public struct JoinedSections: Sendable {
    /// Where a later section's text starts, and its body behind what repeats from the first section.
    struct Joint {
        var start: Int32
        var body: Int32
        /// A blank line stands before the body.
        var hasBlank: Bool
        /// Its first line, once there are lines.
        var line = 0
    }

    /// Where a range of the characters came from: which section, in the order of `append`, and where in its characters.
    public struct Place: Hashable, Sendable {
        public var section: Int
        public var range: OctetRange
    }

    struct Stretch {
        var start: Int
        var count: Int
        var section: Int
        var origin: Int
    }

    /// What stands in a later section's heading or above its text, and not in the first section's.
    public private(set) var differences: [Place] = []
    /// Texts that are left out, being more than a telegram may have.
    public private(set) var cut: [Place] = []
    public private(set) var characters: [UInt8] = []
    private(set) var joints: [Joint] = []
    /// Every end of message was seen.
    private(set) var areEnded = true
    private var stretches: [Stretch] = []
    private var sections: [SectionText] = []

    /// So much may be added to the first section's heading; what is more is only shown.
    private static let insertionLimit = 64

    public init() {}

    /// The next section, in their order: `telegram` as it was parsed from `octets`, and alone in them.
    public mutating func append(_ telegram: borrowing Telegram, octets: Octets) {
        if !telegram.ending.seen || telegram.ending.cancelled { self.areEnded = false }
        self.sections.append(SectionText(telegram, octets))
    }

    /// Puts them together; nothing is appended behind this.
    public mutating func join() {
        guard let first = self.sections.first else { return }
        var inserted: [(position: Int, prefix: StaticString, place: Place)] = []
        for index in self.sections.indices.dropFirst() {
            let section = self.sections[index]
            for difference in section.differences(from: first) {
                let place = Place(section: index, range: difference.range)
                self.differences.append(place)
                guard let position = difference.position, inserted.count < Self.insertionLimit else { continue }
                inserted.append((position, difference.prefix, place))
            }
        }
        var position = 0
        let order = inserted.indices.sorted { (inserted[$0].position, $0) < (inserted[$1].position, $1) }
        for insertion in order.map({ inserted[$0] }) {
            self.copy(0, position, insertion.position)
            position = insertion.position
            self.separate(insertion.prefix, insertion.place)
            self.copy(insertion.place.section, insertion.place.range.start, insertion.place.range.end)
        }
        self.copy(0, position, first.text.end)
        for index in self.sections.indices.dropFirst() { self.joinText(index) }
        self.copy(0, first.text.end, first.characters.count)
    }

    private mutating func joinText(_ index: Int) {
        let section = self.sections[index]
        guard self.characters.count + section.text.count <= Parser.telegramLimit else {
            if !section.text.isEmpty { self.cut.append(Place(section: index, range: section.text)) }
            return
        }
        self.separate("", Place(section: index, range: section.text))
        let start = self.characters.count
        self.joints.append(
            Joint(
                start: Int32(truncatingIfNeeded: start),
                body: Int32(truncatingIfNeeded: start + section.body - section.text.start),
                hasBlank: section.hasBlankBefore || self.sections[index - 1].hasBlankBehind))
        self.copy(index, section.text.start, section.text.end)
        // What its ending corrects is its own text.
        for correction in section.corrections {
            self.separate("", Place(section: index, range: correction))
            self.copy(index, correction.start, correction.end)
        }
    }

    private mutating func separate(_ prefix: StaticString, _ place: Place) {
        self.stretches.append(
            Stretch(
                start: self.characters.count, count: 1 + prefix.utf8CodeUnitCount, section: place.section,
                origin: place.range.start))
        self.characters.append(0x0A)
        self.characters.append(
            contentsOf: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
    }

    private mutating func copy(_ section: Int, _ start: Int, _ end: Int) {
        let characters = self.sections[section].characters
        let range = max(0, start)..<max(max(0, start), min(end, characters.count))
        if range.isEmpty || range.upperBound > characters.count { return }
        self.stretches.append(
            Stretch(start: self.characters.count, count: range.count, section: section, origin: range.lowerBound))
        self.characters.append(contentsOf: characters[range])
    }

    /// Where a range came from; one over several sections lies in the first of them.
    public func place(of range: OctetRange) -> Place {
        var low = 0
        var high = self.stretches.count
        while low < high {
            let middle = (low + high) / 2
            if self.stretches[middle].start <= range.start { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return Place(section: 0, range: OctetRange(0, 0)) }
        let stretch = self.stretches[low - 1]
        let start = min(range.start - stretch.start, stretch.count)
        let end = min(max(range.end - stretch.start, start), stretch.count)
        return Place(section: stretch.section, range: OctetRange(stretch.origin + start, stretch.origin + end))
    }
}
