/// Comparison of damaged words (format 6.4 D8, D9): only used where the exact word did not match.
enum Spelling {
    /// Letters in capitals of a short stretch; nil where it is too long to be a word or a post.
    static func letters(of range: OctetRange, in octets: Octets) -> [UInt8]? {
        let range = octets.clamped(range)
        guard range.count <= 48 else { return nil }
        var letters: [UInt8] = []
        letters.reserveCapacity(range.count)
        for index in range where Octets.isLetter(octets[unchecked: index]) {
            letters.append(Octets.uppercased(octets[unchecked: index]))
        }
        return letters
    }

    /// At most `edits` letters wrong, missing or too many; a `Q` may stand for none to three letters.
    static func matches(_ read: [UInt8], _ word: UnsafeBufferPointer<UInt8>, edits: Int) -> Bool {
        guard read.count <= 48, word.count <= 48 else { return false }
        // Two wildcards are damage; more of them would match anything, at exponential cost.
        let wildcards = read.count(where: { $0 == UInt8(ascii: "Q") })
        if wildcards == 0, abs(read.count - word.count) > edits { return false }
        return self.matches(read, 0, word, 0, edits, wildcard: wildcards <= 2)
    }

    /// One letter is another, and their five-unit codes differ in a single impulse (format 6.4 D12).
    static func differByOneImpulse(_ read: [UInt8], _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        guard read.count == word.count else { return false }
        var impulses = 0
        var letters = 0
        for index in read.indices where read[index] != word[index] {
            letters += 1
            impulses += (Transcoding.code(read[index]) ^ Transcoding.code(word[index])).nonzeroBitCount
        }
        return letters == 1 && impulses == 1
    }

    static func matches(_ read: [UInt8], _ word: StaticString, edits: Int) -> Bool {
        self.matches(
            read, UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount), edits: edits)
    }

    private static func matches(
        _ read: [UInt8], _ from: Int, _ word: UnsafeBufferPointer<UInt8>, _ at: Int, _ edits: Int, wildcard: Bool
    ) -> Bool {
        var from = from
        var at = at
        while from < read.count, at < word.count, read[from] == word[at], read[from] != UInt8(ascii: "Q") {
            from += 1
            at += 1
        }
        if from == read.count { return word.count - at <= edits }
        if at > word.count { return false }
        if wildcard, read[from] == UInt8(ascii: "Q") {
            for lost in 0...3 where at + lost <= word.count {
                if self.matches(read, from + 1, word, at + lost, edits, wildcard: true) { return true }
            }
        }
        if at < word.count, read[from] == word[at],
            self.matches(read, from + 1, word, at + 1, edits, wildcard: wildcard)
        {
            return true
        }
        guard edits > 0 else { return false }
        return (at < word.count && self.matches(read, from + 1, word, at + 1, edits - 1, wildcard: wildcard))
            || self.matches(read, from + 1, word, at, edits - 1, wildcard: wildcard)
            || (at < word.count && self.matches(read, from, word, at + 1, edits - 1, wildcard: wildcard))
    }
}
