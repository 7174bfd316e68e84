extension Parser {
    /// The paragraphs, or FL12 behind the class line, with the clean corrections applied; empty where there is none.
    mutating func correctText(_ octets: Octets) {
        guard !self.edits.isEmpty else { return }
        self.edits.sort { $0.removed.lower < $1.removed.lower }
        var text = Text(first: Int32(self.telegram.pieces.count), count: 0)
        var first = self.nextContent(octets, from: self.textLines.lowerBound, before: self.textLines.upperBound)
        var end = self.textLines.upperBound
        if self.telegram.paragraphs.isEmpty {
            if octets.headingLevel(self.content(octets, first)) != nil { first += 1 }
        } else {
            first = max(first, self.scratch.bodyStart)
            end = min(end, self.scratch.bodyEnd)
        }
        var edit = 0
        // Where the octets go on that no edit has taken.
        var position = 0
        for index in first..<Swift.max(first, end) {
            let line = self.content(octets, index)
            guard !line.isEmpty, !octets.isCorrection(line), !self.isAnyPageLine(octets, line) else { continue }
            var join = Piece.Join.space
            position = Swift.max(position, line.start)
            while edit < self.edits.count, self.edits[edit].removed.start < line.end {
                let change = self.edits[edit]
                edit += 1
                guard change.removed.start >= position else { continue }
                self.appendPiece(octets, OctetRange(position, change.removed.start), &join, &text)
                if let replacement = change.replacement {
                    if !Octets.isBlank(octets.byte(change.removed.start - 1)) { join = .nothing }
                    self.appendPiece(octets, replacement, &join, &text)
                    join = .nothing
                }
                position = change.removed.end
                if Octets.isBlank(octets.byte(position)) { join = .space }
            }
            if position < line.end { self.appendPiece(octets, OctetRange(position, line.end), &join, &text) }
        }
        self.telegram.correctedText = text
    }

    private mutating func appendPiece(
        _ octets: Octets, _ range: OctetRange, _ join: inout Piece.Join, _ text: inout Text
    ) {
        let trimmed = octets.trimmed(range)
        guard !trimmed.isEmpty else { return }
        self.telegram.pieces.append(Piece(trimmed, join: join))
        text.count += 1
        join = .space
    }

    /// Any of the forms of format 3.3.
    func isAnyPageLine(_ octets: Octets, _ line: OctetRange) -> Bool {
        octets.pageLine(line) != nil
    }
}
