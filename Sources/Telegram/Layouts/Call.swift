/// How ACP 126 opens a message: `RKLM` / `DE RKTA NR 037`, also on one line (format 5.3).
struct Call {
    /// Empty where the stations called stand on the line before.
    var called: OctetRange
    var calling: OctetRange
    var number: OctetRange
}

extension Span where Element == UInt8 {
    func callingNumber(_ range: OctetRange) -> Call? {
        guard range.count >= 11, range.count <= 80, Self.isDigit(self.byte(range.end - 1)),
            let number = self.lastWord(range), number.count <= 4, self.isDigits(number),
            let word = self.lastWord(OctetRange(range.start, number.start)), self.equals(word, "NR"),
            let calling = self.lastWord(OctetRange(range.start, word.start)), self.isCallSign(calling),
            let from = self.lastWord(OctetRange(range.start, calling.start)), self.equals(from, "DE")
        else { return nil }
        let called = self.trimmed(OctetRange(range.start, from.start))
        guard called.isEmpty || self.isCallSigns(called) else { return nil }
        return Call(called: called, calling: calling, number: number)
    }

    /// Three to seven letters and figures.
    func isCallSign(_ word: OctetRange) -> Bool {
        (3...7).contains(word.count) && self.all(word) { Self.isUpper($0) || Self.isDigit($0) }
    }

    func isCallSigns(_ range: OctetRange) -> Bool {
        var rest = range
        var count = 0
        while let word = self.nextWord(&rest) {
            guard self.isCallSign(word) else { return false }
            count += 1
        }
        return count > 0
    }
}

extension Parser {
    /// The line of stations called, or all of the call; false where neither stands at the cursor.
    mutating func readCall(_ octets: Octets, _ line: OctetRange) -> Bool {
        if let call = octets.callingNumber(line) {
            self.readCallSigns(octets, call.called)
            self.telegram.originatingStation = call.calling
            self.telegram.stationSerial = call.number
            self.seen.calling = true
            self.seen.numbered = true
        } else if octets.isCallSigns(line), !self.seen.called,
            octets.callingNumber(self.content(octets, self.cursor + 1)) != nil
        {
            self.readCallSigns(octets, line)
        } else {
            return false
        }
        self.claim(line)
        return true
    }

    private mutating func readCallSigns(_ octets: Octets, _ range: OctetRange) {
        var rest = range
        while let word = octets.nextWord(&rest) {
            self.telegram.stations.append(word)
            self.seen.called = true
        }
    }
}
