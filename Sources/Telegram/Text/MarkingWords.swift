// The words of a classification line as they stand in the octets: levels, controls, numbers and spaced words (format 2.1).

extension Octets {
    private static let levelWords: [(word: StaticString, level: Level?, controls: Controls)] = [
        ("UNCLAS", .unclassified, []), ("UNCLASSIFIED", .unclassified, []), ("CONFIDENTIAL", .confidential, []),
        ("SECRET", .secret, []), ("TOPSECRET", .topSecret, []), ("RESTRICTED", .restricted, []), ("CLEAR", nil, []),
        ("LIMITEDOFFICIALUSE", .unclassified, .lou), ("LOU", .unclassified, .lou),
        ("SENSITIVEBUTUNCLASSIFIED", .unclassified, .sbu), ("SBU", .unclassified, .sbu), ("FOUO", .unclassified, .fouo),
    ]

    /// The level with which a line begins, printed whole or spaced (format 2.1), and where it ends.
    func levelWord(_ range: OctetRange) -> (level: Level?, controls: Controls, end: Int)? {
        guard Self.isUpper(self.byte(range.start)) else { return nil }
        let words = Self.levelWords
        var matching: UInt32 = (1 << UInt32(words.count)) - 1
        var length = 0
        var found: (entry: Int, end: Int)?
        var position = range.start
        tokens: while position < range.end {
            while position < range.end, Self.isBlank(self.byte(position)) { position += 1 }
            let start = position
            var letters = matching
            var count = length
            while position < range.end, Self.isUpper(self.byte(position)) {
                let letter = self.byte(position)
                var next: UInt32 = 0
                while letters != 0 {
                    let entry = letters.trailingZeroBitCount
                    letters &= letters &- 1
                    let word = words[entry].word
                    if count < word.utf8CodeUnitCount, word.utf8Start[count] == letter {
                        next |= 1 << UInt32(truncatingIfNeeded: entry)
                    }
                }
                if next == 0 { break tokens }
                letters = next
                count += 1
                position += 1
            }
            if position == start { break }
            matching = letters
            length = count
            while letters != 0 {
                let entry = letters.trailingZeroBitCount
                letters &= letters &- 1
                if words[entry].word.utf8CodeUnitCount == length { found = (entry, position) }
            }
        }
        if let found {
            let entry = words[found.entry]
            return (entry.level, entry.controls, found.end)
        }
        return nil
    }

    /// A level with one letter wrong, for lines that have no other (format 6.4 D8).
    func damagedLevelWord(_ range: OctetRange) -> (level: Level?, controls: Controls, end: Int)? {
        guard Self.isUpper(self.byte(range.start)) else { return nil }
        var rest = range
        guard let first = self.nextWord(&rest) else { return nil }
        var end = first.end
        if first.count == 1 {
            while let word = self.nextWord(&rest), word.count <= 2, end - range.start < 40 { end = word.end }
        }
        guard let read = Spelling.letters(of: OctetRange(range.start, end), in: self), read.count >= 5 else {
            return nil
        }
        for entry in Self.levelWords
        where entry.word.utf8CodeUnitCount >= 6 && Spelling.matches(read, entry.word, edits: 1) {
            return (entry.level, entry.controls, end)
        }
        return nil
    }

    /// `SECTION`, or that with two letters wrong (format 6.4 D8, D9).
    func isSectionWord(_ word: OctetRange) -> Bool {
        if self.equals(word, "SECTION") { return true }
        guard (4...9).contains(word.count), self.isUpper(word), let read = Spelling.letters(of: word, in: self) else {
            return false
        }
        return Spelling.matches(read, "SECTION", edits: 2)
    }

    /// A number in which letters may stand for digits, but not for all (format 6.4 D10).
    func typedNumber(_ range: OctetRange) -> Int? {
        guard !range.isEmpty, range.count <= 9 else { return nil }
        var value = 0
        var digits = 0
        for index in range.start..<range.end {
            guard let digit = Self.typedDigit(self.byte(index)) else { return nil }
            value = value * 10 + digit
            if Self.isDigit(self.byte(index)) { digits += 1 }
        }
        return digits > 0 ? value : nil
    }

    /// `word` spelled with single letters and spaces; where it ends.
    func spacedWord(_ word: StaticString, at position: Int, before end: Int) -> Int? {
        var position = position
        for index in 0..<word.utf8CodeUnitCount {
            while index > 0, position < end, self.byte(position) == 0x20 { position += 1 }
            guard position < end, self.byte(position) == word.utf8Start[index] else { return nil }
            position += 1
        }
        return Self.isLetterOrDigit(self.byte(position)) && position < end ? nil : position
    }

    @inline(__always)
    static func isPostLetter(_ byte: UInt8) -> Bool {
        isUpper(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: ".")
    }

    /// The controls that a caption word stands for.
    func captionControls(_ word: OctetRange) -> Controls? {
        switch word.count {
        case 3:
            if self.equals(word, "SBU") { return .sbu }
            if self.equals(word, "LOU") { return .lou }
            return nil
        case 4:
            if self.equals(word, "FOUO") { return .fouo }
            if self.equals(word, "EFTO") { return .efto }
            return nil
        case 5: return self.equals(word, "ORCON") ? .orcon : nil
        case 6:
            if self.equals(word, "NOFORN") { return .noforn }
            return self.equals(word, "PROPIN") ? .propin : nil
        case 9: return self.equals(word, "SENSITIVE") ? .sensitive : nil
        default: return nil
        }
    }
}
