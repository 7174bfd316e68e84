extension Parser {
    /// Summary, comment and the like (format 2.9): opened at a paragraph's start or heading, closed at a paragraph's end.
    mutating func findBlocks(_ octets: Octets) {
        var openKind: Block.Kind?
        var openAt: Int32 = 0
        for index in self.telegram.paragraphs.indices {
            let paragraph = self.telegram.paragraphs[index]
            let number = Int32(truncatingIfNeeded: index)
            var opened: Block.Kind?
            if !paragraph.heading.isEmpty { opened = self.blockStart(octets, paragraph.heading) }
            if opened == nil { opened = self.blockStart(octets, paragraph.text) }
            if opened == nil, self.hasBracketedNote(octets, paragraph.range) {
                self.telegram.blocks.append(Block(kind: .note, firstParagraph: number, lastParagraph: number))
            }
            let closed = octets.blockEnd(paragraph.range)
            if let opened {
                if let kind = openKind {
                    self.telegram.blocks.append(Block(kind: kind, firstParagraph: openAt, lastParagraph: openAt))
                }
                openKind = opened
                openAt = number
            }
            if let closed {
                if openKind == closed {
                    self.telegram.blocks.append(Block(kind: closed, firstParagraph: openAt, lastParagraph: number))
                    openKind = nil
                } else if closed == .summary, !self.telegram.blocks.contains(where: { $0.kind == .summary }) {
                    self.telegram.blocks.append(Block(kind: closed, firstParagraph: 0, lastParagraph: number))
                } else if openKind == nil {
                    self.telegram.blocks.append(Block(kind: closed, firstParagraph: number, lastParagraph: number))
                }
            } else if openKind == .actionRequest, let kind = openKind {
                self.telegram.blocks.append(Block(kind: kind, firstParagraph: openAt, lastParagraph: openAt))
                openKind = nil
            }
        }
        if let kind = openKind {
            self.telegram.blocks.append(Block(kind: kind, firstParagraph: openAt, lastParagraph: openAt))
        }
    }

    @inline(__always)
    private func blockStart(_ octets: Octets, _ text: Text) -> Block.Kind? {
        guard !text.isEmpty, self.telegram.pieces.indices.contains(Int(text.first)) else { return nil }
        let piece = self.telegram.pieces[Int(text.first)]
        return piece.origin == .record ? octets.blockStart(piece.range) : nil
    }

    private func hasBracketedNote(_ octets: Octets, _ range: OctetRange) -> Bool {
        var position = range.start
        while let found = octets.firstIndex(of: UInt8(ascii: "("), in: OctetRange(position, range.end)) {
            if Octets.uppercased(octets.byte(found + 1)) == UInt8(ascii: "N"),
                octets.startsIgnoringCase(with: "(NOTE:", at: found)
                    || octets.startsIgnoringCase(with: "(NOTE.", at: found)
            {
                return true
            }
            position = found + 1
        }
        return false
    }
}

extension Octets {
    /// The words that open a block.
    fileprivate func blockStart(_ range: OctetRange) -> Block.Kind? {
        var position = range.start
        while self.byte(position) == UInt8(ascii: "("), position < range.end { position += 1 }
        switch (Self.uppercased(self.byte(position)), Self.uppercased(self.byte(position + 1))) {
        case (0x53, 0x55), (0x42, 0x45), (0x42, 0x49), (0x45, 0x58), (0x45, 0x4D): break  // SU BE BI EX EM
        case (0x43, 0x4F), (0x50, 0x4F), (0x41, 0x43), (0x4E, 0x4F): break  // CO PO AC NO
        case (0x54, 0x48) where Self.uppercased(self.byte(position + 2)) == 0x49: break  // THI
        default: return nil
        }
        let openings: [(StaticString, Block.Kind)] = [
            ("SUMMARY", .summary), ("BEGIN SUMMARY", .summary), ("EXECUTIVE SUMMARY", .summary), ("COMMENT", .comment),
            ("BEGIN COMMENT", .comment), ("EMBASSY COMMENT", .comment), ("POST COMMENT", .comment),
            ("ACTION REQUEST", .actionRequest), ("THIS IS AN ACTION REQUEST", .actionRequest), ("NOTE", .note),
            ("BIO NOTE", .biographicNote), ("BIOGRAPHIC NOTE", .biographicNote), ("BEGIN TEXT", .quotedText),
            ("BEGIN UNOFFICIAL TRANSLATION", .quotedText),
        ]
        for (word, kind) in openings where self.startsIgnoringCase(with: word, at: position) {
            var end = position + word.utf8CodeUnitCount
            while end < range.end, Self.isLetter(self.byte(end)) { end += 1 }
            if end - position - word.utf8CodeUnitCount > 2 { continue }
            let next = self.byte(end)
            if end >= range.end || next == 0x2E || next == 0x3A || next == 0x2D { return kind }
            if self.startsIgnoringCase(with: " AND ", at: end) || kind == .actionRequest || kind == .quotedText {
                return kind
            }
        }
        return nil
    }
}
