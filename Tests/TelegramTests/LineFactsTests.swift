import Testing

@testable import Telegram

/// The line table against a plain reading of format 0.2, and what a line's facts leave out against its octets.
struct LineFactsTests {
    /// Octets of few kinds, so that what is rare in prose is common.
    private struct Source {
        var state: UInt64
        let kinds: [UInt8]

        mutating func next() -> UInt8 {
            self.state ^= self.state << 13
            self.state ^= self.state >> 7
            self.state ^= self.state << 17
            return self.kinds[Int((self.state >> 33) % UInt64(self.kinds.count))]
        }

        mutating func next(_ count: Int) -> [UInt8] {
            var octets: [UInt8] = []
            for _ in 0..<count { octets.append(self.next()) }
            return octets
        }
    }

    private static func facts(_ octets: [UInt8], _ range: Range<Int>) -> LineFacts {
        octets.withUnsafeBytes { LineFacts($0, range.lowerBound, range.upperBound) }
    }

    @Test func proseHasNone() {
        let prose = Array("THE SEVENTH MINISTER SAID THAT THE ROAD TO THE NORTH WILL BE OPEN, WEATHER PERMITTING.".utf8)
        let padded = prose + [UInt8](repeating: 0x0A, count: 24)
        #expect(Self.facts(padded, 0..<prose.count) == [])
        #expect(Self.facts(padded, 4..<12) == [])
        #expect(Self.facts(padded, 4..<4) == [])
    }

    /// Letters of which none stands twice among seven.
    private static func filler(_ count: Int) -> [UInt8] { (0..<count).map { 0x4B + UInt8($0 % 7) } }

    @Test func fillerHasNone() { #expect(Self.facts(Self.filler(100), 0..<70) == []) }

    @Test(arguments: [
        "E E E E E E E E", "E  E  E  E  E  E  E  E", "E   E   E   E   E   E   E   E", "EEEEEEEE", "XXXXX", "A   B",
        "\"", "\\", "\u{1}", "\u{E9}",
    ])
    func eachIsFoundAnywhere(_ what: String) {
        let needle = Array(what.utf8)
        for front in 0..<40 {
            for behind in [0, 1, 5, 17, 40] {
                let line = Self.filler(front) + needle + Self.filler(behind)
                let found = Self.facts(line + [UInt8](repeating: 0x0A, count: 24), 0..<line.count)
                let expected: LineFacts
                switch needle[0] {
                case _ where what.contains("   "): expected = .columns
                case 0x45, 0x58: expected = .repetition
                default: expected = .escapes
                }
                #expect(found.contains(expected), "\(what) behind \(front)")
            }
        }
    }

    @Test func escapesAreExact() {
        var source = Source(state: 11, kinds: Array("AE 019./".utf8) + [0x21, 0x23, 0x5B, 0x5D, 0x7F])
        var rare = Source(state: 12, kinds: [0x00, 0x1F, 0x22, 0x5C, 0x80, 0xFF])
        for count in 0..<200 {
            var line = source.next(count + 24)
            #expect(!Self.facts(line, 0..<count).contains(.escapes))
            guard count > 0 else { continue }
            let octet = rare.next()
            line[count / 3] = octet
            #expect(Self.facts(line, 0..<count).contains(.escapes), "\(octet) of \(count)")
        }
    }

    /// What starts or ends a message, a paragraph or a page is never taken for prose.
    @Test(arguments: [
        "PAROZWYVJCDMNEBT 1", "MRN:m CDSN=PAGE", "DE RUTHC#\nA", "C WA LINE12 -\n", "ZVCABH0123 \t'J\n",
        "KINDOF 0123.\n",
    ])
    func otherLinesAreNoProse(_ kinds: String) {
        var source = Source(state: 7, kinds: Array(kinds.utf8))
        for count in 0..<400 {
            var octets: [UInt8] = []
            for _ in 0..<4 { octets += source.next(count % 100) + [0x0A] }
            var parser = Parser()
            parser.tabulateLines(octets.span)
            for index in parser.lines.indices where !parser.lines[index].isBlank {
                let (line, octets) = (parser.lines[index], octets.span)
                let opens =
                    octets.mayStart(line.range) || parser.callFollows(octets, index)
                    || octets.isSeparation(line.range) || octets.isEndOfMessage(line.range)
                #expect(!opens || line.facts.contains(.opening), "\(line)")
                let isOther =
                    octets.pageLine(line.range) != nil || octets.paragraphToken(line.range) != nil
                    || octets.isRule(line.range)
                #expect(!isOther || line.facts.contains(.formal), "\(line)")
                #expect(!octets.isCorrection(line.range) || line.facts.contains(.correction), "\(line)")
            }
        }
    }

    @Test func linesEndAsTheFormatSays() {
        for kinds in ["\r\nA ", "\r\n", "N \r\nN", "A\n", "A\r"] {
            var source = Source(state: 5, kinds: Array(kinds.utf8))
            for count in 0..<120 {
                let octets = source.next(count)
                var parser = Parser()
                parser.tabulateLines(octets.span)
                let lines = parser.lines.indices.map { index in
                    let line = parser.lines[index]
                    return [line.range.start, line.range.end, Int(line.next)]
                }
                #expect(lines == Self.lines(octets), "\(octets)")
            }
        }
    }

    /// `EOL = CR CR LF / CRLF / LF / CR`, without blanks at the end, and `NNNN` apart from what follows it.
    private static func lines(_ octets: [UInt8]) -> [[Int]] {
        var lines: [[Int]] = []
        var start = 0
        while start < octets.count {
            let end = octets[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? octets.count
            var next = min(end + 1, octets.count)
            for ending: [UInt8] in [[0x0D, 0x0A], [0x0D, 0x0D, 0x0A]] where octets[end...].starts(with: ending) {
                next = end + ending.count
            }
            var upper = end
            while upper > start, octets[upper - 1] <= 0x20 { upper -= 1 }
            if octets[start..<upper].starts(with: "NNNN".utf8),
                let rest = octets[start..<upper].firstIndex(where: { $0 != 0x4E && $0 > 0x20 })
            {
                lines.append([start, start + 4, rest])
                start = rest
            }
            lines.append([start, upper, next])
            start = next
        }
        return lines
    }
}
