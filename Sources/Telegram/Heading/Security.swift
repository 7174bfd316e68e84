extension Parser {
    /// FL4 (format 1.4): the lines behind FL3 that begin with a signal or a relay's instruction.
    mutating func readSecurity(_ octets: Octets) {
        while self.cursor < self.bound {
            let line = self.content(octets, self.cursor)
            guard let word = octets.firstWord(line) else {
                self.cursor += 1
                continue
            }
            var rest = OctetRange(word.end, line.end)
            let isInstruction =
                octets.isRoutingIndicator(word) && octets.nextWord(&rest).map { octets.equals($0, "T") } == true
            guard
                octets.isOperatingSignal(word) || octets.equals(word, "INT") || isInstruction
                    || octets.equals(word, "ZKZK")
            else { return }
            // FL5 wins: `Z 142210Z` is no signal, but a lone `ZZK` line is one. A service's own signals are its text.
            if octets.equals(word, "ZKZK") {
                self.readCompartmentLine(octets, line)
                self.cursor += 1
                continue
            }
            guard
                self.telegram.security != nil || isInstruction || octets.isWarning(word)
                    || self.precedenceFollows(octets)
            else {
                return
            }
            self.readSignals(octets, line, place: .securityLine)
            self.claim(line)
            self.cursor += 1
        }
    }

    /// `ZKZK PP SOA DE` (format 5.4).
    private mutating func readCompartmentLine(_ octets: Octets, _ line: OctetRange) {
        var rest = OctetRange(line.start + 4, line.end)
        var result = CompartmentLine(precedence: nil, group: nil, range: line)
        while let word = octets.nextWord(&rest) {
            if word.count == 2, octets.byte(word.start) == octets.byte(word.start + 1), result.precedence == nil {
                result.precedence = Octets.precedence(octets.byte(word.start))
            } else if word.count == 3, octets.isUpper(word) {
                result.group = word
            }
        }
        self.telegram.compartmentLine = result
        self.claim(line)
    }

    /// Within four lines an FL5 comes: so these signals are FL4's, and not a service message's.
    private mutating func precedenceFollows(_ octets: Octets) -> Bool {
        for index in self.cursor + 1..<Swift.max(self.cursor + 1, Swift.min(self.cursor + 5, self.bound))
        where octets.precedenceLine(self.content(octets, index)) != nil { return true }
        return false
    }

    /// Signals with what stands behind them up to the next one.
    mutating func readSignals(_ octets: Octets, _ range: OctetRange, place: OperatingSignal.Place) {
        var rest = range
        var interrogative = false
        while let word = octets.nextWord(&rest) {
            if octets.equals(word, "INT") {
                interrogative = true
            } else if octets.isWarning(word), place != .service {
                self.readWarning(octets, word, &rest, isPilot: place == .pilot)
            } else if octets.isOperatingSignal(word) {
                self.telegram.operatingSignals.append(
                    OperatingSignal(signal: word, argument: nil, interrogative: interrogative, place: place))
                interrogative = false
            } else if let last = self.telegram.operatingSignals.indices.last,
                self.telegram.operatingSignals[last].place == place,
                self.telegram.operatingSignals[last].signal.start >= range.start
            {
                let start = self.telegram.operatingSignals[last].argument?.start ?? word.start
                self.telegram.operatingSignals[last].argument = OctetRange(start, word.end)
            }
        }
    }

    /// `ZNR`/`ZNY` and the classification group (format 1.4.1, 1.4.2).
    private mutating func readWarning(_ octets: Octets, _ word: OctetRange, _ rest: inout OctetRange, isPilot: Bool) {
        let saved = rest
        guard let printed = octets.nextWord(&rest), octets.isUpper(OctetRange(printed.start, printed.start + 1)),
            !octets.isOperatingSignal(printed)
        else {
            rest = saved
            self.telegram.findings.append(Finding(.malformedLine, range: word))
            return
        }
        guard !isPilot else { return }
        var group = printed
        var special: OctetRange?
        if let slash = octets.firstIndex(of: 0x2F, in: printed) {
            group = OctetRange(printed.start, slash)
            special = OctetRange(slash + 1, printed.end)
        }
        let letter = octets.byte(group.start)
        let agrees =
            octets.byte(group.start + 1) == letter && octets.byte(group.start + 2) == letter && group.count == 5
        let tail = OctetRange(group.start + 3, group.end)
        let isPlain = octets.all(tail) { $0 == letter }
        self.telegram.security = SecurityWarning(
            warning: word, group: group, level: agrees ? Octets.level(letter) : nil, efto: agrees && letter == 0x45,
            releaseCode: agrees && !isPlain ? tail : nil, specialHandling: special)
        let fits = (letter == 0x55) == octets.equals(word, "ZNR")
        if !fits || (!agrees && letter != 0x4D) {
            self.telegram.findings.append(Finding(.malformedLine, range: OctetRange(word.start, printed.end)))
        }
    }
}

extension Span where Element == UInt8 {
    func isWarning(_ word: OctetRange) -> Bool { self.equals(word, "ZNR") || self.equals(word, "ZNY") }

    static func level(_ letter: UInt8) -> Level? {
        switch letter {
        case 0x55, 0x45: .unclassified
        case 0x52: .restricted
        case 0x43: .confidential
        case 0x53: .secret
        case 0x54: .topSecret
        default: nil
        }
    }
}
