internal import Glibc

/// One physical line: its octets without the line end and trailing blanks, and where the next line starts.
struct Line {
    var range: OctetRange
    var next: Int32
    /// Those of the whole line, whatever was cut from it since.
    var facts = LineFacts.all

    var isBlank: Bool { self.range.isEmpty }
}

extension Parser {
    /// `EOL = CR CR LF / CRLF / LF / CR` (format 0.2); `NNNN` glued to what follows is a line of its own (1.1).
    mutating func tabulateLines(_ octets: Octets) {
        self.lines.removeAll()
        self.recordFacts = []
        octets.withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count {
                let (facts, end) = LineFacts.survey(bytes, from: start)
                if end &- start <= Parser.lineLimit, let next = bytes.behindReturns(end) {
                    self.appendLine(bytes, start, end, next: next, facts)
                    start = next
                } else {
                    start = self.appendLines(bytes, start, surveyed: end, facts)
                }
            }
        }
    }

    /// Up to the next LF. A CR that stands alone ends a line too, and what is longer than a line may be is cut.
    private mutating func appendLines(
        _ bytes: UnsafeRawBufferPointer, _ first: Int, surveyed: Int, _ facts: LineFacts
    ) -> Int {
        var start = first
        let feed = bytes.firstIndex(of: 0x0A, from: start, before: bytes.count)
        let next = Swift.min(feed + 1, bytes.count)
        var end = feed
        while feed < bytes.count, end > start, feed - end < 2, bytes[end - 1] == 0x0D { end -= 1 }
        // Where the next CR is; the search is repeated only once its result is behind.
        var found = -1
        repeat {
            if found < start { found = bytes.firstIndex(of: 0x0D, from: start, before: end) }
            let isCut = found - start > Parser.lineLimit
            let stop = isCut ? start + Parser.lineLimit : found
            let following = isCut ? stop : found < end ? found + 1 : next
            // Three blanks, or four octets in turn, may have begun where the survey stopped.
            let rest = start > first ? start : Swift.max(start, Swift.min(surveyed, stop) - 3)
            let known = start > first ? [] : facts
            self.appendLine(bytes, start, stop, next: following, known.union(LineFacts(bytes, rest, stop)))
            start = isCut ? stop : found + 1
            // The LF ends a line even where nothing stands between it and the last CR.
        } while start < end || (start == end && next > end)
        return next
    }

    @inline(__always)
    private mutating func appendLine(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, next: Int, _ facts: LineFacts
    ) {
        var upper = end
        while upper > start, Octets.isBlank(bytes[upper &- 1]) { upper &-= 1 }
        var lower = start
        if upper &- start > 4, bytes[start] == 0x4E {
            lower = bytes.behindGluedEnd(start, upper)
            if lower > start { self.append(bytes, start, start &+ 4, next: lower, facts) }
        }
        self.append(bytes, lower, upper, next: next, facts)
    }

    @inline(__always)
    private mutating func append(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, next: Int, _ facts: LineFacts
    ) {
        var facts = facts
        if start < end, !bytes.isProse(start, end) {
            facts.formUnion(LineFacts(formOf: OctetRange(start, end), in: Octets(_unsafeBytes: bytes)))
            // Whoever is called by what stands behind (format 5.3).
            if facts.contains(.calls), !self.lines.isEmpty { self.lines[self.lines.count - 1].facts.insert(.opening) }
        }
        self.recordFacts.formUnion(facts)
        self.lines.append(Line(range: OctetRange(start, end), next: Int32(truncatingIfNeeded: next), facts: facts))
    }

    /// From the first of these lines to the last; empty where there are none.
    @inline(__always)
    func range(of lines: Range<Int>) -> OctetRange {
        guard !lines.isEmpty, lines.upperBound <= self.lines.count else { return OctetRange(0, 0) }
        return OctetRange(self.lines[lines.lowerBound].range.start, self.lines[lines.upperBound - 1].range.end)
    }

    /// The line without blanks in front either; empty past the end.
    @inline(__always)
    func content(_ octets: Octets, _ line: Int) -> OctetRange {
        guard line >= 0, line < self.lines.count else { return OctetRange(octets.count, octets.count) }
        return octets.trimmed(self.lines[line].range)
    }

    /// The first line from `line` on that is not blank, or `bound`.
    func nextContent(_ octets: Octets, from line: Int, before bound: Int) -> Int {
        var index = line
        while index < bound, self.content(octets, index).isEmpty { index += 1 }
        return index
    }
}

extension UnsafeRawBufferPointer {
    /// The first such octet from `start` on, or `end`.
    @inline(__always)
    fileprivate func firstIndex(of octet: UInt8, from start: Int, before end: Int) -> Int {
        guard let base = self.baseAddress, start < end, end <= self.count,
            let found = memchr(base + start, Int32(octet), end &- start)
        else { return end }
        return UnsafeRawPointer(found) - base
    }

    /// Behind two CR at most and LF, or the end of the record; nil where a line goes on, or a CR stands alone.
    @inline(__always)
    fileprivate func behindReturns(_ end: Int) -> Int? {
        var place = end
        while place < self.count, place &- end < 2, self[place] == 0x0D { place &+= 1 }
        if place < self.count { return self[place] == 0x0A ? place &+ 1 : nil }
        return place == end ? end : nil
    }

    /// Where a line goes on behind `NNNN`; `start` where it is no end of message, or nothing follows.
    @inline(never)
    fileprivate func behindGluedEnd(_ start: Int, _ end: Int) -> Int {
        for index in start..<start + 4 where self[index] != 0x4E { return start }
        var rest = start + 4
        while rest < end, self[rest] == 0x4E || Octets.isBlank(self[rest]) { rest += 1 }
        return rest < end ? rest : start
    }

    /// Certain: the form of this line is none of `formal` or `opening`.
    @inline(__always)
    fileprivate func isProse(_ start: Int, _ end: Int) -> Bool {
        guard end &- start > 12, !Octets.isDigit(self[end &- 1]), !Octets.isDigit(self[start &+ 3]) else {
            return false
        }
        // Any letter but C D J M O P R V W Y Z, and any small one but m.
        let letters: UInt64 = 0x03FF_EFFF_009D_2DF3
        let letter = self[start] &- 0x41
        return letter < 64 && letters &>> UInt64(letter) & 1 != 0 || self.isWord(start, end)
    }

    /// Begins with a word of three letters that no line of a heading begins with, nor JANAP 128's header.
    @inline(__always)
    private func isWord(_ start: Int, _ end: Int) -> Bool {
        let (first, second) = (self[start], self[start &+ 1])
        guard Octets.isLetter(first), Octets.isLetter(second), Octets.isLetter(self[start &+ 2]) else { return false }
        switch first {
        case 0x43: return second != 0x44  // CD
        case 0x44: return true
        case 0x4D: return second | 0x20 != 0x72  // MR
        case 0x4F, 0x52, 0x57, 0x59: return self[start &+ 8] != 0x20
        case 0x50: return self[start &+ 8] != 0x20 && second != 0x41  // PA
        default: return false
        }
    }
}

extension LineFacts {
    /// What the ends of a line tell that has any octets.
    @inline(never)
    fileprivate init(formOf range: OctetRange, in octets: Octets) {
        let first = octets.byte(range.start)
        let second = octets.byte(range.start + 1)
        let isNumbered = Octets.isDigit(octets.byte(range.end - 1))
        var facts: LineFacts = octets.mayStart(range) ? [.formal, .opening] : []
        if range.count <= 40 && isNumbered { facts.insert(.opening) }
        if range.count <= 12, first == 0x4E || first == 0x42 || first == 0x3D { facts.insert(.opening) }
        if range.count <= 12 || range.count <= 80 && isNumbered || !Octets.isLetter(first)
            || Octets.precedence(first) != nil && Octets.isBlank(second)
        {
            facts.insert(.formal)
        }
        if first == 0x43, Octets.isDigit(second) || second == 0x20 { facts.formUnion([.correction, .formal]) }
        if Octets.isBlank(first) { facts.insert(.correction) }
        if octets.starts(with: "DE ", at: range.start) { facts.insert(.calls) }
        self = facts
    }
}
