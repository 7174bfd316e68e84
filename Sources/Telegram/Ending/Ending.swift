extension Parser {
    /// FL13-FL16 (format 1.13-1.16): fixes where FL12 ends, and reads what follows it.
    mutating func readEnding(_ octets: Octets) {
        let first = self.cursor
        var end = self.bound
        // From the end: what is not text.
        while end > first, self.isEndingLine(octets, self.content(octets, end - 1)) { end -= 1 }
        var separation = end - 1
        var odd = 0
        // A few odd lines behind the last BT are allowed (operators' remarks).
        while separation >= first, odd <= 5 {
            let line = self.content(octets, separation)
            if octets.isSeparation(line) { break }
            if !line.isEmpty { odd += 1 }
            separation -= 1
        }
        if separation >= first, odd <= 5 {
            self.claim(self.content(octets, separation))
            self.seen.lastSeparation = true
            self.textLines = first..<separation
            self.readEndingLines(octets, separation + 1..<self.bound)
        } else {
            self.textLines = first..<Swift.max(first, end)
            self.readEndingLines(octets, Swift.max(first, end)..<self.bound)
        }
    }

    private func isEndingLine(_ octets: Octets, _ line: OctetRange) -> Bool {
        if line.isEmpty || octets.isEndOfMessage(line) || octets.validation(line) != nil { return true }
        return octets.isCorrection(line) || self.isCancellation(octets, line)
    }

    private mutating func readEndingLines(_ octets: Octets, _ lines: Range<Int>) {
        for index in lines {
            let line = self.content(octets, index)
            if line.isEmpty { continue }
            if octets.isEndOfMessage(line) {
                self.telegram.ending.seen = true
            } else if let validation = octets.validation(line) {
                self.telegram.ending.validation = validation
            } else if octets.isCorrection(line) {
                self.readCorrection(octets, line)
            } else if self.isCancellation(octets, line) {
                self.telegram.ending.cancelled = true
                self.readSignals(octets, line, place: .ending)
            } else if !octets.isBanner(line) {
                continue  // unexplained
            }
            self.claim(line)
        }
    }

    /// `E E E E E E E E AR`, `ZPH`, `ZXB` (format 1.16).
    private func isCancellation(_ octets: Octets, _ line: OctetRange) -> Bool {
        guard line.count <= 69, let word = octets.firstWord(line) else { return false }
        if octets.equals(word, "ZPH") || octets.equals(word, "ZXB") { return true }
        guard let end = octets.errorProsign(at: line.start, before: line.end) else { return false }
        let rest = octets.trimmed(OctetRange(end, line.end))
        return octets.equals(rest, "AR") || octets.equals(rest, "A R")
    }
}

extension Span where Element == UInt8 {
    /// `#nnnn`, also with a section behind it: the digits.
    func validation(_ line: OctetRange) -> OctetRange? {
        guard self.byte(line.start) == 0x23, line.count >= 4, line.count <= 8 else { return nil }
        let digits = self.digits(at: line.start + 1, before: line.end)
        guard digits.count == 3 || digits.count == 4 else { return nil }
        let rest = OctetRange(digits.end, line.end)
        return rest.isEmpty || (self.byte(rest.start) == 0x2F && rest.count == 3) ? digits : nil
    }

    /// `C WA`, `C LINE 2`, `C7 -` (format 1.15).
    func isCorrection(_ line: OctetRange) -> Bool {
        guard self.byte(line.start) == 0x43, line.count >= 4 else { return false }
        if Self.isDigit(self.byte(line.start + 1)) {
            let digits = self.digits(at: line.start + 1, before: line.end)
            return self.starts(with: " - ", at: digits.end)
        }
        guard self.byte(line.start + 1) == 0x20, let word = self.firstWord(OctetRange(line.start + 2, line.end)) else {
            return false
        }
        return self.isPortionWord(word) || self.equals(word, "LINE") || self.equals(word, "PAGE")
    }

    func isPortionWord(_ word: OctetRange) -> Bool {
        self.equals(word, "WA") || self.equals(word, "WB") || self.equals(word, "AA") || self.equals(word, "AB")
    }

    /// Eight `E`, each a word: the position behind them.
    func errorProsign(at position: Int, before end: Int) -> Int? {
        if self.starts(with: "EEEEEEEE", at: position), position + 8 <= end {
            return Self.isLetterOrDigit(self.byte(position + 8)) && position + 8 < end ? nil : position + 8
        }
        var place = position
        for index in 0..<8 {
            if index > 0 {
                let next = self.skipBlanks(place, before: end)
                guard next > place else { return nil }
                place = next
            }
            guard place < end, self.byte(place) == 0x45 else { return nil }
            place += 1
        }
        return Self.isLetterOrDigit(self.byte(place)) && place < end ? nil : place
    }
}
