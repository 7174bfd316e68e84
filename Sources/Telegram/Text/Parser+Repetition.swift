/// Passages that a relay inserted twice, and headings inside the text (format 6.4 D14, D16).
extension Parser {
    private static let slots = 512
    /// Shorter lines may repeat by chance.
    private static let length = 40

    /// A line is known again by its first octets; three in a row that stood above in the same order are a passage.
    mutating func findRepetitions(_ octets: Octets) {
        self.scratch.lineSlots.fill(Self.slots, with: -1)
        let lines = self.lines.elements
        let kinds = self.scratch.kinds.elements
        let start = self.scratch.bodyStart
        var found = 0
        var line = start
        while line < self.scratch.bodyEnd {
            let range = lines[line].range
            guard range.count >= Self.length, kinds[line - start] == .text || kinds[line - start] == .paragraph else {
                line += 1
                continue
            }
            let slot = octets.lineSlot(range, Self.slots)
            let earlier = Int(self.scratch.lineSlots[slot])
            self.scratch.lineSlots[slot] = Int32(truncatingIfNeeded: line)
            guard earlier >= 0, earlier + 1 < line, found < 8, octets.equals(self.lines[earlier].range, range) else {
                line += 1
                continue
            }
            var next = line + 1
            while next < self.scratch.bodyEnd, earlier + next - line < line, !self.lines[next].isBlank,
                octets.equals(self.lines[earlier + next - line].range, self.lines[next].range)
            { next += 1 }
            if next - line >= 3 {
                found += 1
                let passage = OctetRange(range.start, self.lines[next - 1].range.end)
                self.telegram.findings.append(
                    Finding(
                        .repeatedPassage, range: passage, confidence: 0.9,
                        repair: Repair(was: passage, now: Piece(passage), rule: .d14)))
            }
            line = next
        }
    }

    /// FL5 with FM behind it, where the text should be.
    mutating func noteHeading(_ octets: Octets, _ line: Int) {
        let range = octets.trimmed(self.lines[line].range)
        guard let parsed = octets.precedenceLine(range), parsed.group.month != nil, self.originatorFollows(octets, line)
        else { return }
        self.telegram.findings.append(Finding(.headingInsideText, range: range, confidence: 0.7))
    }
}

extension Span where Element == UInt8 {
    /// From 24 octets in the middle and the length.
    fileprivate func lineSlot(_ range: OctetRange, _ slots: Int) -> Int {
        guard range.start >= 0, range.start &+ 40 <= self.count else { return 0 }
        return self.withUnsafeBytes { bytes in
            let first = bytes.loadUnaligned(fromByteOffset: range.start, as: UInt64.self)
            let second = bytes.loadUnaligned(fromByteOffset: range.start &+ 16, as: UInt64.self)
            let third = bytes.loadUnaligned(fromByteOffset: range.start &+ 32, as: UInt64.self)
            let mixed = (first ^ (second &<< 21 | second &>> 43) ^ (third &* 31)) &* 0x9E37_79B9_7F4A_7C15
            return Int(truncatingIfNeeded: (mixed &+ UInt64(range.count) &* 0xC2B2_AE3D_27D4_EB4F) >> 52) & (slots &- 1)
        }
    }
}
