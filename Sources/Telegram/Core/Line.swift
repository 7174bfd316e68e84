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
        // Where the next CR or LF is; the search is repeated only once its result is behind.
        var found = -1
        while start < count {
            if found < start { found = octets.firstLineEnd(from: start) }
            var end = found
            var next = end + 1
            if octets.byte(end) == 0x0D {
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

extension Span where Element == UInt8 {
    /// The first CR or LF at or behind `start`, or `count`.
    @inline(__always)
    fileprivate func firstLineEnd(from start: Int) -> Int {
        self.withUnsafeBufferPointer { buffer in
            let bytes = UnsafeRawBufferPointer(buffer)
            var position = Swift.max(start, 0)
            // Three words at once as long as none has a line end.
            while position + 24 <= bytes.count {
                let first = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                let second = bytes.loadUnaligned(fromByteOffset: position &+ 8, as: UInt64.self)
                let third = bytes.loadUnaligned(fromByteOffset: position &+ 16, as: UInt64.self)
                let controls =
                    (first &- 0x0E0E_0E0E_0E0E_0E0E) & ~first | (second &- 0x0E0E_0E0E_0E0E_0E0E) & ~second
                    | (third &- 0x0E0E_0E0E_0E0E_0E0E) & ~third
                if controls & 0x8080_8080_8080_8080 != 0 { break }
                position &+= 24
            }
            while position + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                // The lowest bit set is in the first octet below 0x0E: a line end, or rarely another control.
                let controls = (word &- 0x0E0E_0E0E_0E0E_0E0E) & ~word & 0x8080_8080_8080_8080
                if controls == 0 {
                    position &+= 8
                    continue
                }
                position &+= controls.trailingZeroBitCount &>> 3
                if bytes[position] == 0x0A || bytes[position] == 0x0D { return position }
                position &+= 1
            }
            while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position &+= 1 }
            return position
        }
    }
}
