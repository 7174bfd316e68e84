extension Parser {
    /// Format 5.0, rows 3, 3a, 7, 8 and 9; called before FL12 is read, which reads archive-merged text with repairs.
    mutating func chooseLayout(_ octets: Octets) {
        self.readSectionNumbers(octets)
        guard self.telegram.layout == .unknown else { return }
        let hasWire = (self.seen.called || !self.telegram.pilots.isEmpty) && self.seen.calling
        if hasWire || self.seen.calling || self.seen.precedence || (self.seen.called && self.seen.identification) {
            self.telegram.layout = .acp127
        } else if !self.textLines.isEmpty, self.textHasAnchor(octets) {
            self.telegram.layout = .textOnly
        }
        guard self.telegram.layout == .acp127, self.telegram.kind == .telegram, !self.seen.firstSeparation,
            !self.seen.lastSeparation, !self.textLines.isEmpty
        else { return }
        self.chooseArchive(octets)
    }

    private func textHasAnchor(_ octets: Octets) -> Bool {
        for index in self.textLines where octets.hasLevelAndSerial(self.content(octets, index)) { return true }
        return false
    }

    /// Row 3: page lines of sections beyond the first, or a signature where more sections should follow.
    private mutating func chooseArchive(_ octets: Octets) {
        let first = self.telegram.sectionsReceived.lowerBound
        let expected = self.telegram.sectionsExpected
        var last = first
        for index in self.textLines {
            let range = self.lines[index].range
            guard range.count >= 21, Octets.isDigit(octets.byte(range.end - 1)),
                let page = octets.sectionPage(octets.trimmed(range))
            else { continue }
            last = Swift.max(last, page.section)
            if expected <= 1, page.count > 1 { self.telegram.sectionsExpected = page.count }
        }
        let isSigned = first < expected && self.endsInSignature(octets)
        guard last > first || isSigned else { return }
        self.telegram.layout = .archive
        if isSigned { last = Swift.max(last, expected) }
        self.telegram.sectionsReceived = first...Swift.min(last, Swift.max(first, self.telegram.sectionsExpected))
    }

    /// The last word could be a name: letters, all but perhaps the last one upper case, and no full stop.
    private func endsInSignature(_ octets: Octets) -> Bool {
        for index in self.textLines.reversed() {
            let line = self.content(octets, index)
            guard !line.isEmpty else { continue }
            guard !self.isAnyPageLine(octets, line), let word = octets.lastWord(line), word.count >= 3 else {
                return false
            }
            return octets.isUpper(OctetRange(word.start, word.end - 1)) && Octets.isLetter(octets.byte(word.end - 1))
                && !octets.equals(word, "COMMENT") && !octets.equals(word, "SUMMARY")
        }
        return false
    }

    /// `SECTION 01 OF 03`, `FINAL SECTION OF 2` of the class line, else FL3's `/01` (format 3.1).
    private mutating func readSectionNumbers(_ octets: Octets) {
        var section = self.telegram.transmissionSection.map { Int($0) }
        var count: Int?
        let first = self.nextContent(octets, from: self.textLines.lowerBound, before: self.textLines.upperBound)
        for index in first..<Swift.max(first, Swift.min(first + 5, self.textLines.upperBound)) {
            let line = self.content(octets, index)
            guard octets.headingLevel(line) != nil else { continue }
            if let numbers = octets.sectionNumbers(line) {
                section = numbers.section ?? section
                count = numbers.count
            }
            break
        }
        let number = Swift.max(1, Swift.min(section ?? 1, 9999))
        let total = Swift.max(number, Swift.min(count ?? number, 9999))
        self.telegram.sectionsExpected = Int16(total)
        self.telegram.sectionsReceived = Int16(number)...Int16(number)
    }

    /// Whether this transmission is the whole telegram.
    mutating func readSections(_ octets: Octets) {
        let received = self.telegram.sectionsReceived
        let isWhole = received.lowerBound == 1 && received.upperBound >= self.telegram.sectionsExpected
        self.telegram.complete = isWhole && self.telegram.ending.seen && !self.telegram.ending.cancelled
    }
}

extension Span where Element == UInt8 {
    func sectionNumbers(_ line: OctetRange) -> (section: Int?, count: Int)? {
        guard line.count <= 200, let place = self.firstIndex(of: "SECTION ", in: line) else { return nil }
        let isFinal = place >= line.start + 6 && self.starts(with: "FINAL ", at: place - 6)
        var rest = OctetRange(place + 8, line.end)
        guard var word = self.nextWord(&rest) else { return nil }
        var section: Int?
        if let number = self.number(in: word), word.count <= 4 {
            section = number
            guard let next = self.nextWord(&rest) else { return nil }
            word = next
        }
        guard self.equals(word, "OF"), let digits = self.nextWord(&rest), digits.count <= 4,
            let count = self.number(in: digits)
        else { return nil }
        return (isFinal ? count : section, count)
    }
}
