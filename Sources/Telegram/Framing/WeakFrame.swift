extension Parser {
    /// Row 8 of format 5.0, and records of which only a part of the heading came.
    func weakFrame(_ octets: Octets) -> Frame? {
        var labels: (order: Bool, tags: Bool, subject: Bool) = (false, false, false)
        for index in self.lines.indices where !self.lines[index].isBlank {
            let content = self.content(octets, index)
            guard !content.isEmpty else { continue }
            let identification = octets.isIdentification(content)
            if identification.matches || octets.calledStations(content) != nil || octets.isCallingStation(content) {
                return Frame(lines: index..<self.end(octets, of: .called, at: index), gapStart: 0, start: .called)
            }
            if octets.startsIgnoringCase(with: "E.O.", at: content.start) { labels.order = true }
            if octets.startsIgnoringCase(with: "TAGS", at: content.start) { labels.tags = true }
            if octets.startsIgnoringCase(with: "SUBJ", at: content.start) { labels.subject = true }
            let count = (labels.order ? 1 : 0) + (labels.tags ? 1 : 0) + (labels.subject ? 1 : 0)
            if count >= 2 || octets.hasLevelAndSerial(content) { return self.textFrame(octets) }
        }
        return nil
    }

    private func textFrame(_ octets: Octets) -> Frame {
        let first = self.nextContent(octets, from: 0, before: self.lines.count)
        var end = first
        while end < self.lines.count {
            end += 1
            if octets.isEndOfMessage(self.content(octets, end - 1)) { break }
        }
        return Frame(lines: first..<end, gapStart: 0, start: .text)
    }
}
