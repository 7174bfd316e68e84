/// Which lines of the heading and the ending were there.
struct Seen {
    var identification = false
    var called = false
    var calling = false
    var precedence = false
    var originator = false
    var addressees = false
    var firstSeparation = false
    var lastSeparation = false
    /// FL3's serial had a `#` in front: FL15 must repeat it.
    var markedSerial = false
    /// FL1 and FL2 groups since the last pilot: first identifier, first station.
    var groupIdentifiers = 0
    var groupStations = 0
    var groupStart: Int?
    var groupSignal: OctetRange?
    var groupBy: OctetRange?
    /// ACP 126's `NR`.
    var numbered = false
    /// The lines that an archive of 1973-79 printed above FL5.
    var page = false
    var distributionNumber: OctetRange?
    /// `MRN:` and its like.
    var labels = false
    /// A level, then a precedence word, each alone above FL5.
    var banner = false
    var precedenceWord = false
    /// To which addressee FL9 belongs.
    var lastCollective: Int?
}

extension Parser {
    /// FL1-FL11: leaves the cursor on the first line of FL12.
    mutating func readHeading(_ octets: Octets) {
        if !self.seen.page { self.readProcedure(octets) }
        if self.seen.calling { self.readSecurity(octets) }
        self.readPreamble(octets)
        self.telegram.called = Slice(
            first: self.seen.groupStations, count: self.telegram.stations.count - self.seen.groupStations)
        self.telegram.heading =
            self.seen.calling || self.seen.called ? .full : self.seen.precedence ? .partial : .none
        let filing = self.filingInstant()
        self.telegram.filed?.instant = filing
        if !self.seen.precedence, !self.seen.originator { self.chooseKind(octets) }
    }

    /// FL1-FL3 with pilots: everything up to `DE`.
    private mutating func readProcedure(_ octets: Octets) {
        while self.cursor < self.bound, !self.seen.calling {
            let line = self.content(octets, self.cursor)
            if line.isEmpty {
                self.cursor += 1
            } else if self.readCall(octets, line) {
                self.cursor += 1
            } else if octets.isCallingStation(line) {
                self.readCallingStation(octets, line)
                self.cursor += 1
            } else if octets.mayBeHeader(line), let parsed = octets.routingHeader(line) {
                if self.seen.called { self.closePilot() }
                self.readRoutingHeader(octets, parsed)
            } else if octets.isIdentification(line).matches {
                if self.seen.called { self.closePilot() }
                self.readIdentification(octets, line)
                self.cursor += 1
            } else if octets.calledStations(line) != nil {
                if self.seen.called { self.closePilot() }
                self.readCalledStations(octets, line)
            } else if let word = octets.firstWord(line), octets.isOperatingSignal(word), self.seen.called {
                self.readPilotSignals(octets, line)
                self.cursor += 1
            } else if octets.isBanner(line), !self.seen.identification, !self.seen.called {
                if octets.headingLevel(line) == nil { self.seen.precedenceWord = true } else { self.seen.banner = true }
                self.claim(line)
                self.cursor += 1
            } else {
                return
            }
        }
    }

    /// FL5-FL11.
    private mutating func readPreamble(_ octets: Octets) {
        while self.cursor < self.bound {
            let line = self.content(octets, self.cursor)
            let first = octets.byte(line.start)
            if line.isEmpty {
                self.cursor += 1
            } else if octets.isSeparation(line) {
                self.claim(line)
                self.seen.firstSeparation = true
                self.cursor += 1
                return
            } else if let parsed = octets.precedenceLine(line),
                parsed.group.month != nil || self.originatorFollows(octets, self.cursor)
            {
                if self.seen.precedence { self.closeReaddressal(octets) }
                self.readPrecedence(octets, parsed)
            } else if first == 0x46, octets.starts(with: "FM ", at: line.start), !self.seen.originator {
                self.readOriginator(octets, line)
            } else if octets.starts(with: "TO", at: line.start), Octets.isBlank(octets.byte(line.start + 2)),
                !octets.isAddressEnd(line)
            {
                self.readAddressees(octets, role: .action, behind: 2)
            } else if octets.starts(with: "INFO", at: line.start), Octets.isBlank(octets.byte(line.start + 4)) {
                self.readAddressees(octets, role: .information, behind: 4)
            } else if octets.isExemption(line) {
                self.readExemptions(octets)
            } else if self.seen.precedence || self.seen.calling, self.readAccounting(octets, line) {
                self.cursor += 1
            } else if !self.readOddLine(octets, line) {
                return
            }
        }
    }

    /// A line that is none of FL5-FL10. False where the text begins, its `BT` being lost.
    private mutating func readOddLine(_ octets: Octets, _ line: OctetRange) -> Bool {
        if self.readDamagedPrecedence(octets, line) { return true }
        if octets.isTextStart(line) || self.seen.addressees || !self.seen.precedence { return false }
        // Between FL5 and the address: the damaged line is kept as a finding if a line of the heading still follows.
        let next = self.nextContent(octets, from: self.cursor + 1, before: self.bound)
        let following = self.content(octets, next)
        guard
            octets.starts(with: "FM ", at: following.start) || octets.starts(with: "TO ", at: following.start)
                || octets.starts(with: "INFO ", at: following.start) || octets.isSeparation(following)
        else { return false }
        self.telegram.findings.append(Finding(.malformedLine, range: line))
        self.cursor += 1
        return true
    }

    /// FL10 (format 1.10), between the address and `BT` only.
    private mutating func readAccounting(_ octets: Octets, _ line: OctetRange) -> Bool {
        var rest = line
        var account: OctetRange?
        guard let first = octets.nextWord(&rest) else { return false }
        var word = first
        if octets.equals(first, "ACCT") {
            guard let symbol = octets.nextWord(&rest), octets.isUpper(symbol) else { return false }
            account = symbol
            guard let next = octets.nextWord(&rest) else {
                self.telegram.accounting = account
                self.claim(line)
                return true
            }
            word = next
        } else if !octets.starts(with: "GR", at: first.start), first.count >= 2, first.count <= 8,
            octets.isUpper(first),
            let next = octets.firstWord(rest), octets.starts(with: "GR", at: next.start)
        {
            account = first
            word = octets.nextWord(&rest) ?? next
        }
        if octets.equals(word, "GRNC") {
            self.telegram.groupCount = word
        } else if octets.equals(word, "GR"), let digits = octets.nextWord(&rest), octets.isDigits(digits) {
            self.telegram.groupCount = digits
        } else if octets.starts(with: "GR", at: word.start), word.count <= 6,
            octets.isDigits(OctetRange(word.start + 2, word.end))
        {
            self.telegram.groupCount = OctetRange(word.start + 2, word.end)
        } else {
            return false
        }
        guard octets.firstWord(rest) == nil else {
            self.telegram.groupCount = nil
            return false
        }
        self.telegram.accounting = account
        self.claim(line)
        return true
    }
}

extension Span where Element == UInt8 {
    /// The first line of a text whose `BT` is lost (format 1.11).
    func isTextStart(_ range: OctetRange) -> Bool {
        if self.headingLevel(range) != nil { return true }
        return self.startsIgnoringCase(with: "E.O.", at: range.start)
            || self.startsIgnoringCase(with: "TAGS:", at: range.start)
            || self.startsIgnoringCase(with: "SUBJECT:", at: range.start)
            || self.startsIgnoringCase(with: "SUBJ:", at: range.start) || self.starts(with: "MSGID/", at: range.start)
    }

    /// Ends FL7 and FL8 (format 1.7).
    func isAddressEnd(_ range: OctetRange) -> Bool {
        switch self.byte(range.start) {
        case 0x42, 0x3D: if self.isSeparation(range) { return true }
        case 0x58: if self.isExemption(range) { return true }
        case 0x49:
            if self.starts(with: "INFO", at: range.start), Self.isBlank(self.byte(range.start + 4)) { return true }
        case 0x46: if self.starts(with: "FM ", at: range.start) { return true }
        case 0x47:
            if self.equals(range, "GRNC") { return true }
            let digits = self.trimmed(OctetRange(range.start + 2, range.end))
            if self.starts(with: "GR", at: range.start), self.isDigits(digits) { return true }
        case 0x41: if self.starts(with: "ACCT ", at: range.start) { return true }
        case 0x4E: if self.isEndOfMessage(range) { return true }
        case 0x23: return true
        default: break
        }
        return self.isTextStart(range) || self.precedenceLine(range)?.group.month != nil
    }

    /// FL9: `XMT` and a blank or slash, or alone.
    func isExemption(_ range: OctetRange) -> Bool {
        guard self.starts(with: "XMT", at: range.start) else { return false }
        let next = self.byte(range.start + 3)
        return range.count == 3 || Self.isBlank(next) || next == 0x2F || next == 0x2C
    }
}
