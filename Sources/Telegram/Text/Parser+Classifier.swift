extension Parser {
    /// `Classified By: DCM Merle Tarkington for reasons 1.4 (b) and (d).` (format 2.8)
    mutating func readClassifierParts(_ octets: Octets, _ index: Int) -> Int {
        let part = self.scratch.parts[index]
        if octets.startsIgnoringCase(with: "DERIVED FROM", at: part.range.start) {
            return self.readDerivation(octets, index)
        }
        var end = part.range.end
        var next = index + 1
        while next < self.scratch.parts.count, next < index + 8 {
            let following = self.scratch.parts[next]
            if following.range.isEmpty || following.label != .none || octets.paragraphToken(following.range) != nil {
                break
            }
            end = following.range.end
            next += 1
        }
        self.readClassifier(octets, OctetRange(part.content.start, end), whole: OctetRange(part.range.start, end))
        return next
    }

    /// `DERIVED FROM:` a source, then `DECLASSIFY ON:` a date, and who did so (format 2.8).
    private mutating func readDerivation(_ octets: Octets, _ index: Int) -> Int {
        let part = self.scratch.parts[index]
        self.claim(part.range)
        let source = self.makeText(octets.trimmed(part.content))
        self.telegram.classifiers.append(Classifier(name: source, title: .none, reasons: .none, range: part.range))
        var next = index + 1
        while next < self.scratch.parts.count, next < index + 4 {
            let range = self.scratch.parts[next].range
            guard let colon = octets.firstIndex(of: UInt8(ascii: ":"), in: range) else { break }
            let value = octets.trimmed(OctetRange(colon + 1, range.end))
            if octets.startsIgnoringCase(with: "DECLASSIFY ON", at: range.start) {
                self.declassify(octets, value, range)
            } else if octets.startsIgnoringCase(with: "DERIVATIVELY CLASSIFIED BY", at: range.start) {
                let last = self.telegram.classifiers.count - 1
                self.telegram.classifiers[last].title = self.telegram.classifiers[last].name
                self.telegram.classifiers[last].name = self.makeText(value)
            } else {
                break
            }
            self.claim(range)
            next += 1
        }
        return next
    }

    /// Paragraph 1 may be the classifier's line, or mark the entire text (format 2.8, 9 number 30).
    mutating func spreadFirstParagraph(_ octets: Octets) {
        guard let first = self.telegram.paragraphs.first else { return }
        if self.telegram.classifiers.isEmpty, let piece = self.telegram.pieces[first.text.indices].first,
            piece.origin == .record,
            octets.startsIgnoringCase(with: "CLASSIFIED BY", at: piece.range.start)
        {
            let start = piece.range.start
            let label = octets.textLabel(at: start, before: first.range.end, inside: false)
            let content = label.map { $0.content } ?? start + "CLASSIFIED BY".utf8.count
            self.readClassifier(
                octets, OctetRange(content, first.range.end), whole: OctetRange(start, first.range.end))
        }
        guard let mark = first.mark, mark.entireText else { return }
        for index in self.telegram.paragraphs.indices where self.telegram.paragraphs[index].mark == nil {
            self.telegram.paragraphs[index].mark = mark
        }
    }

    private mutating func readClassifier(_ octets: Octets, _ content: OctetRange, whole: OctetRange) {
        self.claim(whole)
        let content = octets.trimmed(content)
        var officer = content
        var codes: Int?
        var position = content.start
        let limit = min(content.end, content.start + 800)
        while position < limit {
            if codes == nil, octets.byte(position) | 0x20 == UInt8(ascii: "r"),
                !Octets.isLetter(octets.byte(position - 1)),
                let end = octets.brokenWord("REASON", at: position, before: content.end)
            {
                officer = OctetRange(content.start, position)
                // `REASON` LF `S`: the line end belongs to the word only where its last letter follows alone.
                var last = end
                while last < content.end, octets.byte(last) == 0x0D || octets.byte(last) == 0x0A { last += 1 }
                if octets.byte(last) | 0x20 == UInt8(ascii: "s"), !Octets.isLetter(octets.byte(last + 1)) {
                    last += 1
                } else {
                    last = end
                }
                self.noteBrokenReason(octets, OctetRange(position, last))
                codes = end
            }
            if octets.byte(position) == UInt8(ascii: "1"), octets.byte(position + 1) == 0x2E,
                (0x34...0x36).contains(octets.byte(position + 2)), !Octets.isLetterOrDigit(octets.byte(position - 1))
            {
                if codes == nil { officer = OctetRange(content.start, position) }
                codes = position
                break
            }
            position += 1
        }
        let reasons = self.telegram.reasons.count
        if let codes { self.readReasons(octets, OctetRange(codes, content.end)) }
        officer = octets.trimmed(officer)
        for word: StaticString in ["FOR", "E.O. 12958", "E.O. 13526", "FOR"] {
            while !officer.isEmpty, [0x2C, 0x2E, 0x3B, 0x20].contains(octets.byte(officer.end - 1)) {
                officer.upper -= 1
            }
            let start = officer.end - word.utf8CodeUnitCount
            if start >= officer.start, octets.startsIgnoringCase(with: word, at: start) {
                officer = octets.trimmed(OctetRange(officer.start, start))
            }
        }
        while !officer.isEmpty, [0x2C, 0x2E, 0x3B].contains(octets.byte(officer.end - 1)) { officer.upper -= 1 }
        let (title, name) = self.splitOfficer(octets, officer)
        let titleText = self.makeLines(octets, title)
        let nameText = self.makeLines(octets, name)
        self.telegram.classifiers.append(
            Classifier(
                name: nameText, title: titleText,
                reasons: Slice(first: reasons, count: self.telegram.reasons.count - reasons), range: whole))
    }

    private mutating func noteBrokenReason(_ octets: Octets, _ range: OctetRange) {
        guard octets.firstIndex(of: 0x0A, in: range) ?? octets.firstIndex(of: 0x0D, in: range) != nil else { return }
        let start = self.telegram.made.count
        for index in octets.clamped(range) where Octets.isLetter(octets[unchecked: index]) {
            self.telegram.made.append(octets[unchecked: index])
        }
        self.telegram.findings.append(
            Finding(
                .splitWordJoined, range: range, confidence: 0.85,
                repair: Repair(
                    was: range, now: Piece(OctetRange(start, self.telegram.made.count), origin: .made), rule: .d17)))
    }

    /// `1.4 (b) and (d)`, `1.4(b/d)`, `1.4 b,d`: a section and a set of letters.
    private mutating func readReasons(_ octets: Octets, _ range: OctetRange) {
        var section: UInt8 = 0
        var position = range.start
        let limit = min(range.end, range.start + 200)
        while position < limit, self.telegram.reasons.count < 64 {
            let byte = octets.byte(position)
            if byte == 0x31, octets.byte(position + 1) == 0x2E, (0x34...0x36).contains(octets.byte(position + 2)) {
                section = 10 + (octets.byte(position + 2) &- 0x30)
                position += 3
                continue
            }
            if Octets.isLetter(byte) {
                var end = position
                while end < range.end, Octets.isLetter(octets.byte(end)) { end += 1 }
                let letter = Octets.uppercased(byte) | 0x20
                if section > 0, end - position == 1, (0x61...0x68).contains(letter) {
                    self.telegram.reasons.append(
                        Reason(section: section, letter: letter, range: OctetRange(position, end)))
                } else if section > 0, !octets.equalsIgnoringCase(OctetRange(position, end), "AND") {
                    if end - position == 1, octets.byte(position - 1) == UInt8(ascii: "(") {
                        self.telegram.findings.append(Finding(.reasonDoubt, range: OctetRange(position, end)))
                    }
                    return
                }
                position = end
                continue
            }
            position += 1
        }
    }

    private func splitOfficer(_ octets: Octets, _ officer: OctetRange) -> (title: OctetRange, name: OctetRange) {
        var rest = officer
        guard let first = octets.nextWord(&rest) else { return (OctetRange(0, 0), OctetRange(0, 0)) }
        guard octets.isTitle(first) else {
            guard let comma = octets.firstIndex(of: 0x2C, in: officer) else { return (OctetRange(0, 0), officer) }
            return (
                octets.trimmed(OctetRange(comma + 1, officer.end)), octets.trimmed(OctetRange(officer.start, comma))
            )
        }
        var last = first.end
        while let word = octets.nextWord(&rest) {
            if word.count > 2, octets.isTitle(word) || octets.equalsIgnoringCase(word, "A.I.") {
                last = word.end
            }
        }
        var title = OctetRange(officer.start, last)
        while !title.isEmpty, octets.byte(title.end - 1) == 0x2C { title.upper -= 1 }
        return (title, octets.trimmed(OctetRange(last, officer.end)))
    }

    /// A stretch over several lines, joined with spaces.
    private mutating func makeLines(_ octets: Octets, _ range: OctetRange) -> Text {
        let first = self.telegram.pieces.count
        var start = range.start
        while start < range.end {
            let end = octets.firstIndex(of: 0x0A, in: OctetRange(start, range.end)) ?? range.end
            let line = octets.trimmed(OctetRange(start, end))
            if !line.isEmpty { self.telegram.pieces.append(Piece(line)) }
            start = end + 1
        }
        return Text(
            first: Int32(truncatingIfNeeded: first),
            count: Int32(truncatingIfNeeded: self.telegram.pieces.count - first))
    }
}

extension Octets {
    /// `DCM`, `A/DCM`, `POL/ECON`.
    fileprivate func isTitle(_ word: OctetRange) -> Bool {
        if Lexicon.titles.contains(word, in: self) { return true }
        guard let slash = self.firstIndex(of: 0x2F, in: word) else { return false }
        return Lexicon.titles.contains(OctetRange(slash + 1, word.end), in: self)
            || (slash - word.start > 1 && Lexicon.titles.contains(OctetRange(word.start, slash), in: self))
    }

    /// `word` in any case, possibly cut by a line end; where it ends.
    fileprivate func brokenWord(_ word: StaticString, at position: Int, before end: Int) -> Int? {
        var position = position
        for index in 0..<word.utf8CodeUnitCount {
            while index > 0, position < end, self.byte(position) == 0x0D || self.byte(position) == 0x0A {
                position += 1
            }
            guard position < end, Self.uppercased(self.byte(position)) == word.utf8Start[index] else { return nil }
            position += 1
        }
        return position
    }
}
