internal import Glibc

/// One physical line: its octets without the line end and trailing blanks, and where the next line starts.
struct Line {
    var range: OctetRange
    var next: Int32

    var isBlank: Bool { self.range.isEmpty }
}

extension Parser {
    /// `EOL = CR CR LF / CRLF / LF / CR` (format 0.2); `NNNN` glued to what follows is a line of its own (1.1).
    mutating func tabulateLines(_ octets: Octets) {
        self.lines.removeAll(keepingCapacity: true)
        var start = 0
        let count = octets.count
        // Where the next CR and LF are; a search is repeated only once its result is behind.
        var feed = -1
        var carriage = -1
        while start < count {
            if feed < start { feed = octets.firstIndex(of: 0x0A, in: OctetRange(start, count)) ?? count }
            if carriage < start { carriage = octets.firstIndex(of: 0x0D, in: OctetRange(start, count)) ?? count }
            var end = Swift.min(feed, carriage)
            var next = end + 1
            if carriage < feed {
                if octets.byte(end + 1) == 0x0A {
                    next = end + 2
                } else if octets.byte(end + 1) == 0x0D, octets.byte(end + 2) == 0x0A {
                    next = end + 3
                }
            }
            if end - start > Parser.lineLimit {
                end = start + Parser.lineLimit
                next = end
            }
            self.appendLine(octets, start, end, next: Swift.min(next, count))
            start = next
        }
    }

    @inline(__always)
    private mutating func appendLine(_ octets: Octets, _ start: Int, _ end: Int, next: Int) {
        var upper = end
        while upper > start, Octets.isBlank(octets[unchecked: upper - 1]) { upper -= 1 }
        var lower = start
        if upper - start > 4, octets.byte(start) == 0x4E, octets.starts(with: "NNNN", at: start) {
            var rest = start + 4
            while rest < upper, octets.byte(rest) == 0x4E || Octets.isBlank(octets.byte(rest)) { rest += 1 }
            if rest < upper {
                self.lines.append(Line(range: OctetRange(start, start + 4), next: Int32(truncatingIfNeeded: rest)))
                lower = rest
            }
        }
        self.lines.append(Line(range: OctetRange(lower, upper), next: Int32(truncatingIfNeeded: next)))
    }

    /// The line without blanks in front either; empty past the end.
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
