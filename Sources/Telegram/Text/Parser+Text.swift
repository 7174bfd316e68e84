extension Span where Element == UInt8 {
    /// The first place from `position` on that a blank stands before, or `end`.
    @inline(__always)
    fileprivate func behindBlank(_ position: Int, before end: Int) -> Int {
        var place = Swift.max(position, 1)
        let end = Swift.min(end, self.count)
        while place < end, self[unchecked: place &- 1] != 0x20 { place &+= 1 }
        return place
    }
}

extension Parser {
    private static let labelOctets = 3000
    private static let labelLines = 80

    /// FL12 (format 2): from the first line after BT or the address to the last before the closing BT.
    mutating func readText(_ octets: Octets, lines: Range<Int>) {
        let lines = lines.clamped(to: 0..<self.lines.count)
        var first = lines.lowerBound
        while first < lines.upperBound, self.lines[first].isBlank { first += 1 }
        guard first < lines.upperBound else { return }
        guard self.telegram.kind != .service else {
            self.telegram.body = self.joinedLines(octets, first..<lines.upperBound)
            return
        }
        if self.telegram.layout == .smart {
            self.readBody(octets, first..<lines.upperBound)
            return
        }
        self.scratch.parts.removeAll(keepingCapacity: true)
        self.cutLabels(octets, first..<lines.upperBound)
        let next = self.readPreamble(octets, first, lines.upperBound)
        self.readMessageReference(octets)
        self.readBody(octets, next..<lines.upperBound)
        if !self.telegram.sets.isEmpty { self.findReleaser(octets) }
        self.completeReference(octets)
        self.countSections()
    }

    /// Lines up to paragraph 1, cut where several labels share one line (format 2.0).
    private mutating func cutLabels(_ octets: Octets, _ lines: Range<Int>) {
        let start = self.lines[lines.lowerBound].range.start
        var seen: UInt8 = 0
        for index in lines {
            let range = self.lines[index].range
            if index - lines.lowerBound > Self.labelLines || range.start - start > Self.labelOctets { return }
            if octets.isParagraphOne(range) { return }
            let trimmed = octets.trimmed(range)
            var part = TextPart(
                range: trimmed, content: trimmed, line: Int32(truncatingIfNeeded: index), label: .none)
            if let found = octets.textLabel(at: trimmed.start, before: trimmed.end, inside: false) {
                if seen & (1 << found.label.rawValue) == 0 {
                    seen |= 1 << found.label.rawValue
                    self.noteLabel(octets, trimmed, found.label)
                    part.label = found.label
                    part.content = OctetRange(found.content, trimmed.end)
                } else if found.label.standsOnce {
                    part.label = .repeated
                    part.content = OctetRange(found.content, trimmed.end)
                }
            }
            if part.label != .none && part.label != .repeated || index == lines.lowerBound {
                var position = trimmed.start + 1
                let limit = min(trimmed.end, start + Self.labelOctets)
                while position < limit {
                    position = octets.behindBlank(position, before: limit)
                    if position < limit, let found = octets.textLabel(at: position, before: trimmed.end, inside: true),
                        seen & (1 << found.label.rawValue) == 0
                    {
                        seen |= 1 << found.label.rawValue
                        part.range = octets.trimmed(OctetRange(part.range.start, position))
                        part.content = octets.trimmed(OctetRange(part.content.start, position))
                        self.scratch.parts.append(part)
                        part.range = OctetRange(position, trimmed.end)
                        part.content = OctetRange(found.content, trimmed.end)
                        part.label = found.label
                    }
                    position += 1
                }
            }
            self.scratch.parts.append(part)
        }
    }

    /// `AGS:`, `TAGES:` and `E.0.` are read as what they stand for (format 2.4, 2.5).
    private mutating func noteLabel(_ octets: Octets, _ range: OctetRange, _ label: TextLabel) {
        if label == .tags,
            !octets.startsIgnoringCase(with: "TAG", at: range.start)
                || octets.startsIgnoringCase(with: "TAGES", at: range.start)
        {
            var end = range.start
            while Octets.isLetter(octets.byte(end)) { end += 1 }
            self.noteWord(OctetRange(range.start, end), self.makePiece("TAGS"), .d8, 0.9)
        } else if label == .executiveOrder, octets.byte(range.start + 2) == 0x30 {
            self.noteWord(OctetRange(range.start, range.start + 3), self.makePiece("E.O"), .d10, 0.9)
        }
    }

    /// Everything before the body; returns the body's first line.
    private mutating func readPreamble(_ octets: Octets, _ first: Int, _ end: Int) -> Int {
        let count = self.scratch.parts.count
        let lastLabel = self.scratch.parts.lastIndex { $0.label != .none && $0.label != .repeated } ?? -1
        var index = 0
        var tries = 0
        while index < count {
            let part = self.scratch.parts[index]
            if part.range.isEmpty {
                index += 1
                continue
            }
            if self.telegram.classification == nil, part.label == .none, tries < 4 {
                tries += 1
                if self.readClassificationLine(octets, part.range, first: tries == 1) {
                    index += 1
                    continue
                }
            }
            switch part.label {
            case .executiveOrder:
                self.readExecutiveOrder(octets, part)
                index += 1
            case .tags:
                index = self.readTags(octets, index)
            case .subject:
                index = self.readSubject(octets, index)
            case .references:
                index = self.readReferences(octets, index)
            case .classifiedBy:
                index = self.readClassifierParts(octets, index)
            case .repeated:
                index = self.readRepeatedLabel(octets, index)
            case .none:
                if octets.isSetStart(part.range) { return self.readSets(octets, from: Int(part.line), before: end) }
                if let page = octets.pageLine(part.range) {
                    self.removePageLine(page)
                } else if lastLabel < 0, self.readGeneralLine(octets, part.range) {
                    index += 1
                    continue
                } else if index > lastLabel || !self.readCaptionLine(octets, part.range) {
                    if lastLabel < 0, self.readCaptionLine(octets, part.range) {
                        index += 1
                        continue
                    }
                    if index > lastLabel { return Int(part.line) }
                }
                index += 1
            }
        }
        return min(end, self.scratch.parts.last.map { Int($0.line) + 1 } ?? first)
    }

    /// Captions, attention and correction lines (format 2.3).
    private mutating func readCaptionLine(_ octets: Octets, _ range: OctetRange) -> Bool {
        if let copy = octets.spacedWord("CORRECTEDCOPY", at: range.start, before: range.end) {
            var note = octets.trimmed(OctetRange(copy, range.end))
            while octets.byte(note.start) == UInt8(ascii: "/"), !note.isEmpty { note.lower += 1 }
            while octets.byte(note.end - 1) == UInt8(ascii: "/"), !note.isEmpty { note.upper -= 1 }
            let bracketed =
                octets.byte(note.start) == UInt8(ascii: "(") && octets.byte(note.end - 1) == UInt8(ascii: ")")
            self.telegram.correctedCopy =
                bracketed ? OctetRange(note.start + 1, note.end - 1) : note.isEmpty ? range : note
            self.telegram.findings.append(Finding(.correctedCopy, range: range))
            self.claim(range)
            return true
        }
        guard range.count <= 120 else { return false }
        if Lexicon.captions.contains(range, in: octets) {
            self.addCaption(octets, range)
            self.claim(range)
            return true
        }
        if self.readCaptionWords(octets, range) || self.readAttention(octets, range) {
            self.claim(range)
            return true
        }
        if octets.starts(with: "EYES ONLY FOR ", at: range.start)
            || octets.starts(with: "FOR AMBASSADOR", at: range.start)
            || octets.starts(with: "PERSONAL FOR ", at: range.start) || octets.startsWord("CODEL", at: range.start)
        {
            self.addCaption(octets, range)
            self.claim(range)
            return true
        }
        return false
    }

    private mutating func readCaptionWords(_ octets: Octets, _ range: OctetRange) -> Bool {
        for pass in 0..<2 {
            var position = range.start
            while position < range.end {
                let start = position
                while position < range.end, Octets.isUpper(octets.byte(position)) { position += 1 }
                if position > start {
                    let word = OctetRange(start, position)
                    guard Lexicon.captions.contains(word, in: octets) else { return false }
                    if pass == 1 { self.addCaption(octets, word) }
                } else {
                    switch octets.byte(position) {
                    case 0x20, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "-"): break
                    default: return false
                    }
                    position += 1
                }
            }
        }
        return true
    }

    mutating func addCaption(_ octets: Octets, _ word: OctetRange) {
        if let controls = octets.captionControls(word) { self.telegram.controls.formUnion(controls) }
        guard self.telegram.captions.count < 32,
            !self.telegram.captions.contains(where: { octets.equals($0, word) })
        else { return }
        self.telegram.captions.append(word)
    }

    /// `DEPT FOR SCA/CEN`
    mutating func readAttention(_ octets: Octets, _ range: OctetRange) -> Bool {
        var rest = range
        guard let first = octets.nextWord(&rest), octets.isUpper(first), Lexicon.agencies.contains(first, in: octets)
        else {
            return false
        }
        var words = 0
        while let word = octets.nextWord(&rest), words < 4 {
            words += 1
            if octets.equals(word, "FOR") || octets.equals(word, "PASS") {
                if octets.equals(word, "PASS"), octets.firstWord(rest).map({ octets.equals($0, "TO") }) ?? false {
                    _ = octets.nextWord(&rest)
                }
                let start = self.telegram.offices.count
                let offices = octets.trimmed(rest)
                guard !offices.isEmpty else { return false }
                var from = offices.start
                for index in offices.start...offices.end
                where index == offices.end || octets.byte(index) == UInt8(ascii: ",") {
                    let office = octets.trimmed(OctetRange(from, index))
                    if !office.isEmpty { self.telegram.offices.append(office) }
                    from = index + 1
                }
                self.telegram.attentions.append(
                    Attention(
                        agency: first, offices: Slice(first: start, count: self.telegram.offices.count - start),
                        range: range))
                return true
            }
            guard octets.equals(word, "ALSO") || octets.equals(word, "PLEASE") || octets.equals(word, "PLS") else {
                return false
            }
        }
        return false
    }

    /// Wrapped lines up to a blank, a label, a dashed line, a page line or paragraph 1 (format 2.6).
    mutating func readSubject(_ octets: Octets, _ index: Int) -> Int {
        let part = self.scratch.parts[index]
        var content = octets.trimmed(part.content)
        if let found = octets.bracketedMark(at: content.start, before: content.end), let mark = found.mark {
            self.telegram.subjectMark = mark
            content = octets.trimmed(OctetRange(found.brackets.end, content.end))
        }
        let first = self.telegram.pieces.count
        if !content.isEmpty { self.telegram.pieces.append(Piece(content)) }
        self.claim(part.range)
        var next = index + 1
        while next < self.scratch.parts.count, next < index + 6 {
            let following = self.scratch.parts[next]
            if following.range.isEmpty || following.label != .none || octets.isRule(following.range)
                || octets.pageLine(following.range) != nil || octets.paragraphToken(following.range) != nil
            {
                break
            }
            self.telegram.pieces.append(Piece(following.range))
            self.claim(following.range)
            next += 1
        }
        self.telegram.subject = Text(
            first: Int32(truncatingIfNeeded: first),
            count: Int32(truncatingIfNeeded: self.telegram.pieces.count - first))
        return next
    }

    private mutating func joinedLines(_ octets: Octets, _ lines: Range<Int>) -> Text {
        let first = self.telegram.pieces.count
        var blank = false
        for index in lines {
            if self.lines[index].isBlank {
                blank = true
                continue
            }
            self.telegram.pieces.append(Piece(self.lines[index].range, join: blank ? .blankLine : .newline))
            self.claim(self.lines[index].range)
            blank = false
        }
        return Text(
            first: Int32(truncatingIfNeeded: first),
            count: Int32(truncatingIfNeeded: self.telegram.pieces.count - first))
    }

    /// Section numbers as far as this transmission shows them (format 3).
    private mutating func countSections() {
        guard let line = self.telegram.classification, let count = line.sectionCount, let section = line.section else {
            return
        }
        self.telegram.sectionsExpected = count
        var last = section
        for page in self.telegram.pageLines {
            if let shown = page.section, shown > last, shown <= count { last = shown }
        }
        if last > section || self.telegram.layout == .archive, !self.telegram.signature.isEmpty {
            last = max(last, count)
        }
        self.telegram.sectionsReceived = section...last
    }
}
