extension Parser {
    /// The last line that is a surname, or one glued to the last sentence (format 2.11, 6.4 D18).
    mutating func readSignature(_ octets: Octets) {
        var line = self.scratch.bodyEnd - 1
        let first = self.scratch.bodyStart
        while line >= first {
            let range = self.lines[line].range
            if range.isEmpty || self.kind(line) == .furniture || self.kind(line) == .page {
                line -= 1
            } else if range.count == 4, self.readGroupMark(octets, range) {
                self.scratch.bodyEnd = line
                line -= 1
            } else if octets.startsIgnoringCase(with: "NOTE BY ", at: range.start)
                || octets.startsIgnoringCase(with: "NOTE: ", at: range.start) && range.count < 80
                || octets.starts(with: "(#)", at: range.start) || octets.starts(with: "(*)", at: range.start)
            {
                self.telegram.centreNotes.insert(range, at: 0)
                self.claim(range)
                self.scratch.bodyEnd = line
                line -= 1
            } else if let level = octets.levelWord(range),
                octets.trimmed(OctetRange(level.end, range.end)).isEmpty
            {
                self.claim(range)
                self.scratch.bodyEnd = line
                line -= 1
            } else {
                break
            }
            if self.telegram.centreNotes.count > 8 { break }
        }
        // Formatted text closes with its last set, and labels have named the signer.
        guard line >= first, self.isLastSection(), self.telegram.sets.isEmpty, self.telegram.signature.isEmpty else {
            return
        }
        let range = octets.trimmed(self.lines[line].range)
        if self.kind(line) == .text, let name = octets.surnameLine(range), self.mayFollow(octets, line) {
            let start = self.telegram.pieces.count
            var begin = line
            if begin - 1 >= first, self.kind(begin - 1) == .text,
                let other = octets.surnameLine(octets.trimmed(self.lines[begin - 1].range)),
                self.mayFollow(octets, begin - 1)
            {
                begin -= 1
                self.telegram.pieces.append(Piece(other))
                self.claim(self.lines[begin].range)
            }
            self.telegram.pieces.append(Piece(name))
            self.claim(self.lines[line].range)
            self.setSignature(start, 0.95)
            self.scratch.bodyEnd = begin
            return
        }
        self.readGluedSignature(octets, line, range)
    }

    private mutating func isLastSection() -> Bool {
        if self.isJoinedToLast { return true }
        guard let line = self.telegram.classification, let section = line.section, let count = line.sectionCount else {
            return true
        }
        return section >= count || self.telegram.layout == .archive
            || self.telegram.pageLines.contains { ($0.section ?? 0) > section }
    }

    private mutating func setSignature(_ first: Int, _ confidence: Float) {
        self.telegram.signature = Text(
            first: Int32(truncatingIfNeeded: first),
            count: Int32(truncatingIfNeeded: self.telegram.pieces.count - first))
        self.telegram.signatureConfidence = confidence
    }

    /// What stands before ends a sentence, or a blank line: the name does not go on with it.
    private mutating func mayFollow(_ octets: Octets, _ line: Int) -> Bool {
        guard line > self.scratch.bodyStart else { return true }
        let before = self.lines[line - 1].range
        if before.isEmpty || self.kind(line - 1) != .text && self.kind(line - 1) != .paragraph { return true }
        return octets.endsSentence(before) || octets.endsBlock(before)
            || octets.surnameLine(octets.trimmed(before)) != nil
    }

    private mutating func readGluedSignature(_ octets: Octets, _ line: Int, _ range: OctetRange) {
        var end = range.end
        while end > range.start, octets.byte(end - 1) == 0x23 { end -= 1 }
        var start = end
        var words = 0
        while words < 2 {
            var from = start
            while from > range.start, octets.byte(from - 1) == 0x20 { from -= 1 }
            guard let word = octets.lastWord(OctetRange(range.start, from)), word.count >= 4,
                octets.isSignatureWord(word), !Lexicon.reserved.contains(word, in: octets)
            else { break }
            start = word.start
            words += 1
            let before = octets.trimmed(OctetRange(range.start, start))
            let last = octets.byte(before.end - 1)
            if before.count > 8,
                last == 0x2E || last == 0x3F || last == 0x21 || last == 0x22 || octets.endsBlock(before)
            {
                self.addGluedSignature(octets, OctetRange(start, end), line, before.end)
                return
            }
        }
    }

    private mutating func addGluedSignature(_ octets: Octets, _ name: OctetRange, _ line: Int, _ textEnd: Int) {
        let first = self.telegram.pieces.count
        var piece = Piece(name)
        if !octets.all(name, { Octets.isUpper($0) || $0 == 0x20 || $0 == 0x2D || $0 == 0x27 }) {
            let start = self.telegram.made.count
            for index in name.start..<name.end {
                switch octets.byte(index) {
                case UInt8(ascii: "l"), UInt8(ascii: "1"): self.telegram.made.append(UInt8(ascii: "I"))
                case UInt8(ascii: "0"): self.telegram.made.append(UInt8(ascii: "O"))
                case let byte: self.telegram.made.append(byte)
                }
            }
            piece = Piece(OctetRange(start, self.telegram.made.count), origin: .made)
        }
        self.telegram.pieces.append(piece)
        self.telegram.findings.append(
            Finding(
                .signatureRestored, range: name, confidence: 0.7,
                repair: Repair(was: name, now: piece, rule: .d18)))
        self.setSignature(first, 0.7)
        self.claim(name)
        self.scratch.bodyEnd = line + 1
        self.scratch.lastLineEnd = textEnd
    }
}

extension Octets {
    /// Capitals, of which one or two may be misread.
    func isSignatureWord(_ word: OctetRange) -> Bool {
        var capitals = 0
        for index in word.start..<word.end {
            let byte = self.byte(index)
            if Self.isUpper(byte) {
                capitals += 1
            } else if byte != UInt8(ascii: "l"), byte != UInt8(ascii: "1"), byte != UInt8(ascii: "0"), byte != 0x2D,
                byte != 0x27
            {
                return false
            }
        }
        return capitals >= 3 && capitals + 2 >= word.count && Self.isUpper(self.byte(word.start))
    }

    /// One to three surnames alone on a line, without what may follow them.
    func surnameLine(_ range: OctetRange) -> OctetRange? {
        var end = range.end
        while end > range.start, self.byte(end - 1) == 0x2E || self.byte(end - 1) == 0x23 || self.byte(end - 1) == 0x20
        {
            end -= 1
        }
        let name = OctetRange(range.start, end)
        guard name.count >= 2, name.count <= 48, !Lexicon.reserved.contains(name, in: self) else { return nil }
        var rest = name
        var words = 0
        while let word = self.nextWord(&rest) {
            words += 1
            guard words <= 3, Self.isUpper(self.byte(word.start)), !Lexicon.reserved.contains(word, in: self),
                self.all(word, { Self.isUpper($0) || $0 == 0x2D || $0 == 0x27 })
            else { return nil }
        }
        return words > 0 && name.count >= 3 ? name : nil
    }

    /// `END` in either case may stand among these octets, at most 48: eight places at a time.
    private func mayHoldEnd(_ range: OctetRange) -> Bool {
        let range = self.clamped(range)
        return self.withUnsafeBytes { bytes in
            guard range.lowerBound + 50 <= bytes.count else { return true }
            let small: UInt64 = 0x2020_2020_2020_2020
            var place = range.lowerBound
            while place < range.upperBound {
                let first = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) | small
                let second = bytes.loadUnaligned(fromByteOffset: place &+ 1, as: UInt64.self) | small
                let third = bytes.loadUnaligned(fromByteOffset: place &+ 2, as: UInt64.self) | small
                let differs =
                    (first ^ 0x6565_6565_6565_6565) | (second ^ 0x6E6E_6E6E_6E6E_6E6E)
                    | (third ^ 0x6464_6464_6464_6464)
                if (differs &- 0x0101_0101_0101_0101) & ~differs & 0x8080_8080_8080_8080 != 0 { return true }
                place &+= 8
            }
            return false
        }
    }

    /// Ends with `END SUMMARY`, `END COMMENT`, `END TEXT`, `END NOTE`.
    func endsBlock(_ range: OctetRange) -> Bool {
        self.blockEnd(range) != nil
    }

    /// The closing words at the end of a text, lower or upper case, with or without a full stop.
    func blockEnd(_ range: OctetRange) -> Block.Kind? {
        var end = range.end
        while end > range.start, !Self.isLetter(self.byte(end - 1)), range.end - end < 6 { end -= 1 }
        let tail = OctetRange(Swift.max(range.start, end - 48), end)
        guard self.mayHoldEnd(tail) else { return nil }
        var position = tail.end - 7
        while position >= tail.start {
            if self.byte(position) | 0x20 == 0x65, self.startsIgnoringCase(with: "END", at: position),
                Self.isBlank(self.byte(position + 3)),
                position == range.start || !Self.isLetterOrDigit(self.byte(position - 1))
            {
                var rest = OctetRange(position + 3, tail.end)
                guard let word = self.nextWord(&rest) else { return nil }
                if self.startsIgnoringCase(with: "SUMMARY", at: word.start) { return .summary }
                if self.startsIgnoringCase(with: "COMMENT", at: word.start) { return .comment }
                if self.startsIgnoringCase(with: "NOTE", at: word.start) { return .note }
                if self.startsIgnoringCase(with: "BIO", at: word.start) { return .biographicNote }
                if self.startsIgnoringCase(with: "TEXT", at: word.start)
                    || self.startsIgnoringCase(with: "TRANS", at: word.start)
                {
                    return .quotedText
                }
                return nil
            }
            position -= 1
        }
        return nil
    }
}
