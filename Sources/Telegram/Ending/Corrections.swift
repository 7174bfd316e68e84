/// Octets of the text that a correction takes out, and what it puts there.
struct Edit {
    var removed: OctetRange
    var replacement: OctetRange?
}

extension Parser {
    /// Each correction that is applied searches the text: further ones are only listed.
    private static let correctionLimit = 64

    /// In-text corrections: `C` lines at page ends, and eight `E` (format 1.15, 1.16).
    mutating func readCorrections(_ octets: Octets) {
        self.edits.removeAll(keepingCapacity: true)
        for correction in self.telegram.corrections.indices { self.apply(octets, correction) }
        // Neither a correction nor eight `E`: most telegrams, and most lines.
        let signs: LineFacts = [.correction, .repetition, .columns]
        guard !self.recordFacts.isDisjoint(with: signs) else { return }
        for index in self.textLines {
            let facts = self.lines[index].facts
            if facts.isDisjoint(with: signs) { continue }
            let range = self.lines[index].range
            guard range.count >= 4 else { continue }
            if facts.contains(.correction) {
                let line = octets.trimmed(range)
                if octets.isCorrection(line) {
                    self.readCorrection(octets, line)
                    self.claim(line)
                    self.apply(octets, self.telegram.corrections.count - 1)
                }
            }
            if !facts.isDisjoint(with: [.repetition, .columns]), range.count >= 8 {
                self.readErrorProsign(octets, range, at: index)
            }
        }
    }

    mutating func readCorrection(_ octets: Octets, _ line: OctetRange) {
        var correction = Correction(
            kind: .other, range: line, page: nil, line: nil, anchor: nil, now: nil, applied: false)
        var rest = OctetRange(line.start + 1, line.end)
        while let word = octets.nextWord(&rest) {
            if octets.equals(word, "PAGE") || octets.equals(word, "LINE") {
                let isPage = octets.equals(word, "PAGE")
                guard let digits = octets.nextWord(&rest), let number = octets.number(in: digits),
                    let value = Int32(exactly: number)
                else { break }
                if isPage { correction.page = value } else { correction.line = value }
                correction.kind = isPage ? .page : .line
            } else if octets.isPortionWord(word) {
                let isAll = octets.byte(word.start) == 0x41
                let isAfter = octets.byte(word.start + 1) == 0x41
                correction.kind = isAll ? (isAfter ? .allAfter : .allBefore) : (isAfter ? .wordAfter : .wordBefore)
                self.splitCorrection(octets, octets.trimmed(rest), &correction)
                break
            } else {
                correction.now = OctetRange(word.start, line.end)
                break
            }
        }
        if correction.now?.isEmpty == true { correction.now = nil }
        self.telegram.corrections.append(correction)
    }

    /// Where a word is corrected and its anchor stands once in what is searched, the edit is clean.
    private mutating func apply(_ octets: Octets, _ index: Int) {
        let correction = self.telegram.corrections[index]
        guard correction.kind == .wordAfter || correction.kind == .wordBefore, correction.page == nil,
            let anchor = correction.anchor, let now = correction.now, index < Parser.correctionLimit
        else { return }
        let scope = self.sectionLines(of: correction.range)
        // A later section's text starts with its class line, which was left out.
        let first =
            scope.lowerBound > self.textLines.lowerBound
            ? scope.lowerBound : self.nextContent(octets, from: scope.lowerBound, before: scope.upperBound)
        var lines = first..<scope.upperBound
        if let number = correction.line {
            // Text lines are counted from the class line, which is 1.
            let wanted = first + Int(number) - 1
            guard number >= 1, lines.contains(wanted) else { return }
            lines = wanted..<wanted + 1
        }
        guard let found = self.corrected(octets, correction, anchor, in: lines) else { return }
        self.edits.append(Edit(removed: found, replacement: now))
        self.telegram.corrections[index].applied = true
    }

    /// The word that the correction replaces; nil where the anchor stands nowhere, or more than once.
    private func corrected(
        _ octets: Octets, _ correction: Correction, _ anchor: OctetRange, in lines: Range<Int>
    ) -> OctetRange? {
        var found: OctetRange?
        for line in lines where !octets.isCorrection(self.content(octets, line)) {
            var rest = self.content(octets, line)
            var before: OctetRange?
            while let word = octets.nextWord(&rest) {
                if let end = octets.phraseEnd(anchor, from: word, rest) {
                    let target = correction.kind == .wordAfter ? octets.firstWord(OctetRange(end, rest.end)) : before
                    guard found == nil, let target else { return nil }
                    found = octets.withoutPunctuation(target)
                }
                before = word
            }
        }
        return found
    }

    /// `C WA ARRIVAL OF THREE`: the anchor is what the text has; as many of the words as stand there together.
    private func splitCorrection(_ octets: Octets, _ words: OctetRange, _ correction: inout Correction) {
        guard let first = octets.firstWord(words) else { return }
        correction.anchor = first
        correction.now = octets.trimmed(OctetRange(first.end, words.end))
        guard let last = octets.lastWord(words), last.start > first.end, words.count <= 69,
            self.telegram.corrections.count < Parser.correctionLimit, !self.textLines.isEmpty
        else { return }
        var best = first.end
        for line in self.sectionLines(of: words) where !octets.isCorrection(self.content(octets, line)) {
            var rest = self.content(octets, line)
            while let word = octets.nextWord(&rest) {
                best = Swift.max(best, octets.commonWords(OctetRange(words.start, last.start), from: word, rest))
            }
        }
        correction.anchor = OctetRange(words.start, best)
        correction.now = octets.trimmed(OctetRange(best, words.end))
    }

    /// Eight `E`: with w the next word, everything behind the last earlier w up to the repeated one goes (format 1.16).
    private mutating func readErrorProsign(_ octets: Octets, _ line: OctetRange, at index: Int) {
        var position = line.start
        var spaced = octets.firstLoneE(in: line)
        var run = octets.firstErrorRun(in: line)
        // Each is sought again only when it has been passed: the line is walked once.
        while let start = spaced.map({ min($0, run ?? $0) }) ?? run {
            position = max(position, start + 1)
            defer {
                let rest = OctetRange(position, line.end)
                if let found = spaced, found < position { spaced = octets.firstLoneE(in: rest) }
                if let found = run, found < position { run = octets.firstErrorRun(in: rest) }
            }
            if start > line.start, !Octets.isBlank(octets.byte(start - 1)) { continue }
            guard let end = octets.errorProsign(at: start, before: line.end) else { continue }
            position = end
            let anchor = octets.firstWord(OctetRange(end, line.end)) ?? self.firstWord(octets, below: index)
            var correction = Correction(
                kind: .errorProsign, range: OctetRange(start, anchor?.end ?? end), page: nil, line: nil, anchor: anchor,
                now: nil, applied: false)
            var repair: Repair?
            if let anchor, self.telegram.corrections.count < Parser.correctionLimit,
                let earlier = self.lastOccurrence(octets, of: anchor, before: start)
            {
                let removed = OctetRange(earlier.end, anchor.end)
                self.edits.append(Edit(removed: removed, replacement: nil))
                correction.applied = true
                repair = Repair(was: removed, now: nil, rule: .d13)
            }
            self.telegram.corrections.append(correction)
            self.telegram.findings.append(
                Finding(.errorProsign, range: correction.range, confidence: 0.9, repair: repair))
        }
    }

    /// The word that a line goes on with below it, page lines and corrections left out.
    private func firstWord(_ octets: Octets, below line: Int) -> OctetRange? {
        for index in line + 1..<Swift.max(line + 1, Swift.min(line + 12, self.textLines.upperBound)) {
            let content = self.content(octets, index)
            if content.isEmpty || octets.isCorrection(content) || self.isAnyPageLine(octets, content) { continue }
            return octets.firstWord(content)
        }
        return nil
    }

    /// Looks back over one page at most, so that a text full of prosigns stays cheap.
    private func lastOccurrence(_ octets: Octets, of word: OctetRange, before position: Int) -> OctetRange? {
        let lines = self.sectionLines(of: OctetRange(position, position))
        let floor = Swift.max(position - 2000, self.lines[lines.lowerBound].range.start)
        var rest = OctetRange(floor, position)
        var found: OctetRange?
        while let candidate = octets.nextWord(&rest) {
            if octets.equals(candidate, word) { found = candidate }
        }
        return found
    }
}

extension Span where Element == UInt8 {
    /// An `E` that another one follows behind nothing but blanks.
    fileprivate func firstLoneE(in range: OctetRange) -> Int? {
        var position = range.start
        while let found = self.firstIndex(of: 0x45, in: OctetRange(position, range.end)) {
            let next = self.skipBlanks(found + 1, before: range.end)
            if next > found + 1, next < range.end, self.byte(next) == 0x45 { return found }
            position = next
        }
        return nil
    }

    /// Where eight `E` without blanks begin.
    fileprivate func firstErrorRun(in range: OctetRange) -> Int? {
        var position = range.start + 7
        while position < range.end {
            // A run of eight covers one place in every eight.
            if self.byte(position) == 0x45, self.byte(position - 1) == 0x45 || self.byte(position + 1) == 0x45 {
                var start = position
                while start > range.start, position - start < 8, self.byte(start - 1) == 0x45 { start -= 1 }
                if self.starts(with: "EEEEEEEE", at: start), start + 8 <= range.end { return start }
            }
            position += 8
        }
        return nil
    }

    /// Where the words of `phrase` end that begin with `word`, in one line; a full stop or comma may stand behind each.
    fileprivate func phraseEnd(_ phrase: OctetRange, from word: OctetRange, _ behind: OctetRange) -> Int? {
        var wanted = phrase
        guard let first = self.nextWord(&wanted), self.equals(self.withoutPunctuation(word), first) else { return nil }
        var rest = behind
        while let next = self.nextWord(&wanted) {
            guard let read = self.nextWord(&rest), self.equals(self.withoutPunctuation(read), next) else { return nil }
        }
        return rest.start
    }

    /// Where the words of `phrase` end that the text repeats from `word` on.
    fileprivate func commonWords(_ phrase: OctetRange, from word: OctetRange, _ behind: OctetRange) -> Int {
        var wanted = phrase
        guard let first = self.nextWord(&wanted), self.equals(self.withoutPunctuation(word), first) else {
            return phrase.start
        }
        var end = first.end
        var rest = behind
        while let next = self.nextWord(&wanted), let read = self.nextWord(&rest),
            self.equals(self.withoutPunctuation(read), next)
        { end = next.end }
        return end
    }

    func withoutPunctuation(_ word: OctetRange) -> OctetRange {
        var end = word.end
        while end > word.start {
            switch self.byte(end - 1) {
            case 0x2E, 0x2C, 0x3A, 0x3B, 0x3F, 0x21: end -= 1
            default: return OctetRange(word.start, end)
            }
        }
        return word
    }
}
