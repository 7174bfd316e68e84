extension Telegram {
    /// Whether a finding of a later section concerns its own heading, class line or ending: what concerns the text comes
    /// up where all sections are read together, and what repeats there is the first section's.
    public func isOfTransmission(_ finding: Finding) -> Bool {
        if let range = finding.range {
            return !self.textRange.contains(range) || (self.classification?.range.contains(range) ?? false)
        }
        switch finding.code {
        case .precedenceMismatch, .missingElement, .endOfMessageMissing, .classificationMissing: return true
        default: return false
        }
    }
}

extension Parser {
    /// Calls `each` with the telegram that sections make together; not at all where the first of them holds none.
    ///
    /// `expected`: how many there should be; `isWhole`: all are there; `hasLast`: the last one is.
    public mutating func parse(
        _ sections: JoinedSections, expected: Int, isWhole: Bool, hasLast: Bool, context: Context = .init(),
        each: (borrowing Telegram) throws -> Void
    ) rethrows {
        self.context = context
        self.forgetDecoded()
        self.joints = sections.joints
        self.isJoinedWhole = isWhole
        self.isJoinedToLast = hasLast
        defer {
            self.joints.removeAll()
            self.isJoinedWhole = false
            self.isJoinedToLast = false
        }
        let octets = sections.characters.span
        guard octets.count <= Int(Int32.max) else { return }
        self.tabulateLines(octets)
        self.blankHeadings()
        // No cut inside: what the sections hold is one telegram, whatever its lines look like.
        guard var frame = self.firstFrame(octets) else { return }
        frame.lines = frame.lines.lowerBound..<self.lines.count
        self.read(octets, frame, isLast: true)
        self.telegram.sectionsExpected = Int16(clamping: expected)
        self.telegram.complete = isWhole && sections.areEnded
        try each(self.telegram)
    }

    /// What a single section needs to be joined to others.
    mutating func noteText() {
        let last = self.lines.count - 1
        guard last >= 0 else { return }
        if self.textLines.isEmpty {
            let line = self.lines[min(self.textLines.lowerBound, last)].range
            self.telegram.textRange = OctetRange(line.start, line.start)
            return
        }
        var first = self.textLines.lowerBound
        while first < self.textLines.upperBound - 1, self.lines[first].isBlank { first += 1 }
        self.telegram.textRange = self.range(of: first..<self.textLines.upperBound)
        let body = (self.scratch.bodyStart..<max(self.scratch.bodyStart, self.scratch.bodyEnd)).clamped(
            to: self.textLines)
        self.telegram.bodyRange = self.range(of: body)
    }

    /// The lines that repeat from the first section are blank ones: they count as lines, and say nothing.
    private mutating func blankHeadings() {
        var line = 0
        for index in self.joints.indices {
            let joint = self.joints[index]
            while line < self.lines.count, self.lines[line].range.lower < joint.start { line += 1 }
            self.joints[index].line = line
            while line < self.lines.count, self.lines[line].range.lower < joint.body {
                self.lines[line].range.upper = self.lines[line].range.lower
                self.lines[line].facts = []
                line += 1
            }
        }
    }

    /// The last joint that does not lie behind a place.
    private func joint(before place: Int32) -> Int? {
        var low = 0
        var high = self.joints.count
        while low < high {
            let middle = (low + high) / 2
            if self.joints[middle].start <= place { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }

    /// The boundary of two sections between two lines of the text, if there is one.
    func joint(between previous: OctetRange, _ range: OctetRange) -> JoinedSections.Joint? {
        guard let index = self.joint(before: range.lower), previous.upper <= self.joints[index].start else {
            return nil
        }
        return self.joints[index]
    }

    /// A line of what repeats from the first section.
    func isJoint(_ line: Int) -> Bool {
        let place = self.lines[line].range.lower
        return self.joint(before: place).map { place < self.joints[$0].body } ?? false
    }

    /// As at a page's end, no paragraph ends there, unless a sentence does and a blank line stands before (format 3.4).
    mutating func joinSections(
        _ octets: Octets, _ previous: OctetRange, _ range: OctetRange, _ joint: JoinedSections.Joint
    ) -> Piece.Join {
        if octets.isListItem(range) { return joint.hasBlank ? .blankLine : .newline }
        let first = octets.byte(octets.trimmed(range).start)
        guard Octets.isLower(first) || !octets.endsSentence(previous) else {
            return joint.hasBlank ? .blankLine : .space
        }
        let last = octets.byte(previous.end - 1)
        if last == UInt8(ascii: "-"), Octets.isLetter(octets.byte(previous.end - 2)), Octets.isLetter(first) {
            if Octets.isLower(first) { self.joinHalves(previous, range) }
            return .nothing
        }
        return .space
    }

    /// The text's lines that belong to the section in which a correction stands; those of the ending correct the first.
    func sectionLines(of range: OctetRange) -> Range<Int> {
        guard !self.joints.isEmpty, !self.textLines.isEmpty else { return self.textLines }
        let isInText = range.lower < self.lines[self.textLines.upperBound - 1].range.upper
        let index = isInText ? self.joint(before: range.lower) : nil
        let next = index.map { $0 + 1 } ?? 0
        let lower = index.map { self.joints[$0].line } ?? self.textLines.lowerBound
        let upper = next < self.joints.count ? self.joints[next].line : self.textLines.upperBound
        return (lower..<max(lower, upper)).clamped(to: self.textLines)
    }
}
