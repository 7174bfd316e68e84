extension Parser {
    /// Paragraphs, page lines, signature (format 2.9-2.11, 3.3, 6.4).
    mutating func readBody(_ octets: Octets, _ lines: Range<Int>) {
        self.scratch.bodyStart = lines.lowerBound
        self.scratch.bodyEnd = lines.upperBound
        self.scratch.lastLineEnd = nil
        self.sortLines(octets, lines)
        self.findDamage(octets)
        self.readSignature(octets)
        self.decodeNumbers(octets)
        self.measureWidth()
        self.buildParagraphs(octets)
        self.spreadFirstParagraph(octets)
        self.findBlocks(octets)
    }

    private mutating func sortLines(_ octets: Octets, _ lines: Range<Int>) {
        self.scratch.tokens.removeAll(keepingCapacity: true)
        self.scratch.kinds.fill(lines.count, with: .text)
        self.scratch.repeatedHeading = false
        var afterBlank = true
        var afterPage = false
        // Behind a class line of a later section any line may repeat the heading.
        let mayRepeat = self.telegram.classification?.sectionCount != nil
        let table = self.lines.elements
        for index in lines {
            let line = table[index]
            let range = line.range
            if !line.facts.contains(.formal), !range.isEmpty, !afterPage, !mayRepeat {
                afterBlank = false
                continue
            }
            var kind = BodyLineKind.text
            if range.isEmpty {
                kind = .blank
            } else {
                let first = octets.byte(range.start)
                if Octets.isDigit(first) || first == 0x2D || first == 0x3D || first == 0x5F || first == 0x2A {
                    if octets.isRule(range) {
                        kind = .rule
                    } else if var token = octets.paragraphToken(range) {
                        token.line = Int32(truncatingIfNeeded: index)
                        token.afterBlank = afterBlank
                        self.scratch.tokens.append(token)
                        kind = .paragraph
                    }
                } else if range.count <= 80 {
                    if Octets.precedence(first) != nil, Octets.isBlank(octets.byte(range.start + 1)) {
                        self.noteHeading(octets, index)
                    }
                    if let page = octets.pageLine(range) {
                        self.removePageLine(page)
                        self.removeBanner(octets, before: index)
                        kind = .page
                    } else if range.count <= 9,
                        octets.equals(range, "SIPDIS") || octets.equals(range, "NOFORN")
                            || octets.equals(range, "SENSITIVE")
                    {
                        kind = .furniture
                        self.claim(range)
                    } else if afterPage, let level = octets.levelWord(range),
                        octets.trimmed(OctetRange(level.end, range.end)).isEmpty
                    {
                        kind = .furniture
                        self.removeBanner(range)
                    } else if let machine = self.machineLine(octets, range) {
                        kind = machine
                    }
                }
            }
            if kind != .blank { afterPage = kind == .page }
            afterBlank = kind == .blank || kind == .rule || kind == .page || kind == .furniture
            if kind != .text { self.scratch.kinds[index - lines.lowerBound] = kind }
        }
    }

    @inline(__always)
    func kind(_ line: Int) -> BodyLineKind {
        let index = line - self.scratch.bodyStart
        return self.scratch.kinds.indices.contains(index) ? self.scratch.kinds[index] : .blank
    }

    private mutating func decodeNumbers(_ octets: Octets) {
        let count = self.scratch.tokens.prefix { Int($0.line) < self.scratch.bodyEnd }.count
        guard count > 0 else { return }
        let fromStart = (self.telegram.classification?.section ?? 1) == 1
        var damaged = fromStart && self.scratch.tokens[0].value == 11
        self.scratch.decoded.removeAll(keepingCapacity: true)
        var nineteen = false
        for index in 0..<count {
            let token = self.scratch.tokens[index]
            if token.value == 110, nineteen { damaged = true }
            nineteen = token.value == 19
            self.scratch.decoded.append(
                SequenceDecoder.Token(
                    value: token.label == nil ? token.value : 0, marked: token.mark != nil || token.unreadable != nil,
                    afterBlank: token.afterBlank))
        }
        self.scratch.damaged = damaged
        self.scratch.decoder.decode(self.scratch.decoded, damaged: damaged, fromStart: fromStart)
        var previous: Int32 = fromStart ? 0 : -1
        for index in 0..<count {
            var number = self.scratch.decoder.readings[index]
            let token = self.scratch.tokens[index]
            // `2.a.` is a part of paragraph 2, where that is the one before.
            if token.label != nil, token.value == previous { number = token.value }
            self.scratch.tokens[index].number = number
            if number == 0 {
                self.scratch.kinds[Int(token.line) - self.scratch.bodyStart] = .text
                continue
            }
            previous = number
        }
    }

    private mutating func noteRepairs(_ token: ParagraphToken, _ paragraph: Int32) {
        if token.number != token.value {
            let now = Piece(OctetRange(token.digits.start + 1, token.digits.end))
            var range = now.range
            if token.value >= 110, token.number < 10 { range = OctetRange(token.digits.end - 1, token.digits.end) }
            self.telegram.findings.append(
                Finding(
                    .paragraphNumberRestored, range: token.digits, paragraph: paragraph, confidence: 0.98,
                    repair: Repair(was: token.digits, now: Piece(range), rule: .d1)))
        }
        if let bullet = token.bullet {
            self.telegram.findings.append(
                Finding(
                    .bulletDropped, range: bullet, paragraph: paragraph, confidence: 0.97,
                    repair: Repair(was: bullet, now: nil, rule: .d5)))
        }
        if let brackets = token.unreadable {
            self.telegram.findings.append(Finding(.markUnreadable, range: brackets, paragraph: paragraph))
        }
    }

    /// W of format 6.5: the longest length that lines of 60 to 80 octets reach; longer lines were unwrapped.
    private mutating func measureWidth() {
        var longest = 0
        var long = 0
        let lines = self.lines.elements
        for line in self.scratch.bodyStart..<self.scratch.bodyEnd {
            let count = lines[line].range.count
            if count > 80 { long += 1 } else if count > longest { longest = count }
        }
        self.scratch.width = long > 0 || longest < 55 ? Int.max : longest
    }

    private mutating func buildParagraphs(_ octets: Octets) {
        var builder = ParagraphBuilder()
        var next = 0
        var line = self.scratch.bodyStart
        let end = self.scratch.bodyEnd
        while line < end {
            let range = self.lineRange(line)
            switch self.kind(line) {
            case .blank:
                builder.blankLines = true
            case .page:
                builder.page = true
            case .furniture:
                builder.furniture = true
            case .rule:
                self.claim(range)
                builder.blankLines = true
            case .paragraph:
                while next < self.scratch.tokens.count,
                    Int(self.scratch.tokens[next].line) < line || self.scratch.tokens[next].number == 0
                { next += 1 }
                guard next < self.scratch.tokens.count else { break }
                let token = self.scratch.tokens[next]
                next += 1
                self.finish(octets, &builder)
                self.start(octets, &builder, token, line)
                builder.lost = self.lostStart(octets, after: line, next: next, number: token.number)
            case .text where builder.continues && line != builder.lost:
                line = self.appendLines(octets, &builder, from: line)
                continue
            case .text:
                if line == builder.lost {
                    self.finish(octets, &builder)
                    self.startLost(octets, &builder, line)
                } else if let last = self.headingEnd(octets, line, builder) {
                    self.finish(octets, &builder)
                    let first = self.lineRange(line)
                    builder.headingMark = octets.bracketedMark(at: first.start, before: first.end)?.mark
                    builder.heading = self.makeHeading(octets, line..<last)
                    line = last
                    builder.blankLines = true
                    continue
                } else {
                    if !builder.open { self.open(&builder, range) }
                    self.append(octets, &builder, range, line)
                }
            }
            line += 1
        }
        self.finish(octets, &builder)
    }

    @inline(__always)
    func lineRange(_ line: Int) -> OctetRange {
        let range = self.lines[line].range
        if line == self.scratch.bodyEnd - 1, let end = self.scratch.lastLineEnd { return OctetRange(range.start, end) }
        return range
    }

    private mutating func start(
        _ octets: Octets, _ builder: inout ParagraphBuilder, _ token: ParagraphToken, _ line: Int
    ) {
        let range = self.lineRange(line)
        let index = Int32(truncatingIfNeeded: self.telegram.paragraphs.count)
        if let previous = builder.number, token.number > previous + 1, !builder.reported {
            self.telegram.findings.append(Finding(.paragraphMissing, range: token.digits, paragraph: index))
        }
        self.noteRepairs(token, index)
        builder.open(
            number: token.number, label: token.label, mark: token.mark, at: range.start,
            pieces: self.telegram.pieces.count)
        builder.reported = false
        let text = OctetRange(Int(token.text), range.end)
        if !text.isEmpty { self.addPiece(octets, text, .space, paragraph: index, line: line) }
        builder.lastLine = range
        builder.end = range.end
    }

    private mutating func startLost(_ octets: Octets, _ builder: inout ParagraphBuilder, _ line: Int) {
        let range = self.lineRange(line)
        let number = (builder.number ?? 0) + 1
        let index = Int32(truncatingIfNeeded: self.telegram.paragraphs.count)
        let start = self.telegram.made.count
        self.appendNumber(Int(number))
        self.telegram.made.append(UInt8(ascii: "."))
        self.telegram.findings.append(
            Finding(
                .paragraphNumberLost, range: OctetRange(range.start, range.start), paragraph: index, confidence: 0.8,
                repair: Repair(
                    was: OctetRange(range.start, range.start),
                    now: Piece(OctetRange(start, self.telegram.made.count), origin: .made), rule: .d7)))
        builder.open(number: number, label: nil, mark: nil, at: range.start, pieces: self.telegram.pieces.count)
        builder.synthetic = true
        builder.lost = -1
        self.addPiece(octets, range, .space, paragraph: index, line: line)
        builder.lastLine = range
        builder.end = range.end
    }

    private func open(_ builder: inout ParagraphBuilder, _ range: OctetRange) {
        let number = builder.number
        builder.open(number: nil, label: nil, mark: nil, at: range.start, pieces: self.telegram.pieces.count)
        builder.lastNumber = number
    }

    /// Where a paragraph begins whose number was lost between this token and the next (format 6.4 D7).
    @inline(__always)
    private func lostStart(_ octets: Octets, after line: Int, next: Int, number: Int32) -> Int {
        var following = next
        while following < self.scratch.tokens.count, self.scratch.tokens[following].number == 0 { following += 1 }
        guard following < self.scratch.tokens.count, self.scratch.tokens[following].number > number + 1 else {
            return -1
        }
        var fallback = -1
        var blank = false
        var page = false
        for index in line + 1..<max(Int(self.scratch.tokens[following].line), line + 1) {
            switch self.kind(index) {
            case .blank where !self.joints.isEmpty && self.isJoint(index): page = true
            case .blank: blank = true
            case .page: page = true
            case .text:
                let range = self.lines[index].range
                if blank, !page {
                    if Octets.isLower(octets.byte(range.start)) { return index }
                    if fallback < 0, self.scratch.damaged, !octets.isHeading(range) { fallback = index }
                }
                blank = false
                page = false
            default: break
            }
        }
        return fallback
    }

    /// A line or two between blank lines before a paragraph, or underlined: the line after it, or nil.
    @inline(__always)
    private mutating func headingEnd(_ octets: Octets, _ line: Int, _ builder: ParagraphBuilder) -> Int? {
        guard builder.blankLines || builder.page || builder.furniture || !builder.open else { return nil }
        var next = line
        while next < self.scratch.bodyEnd, self.kind(next) == .text, next < line + 3 {
            guard octets.isHeading(self.lineRange(next)), !octets.isUnmarkedItem(self.lineRange(next)) else {
                return nil
            }
            next += 1
        }
        guard next <= line + 2 else { return nil }
        let underlined = self.kind(next) == .rule && next < self.scratch.bodyEnd
        if underlined { return next }
        if next < self.scratch.bodyEnd, self.kind(next) == .paragraph { return next }
        while next < self.scratch.bodyEnd, self.kind(next) != .paragraph {
            if self.kind(next) == .text { return nil }
            next += 1
        }
        return next < self.scratch.bodyEnd ? next : nil
    }

    private mutating func makeHeading(_ octets: Octets, _ lines: Range<Int>) -> Text {
        let first = self.telegram.pieces.count
        for line in lines where self.kind(line) == .text {
            var range = self.lines[line].range
            self.claim(range)
            if let mark = octets.bracketedMark(at: range.start, before: range.end), mark.mark != nil {
                range = OctetRange(mark.brackets.end, range.end)
            }
            self.telegram.pieces.append(Piece(octets.trimmed(range)))
        }
        return Text(
            first: Int32(truncatingIfNeeded: first),
            count: Int32(truncatingIfNeeded: self.telegram.pieces.count - first))
    }

    private mutating func finish(_ octets: Octets, _ builder: inout ParagraphBuilder) {
        guard builder.open else { return }
        let range = OctetRange(builder.start, builder.end)
        let text = Text(
            first: Int32(truncatingIfNeeded: builder.pieces),
            count: Int32(truncatingIfNeeded: self.telegram.pieces.count - builder.pieces))
        self.telegram.paragraphs.append(
            Paragraph(
                number: builder.number, label: builder.label, mark: builder.mark, heading: builder.heading,
                headingMark: builder.headingMark, synthetic: builder.synthetic, text: text, range: range))
        self.claim(range)
        builder.close()
    }
}
