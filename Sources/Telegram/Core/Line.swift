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
        octets.withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count {
                let feed =
                    bytes[start] == 0x0A ? start : bytes.firstIndex(of: 0x0A, from: start, before: bytes.count)
                var end = feed
                if feed < bytes.count, end > start, bytes[end &- 1] == 0x0D {
                    end &-= 1
                    if end > start, bytes[end &- 1] == 0x0D { end &-= 1 }
                }
                let facts = LineFacts(bytes, start, end)
                // A CR inside is one of the octets that JSON escapes; few lines have any.
                if end &- start > Parser.lineLimit
                    || facts.contains(.escapes) && bytes.firstIndex(of: 0x0D, from: start, before: end) < end
                {
                    self.appendLines(bytes, start, end, next: Swift.min(feed &+ 1, bytes.count))
                } else {
                    self.appendLine(bytes, start, end, next: Swift.min(feed &+ 1, bytes.count), facts)
                }
                start = feed &+ 1
            }
        }
    }

    /// A CR that stands alone ends a line too, and what is longer than a line may be is cut.
    private mutating func appendLines(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, next: Int) {
        var start = start
        // Where the next CR is; the search is repeated only once its result is behind.
        var found = -1
        repeat {
            if found < start { found = bytes.firstIndex(of: 0x0D, from: start, before: end) }
            let isCut = found - start > Parser.lineLimit
            let stop = isCut ? start + Parser.lineLimit : found
            let following = isCut ? stop : found < end ? found + 1 : next
            self.appendLine(bytes, start, stop, next: following, LineFacts(bytes, start, stop))
            start = isCut ? stop : found + 1
            // The LF ends a line even where nothing stands between it and the last CR.
        } while start < end || (start == end && next > end)
    }

    @inline(__always)
    private mutating func appendLine(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, next: Int, _ facts: LineFacts
    ) {
        var upper = end
        while upper > start, Octets.isBlank(bytes[upper &- 1]) { upper &-= 1 }
        var lower = start
        var facts = facts
        if upper &- start > 4, bytes[start] == 0x4E {
            let rest = bytes.behindGluedEnd(start, upper)
            if rest > start {
                self.lines.append(
                    Line(range: OctetRange(start, start + 4), next: Int32(truncatingIfNeeded: rest), facts: facts))
                lower = rest
                facts.insert(.correction)  // it begins with something else
            }
        }
        self.lines.append(
            Line(range: OctetRange(lower, upper), next: Int32(truncatingIfNeeded: next), facts: facts))
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

    /// Where a line goes on behind `NNNN`; `start` where it is no end of message, or nothing follows.
    @inline(never)
    fileprivate func behindGluedEnd(_ start: Int, _ end: Int) -> Int {
        for index in start..<start + 4 where self[index] != 0x4E { return start }
        var rest = start + 4
        while rest < end, self[rest] == 0x4E || Octets.isBlank(self[rest]) { rest += 1 }
        return rest < end ? rest : start
    }
}
