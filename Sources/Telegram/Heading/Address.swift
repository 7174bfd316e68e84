extension Parser {
    /// FL6 (format 1.6).
    mutating func readOriginator(_ octets: Octets, _ line: OctetRange) {
        var party = Party(originator: line)
        self.nameParty(octets, octets.trimmed(OctetRange(line.start + 3, line.end)), &party, isOriginator: true)
        self.telegram.originator = party
        self.seen.originator = true
        self.claim(line)
        self.extendAddress()
        self.cursor += 1
    }

    /// FL7 or FL8: the line at the cursor and those that continue its list (format 1.7).
    mutating func readAddressees(_ octets: Octets, role: Party.Role, behind prosign: Int) {
        let line = self.content(octets, self.cursor)
        self.seen.addressees = true
        self.claim(line)
        self.extendAddress()
        self.cursor += 1
        self.readAddresseeLine(octets, octets.trimmed(OctetRange(line.start + prosign, line.end)), role: role, width: 0)
        var width = line.count
        var blanks = 0
        while self.cursor < self.bound {
            let next = self.content(octets, self.cursor)
            if next.isEmpty {
                blanks += 1
                self.cursor += 1
                continue
            }
            if octets.isAddressEnd(next) || self.repeatsProsign(octets, next) { return }
            guard octets.isAddressLike(next) || (blanks == 0 && octets.pageLine(next) != nil) else { return }
            self.claim(next)
            self.extendAddress()
            self.cursor += 1
            self.readAddresseeLine(octets, next, role: role, width: blanks == 0 ? width : 0)
            width = next.count
            blanks = 0
        }
    }

    /// `TO` on further lines of the same list.
    private func repeatsProsign(_ octets: Octets, _ line: OctetRange) -> Bool {
        octets.starts(with: "TO ", at: line.start)
    }

    private mutating func readAddresseeLine(_ octets: Octets, _ line: OctetRange, role: Party.Role, width: Int) {
        guard !line.isEmpty else { return }
        if let page = octets.pageLine(line) {
            self.telegram.pageLines.append(page)
            return
        }
        if width >= 60, octets.isWrapOfAddress(line), let last = self.telegram.addressees.indices.last,
            self.telegram.addressees[last].name.indices.upperBound == self.telegram.pieces.count
        {
            var party = self.telegram.addressees[last]
            self.nameParty(octets, line, &party, isOriginator: false)
            party.range = OctetRange(party.range.start, line.end)
            self.telegram.addressees[last] = party
            return
        }
        var party = Party(addressee: line, role: role)
        var rest = line
        self.readDelivery(octets, &rest, &party)
        // `ALL X POSTS COLLECTIVE, XMT, AMEMBASSY Y`
        var exempted: OctetRange?
        if let mark = octets.firstIndex(of: " XMT", in: rest),
            octets.isExemption(OctetRange(mark + 1, rest.end))
        {
            exempted = OctetRange(mark + 4, rest.end)
            rest = octets.trimmed(OctetRange(rest.start, mark))
            if octets.byte(rest.end - 1) == 0x2C { rest = octets.trimmed(OctetRange(rest.start, rest.end - 1)) }
        }
        self.nameParty(octets, rest, &party, isOriginator: false)
        if party.collective { self.seen.lastCollective = self.telegram.addressees.count }
        self.telegram.addressees.append(party)
        if let exempted { self.exempt(octets, exempted) }
    }

    /// `RI/`, `ZEN/`, also doubled.
    private func readDelivery(_ octets: Octets, _ rest: inout OctetRange, _ party: inout Party) {
        while true {
            var end = rest.start
            while end < rest.end, end - rest.start <= 8, Octets.isUpper(octets.byte(end)) { end += 1 }
            guard end < rest.end, octets.byte(end) == 0x2F, octets.byte(end + 1) != 0x2F else { return }
            let word = OctetRange(rest.start, end)
            if octets.equals(word, "ZEN") {
                party.alreadyServed = true
            } else if octets.isRoutingIndicator(word), party.routingIndicator == nil {
                party.routingIndicator = word
            } else {
                return
            }
            rest = octets.trimmed(OctetRange(end + 1, rest.end))
        }
    }

    /// Name, office, precedence word and continuity number of a party.
    mutating func nameParty(
        _ octets: Octets, _ range: OctetRange, _ party: inout Party, isOriginator: Bool
    ) {
        let isNew = party.name.isEmpty
        if isNew { party.name = Text(first: Int32(self.telegram.pieces.count), count: 0) }
        var head = range
        var tail = OctetRange(range.end, range.end)
        if let open = octets.firstIndex(of: "//", in: range) {
            let close = octets.firstIndex(of: "//", in: OctetRange(open + 2, range.end)) ?? range.end
            party.office = OctetRange(open + 2, close)
            head = octets.trimmed(OctetRange(range.start, open))
            tail = octets.trimmed(OctetRange(Swift.min(close + 2, range.end), range.end))
        }
        if isNew, octets.isRoutingIndicator(head), octets.starts(with: "RU", at: head.start) {
            party.routingIndicator = party.routingIndicator ?? head
        }
        if !isOriginator {
            let name = head
            self.stripTail(octets, &tail, name: name, &party)
            self.stripTail(octets, &head, name: name, &party)
        }
        if !head.isEmpty { self.addName(head, &party) }
        if !tail.isEmpty { self.addName(tail, &party) }
        if octets.isCollective(head) { party.collective = true }
    }

    private mutating func addName(_ part: OctetRange, _ party: inout Party) {
        self.telegram.pieces.append(Piece(part))
        party.name.count += 1
    }

    /// Takes `IMMEDIATE 0318` off the end (format 1.7: continuity number or a name that ends in digits).
    private mutating func stripTail(_ octets: Octets, _ range: inout OctetRange, name: OctetRange, _ party: inout Party)
    {
        guard !range.isEmpty else { return }
        var rest = range
        var number: OctetRange?
        if let last = octets.lastWord(rest), octets.isDigits(last), (3...6).contains(last.count) {
            number = last
            rest = octets.trimmed(OctetRange(rest.start, last.start))
        }
        var precedence: (Precedence, OctetRange)?
        if party.precedence == nil, let word = octets.lastWord(rest),
            word.start > name.start || range.start > name.start,
            let value = octets.precedenceWord(word)
        {
            precedence = (value, word)
            self.unshift(octets, word)
            if value == .immediate,
                let before = octets.lastWord(OctetRange(rest.start, word.start)), octets.equals(before, "NIACT")
            {
                precedence = (.niactImmediate, OctetRange(before.start, word.end))
            }
            rest = octets.trimmed(OctetRange(rest.start, precedence?.1.start ?? word.start))
        }
        let takesNumber =
            precedence != nil || party.precedence != nil || (!rest.isEmpty && octets.hasNumberedName(rest))
            || (rest.isEmpty && range.start > name.start && octets.hasNumberedName(name))
        if let precedence {
            party.precedence = precedence.0
            party.precedenceRange = precedence.1
        }
        if let number, takesNumber {
            party.continuityNumber = number
            range = rest
        } else if number == nil {
            range = rest
        }
    }

    /// FL9 (format 1.9): `XMT`, and the lines that follow.
    mutating func readExemptions(_ octets: Octets) {
        var isFirst = true
        while self.cursor < self.bound {
            let line = self.content(octets, self.cursor)
            if !isFirst {
                guard !line.isEmpty, !octets.isAddressEnd(line), octets.isAddressLike(line),
                    !octets.starts(with: "TO ", at: line.start)
                else { return }
            }
            self.claim(line)
            self.extendAddress()
            self.cursor += 1
            self.exempt(octets, isFirst ? OctetRange(line.start + 3, line.end) : line)
            isFirst = false
        }
    }

    /// Attaches exempted posts to the last collective before them, else to the last addressee.
    private mutating func exempt(_ octets: Octets, _ range: OctetRange) {
        let owner = self.seen.lastCollective ?? self.telegram.addressees.indices.last
        var position = range.start
        while position <= range.end {
            let comma = octets.firstIndex(of: 0x2C, in: OctetRange(position, range.end)) ?? range.end
            var name = octets.trimmed(OctetRange(position, comma))
            if octets.byte(name.start) == 0x2F { name = octets.trimmed(OctetRange(name.start + 1, name.end)) }
            position = comma + 1
            guard !name.isEmpty else { continue }
            self.telegram.exempted.append(Text(first: Int32(self.telegram.pieces.count), count: 1))
            self.telegram.pieces.append(Piece(name))
            guard let owner else { continue }
            let slice = self.telegram.addressees[owner].exempt
            let first = slice.isEmpty ? self.telegram.exempted.count - 1 : Int(slice.first)
            self.telegram.addressees[owner].exempt = Slice(first: first, count: self.telegram.exempted.count - first)
        }
    }

    private mutating func extendAddress() {
        if self.addressLines.isEmpty { self.addressLines = self.cursor..<self.cursor + 1 }
        self.addressLines = self.addressLines.lowerBound..<self.cursor + 1
    }

    /// A second FL5 before `BT`: what was read is a readdressal (format 4.5).
    mutating func closeReaddressal(_ octets: Octets) {
        let first = self.telegram.readdressed.count
        self.telegram.readdressed.append(contentsOf: self.telegram.addressees)
        self.telegram.addressees.removeAll(keepingCapacity: true)
        let line = self.telegram.dateTimeGroup?.range ?? self.telegram.range
        self.telegram.readdressals.append(
            Readdressal(
                precedence: self.telegram.actionPrecedence, dateTimeGroup: self.telegram.dateTimeGroup,
                by: self.telegram.originator ?? Party(originator: line),
                addressees: Slice(first: first, count: self.telegram.readdressed.count - first)))
        self.telegram.originator = nil
        self.telegram.findings.append(Finding(.readdressed, range: line))
        self.seen.originator = false
        self.seen.addressees = false
        self.seen.lastCollective = nil
    }
}

extension Party {
    init(originator range: OctetRange) { self.init(addressee: range, role: .originator) }

    init(addressee range: OctetRange, role: Role) {
        self.init(
            role: role, name: .none, routingIndicator: nil, office: nil, precedence: nil, precedenceRange: nil,
            continuityNumber: nil, collective: false, alreadyServed: false, exempt: .none, range: range)
    }
}
