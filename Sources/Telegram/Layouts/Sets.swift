/// Formatted text (USMTF): sets of a name and fields between `/`, each closed by `//` (format 5.1, 5.8).
extension Parser {
    private static let setLimit = 512

    /// Reads the sets from a line on; returns the line at which the text of paragraphs begins.
    ///
    /// `RMKS/` opens that text and its `//` closes it: the lines that hold them are cut there.
    mutating func readSets(_ octets: Octets, from first: Int, before bound: Int) -> Int {
        guard first < bound, bound <= self.lines.count else { return first }
        let end = self.lines[bound - 1].range.end
        var position = self.content(octets, first).start
        var reference: Int?
        while position < end, self.telegram.sets.count < Self.setLimit {
            position = octets.skipBlanks(position, before: end)
            // `(U)` may stand in front of a set.
            if let mark = octets.bracketedMark(at: position, before: end), mark.mark != nil {
                self.claim(mark.brackets)
                position = octets.skipBlanks(mark.brackets.end, before: end)
            }
            guard let name = octets.setName(at: position, before: end) else { break }
            if let start = octets.remarksStart(name, end) {
                return self.openRemarks(octets, name, start, from: first, before: bound)
            }
            let close = octets.setEnd(from: name.end, before: end)
            self.claim(OctetRange(name.start, Swift.min(close + 2, end)))
            self.readSet(octets, name, close)
            self.useSet(octets, self.telegram.sets.count - 1, &reference)
            position = close + 2
        }
        return self.line(of: position, from: first, before: bound)
    }

    private mutating func readSet(_ octets: Octets, _ name: OctetRange, _ end: Int) {
        let first = self.telegram.setFields.count
        var position = name.end + 1
        while position <= end {
            let slash = octets.firstIndex(of: 0x2F, in: OctetRange(position, end)) ?? end
            self.telegram.setFields.append(self.makeJoinedText(octets, OctetRange(position, slash)))
            position = slash + 1
        }
        self.telegram.sets.append(
            MessageSet(
                name: name, fields: Slice(first: first, count: self.telegram.setFields.count - first),
                range: OctetRange(name.start, end)))
    }

    /// A stretch over several lines as one text.
    private mutating func makeJoinedText(_ octets: Octets, _ range: OctetRange) -> Text {
        var text = Text(first: Int32(truncatingIfNeeded: self.telegram.pieces.count), count: 0)
        var position = range.start
        while position < range.end {
            var end = position
            while end < range.end, octets.byte(end) != 0x0A, octets.byte(end) != 0x0D { end += 1 }
            let line = octets.trimmed(OctetRange(position, end))
            if !line.isEmpty {
                self.telegram.pieces.append(Piece(line))
                text.count += 1
            }
            position = end + 1
        }
        return text
    }

    /// What a set says about the telegram: its subject, and its references with what explains them.
    private mutating func useSet(_ octets: Octets, _ index: Int, _ reference: inout Int?) {
        let set = self.telegram.sets[index]
        let fields = set.fields.indices
        if octets.equals(set.name, "SUBJ"), self.telegram.subject.isEmpty, !fields.isEmpty {
            self.telegram.subject = self.telegram.setFields[fields.lowerBound]
            self.takeSubjectMark(octets)
        } else if octets.equals(set.name, "REF"), fields.count >= 2 {
            let label = self.telegram.setFields[fields.lowerBound]
            guard label.count == 1 else { return }
            let letter = self.telegram.pieces[Int(label.first)].range
            let start = octets.trimmed(OctetRange(letter.end + 1, set.range.end))
            let kind = self.telegram.setFields[fields.lowerBound + 1]
            let word = kind.isEmpty ? start : self.telegram.pieces[Int(kind.first)].range
            self.telegram.references.append(
                Reference(
                    kind: octets.setReferenceKind(word), label: Octets.uppercased(octets.byte(letter.start)),
                    text: self.makeText(start), key: nil, note: nil, previous: false, confidence: 0.9))
            reference = self.telegram.references.count - 1
        } else if octets.equals(set.name, "NARR") || octets.equals(set.name, "AMPN") {
            self.explainReferences(octets, OctetRange(set.name.end + 1, set.range.end), last: reference)
        }
    }

    /// `(U) LIGHTHOUSE OPEN DAY`
    private mutating func takeSubjectMark(_ octets: Octets) {
        guard !self.telegram.subject.isEmpty else { return }
        let first = Int(self.telegram.subject.first)
        let piece = self.telegram.pieces[first].range
        guard let found = octets.bracketedMark(at: piece.start, before: piece.end), let mark = found.mark else {
            return
        }
        self.telegram.subjectMark = mark
        self.telegram.pieces[first].range = octets.trimmed(OctetRange(found.brackets.end, piece.end))
    }

    /// `REF A IS NAVADMIN 930/19.  REF B IS …`; without letters the text explains the reference before it.
    private mutating func explainReferences(_ octets: Octets, _ range: OctetRange, last: Int?) {
        var position = range.start
        var owner: Int?
        var start = range.start
        func note(_ end: Int) -> OctetRange { octets.withoutPunctuation(octets.trimmed(OctetRange(start, end))) }
        while let found = octets.firstIndex(of: "REF", in: OctetRange(position, range.end)) {
            position = found + 3
            guard found == range.start || !Octets.isLetterOrDigit(octets.byte(found - 1)),
                let item = octets.explainedReference(at: found, before: range.end)
            else { continue }
            if let owner { self.telegram.references[owner].note = note(found) }
            owner = self.telegram.references.firstIndex { $0.label == item.letter }
            start = item.next
            position = item.next
        }
        if let owner {
            self.telegram.references[owner].note = note(range.end)
        } else if let last, start == range.start {
            self.telegram.references[last].note = note(range.end)
        }
    }

    /// The text of paragraphs begins behind `RMKS/` and ends before the last `//`.
    private mutating func openRemarks(
        _ octets: Octets, _ name: OctetRange, _ start: Int, from first: Int, before bound: Int
    ) -> Int {
        let line = self.line(of: name.start, from: first, before: bound)
        let end = self.lines[bound - 1].range.end
        var close = end
        var last = bound - 1
        while last > line, self.lines[last].isBlank { last -= 1 }
        // The last lines may name the releaser behind the closing mark.
        for index in stride(from: last, through: Swift.max(line, last - 4), by: -1) {
            let range = octets.trimmed(self.lines[index].range)
            guard range.count >= 2, octets.starts(with: "//", at: range.end - 2) else { continue }
            close = range.end - 2
            self.lines[index].range.upper = Int32(truncatingIfNeeded: close)
            self.lines[index].facts.insert(.formal)
            self.claim(OctetRange(close, range.end))
            break
        }
        self.telegram.sets.append(MessageSet(name: name, fields: .none, range: OctetRange(name.start, close)))
        let start = Swift.min(start, self.lines[line].range.end)
        self.claim(OctetRange(name.start, start))
        self.lines[line].range.lower = Int32(
            truncatingIfNeeded: octets.skipBlanks(start, before: self.lines[line].range.end))
        self.lines[line].facts.insert(.formal)
        return line
    }

    private func line(of position: Int, from first: Int, before bound: Int) -> Int {
        var line = first
        while line < bound, self.lines[line].range.end <= position { line += 1 }
        return line
    }
}

extension Span where Element == UInt8 {
    /// Capitals and figures before a `/`.
    func setName(at position: Int, before end: Int) -> OctetRange? {
        var index = position
        while index < end, index - position <= 10, Self.isUpper(self.byte(index)) || Self.isDigit(self.byte(index)) {
            index += 1
        }
        guard (3...10).contains(index - position), Self.isUpper(self.byte(position)), index < end,
            self.byte(index) == 0x2F, self.byte(index + 1) != 0x2F
        else { return nil }
        return OctetRange(position, index)
    }

    /// Sets that a text may begin with.
    func isSetStart(_ range: OctetRange) -> Bool {
        switch self.byte(range.start) {
        case 0x4D: self.starts(with: "MSGID/", at: range.start)
        case 0x45: self.starts(with: "EXER/", at: range.start)
        case 0x4F: self.starts(with: "OPER/", at: range.start)
        case 0x53: self.starts(with: "SUBJ/", at: range.start)
        default: false
        }
    }

    /// Where the set is closed: `//` with a blank, the end, or another set behind it. `HTTP://WWW` is no end.
    fileprivate func setEnd(from start: Int, before end: Int) -> Int {
        var position = start
        while let slash = self.firstIndex(of: 0x2F, in: OctetRange(position, end)) {
            position = slash + 1
            guard self.byte(slash + 1) == 0x2F else { continue }
            position = slash + 2
            if position >= end || Self.isBlank(self.byte(position)) || self.setName(at: position, before: end) != nil {
                return slash
            }
        }
        return end
    }

    /// Where the text begins that `RMKS/` or `GENTEXT/REMARKS/` opens.
    fileprivate func remarksStart(_ name: OctetRange, _ end: Int) -> Int? {
        if self.equals(name, "RMKS") { return name.end + 1 }
        guard self.equals(name, "GENTEXT"), self.starts(with: "REMARKS/", at: name.end + 1) else { return nil }
        return name.end + 9
    }

    /// `REF A IS …`, `REF (A) IS …`, `REF A, …`
    fileprivate func explainedReference(at position: Int, before end: Int) -> (letter: UInt8, next: Int)? {
        var index = self.skipBlanks(position + 3, before: end)
        let isBracketed = self.byte(index) == 0x28
        if isBracketed { index += 1 }
        let letter = self.byte(index)
        guard index > position + 3, Self.isUpper(letter), index < end else { return nil }
        index += 1
        if isBracketed {
            guard self.byte(index) == 0x29 else { return nil }
            index += 1
        }
        let next = self.skipBlanks(index, before: end)
        if self.startsWord("IS", at: next) { return (letter, next + 2) }
        return self.byte(index) == 0x2C ? (letter, index + 1) : nil
    }

    fileprivate func setReferenceKind(_ word: OctetRange) -> Reference.Kind {
        switch self.byte(word.start) {
        case 0x4D where self.equals(word, "MSG"): .telegram
        case 0x47 where self.equals(word, "GENADMIN"): .telegram
        case 0x45 where self.equals(word, "EMAIL"): .email
        case 0x54 where self.equals(word, "TEL") || self.equals(word, "TELCON"): .phone
        case 0x50 where self.starts(with: "PHONE", at: word.start): .phone
        case 0x4D where self.starts(with: "MEMO", at: word.start): .memo
        case 0x4C where self.equals(word, "LTR") || self.equals(word, "LETTER"): .letter
        case 0x52 where self.equals(word, "RPT") || self.equals(word, "REPORT"): .report
        case 0x4D where self.equals(word, "MTG"): .meeting
        case 0x43 where self.equals(word, "CONF"): .meeting
        case 0x42 where self.equals(word, "BOOK"): .book
        default: .other
        }
    }
}
