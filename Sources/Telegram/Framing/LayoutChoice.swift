extension Parser {
    /// Format 5.0: the first row for which there is evidence; called before FL12 is read, which reads archive-merged text
    /// with repairs. The confidence falls with what the row wants and is not there.
    mutating func chooseLayout(_ octets: Octets) {
        self.readSectionNumbers(octets)
        let (layout, confidence) = self.layoutByEvidence(octets)
        self.telegram.layout = layout
        self.telegram.layoutConfidence = confidence
        guard layout == .acp127, self.telegram.kind == .telegram, !self.seen.firstSeparation,
            !self.seen.lastSeparation, !self.textLines.isEmpty, self.joints.isEmpty
        else { return }
        self.chooseArchive(octets)
    }

    private mutating func layoutByEvidence(_ octets: Octets) -> (Layout, Float) {
        let seen = self.seen
        if self.telegram.routingHeader != nil { return (.janap128, seen.precedence ? 1 : 0.9) }
        let isSpecial = self.telegram.originatingStation.map { octets.isSpecialStation($0) } ?? false
        if self.telegram.compartmentLine != nil || (isSpecial && seen.markedSerial) {
            return (.doi103, self.telegram.compartmentLine != nil && isSpecial ? 1 : 0.8)
        }
        let hasCalled = seen.called || !self.telegram.pilots.isEmpty
        if seen.numbered { return (.acp126, hasCalled && seen.precedence ? 1 : 0.8) }
        if hasCalled && seen.calling { return (.acp127, 1) }
        if seen.page { return (.pages1973, seen.precedence ? 1 : 0.7) }
        if seen.labels {
            let labels = (seen.precedence ? 1 : 0) + (seen.originator ? 1 : 0) + (seen.addressees ? 1 : 0)
            return (.smart, labels >= 2 ? 1 : 0.8)
        }
        if seen.precedence, seen.banner && seen.precedenceWord || self.textOpensWithSets(octets) {
            return (.general, seen.banner && seen.precedenceWord ? 1 : 0.9)
        }
        if seen.precedence { return (.acp127, seen.originator ? 0.9 : 0.7) }
        if seen.calling { return (.acp127, 0.7) }
        if seen.called && seen.identification { return (.acp127, 0.6) }
        if self.telegram.layout == .textOnly { return (.textOnly, 0.8) }
        return !self.textLines.isEmpty && self.textHasAnchor(octets) ? (.textOnly, 0.5) : (.unknown, 0)
    }

    /// `MSGID/` among the first lines of the text, or `SUBJ/`.
    private func textOpensWithSets(_ octets: Octets) -> Bool {
        for index in self.textLines.prefix(16) where octets.isSetStart(self.content(octets, index)) { return true }
        return false
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
                let page = octets.pageLine(octets.trimmed(range)), let section = page.section
            else { continue }
            last = Swift.max(last, section)
            if expected <= 1, let count = page.sectionCount, count > 1 { self.telegram.sectionsExpected = count }
        }
        let isSigned = first < expected && self.endsInSignature(octets)
        guard last > first || isSigned else { return }
        self.telegram.layout = .archive
        if isSigned { last = Swift.max(last, expected) }
        self.telegram.sectionsReceived = first...Swift.min(last, Swift.max(first, self.telegram.sectionsExpected))
    }

    /// The last word could be a name: letters, all but perhaps the last one upper case, and no full stop.
    private mutating func endsInSignature(_ octets: Octets) -> Bool {
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
        // SMART and general messages have no end of message of their own (format 8).
        let isEnded =
            self.telegram.ending.seen || self.telegram.layout == .smart || self.telegram.layout == .general
        self.telegram.complete = isWhole && isEnded && !self.telegram.ending.cancelled
    }
}

extension Span where Element == UInt8 {
    /// A station of the special security network (format 5.4).
    func isSpecialStation(_ station: OctetRange) -> Bool {
        station.count == 6 && self.byte(station.start) == 0x59
    }

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
