/// Starts of the layouts that are not ACP 127 (format 0.4, 5.0).
extension Parser {
    func otherStart(_ octets: Octets, _ line: Int, _ content: OctetRange) -> Start {
        switch octets.byte(content.start) {
        case 0x50 where octets.byte(content.start + 1) == 0x41:  // PA
            if let page = octets.pageLine(content), page.page == 1, self.pageFollows(octets, line) { return .page }
        case 0x4D, 0x6D:  // M
            if octets.equalsIgnoringCase(content, "MESSAGE TEXT"), self.pageFollows(octets, line) { return .page }
            if octets.startsIgnoringCase(with: "MRN:", at: content.start), self.labelsFollow(octets, line) {
                return .labels
            }
        case 0x45:  // E
            if octets.equals(content, "ENVELOPE"),
                self.follows(octets, line, within: 2, { $0.starts(with: "CDSN", at: $1.start) })
            {
                return .envelope
            }
        case 0x43 where octets.starts(with: "CDSN =", at: content.start):  // C
            return .envelope
        default: break
        }
        if octets.mayBeHeader(content), octets.routingHeader(content) != nil { return .header }
        if content.count <= 80, self.isCall(octets, line, content) { return .callSign }
        return .none
    }

    /// The station that ACP 126 calls stands alone on a line before `DE`, or in the same one.
    @inline(__always)
    func callFollows(_ octets: Octets, _ line: Int) -> Bool {
        if line + 1 < self.lines.count {
            let next = self.lines[line + 1].range.start
            if octets.byte(next) == 0x44, octets.byte(next + 1) == 0x45, octets.byte(next + 2) == 0x20 { return true }
        }
        let range = self.lines[line].range
        guard range.count <= 40, Octets.isDigit(octets.byte(range.end - 1)) else { return false }
        var position = range.start + 1
        while let found = octets.firstIndex(of: UInt8(ascii: "N"), in: OctetRange(position, range.end - 2)) {
            if octets.starts(with: " NR ", at: found - 1) { return true }
            position = found + 1
        }
        return false
    }

    /// The station called, and who calls it with a number (format 5.3).
    private func isCall(_ octets: Octets, _ line: Int, _ content: OctetRange) -> Bool {
        if let call = octets.callingNumber(content) { return !call.called.isEmpty }
        let next = self.content(octets, line + 1)
        guard octets.starts(with: "DE", at: next.start), octets.isCallSigns(content) else { return false }
        return octets.callingNumber(next).map { $0.called.isEmpty } ?? false
    }

    /// `PAGE 01` alone may be any text's: what the Department printed below it, or FL5, makes it a start.
    private func pageFollows(_ octets: Octets, _ line: Int) -> Bool {
        self.follows(octets, line, within: 40) {
            guard !$1.isEmpty else { return false }
            return $0.starts(with: "ACTION ", at: $1.start) || $0.starts(with: "ORIGIN ", at: $1.start)
                || $0.starts(with: "DRAFTED BY", at: $1.start) || $0.precedenceLine($1)?.group.month != nil
        }
    }

    private func labelsFollow(_ octets: Octets, _ line: Int) -> Bool {
        self.follows(octets, line, within: 8) {
            $0.startsIgnoringCase(with: "DATE/DTG:", at: $1.start) || $0.startsIgnoringCase(with: "FROM:", at: $1.start)
                || $0.startsIgnoringCase(with: "ACTION:", at: $1.start)
        }
    }

    /// Whether `PAGE 01` belongs to another section of the same telegram (format 5.5).
    func isSamePage(_ octets: Octets, _ line: Int, _ first: Int) -> Bool {
        guard let page = octets.pageLine(self.content(octets, line)),
            let other = octets.pageLine(self.content(octets, first)), let post = page.post, let own = other.post
        else { return false }
        return page.serial == other.serial && octets.equals(post, own)
    }

    /// The archive's attributes stand behind `NNNN`: they belong to the telegram, up to the next start.
    func attributesEnd(_ octets: Octets, from end: Int) -> Int {
        let line = self.nextContent(octets, from: end, before: Swift.min(end + 12, self.lines.count))
        guard line < self.lines.count, octets.equalsIgnoringCase(self.content(octets, line), "MESSAGE ATTRIBUTES")
        else {
            return end
        }
        for index in line + 1..<Swift.max(line + 1, self.lines.count) where self.start(octets, index) != .none {
            return self.bannersEnd(octets, index, line)
        }
        return self.lines.count
    }

    /// The end of a message at the start of the next, whose banners stand before it.
    func bannersEnd(_ octets: Octets, _ line: Int, _ first: Int) -> Int {
        self.banners(octets, before: line, downTo: first + 1)
    }

    /// General messages repeat their banner behind the end; one that stands alone before the next start is that one's.
    func closingBanner(_ octets: Octets, _ first: Int, from end: Int) -> Int {
        let opening = self.content(octets, first)
        guard end < self.lines.count, octets.isBanner(opening) else { return end }
        let line = self.nextContent(octets, from: end, before: Swift.min(end + 12, self.lines.count))
        guard line < self.lines.count, octets.equals(self.content(octets, line), opening) else { return end }
        let next = self.nextContent(octets, from: line + 1, before: Swift.min(line + 12, self.lines.count))
        guard next < self.lines.count else { return line + 1 }
        let following = self.content(octets, next)
        let opensNext = octets.precedenceLine(following) != nil || octets.isPrecedenceWord(following)
        return opensNext ? end : line + 1
    }
}
