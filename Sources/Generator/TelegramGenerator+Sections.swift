extension TelegramGenerator {
    /// The same telegram as the State network sends a long one, in sections (format 3.1, 3.2): each with its own heading,
    /// channel number and end, class line, captions, E.O., TAGS and SUBJECT again, the body cut between two lines.
    ///
    /// - Parameters:
    ///   - octets: One telegram of the layout `acp127` without damage, as `next` wrote it.
    ///   - count: How many sections; fewer where the body has not enough places to be cut at.
    /// - Returns: The sections in their order.
    public mutating func sections(of octets: [UInt8], count: Int) -> [[UInt8]] {
        let lines = octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        guard let separation = lines.firstIndex(of: Array("BT".utf8)),
            let end = lines.lastIndex(of: Array("BT".utf8)), end > separation + 1,
            let body = lines[separation..<end].firstIndex(where: { $0.starts(with: "1.  ".utf8) }),
            let subject = lines[separation..<body].firstIndex(where: { $0.starts(with: "SUBJECT".utf8) }),
            let repeated = lines[subject..<body].firstIndex(of: [])
        else { return [octets] }
        let cuts = self.cuts(lines, body + 1..<end, count: count - 1)
        let total = cuts.count + 1
        let bounds = [body] + cuts + [end]
        return (1...total).map { number in
            var section: [UInt8] = []
            for (index, line) in lines[...separation].enumerated() {
                section += index == 0 ? Self.channel(line, ahead: number - 1) : Self.station(line, number)
                section.endLine()
            }
            let classLine = Self.classLine(lines[separation + 1], number, of: total)
            section += classLine
            section.endLine()
            let attention = lines[separation..<subject].firstIndex { $0.starts(with: "DEPT FOR".utf8) } ?? body
            for (index, line) in lines.enumerated()
            where index > separation + 1 && index < (number == 1 ? body : repeated + 1) {
                // The attention lines stand in section 1 only, and so do REF and the classifier.
                if number > 1, index >= attention, index < subject,
                    line.starts(with: "DEPT".utf8) || line.starts(with: "USDOC".utf8)
                {
                    continue
                }
                section += line
                section.endLine()
            }
            for line in lines[bounds[number - 1]..<bounds[number]] {
                section += line
                section.endLine()
            }
            for line in lines[end...].dropLast(lines.last == [] ? 1 : 0) {
                section += line
                section.endLine()
            }
            return section
        }
    }

    /// Line numbers to cut before: between paragraphs or inside a sentence. Behind a sentence that ends its line, nobody
    /// could tell whether a paragraph ended there.
    private mutating func cuts(_ lines: [[UInt8]], _ range: Range<Int>, count: Int) -> [Int] {
        var places = range.filter { place in
            guard let first = lines[place].first, first != UInt8(ascii: "-") else { return false }
            guard let last = lines[place - 1].last else { return true }
            return !".:?!)-".utf8.contains(last)
        }
        var cuts: [Int] = []
        while cuts.count < count, !places.isEmpty { cuts.append(places.remove(at: self.random.below(places.count))) }
        return cuts.sorted()
    }

    /// `VZCZCPGO1151`, so many numbers further.
    private static func channel(_ line: [UInt8], ahead count: Int) -> [UInt8] {
        let digits = line.suffix(4)
        let number = digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
        var result = Array(line.dropLast(4))
        result.append(number: (number - 1 + count) % 9999 + 1, width: 4)
        return result
    }

    /// `/02` behind FL3's serial; other lines stay as they are.
    private static func station(_ line: [UInt8], _ number: Int) -> [UInt8] {
        guard line.starts(with: "DE ".utf8), let mark = line.firstIndex(of: UInt8(ascii: "#")),
            let end = line[mark...].firstIndex(of: UInt8(ascii: " "))
        else { return line }
        var result = Array(line[..<end])
        result.append("/")
        result.append(number: number, width: 2)
        return result + line[end...]
    }

    /// `SECTION 01 OF 03` behind the level.
    private static func classLine(_ line: [UInt8], _ number: Int, of count: Int) -> [UInt8] {
        let levels: [StaticString] = ["UNCLAS ", "C O N F I D E N T I A L ", "S E C R E T "]
        for level in levels {
            let word = Array(UnsafeBufferPointer(start: level.utf8Start, count: level.utf8CodeUnitCount))
            guard line.starts(with: word) else { continue }
            var result = word
            result.append("SECTION ")
            result.append(number: number, width: 2)
            result.append(" OF ")
            result.append(number: count, width: 2)
            result.append(" ")
            return result + line[word.count...]
        }
        return line
    }
}
