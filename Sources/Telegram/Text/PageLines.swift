extension Parser {
    /// Evidence of the section, not text (format 3.3).
    mutating func removePageLine(_ page: PageLine) {
        self.telegram.pageLines.append(page)
        self.claim(page.range)
        self.telegram.findings.append(
            Finding(.pageLineRemoved, range: page.range, repair: Repair(was: page.range, now: nil, rule: .d22)))
    }

    /// A banner beside a page line is page furniture (format 3.3, 6.4 D22).
    mutating func removeBanner(_ range: OctetRange) {
        self.claim(range)
        self.telegram.findings.append(
            Finding(.bannerRemoved, range: range, confidence: 0.95, repair: Repair(was: range, now: nil, rule: .d22)))
    }

    /// The banner that stands above a page line, blank lines between them or not.
    mutating func removeBanner(_ octets: Octets, before line: Int) {
        var index = line - 1
        while index >= self.scratch.bodyStart, self.lines[index].isBlank { index -= 1 }
        guard index >= self.scratch.bodyStart, self.kind(index) == .text else { return }
        let range = octets.trimmed(self.lines[index].range)
        guard let level = octets.levelWord(range),
            octets.trimmed(OctetRange(level.end, range.end)).isEmpty
        else { return }
        self.scratch.kinds[index - self.scratch.bodyStart] = .furniture
        self.removeBanner(range)
    }
}

extension Octets {
    /// A line that a page break left in the text (format 3.3), or nil.
    @inline(__always)
    func pageLine(_ range: OctetRange) -> PageLine? {
        guard range.count >= 8, range.count <= 80 else { return nil }
        let first = self.byte(range.start)
        if first == 0x50, self.starts(with: "PAGE ", at: range.start) { return self.numberedPageLine(range) }
        guard Self.isDigit(self.byte(range.end - 1)), Self.isUpper(first) else { return nil }
        return self.statePageLine(range)
    }

    /// `DUSHANBE 00001350 001.2 OF 005`
    @inline(never)
    private func statePageLine(_ range: OctetRange) -> PageLine? {
        guard let count = self.lastWord(range), let sections = self.number(in: count), count.count <= 3 else {
            return nil
        }
        var rest = self.trimmed(OctetRange(range.start, count.start))
        guard let of = self.lastWord(rest), self.equals(of, "OF") else { return nil }
        rest = self.trimmed(OctetRange(range.start, of.start))
        guard let place = self.lastWord(rest), place.count <= 6 else { return nil }
        let dot = self.firstIndex(of: UInt8(ascii: "."), in: place) ?? place.end
        guard let section = self.number(in: OctetRange(place.start, dot)) else { return nil }
        let page = self.number(in: OctetRange(dot + 1, place.end)) ?? 1
        rest = self.trimmed(OctetRange(range.start, place.start))
        guard let digits = self.lastWord(rest), (6...8).contains(digits.count), let serial = self.number(in: digits)
        else { return nil }
        let post = self.trimmed(OctetRange(range.start, digits.start))
        guard !post.isEmpty else { return nil }
        return PageLine(
            post: post, serial: Int32(truncatingIfNeeded: serial), section: Int16(truncatingIfNeeded: section),
            page: Int16(truncatingIfNeeded: min(page, 999)), sectionCount: Int16(truncatingIfNeeded: sections),
            range: range)
    }

    /// `PAGE 2 RBDXQT 042A ...`, `PAGE 02        STATE   067811  301710Z` and `PAGE 02  STATE 067811 01 OF 02`
    @inline(never)
    private func numberedPageLine(_ range: OctetRange) -> PageLine? {
        var rest = OctetRange(range.start + 4, range.end)
        guard let number = self.nextWord(&rest), let page = self.number(in: number), page < 1000 else { return nil }
        let start = self.trimmed(rest).start
        var end = start
        var words = 0
        while let word = self.nextWord(&rest), words < 5 {
            if Self.isDigit(self.byte(word.start)) || self.byte(word.start) == UInt8(ascii: "#") {
                guard words > 0, word.count >= 3, word.count <= 8 else { return nil }
                let first = self.byte(word.start) == UInt8(ascii: "#") ? word.start + 1 : word.start
                let digits = self.digits(at: first, before: word.end)
                guard digits.count >= 3, word.end - digits.end <= 3 else { return nil }
                var page = PageLine(
                    post: OctetRange(start, end), serial: self.number(in: digits).map { Int32(truncatingIfNeeded: $0) },
                    section: nil, page: Int16(truncatingIfNeeded: page), sectionCount: nil, range: range)
                self.readPageTail(rest, &page)
                return page
            }
            guard self.isUpper(word) else { return nil }
            end = word.end
            words += 1
        }
        return nil
    }

    /// `[D2 OF D2] [DDHHMMZ]` behind the serial of a 1973-79 page line (format 5.5).
    private func readPageTail(_ range: OctetRange, _ page: inout PageLine) {
        var rest = range
        guard var word = self.nextWord(&rest) else { return }
        if let section = self.number(in: word), word.count <= 2 {
            guard let of = self.nextWord(&rest), self.equals(of, "OF"), let digits = self.nextWord(&rest),
                let count = self.number(in: digits), digits.count <= 2
            else { return }
            page.section = Int16(truncatingIfNeeded: section)
            page.sectionCount = Int16(truncatingIfNeeded: count)
            guard let next = self.nextWord(&rest) else { return }
            word = next
        }
        if word.count == 7, self.byte(word.end - 1) == 0x5A, self.isDigits(OctetRange(word.start, word.end - 1)) {
            page.time = word
        }
    }
}
