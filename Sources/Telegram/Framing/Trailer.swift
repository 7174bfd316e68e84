/// What stands behind `NNNN` and is still the telegram's: the closing banner of a general message (format 5.8) and the
/// attributes that archives print (format 5.5).
extension Parser {
    /// Blank lines that a trailer may stand behind.
    private static let distance = 12

    /// Where the telegram ends whose line of `NNNN` ends at `closed`; nil as long as only what comes next can tell. For who
    /// cuts a stream: `octets` are that telegram, and whole lines of what has come behind it.
    public mutating func endOfTelegram(_ octets: Octets, closed: Int) -> Int? {
        self.tabulateLines(octets)
        let behind = self.lines.indices.first { self.lines[$0].range.start >= closed } ?? self.lines.count
        var frame = self.firstFrame(octets)
        while let current = frame, current.lines.upperBound < behind { frame = self.nextFrame(octets, after: current) }
        guard let frame, frame.lines.contains(behind - 1) else { return closed }
        let isPage = frame.start == .page
        guard let opening = isPage ? behind : self.openingBanner(octets, frame.lines) else { return closed }

        let trailer = self.nextContent(
            octets, from: behind, before: Swift.min(behind + Self.distance, self.lines.count))
        if trailer == self.lines.count { return nil }
        let end: Int
        if isPage {
            end = self.attributesEnd(octets, from: behind)
            if end == self.lines.count, end > behind { return nil }
        } else {
            end = self.closingBanner(octets, opening, from: behind)
            // Whether a banner closes this telegram or opens the next is told by what follows it.
            let next = Swift.min(trailer + Self.distance, self.lines.count)
            if end > behind, self.nextContent(octets, from: trailer + 1, before: next) == self.lines.count {
                return nil
            }
        }
        return end > behind ? Int(self.lines[end - 1].next) : closed
    }

    /// The level above the telegram's start, below which only a precedence word may stand: one further up may have closed
    /// the telegram before.
    private func openingBanner(_ octets: Octets, _ lines: Range<Int>) -> Int? {
        var opening: Int?
        for index in lines {
            let content = self.content(octets, index)
            if content.isEmpty { continue }
            guard octets.isBanner(content) else { break }
            if !octets.isPrecedenceWord(content) { opening = index }
        }
        return opening
    }
}
