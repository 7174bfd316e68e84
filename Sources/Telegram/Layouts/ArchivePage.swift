/// What the Department printed above FL5 in 1973-79 (format 5.5).
extension Parser {
    /// No telegram has more lines above FL5: what is left then is text.
    private static let preludeLimit = 120

    mutating func readArchivePage(_ octets: Octets) {
        self.seen.page = true
        let limit = Swift.min(self.bound, self.cursor + Self.preludeLimit)
        var approved = false
        while self.cursor < limit {
            let line = self.content(octets, self.cursor)
            if line.isEmpty {
                self.cursor += 1
                continue
            }
            if octets.precedenceLine(line)?.group.month != nil || octets.starts(with: "FM ", at: line.start) { return }
            if let page = octets.pageLine(line) {
                self.telegram.pageLines.append(page)
            } else if octets.isBanner(line) || octets.equalsIgnoringCase(line, "MESSAGE TEXT") {
                self.seen.banner = true
            } else if octets.isReleaseStamp(line) {
                self.telegram.releaseStamps.append(line)
            } else if octets.starts(with: "ACTION ", at: line.start) || octets.starts(with: "ORIGIN ", at: line.start),
                octets.isDistributionLine(line)
            {
                self.readDistribution(octets)
                continue
            } else if octets.isDistributionNumber(line) {
                self.seen.distributionNumber = line
            } else if let dashes = octets.dashes(line) {
                self.readRelayLine(octets, OctetRange(dashes, line.end))
            } else if octets.isTextStart(line) {
                return
            } else if !self.readStaffLine(octets, line, approved: &approved) {
                self.cursor += 1  // unexplained
                continue
            }
            self.claim(line)
            self.cursor += 1
        }
    }

    /// `ACTION AF-08` and `INFO OCT-01 ISO-00 … /045 W`, over as many lines as it takes.
    private mutating func readDistribution(_ octets: Octets) {
        let first = self.content(octets, self.cursor)
        var result = Distribution(
            number: self.seen.distributionNumber, isOutgoing: octets.byte(first.start) == 0x4F, action: .none,
            information: .none, total: nil, letter: nil, range: first)
        var informing = false
        let start = self.telegram.copies.count
        var split = start
        lines: while self.cursor < self.bound {
            let line = self.content(octets, self.cursor)
            if line.isEmpty {
                self.cursor += 1
                continue
            }
            guard octets.isDistributionLine(line) else { break }
            var rest = line
            while let word = octets.nextWord(&rest) {
                if octets.equals(word, "INFO") {
                    informing = true
                    split = self.telegram.copies.count
                } else if octets.byte(word.start) == 0x2F {
                    result.total = octets.number(in: OctetRange(word.start + 1, word.end)).map {
                        Int16(truncatingIfNeeded: $0)
                    }
                } else if word.count == 1 {
                    result.letter = word
                } else if let dash = octets.lastDash(word),
                    let count = octets.number(in: OctetRange(dash + 1, word.end))
                {
                    self.telegram.copies.append(
                        Copies(office: OctetRange(word.start, dash), count: Int16(truncatingIfNeeded: count)))
                }
            }
            result.range.upper = line.upper
            self.claim(line)
            self.cursor += 1
        }
        if !informing { split = self.telegram.copies.count }
        result.action = Slice(first: start, count: split - start)
        result.information = Slice(first: split, count: self.telegram.copies.count - split)
        self.telegram.distribution = result
        guard let total = result.total else { return }
        let sum = self.telegram.copies[start...].reduce(0) { $0 + Int($1.count) }
        if sum != Int(total) { self.telegram.findings.append(Finding(.distributionTotal, range: result.range)) }
    }

    /// Behind the dashes: until 1976 a counter, later also the filing time, tagged `Z`, in either order.
    private mutating func readRelayLine(_ octets: Octets, _ range: OctetRange) {
        var rest = range
        while let word = octets.nextWord(&rest) {
            if word.count == 7, octets.byte(word.end - 1) == 0x5A, let day = octets.twoDigits(word.start),
                let hour = octets.twoDigits(word.start + 2), let minute = octets.twoDigits(word.start + 4), hour < 24,
                minute < 60, (1...31).contains(day)
            {
                self.telegram.filed = FilingTime(
                    dayOfYear: nil, dayOfMonth: Int8(day), hour: Int8(hour), minute: Int8(minute), instant: nil,
                    range: word)
            } else if word.count == 6, octets.all(word, Octets.isLetterOrDigit) {
                self.telegram.relayCounter = word
            }
        }
    }
}

extension Span where Element == UInt8 {
    /// `... Declassified/Released US Department of State EO Systematic Review ...`: a later reviewer's.
    func isReleaseStamp(_ line: OctetRange) -> Bool {
        if self.starts(with: "***", at: line.start) {
            return self.firstIndex(of: "Current Classification", in: line) != nil
        }
        guard line.count <= 160 else { return false }
        return self.firstIndex(of: "Declassified/Released", in: line) != nil
            || self.firstIndex(of: "DECLASSIFIED/RELEASED", in: line) != nil
    }

    /// `44`, `10/15` alone.
    fileprivate func isDistributionNumber(_ line: OctetRange) -> Bool {
        line.count <= 7 && Self.isDigit(self.byte(line.start)) && self.all(line) { Self.isDigit($0) || $0 == 0x2F }
    }

    /// Ten dashes or more: the position behind them.
    fileprivate func dashes(_ line: OctetRange) -> Int? {
        var position = line.start
        while position < line.end, self.byte(position) == 0x2D { position += 1 }
        return position - line.start >= 10 ? position : nil
    }

    fileprivate func lastDash(_ word: OctetRange) -> Int? {
        var position = word.end - 1
        while position > word.start, Self.isDigit(self.byte(position)) { position -= 1 }
        return position > word.start && position < word.end - 1 && self.byte(position) == 0x2D ? position : nil
    }

    /// Offices with their copies, and nothing else.
    fileprivate func isDistributionLine(_ line: OctetRange) -> Bool {
        var rest = line
        var found = false
        while let word = self.nextWord(&rest) {
            if self.equals(word, "ACTION") || self.equals(word, "ORIGIN") || self.equals(word, "INFO") { continue }
            if self.lastDash(word) != nil {
                found = true
            } else if self.byte(word.start) == 0x2F, self.isDigits(OctetRange(word.start + 1, word.end)) {
                found = true
            } else if word.count == 1, Self.isUpper(self.byte(word.start)) {
                continue
            } else {
                return false
            }
        }
        return found
    }
}
