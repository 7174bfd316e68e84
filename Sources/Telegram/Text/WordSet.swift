/// A fixed set of words, looked up by the octets of a record without making a `String`.
///
/// The words stand in one literal, separated by `|`; only letters and digits count, and case does not.
struct WordSet: Sendable {
    private let text: StaticString
    private let words: [OctetRange]
    /// Open addressing: index of the word plus one, 0 is free. A power of two, at most half full.
    private let slots: [UInt16]
    private let longest: Int
    /// One bit for each pair of octets that a word begins with: it tells most words of prose apart at once.
    private let beginnings: [UInt64]
    /// For each first octet the lengths that words have.
    private let lengths: [UInt64]

    init(_ text: StaticString) {
        var words: [OctetRange] = []
        var start = 0
        let count = text.utf8CodeUnitCount
        let base = text.utf8Start
        for index in 0...count where index == count || base[index] == UInt8(ascii: "|") {
            if index > start { words.append(OctetRange(start, index)) }
            start = index + 1
        }
        var size = 16
        while size < words.count * 2 { size *= 2 }
        var slots = [UInt16](repeating: 0, count: size)
        var longest = 0
        var beginnings = [UInt64](repeating: 0, count: 64)
        var lengths = [UInt64](repeating: 0, count: 64)
        for word in words {
            let first = Int(base[word.start] & 63)
            // A word of one letter may be followed by anything that is left out.
            lengths[first] |= 1 << UInt64(min(word.count, 63))
            beginnings[first] |= word.count < 2 ? .max : 1 << UInt64(base[word.start + 1] & 63)
        }
        for (number, word) in words.enumerated() {
            var hash = Hash()
            for index in word.start..<word.end { hash.add(base[index]) }
            var slot = hash.slot & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt16(truncatingIfNeeded: number + 1)
            longest = max(longest, word.count)
        }
        self.text = text
        self.words = words
        self.slots = slots
        self.longest = longest
        self.beginnings = beginnings
        self.lengths = lengths
    }

    var count: Int { self.words.count }

    /// Of letters in upper case and digits.
    private struct Hash {
        private var value: UInt64 = 0

        @inline(__always)
        mutating func add(_ octet: UInt8) { self.value = self.value &* 37 &+ UInt64(octet) }

        @inline(__always)
        var slot: Int { Int(truncatingIfNeeded: (self.value &* 0x9E37_79B9_7F4A_7C15) &>> 40) }
    }

    /// Index of the word that `range` spells when everything but letters and digits is left out.
    func index(of range: OctetRange, in octets: Octets) -> Int? {
        let range = octets.clamped(range)
        // Words have few spaces between their letters; a longer range is none.
        guard !range.isEmpty, range.count <= self.longest * 2 + 4 else { return nil }
        if range.count >= 2 {
            let first = Octets.uppercased(octets[unchecked: range.lowerBound])
            let second = Octets.uppercased(octets[unchecked: range.lowerBound + 1])
            if Octets.isLetterOrDigit(first), Octets.isLetterOrDigit(second),
                self.beginnings[Int(first & 63)] & 1 << UInt64(second & 63) == 0
            {
                return nil
            }
        }
        var hash = Hash()
        var length = 0
        for index in range {
            let byte = octets[unchecked: index]
            if Octets.isLetter(byte) {
                hash.add(byte & 0xDF)
            } else if Octets.isDigit(byte) {
                hash.add(byte)
            } else {
                continue
            }
            length &+= 1
        }
        guard length > 0, length <= self.longest else { return nil }
        let mask = self.slots.count - 1
        var slot = hash.slot & mask
        while self.slots[slot] != 0 {
            let number = Int(self.slots[slot]) - 1
            if self.words[number].count == length, self.spells(number, range, in: octets) { return number }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Whether a word of so many letters begins with this one, in either case.
    @inline(__always)
    func mayContain(first: UInt8, count: Int) -> Bool {
        self.lengths[Int(Octets.uppercased(first) & 63)] & 1 << UInt64(truncatingIfNeeded: min(max(count, 0), 63)) != 0
    }

    func contains(_ range: OctetRange, in octets: Octets) -> Bool { self.index(of: range, in: octets) != nil }

    private func spells(_ number: Int, _ range: Range<Int>, in octets: Octets) -> Bool {
        var position = self.words[number].start
        for index in range {
            let byte = octets[unchecked: index]
            guard Octets.isLetterOrDigit(byte) else { continue }
            if self.text.utf8Start[position] != Octets.uppercased(byte) { return false }
            position += 1
        }
        return true
    }

    /// The octets of one word.
    func withWord<R>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let word = self.words[number]
        return body(UnsafeBufferPointer(start: self.text.utf8Start + word.start, count: word.count))
    }
}
