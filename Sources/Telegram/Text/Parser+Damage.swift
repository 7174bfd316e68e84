extension Parser {
    /// Windows of this many octets are weighed (format 6.4 D19).
    private static let window = 200
    private static let damageLimit = 64

    /// Garbled stretches, redactions and strayed identifiers of the body (format 6.4 D15, D19, D21): before it is read.
    mutating func findDamage(_ octets: Octets) {
        self.scratch.cuts.removeAll(keepingCapacity: true)
        guard self.scratch.bodyStart < self.scratch.bodyEnd else { return }
        let body = OctetRange(
            self.lines[self.scratch.bodyStart].range.start, self.lines[self.scratch.bodyEnd - 1].range.end)
        self.findGarble(octets, body)
        self.findRedactions(octets, body)
        self.findIdentifiers(octets, body)
        self.findRepetitions(octets)
    }

    private mutating func findGarble(_ octets: Octets, _ body: OctetRange) {
        var start = body.start
        var garbled: OctetRange?
        var line = self.scratch.bodyStart
        var found = false
        while start + Self.window <= body.end {
            let window = OctetRange(start, start + Self.window)
            start = window.end
            guard octets.isMostlyOdd(window), octets.isGarble(window) else { continue }
            found = true
            if var last = garbled, last.end == window.start {
                last.upper = window.upper
                garbled = last
            } else {
                if let garbled { self.noteGarble(octets, garbled, from: &line) }
                garbled = window
            }
        }
        if let garbled { self.noteGarble(octets, garbled, from: &line) }
        guard found else { return }
        let tokens = self.scratch.tokens
        self.scratch.tokens = tokens.filter { self.kind(Int($0.line)) == .paragraph }
    }

    /// The garbled lines of a window: nothing in them starts a paragraph. `line` never goes back.
    private mutating func noteGarble(_ octets: Octets, _ window: OctetRange, from line: inout Int) {
        var garbled: OctetRange?
        while line < self.scratch.bodyEnd, self.lines[line].range.lower < window.upper {
            let whole = self.lines[line].range
            // A line of an archive is a whole paragraph, of which a part may be sound.
            let long = whole.count > 2 * Self.window
            let range = long ? OctetRange(max(whole.start, window.start), min(whole.end, window.end)) : whole
            if range.end > window.start, octets.isGarble(range) {
                garbled = OctetRange(garbled?.start ?? range.start, range.end)
                if range.start == whole.start, self.kind(line) == .paragraph {
                    self.scratch.kinds[line - self.scratch.bodyStart] = .text
                }
            }
            if whole.end > window.end { break }
            line += 1
        }
        if let garbled { self.telegram.findings.append(Finding(.garbledText, range: garbled)) }
    }

    /// Runs of five or more `X`.
    private mutating func findRedactions(_ octets: Octets, _ body: OctetRange) {
        guard self.recordFacts.contains(.repetition) else { return }
        let cross = UInt8(ascii: "X")
        var position = body.start
        var found = 0
        for line in self.lines.elements[self.scratch.bodyStart..<self.scratch.bodyEnd]
        where line.facts.contains(.repetition) {
            position = Swift.max(position, line.range.start)
            while found < Self.damageLimit,
                let start = octets.firstIndex(of: cross, in: OctetRange(position, line.range.end))
            {
                var end = start + 1
                while end < body.end, octets.byte(end) == cross { end += 1 }
                position = end
                guard end - start >= 5, !Octets.isLetterOrDigit(octets.byte(start - 1)),
                    !Octets.isLetterOrDigit(octets.byte(end))
                else { continue }
                found += 1
                let range = OctetRange(start, end)
                self.telegram.findings.append(
                    Finding(.redacted, range: range, repair: Repair(was: range, now: Piece(range), rule: .d21)))
            }
        }
    }

    /// A relay's identifier inside a line; one alone on a line is taken out with its line.
    private mutating func findIdentifiers(_ octets: Octets, _ body: OctetRange) {
        var position = body.start
        while let found = octets.firstIndex(of: UInt8(ascii: "Z"), in: OctetRange(position, body.end)) {
            position = found + 1
            guard self.scratch.cuts.count < Self.damageLimit, octets.starts(with: "ZCZC", at: found),
                let end = octets.identifierEnd(found + 4)
            else { continue }
            let start = octets.byte(found - 1) == UInt8(ascii: "V") ? found - 1 : found
            guard !Octets.isLetterOrDigit(octets.byte(start - 1)) || start == body.start else { continue }
            let range = OctetRange(start, end)
            self.scratch.cuts.append(range)
            self.noteIdentifier(range)
            position = end
        }
    }

    private mutating func noteIdentifier(_ range: OctetRange) {
        self.claim(range)
        self.telegram.findings.append(
            Finding(
                .strayIdentifier, range: range, confidence: 0.8, repair: Repair(was: range, now: nil, rule: .d15)))
    }

    /// `XRO6325` or `VV   XRO6325` alone on a line, without `ZCZC`. Such a word may be anything's name; that a channel
    /// of this copy is so called proves it.
    private func isBareIdentifier(_ octets: Octets, _ range: OctetRange) -> Bool {
        let line = octets.trimmed(range)
        let leader = octets.identificationLeader(line)
        guard !leader.marked, let channel = octets.channel(at: leader.end, before: line.end),
            channel.digits.end == line.end
        else { return false }
        return self.telegram.identifiers.contains { octets.equals($0.channel, channel.name) }
    }

    /// What stands in the text's lines and is not the text: kinds for lines that are no paragraph and no page line.
    @inline(__always)
    mutating func machineLine(_ octets: Octets, _ range: OctetRange) -> BodyLineKind? {
        let first = octets.byte(range.start)
        if !self.scratch.repeatedHeading, first != UInt8(ascii: "C"), first != UInt8(ascii: "V"),
            first != UInt8(ascii: "Z"),
            first != self.telegram.classification.map({ octets.byte($0.range.start) }),
            range.count > 7 || !Octets.isDigit(octets.byte(range.start + 3))
        {
            return nil
        }
        return self.readMachineLine(octets, range, first)
    }

    @inline(never)
    private mutating func readMachineLine(_ octets: Octets, _ range: OctetRange, _ first: UInt8) -> BodyLineKind? {
        if first == UInt8(ascii: "C"), octets.isCorrection(range) { return .page }
        if first == UInt8(ascii: "V") || first == UInt8(ascii: "Z"), octets.isIdentifierAlone(range) { return .page }
        if range.count <= 12, self.isBareIdentifier(octets, range) {
            self.noteIdentifier(octets.trimmed(range))
            return .page
        }
        if let line = self.telegram.classification, line.sectionCount != nil,
            octets.equals(
                OctetRange(range.start, range.start + 4), OctetRange(line.range.start, line.range.start + 4)),
            octets.levelWord(range) != nil,
            let numbers = octets.sectionNumbers(octets.trimmed(range)), let section = numbers.section
        {
            self.telegram.pageLines.append(
                PageLine(
                    post: nil, serial: nil, section: Int16(truncatingIfNeeded: section), page: 1,
                    sectionCount: Int16(truncatingIfNeeded: numbers.count), range: range))
            self.scratch.repeatedHeading = true
            self.claim(range)
            return .furniture
        }
        guard self.scratch.repeatedHeading else { return nil }
        // Behind a class line of a later section: captions and labels that repeat those of the first (format 3.2).
        if Lexicon.captions.contains(range, in: octets)
            || octets.textLabel(at: range.start, before: range.end, inside: false) != nil
        {
            self.claim(range)
            return .furniture
        }
        self.scratch.repeatedHeading = false
        return nil
    }

    /// A number whose first `1` may have been a pilcrow: it stays as it is (format 6.4 D3, 9 number 24).
    mutating func noteStrayDigit(_ octets: Octets, at found: Int, in range: OctetRange, paragraph: Int32) {
        guard found == range.start || octets.byte(found - 1) == 0x20 || octets.byte(found - 1) == 0x28 else { return }
        let digits = octets.digits(at: found, before: Swift.min(range.end, found + 8))
        let next = octets.byte(digits.end)
        let ends = digits.end >= range.end
        let follows = octets.byte(digits.end + 1)
        guard (3...5).contains(digits.count), octets.byte(found + 1) != UInt8(ascii: "0"),
            ends || next == 0x20 || (next == UInt8(ascii: "-") && Octets.isLetter(follows)),
            let value = octets.number(in: digits), !(1500..<2000).contains(value),
            self.telegram.findings.count < 4096
        else { return }
        self.telegram.findings.append(
            Finding(
                .possibleStrayDigit, range: digits, paragraph: paragraph, confidence: 0.5,
                repair: Repair(was: digits, now: Piece(digits), rule: .d3)))
    }
}

extension Octets {
    /// Fewer than three quarters letters and blanks, of 200 octets: rare, so the closer look may be slow.
    fileprivate func isMostlyOdd(_ range: OctetRange) -> Bool {
        let range = self.clamped(range)
        guard range.count == 200 else { return true }
        return self.withUnsafeBytes { bytes in
            typealias Octets16 = SIMD16<UInt8>
            @inline(__always)
            func plain(_ place: Int) -> Octets16 {
                let octets = bytes.loadUnaligned(fromByteOffset: place, as: Octets16.self)
                let isLetter =
                    (octets | Octets16(repeating: 0x20)) &- Octets16(repeating: 0x61) .< Octets16(repeating: 26)
                return unsafeBitCast(isLetter .| (octets .<= Octets16(repeating: 0x20)), to: Octets16.self)
            }
            // Twelve times sixteen octets, and the second half of the last sixteen.
            let last = unsafeBitCast(plain(range.lowerBound &+ 184), to: SIMD2<UInt64>.self)
            var count = unsafeBitCast(SIMD2(0, last[1]), to: Octets16.self)
            for block in 0..<12 { count &+= plain(range.lowerBound &+ block &* 16) }
            let halves = unsafeBitCast(Octets16() &- count, to: SIMD2<UInt64>.self)
            return ((halves[0] &+ halves[1]) &* 0x0101_0101_0101_0101) &>> 56 < 150
        }
    }

    /// Figures, tables, rules and dense numbering are no garble: there the words are whole. In garble letters, figures
    /// and signs stand mixed in one word.
    fileprivate func isGarble(_ range: OctetRange) -> Bool {
        var rest = range
        var words = 0
        var odd = 0
        while let word = self.nextWord(&rest) {
            words += word.count
            if !self.isPlainWord(word) { odd += word.count }
        }
        return odd * 5 > words * 2
    }

    private func isPlainWord(_ word: OctetRange) -> Bool {
        var start = word.start
        var end = word.end
        while start < end, Self.isBracket(self.byte(start)) { start += 1 }
        while end > start, Self.isBracket(self.byte(end - 1)) || Self.isStop(self.byte(end - 1)) { end -= 1 }
        guard start < end else { return word.count < 3 }
        let first = self.byte(start)
        var letters = false
        var digits = false
        for index in start..<end {
            let byte = self.byte(index)
            if byte >= 0x80 || Self.isLetter(byte) {
                letters = true
            } else if Self.isDigit(byte) {
                digits = true
            } else if byte != first, byte != 0x2D, byte != 0x2E, byte != 0x2C, byte != 0x2F, byte != 0x27, byte != 0x3A
            {
                return false
            }
        }
        // A rule, a word, a figure; `1950S` and `SIX-2` are rare enough.
        return !(letters && digits) && (letters || digits || word.count < 3 || self.isRule(word))
    }

    private static func isBracket(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x24, 0x27, 0x28, 0x29, 0x2A, 0x5B, 0x5D: true
        default: false
        }
    }

    private static func isStop(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x25, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F: true
        default: false
        }
    }

    /// `XRO6325`: three letters and three or four digits, and nothing behind them.
    fileprivate func identifierEnd(_ position: Int) -> Int? {
        guard self.isUpper(OctetRange(position, position + 3)) else { return nil }
        let digits = self.digits(at: position + 3, before: position + 8)
        guard (3...4).contains(digits.count), !Self.isLetterOrDigit(self.byte(digits.end)) else { return nil }
        return digits.end
    }

    fileprivate func isIdentifierAlone(_ range: OctetRange) -> Bool {
        let line = self.trimmed(range)
        let start = self.byte(line.start) == UInt8(ascii: "V") ? line.start + 1 : line.start
        guard self.starts(with: "ZCZC", at: start) else { return false }
        return self.identifierEnd(start + 4) == line.end
    }
}
