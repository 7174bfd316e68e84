/// What tells one copy of a telegram from another: the words of FL5-FL9 and FL12 that the hash of format 4.1 is made of, without
/// page lines and captions, and where they stand.
public struct CopyText: Sendable {
    private let characters: [UInt8]
    /// Where the first of these stands among the telegram's.
    private let base: Int
    let words: [Word]

    struct Word {
        /// In the telegram's characters.
        var range: OctetRange
        /// Of its capitals.
        var hash: UInt64
    }

    /// `octets` are those of the record that the telegram was parsed from.
    public init(_ telegram: borrowing Telegram, octets: Octets) {
        let octets = telegram.decoded.isEmpty ? octets : telegram.decoded.span
        let address = OctetRange(octets.clamped(telegram.hashedAddress))
        let text = OctetRange(octets.clamped(telegram.hashedText))
        let ranges = [address, text].filter { !$0.isEmpty }
        let start = ranges.map(\.start).min() ?? 0
        let end = ranges.map(\.end).max() ?? start
        self.base = start
        self.characters = octets.extracting(start..<end).withUnsafeBytes { Array($0) }
        let exclusions = (telegram.pageLines.map(\.range) + telegram.captions).sorted { $0.lower < $1.lower }
        var words: [Word] = []
        for whole in ranges {
            var position = whole.start
            for exclusion in exclusions where exclusion.end > position && exclusion.start < whole.end {
                CopyText.split(octets, OctetRange(position, max(position, exclusion.start)), into: &words)
                position = exclusion.end
            }
            CopyText.split(octets, OctetRange(position, max(position, whole.end)), into: &words)
        }
        self.words = words
    }

    private static func split(_ octets: Octets, _ range: OctetRange, into words: inout [Word]) {
        var start: Int?
        var hash = Self.offsetBasis
        for index in range.start..<range.end {
            let octet = octets.byte(index)
            if Octets.isBlank(octet) {
                if let first = start { words.append(Word(range: OctetRange(first, index), hash: hash)) }
                start = nil
                hash = Self.offsetBasis
            } else {
                start = start ?? index
                hash = (hash ^ UInt64(Octets.uppercased(octet))) &* 0x100_0000_01B3
            }
        }
        if let first = start { words.append(Word(range: OctetRange(first, range.end), hash: hash)) }
    }

    /// FNV-1a.
    private static let offsetBasis: UInt64 = 0xCBF2_9CE4_8422_2325

    private func characters(of word: Word) -> ArraySlice<UInt8> {
        self.characters[word.range.start - self.base..<word.range.end - self.base]
    }

    // MARK: Beside another copy

    func says(_ index: Int, as other: CopyText, _ otherIndex: Int) -> Bool {
        let (word, otherWord) = (self.words[index], other.words[otherIndex])
        // Two words of one hash are somebody's work, and are compared.
        return word.hash == otherWord.hash && word.range.count == otherWord.range.count
            && zip(self.characters(of: word), other.characters(of: otherWord)).allSatisfy {
                Octets.uppercased($0) == Octets.uppercased($1)
            }
    }

    /// With one blank between words, and no longer than somebody reads.
    func text(of range: Range<Int>) -> [UInt8] {
        let limit = CopyDifference.textLimit
        var text: [UInt8] = []
        for word in self.words[range] {
            if !text.isEmpty { text.append(0x20) }
            text += self.characters(of: word).prefix(limit + 1)
            guard text.count > limit else { continue }
            text.removeLast(text.count - limit)
            if text.last == 0x20 { text.removeLast() }
            return text + "…".utf8
        }
        return text
    }

    /// From the first to the last of these words; of none, where they would stand.
    func range(of words: Range<Int>) -> OctetRange {
        if let first = words.first, let last = words.last {
            return OctetRange(self.words[first].range.start, self.words[last].range.end)
        }
        let position = words.lowerBound > 0 ? self.words[words.lowerBound - 1].range.end : self.base
        return OctetRange(position, position)
    }

    /// Blanks aside: a line may have been broken otherwise.
    func says(_ range: Range<Int>, as other: CopyText, _ otherRange: Range<Int>) -> Bool {
        let text = self.words[range].lazy.map { self.characters(of: $0) }.joined()
        let otherText = other.words[otherRange].lazy.map { other.characters(of: $0) }.joined()
        return text.elementsEqual(otherText) { Octets.uppercased($0) == Octets.uppercased($1) }
    }
}

extension OctetRange {
    fileprivate init(_ range: Range<Int>) { self.init(range.lowerBound, range.upperBound) }
}
