extension Parser {
    /// Joins a line to the paragraph behind blank lines or a page's end, if it is not the first (format 3.3, 6.4 D6).
    mutating func append(_ octets: Octets, _ builder: inout ParagraphBuilder, _ range: OctetRange, _ line: Int) {
        let isFirst = self.telegram.pieces.count <= builder.pieces
        let join = isFirst ? Piece.Join.space : self.gapJoin(octets, builder, range)
        builder.blankLines = false
        builder.page = false
        builder.furniture = false
        self.addLine(octets, range, join, line)
        builder.lastLine = range
        builder.end = range.end
    }

    /// Joins this line and those behind it, as long as nothing stands between them (format 6.5); returns the next.
    mutating func appendLines(_ octets: Octets, _ builder: inout ParagraphBuilder, from first: Int) -> Int {
        let end = builder.lost > first ? Swift.min(builder.lost, self.scratch.bodyEnd) : self.scratch.bodyEnd
        var line = first
        // Kept apart from the builder, which is large.
        var previous = builder.lastLine
        var shortBefore = builder.shortBefore
        while true {
            let isFirst = self.telegram.pieces.count <= builder.pieces
            if !isFirst { line = self.appendProse(octets, &previous, &shortBefore, from: line, before: end) }
            guard line < end, self.kind(line) == .text else { break }
            let range = self.lineRange(line)
            let join = isFirst ? .space : self.lineJoin(octets, previous, range, line, &shortBefore)
            self.addLine(octets, range, join, line)
            previous = range
            line += 1
        }
        builder.shortBefore = shortBefore
        builder.lastLine = previous
        builder.end = previous.end
        return line
    }

    /// The lines from `first` on that begin with a word and of which only their length can tell how they join: nearly all.
    private mutating func appendProse(
        _ octets: Octets, _ previous: inout OctetRange, _ shortBefore: inout Bool, from first: Int, before end: Int
    ) -> Int {
        if self.scratch.damaged || !self.scratch.cuts.isEmpty { return first }
        let lines = self.lines.elements
        let kinds = self.scratch.kinds.elements
        let start = self.scratch.bodyStart
        let end = self.scratch.lastLineEnd == nil ? end : Swift.min(end, self.scratch.bodyEnd - 1)
        let width = self.scratch.width
        var line = first
        while line < end, kinds[line - start] == .text, !lines[line].facts.contains(.columns) {
            let range = lines[line].range
            let last = octets.byte(previous.end - 1)
            guard Octets.isLetter(octets.byte(range.start)), octets.byte(range.start + 1) != UInt8(ascii: "."),
                last != UInt8(ascii: "-"),
                previous.count < width || !Octets.isLetter(last) || !self.isCutWord(octets, previous, range)
            else { break }
            let short = octets.isShort(previous, range, in: width)
            let keep = short && (shortBefore || self.isShort(octets, range, before: line + 1))
            shortBefore = short
            self.scratch.run.append(
                Piece(range, join: keep ? .newline : .space, isPlain: !lines[line].facts.contains(.escapes)))
            previous = range
            line += 1
        }
        if line > first {
            self.telegram.pieces.append(contentsOf: self.scratch.run.elements)
            self.scratch.run.removeAll()
        }
        return line
    }

    @inline(__always)
    private mutating func addLine(_ octets: Octets, _ range: OctetRange, _ join: Piece.Join, _ line: Int) {
        // No line ends with a blank.
        let isIndented = Octets.isBlank(octets.byte(range.start))
        self.addPiece(
            octets, isIndented && join != .newline ? octets.trimmed(range) : range, join,
            paragraph: Int32(truncatingIfNeeded: self.telegram.paragraphs.count), line: line)
    }

    /// What stands between a line and one that blank lines, or a page's end, part from it.
    @inline(never)
    private mutating func gapJoin(_ octets: Octets, _ builder: ParagraphBuilder, _ range: OctetRange) -> Piece.Join {
        if !self.joints.isEmpty, let joint = self.joint(between: builder.lastLine, range) {
            return self.joinSections(octets, builder.lastLine, range, joint)
        }
        let first = octets.byte(octets.trimmed(range).start)
        if octets.isListItem(range) { return .blankLine }
        guard Octets.isLower(first) || !octets.endsSentence(builder.lastLine) else {
            return builder.page ? .space : .blankLine
        }
        // Where the sections were joined no boundary is lost.
        if !builder.page, self.joints.isEmpty, (self.telegram.classification?.sectionCount ?? 1) > 1 {
            let gap = OctetRange(builder.lastLine.end, range.start)
            let blank = OctetRange(self.telegram.made.count, self.telegram.made.count + 1)
            self.telegram.made.append(0x20)
            self.telegram.findings.append(
                Finding(
                    .sectionBoundaryJoined, range: gap,
                    paragraph: Int32(truncatingIfNeeded: self.telegram.paragraphs.count), confidence: 0.9,
                    repair: Repair(was: gap, now: Piece(blank, origin: .made), rule: .d6)))
        }
        return .space
    }

    @inline(never)
    private mutating func lineJoin(
        _ octets: Octets, _ previous: OctetRange, _ range: OctetRange, _ line: Int, _ shortBefore: inout Bool
    ) -> Piece.Join {
        let last = octets.byte(previous.end - 1)
        let first = octets.byte(range.start)
        // Most lines begin with a word.
        let isWord = Octets.isLetter(first) && octets.byte(range.start + 1) != UInt8(ascii: ".")
        if (!isWord && octets.isListItem(range)) || self.isTableRow(octets, previous, range, line) {
            shortBefore = false
            return .newline
        }
        if Octets.isLetter(first) {
            if last == UInt8(ascii: "-"), Octets.isLetter(octets.byte(previous.end - 2)) {
                if Octets.isLower(first) { self.joinHalves(previous, range) }
                return .nothing
            }
            if previous.count >= self.scratch.width, Octets.isLetter(last), self.isCutWord(octets, previous, range) {
                self.noteCutWord(previous, range)
                return .nothing
            }
        }
        let short = octets.isShort(previous, range, in: self.scratch.width)
        let keep = short && (shortBefore || self.isShort(octets, range, before: line + 1))
        shortBefore = short
        return keep ? .newline : .space
    }

    /// The hyphen at a line's end was the operator's (format 6.4 D17).
    @inline(never)
    mutating func joinHalves(_ previous: OctetRange, _ range: OctetRange) {
        guard let index = self.telegram.pieces.indices.last, self.telegram.pieces[index].range.count > 1 else { return }
        self.telegram.pieces[index].range.upper -= 1
        self.noteCutWord(OctetRange(previous.start, previous.end - 1), range)
    }

    @inline(never)
    private mutating func noteCutWord(_ previous: OctetRange, _ range: OctetRange) {
        let gap = OctetRange(previous.end, range.start)
        self.telegram.findings.append(
            Finding(
                .splitWordJoined, range: gap,
                paragraph: Int32(truncatingIfNeeded: self.telegram.paragraphs.count), confidence: 0.85,
                repair: Repair(was: gap, now: nil, rule: .d17)))
    }

    /// One of three lines or more in columns, which are kept as they stand (format 6.5).
    @inline(__always)
    private mutating func isTableRow(
        _ octets: Octets, _ previous: OctetRange, _ range: OctetRange, _ line: Int
    ) -> Bool {
        self.lines[line].facts.contains(.columns) && self.isRowAmongRows(octets, previous, range, line)
    }

    @inline(never)
    private mutating func isRowAmongRows(
        _ octets: Octets, _ previous: OctetRange, _ range: OctetRange, _ line: Int
    ) -> Bool {
        guard octets.hasColumns(range) else { return false }
        var rows = 1
        if octets.hasColumns(previous) { rows += 1 }
        for other in [line - 2, line + 1, line + 2]
        where other >= self.scratch.bodyStart && other < self.scratch.bodyEnd {
            if other == line + 2, rows == 1 { continue }
            if self.lines[other].facts.contains(.columns), octets.hasColumns(self.lines[other].range) { rows += 1 }
        }
        return rows >= 3
    }

    private mutating func isShort(_ octets: Octets, _ range: OctetRange, before line: Int) -> Bool {
        line < self.scratch.bodyEnd && self.kind(line) == .text
            && octets.isShort(range, self.lineRange(line), in: self.scratch.width)
    }

    /// Rule 4 of format 6.5: the halves are one known word, and not two.
    private func isCutWord(_ octets: Octets, _ previous: OctetRange, _ range: OctetRange) -> Bool {
        let floor = Swift.max(previous.start, previous.end - 24)
        var start = previous.end
        while start > floor, Octets.isLetter(octets.byte(start - 1)) { start -= 1 }
        let limit = Swift.min(range.end, range.start + 24)
        var end = range.start
        while end < limit, Octets.isLetter(octets.byte(end)) { end += 1 }
        let left = OctetRange(start, previous.end)
        let right = OctetRange(range.start, end)
        // The set leaves out what is no letter: the line end between the halves does not count.
        guard Lexicon.words.mayContain(first: octets.byte(start), count: left.count + right.count),
            Lexicon.words.contains(OctetRange(start, end), in: octets)
        else { return false }
        return !(Lexicon.words.contains(left, in: octets) && Lexicon.words.contains(right, in: octets))
    }

    /// Adds a stretch of a paragraph's text, restoring years where the text is damaged (format 6.4 D2).
    @inline(__always)
    mutating func addPiece(_ octets: Octets, _ range: OctetRange, _ join: Piece.Join, paragraph: Int32, line: Int) {
        guard !range.isEmpty else { return }
        let isPlain = !self.lines[line].facts.contains(.escapes)
        if self.scratch.damaged || !self.scratch.cuts.isEmpty {
            self.addCutPiece(octets, range, join, paragraph: paragraph, isPlain: isPlain)
        } else {
            self.telegram.pieces.append(Piece(range, join: join, isPlain: isPlain))
        }
    }

    @inline(never)
    private mutating func addCutPiece(
        _ octets: Octets, _ range: OctetRange, _ join: Piece.Join, paragraph: Int32, isPlain: Bool
    ) {
        var start = range.start
        var join = join
        for cut in self.scratch.cuts where start <= cut.start && cut.end <= range.end {
            let before = octets.trimmed(OctetRange(start, cut.start))
            self.addDamagedPiece(octets, before, join, paragraph: paragraph, isPlain: isPlain)
            if !before.isEmpty { join = .space }
            start = cut.end
        }
        if start > range.start { start = octets.trimmed(OctetRange(start, range.end)).start }
        self.addDamagedPiece(octets, OctetRange(start, range.end), join, paragraph: paragraph, isPlain: isPlain)
    }

    private mutating func addDamagedPiece(
        _ octets: Octets, _ range: OctetRange, _ join: Piece.Join, paragraph: Int32, isPlain: Bool
    ) {
        guard !range.isEmpty else { return }
        guard self.scratch.damaged else {
            self.telegram.pieces.append(Piece(range, join: join, isPlain: isPlain))
            return
        }
        var start = range.start
        var position = range.start
        var join = join
        while let found = octets.firstIndex(of: UInt8(ascii: "1"), in: OctetRange(position, range.end)) {
            position = found + 1
            guard let confidence = self.strayedYear(octets, at: found, in: range) else {
                self.noteStrayDigit(octets, at: found, in: range, paragraph: paragraph)
                continue
            }
            self.telegram.findings.append(
                Finding(
                    .yearRestored, range: OctetRange(found, found + 5), paragraph: paragraph, confidence: confidence,
                    repair: Repair(
                        was: OctetRange(found, found + 5), now: Piece(OctetRange(found + 1, found + 5)), rule: .d2)))
            if found > start {
                self.telegram.pieces.append(Piece(OctetRange(start, found), join: join, isPlain: isPlain))
                join = .nothing
            }
            start = found + 1
            position = found + 5
        }
        self.telegram.pieces.append(Piece(OctetRange(start, range.end), join: join, isPlain: isPlain))
    }

    @inline(__always)
    private func strayedYear(_ octets: Octets, at found: Int, in range: OctetRange) -> Float? {
        guard found + 5 <= range.end, !Octets.isLetterOrDigit(octets.byte(found - 1)) || found == range.start,
            found + 5 == range.end || !Octets.isLetterOrDigit(octets.byte(found + 5)),
            let year = octets.number(in: OctetRange(found + 1, found + 5)), (1900..<2100).contains(year),
            year <= Int(self.telegram.dateTimeGroup?.year ?? 2069) + 30
        else { return nil }
        var end = found + 5
        while end < range.end, octets.byte(end) == 0x20 { end += 1 }
        let unit = end
        while end < range.end, end - unit < 16, Octets.isLetter(octets.byte(end)) { end += 1 }
        if Lexicon.units.contains(OctetRange(unit, end), in: octets) { return nil }
        var start = found
        while start > range.start, octets.byte(start - 1) == 0x20 || octets.byte(start - 1) == 0x2C { start -= 1 }
        let last = start
        while start > range.start, last - start < 16, Octets.isLetter(octets.byte(start - 1)) { start -= 1 }
        return Lexicon.beforeYear.contains(OctetRange(start, last), in: octets) ? 0.95 : 0.75
    }
}

extension Octets {
    /// The first word of the line behind it would have fitted (format 6.5).
    @inline(__always)
    fileprivate func isShort(_ previous: OctetRange, _ range: OctetRange, in width: Int) -> Bool {
        guard width != Int.max else { return false }
        // Most lines are so full that no word would have fitted.
        let room = width - 4 - previous.count
        guard room > 0 else { return false }
        let limit = Swift.min(range.end, range.start + room)
        var end = range.start
        while end < limit, self.byte(end) > 0x20 { end += 1 }
        return end - range.start < room
    }

    /// Three blanks in a row stand between words.
    func hasColumns(_ range: OctetRange) -> Bool {
        let range = self.clamped(self.trimmed(range))
        guard range.count > 4, range.count <= 200 else { return false }
        return self.withUnsafeBufferPointer { buffer in
            let bytes = UnsafeRawBufferPointer(buffer)
            var position = range.lowerBound
            // Eight places a step: an octet is 0 where a blank stands there and at the next two.
            while position + 10 <= range.upperBound {
                let differs =
                    (bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) ^ 0x2020_2020_2020_2020)
                    | (bytes.loadUnaligned(fromByteOffset: position &+ 1, as: UInt64.self) ^ 0x2020_2020_2020_2020)
                    | (bytes.loadUnaligned(fromByteOffset: position &+ 2, as: UInt64.self) ^ 0x2020_2020_2020_2020)
                if (differs &- 0x0101_0101_0101_0101) & ~differs & 0x8080_8080_8080_8080 != 0 { return true }
                position &+= 8
            }
            while position + 3 <= range.upperBound {
                if bytes[position] == 0x20, bytes[position + 1] == 0x20, bytes[position + 2] == 0x20 { return true }
                position &+= 1
            }
            return false
        }
    }

    /// A list item: a mark in brackets may stand before a heading (format 2.9).
    func isUnmarkedItem(_ range: OctetRange) -> Bool {
        self.isListItem(range) && self.bracketedMark(at: range.start, before: range.end)?.mark == nil
    }

    /// `-- `, `- `, `A. `, `(A)`, `(1)`, `I. ` (format 2.9).
    func isListItem(_ range: OctetRange) -> Bool {
        switch self.byte(range.start) {
        case UInt8(ascii: "-"), UInt8(ascii: "*"): return true
        case UInt8(ascii: "("):
            let close = self.byte(range.start + 2)
            return close == UInt8(ascii: ")")
        case let byte where Self.isUpper(byte):
            return self.byte(range.start + 1) == UInt8(ascii: ".") && self.byte(range.start + 2) == 0x20
        case let byte where Self.isDigit(byte):
            return self.paragraphToken(range) != nil
        default: return false
        }
    }
}
