extension Parser {
    /// No FL5 and no FM: a service message (format 4.2), or a telegram that lost them.
    mutating func chooseKind(_ octets: Octets) {
        let first = self.content(octets, self.nextContent(octets, from: self.cursor, before: self.bound))
        var rest = first
        if let level = octets.headingLevel(first) { rest = OctetRange(level.end, first.end) }
        guard let word = octets.nextWord(&rest) else { return }
        let isQuestion =
            octets.equals(word, "INT") && octets.firstWord(rest).map { octets.isOperatingSignal($0) } == true
        if octets.equals(word, "SVC") || isQuestion || octets.isOperatingSignal(word) {
            self.telegram.kind = .service
        }
    }

    /// The signals of a service message with what stands behind each, and its text.
    mutating func readService(_ octets: Octets) {
        let lines = self.textLines
        let first = self.nextContent(octets, from: lines.lowerBound, before: lines.upperBound)
        guard first < lines.upperBound else { return }
        var last = lines.upperBound - 1
        while last > first, self.content(octets, last).isEmpty { last -= 1 }
        let range = OctetRange(self.content(octets, first).start, self.content(octets, last).end)
        self.readSignals(octets, range, place: .service)
        var text = Text(first: Int32(self.telegram.pieces.count), count: 0)
        for index in first...last {
            let line = self.content(octets, index)
            guard !line.isEmpty else { continue }
            self.telegram.pieces.append(Piece(line))
            text.count += 1
        }
        self.telegram.body = text
        self.claim(range)
    }
}
