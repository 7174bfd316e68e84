/// Figures that were misread or torn apart (format 6.4 D10, D20).
extension Span where Element == UInt8 {
    /// What a letter stands for where a figure is expected.
    static func typedDigit(_ octet: UInt8) -> Int? {
        switch octet {
        case 0x30...0x39: Int(octet &- 0x30)
        case UInt8(ascii: "O"), UInt8(ascii: "Q"): 0
        case UInt8(ascii: "I"), UInt8(ascii: "L"): 1
        case UInt8(ascii: "Z"): 2
        case UInt8(ascii: "S"): 5
        case UInt8(ascii: "B"): 8
        default: nil
        }
    }

    /// FL5 whose prosign or figures are damaged: six of them, blanks between or not, then the zone and a month.
    func damagedPrecedenceLine(_ range: OctetRange) -> (line: PrecedenceLine, torn: Bool)? {
        guard range.count >= 13, range.count <= 69, let action = self.typedPrecedence(range.start) else { return nil }
        var position = range.start + 1
        var information: Precedence?
        let second = self.skipBlanks(position, before: range.end)
        if let other = self.typedPrecedence(second), Self.isBlank(self.byte(second + 1)) {
            information = other
            position = second + 1
        }
        guard Self.isBlank(self.byte(position)) else { return nil }
        position = self.skipBlanks(position, before: range.end)
        let start = position
        var digits = 0
        var value = 0
        var torn = false
        while digits < 6, position < range.end {
            if self.byte(position) == 0x20 {
                torn = true
            } else if let digit = Self.typedDigit(self.byte(position)) {
                value = value * 10 + digit
                digits += 1
            } else {
                return nil
            }
            position += 1
        }
        guard digits == 6, Self.isUpper(self.byte(position)) else { return nil }
        let zone = self.byte(position)
        let place = self.skipBlanks(position + 1, before: range.end)
        guard let month = self.monthName(at: place, before: range.end) else { return nil }
        var end = place + 3
        let year = self.digits(at: self.skipBlanks(end, before: range.end), before: range.end)
        if year.count == 2 || year.count == 4 { end = year.end }
        guard (1...31).contains(value / 10_000), value / 100 % 100 < 24, value % 100 < 60 else { return nil }
        let group = DateTimeGroup(
            range: OctetRange(start, end), day: Int8(value / 10_000), hour: Int8(value / 100 % 100),
            minute: Int8(value % 100), zone: zone, month: Int8(month), year: nil, yearInferred: true, instant: nil)
        let line = PrecedenceLine(
            action: action, information: information, group: group,
            year: year.count == 2 || year.count == 4 ? year : nil, rest: OctetRange(end, range.end))
        return (line, torn)
    }

    /// The letter on the key of each figure (format 6.1).
    private static var keys: StaticString { "PQWERTYUIO" }

    /// The letter that a figure stands for where the shift to letters was lost (format 6.4 D11).
    static func letter(_ figure: UInt8) -> UInt8? {
        self.isDigit(figure) ? self.keys.utf8Start[Int(figure &- 0x30)] : nil
    }

    /// A prosign, also one printed as the figure of its key.
    private func typedPrecedence(_ position: Int) -> Precedence? {
        let octet = self.byte(position)
        return Self.precedence(Self.letter(octet) ?? octet)
    }

    /// The figures that letters stand for which the teletype prints on the same keys (format 6.4 D11).
    func unshifted(_ word: OctetRange) -> Int? {
        guard (4...6).contains(word.count) else { return nil }
        var value = 0
        for index in word.start..<word.end {
            var digit = 0
            while digit < 10, Self.keys.utf8Start[digit] != self.byte(index) { digit += 1 }
            guard digit < 10 else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}

extension Parser {
    mutating func readDamagedPrecedence(_ octets: Octets, _ line: OctetRange) -> Bool {
        guard !self.seen.precedence, let damaged = octets.damagedPrecedenceLine(line) else { return false }
        let group = damaged.line.group
        // One prosign, perhaps another; what is no figure has been read as it stands.
        for index in line.start..<octets.skipBlanks(line.start + 1, before: line.end) + 1
        where index < group.range.start { self.unshift(octets, OctetRange(index, index + 1)) }
        if octets.timeGroup(at: group.range.start, before: line.end)?.group.month != nil {
            self.readPrecedence(octets, damaged.line)
            return true
        }
        let start = self.telegram.made.count
        self.appendNumber(Int(group.day), width: 2)
        self.appendNumber(Int(group.hour), width: 2)
        self.appendNumber(Int(group.minute), width: 2)
        self.telegram.made.append(group.zone)
        let end = octets.skipBlanks(group.range.start, before: group.range.end)
        var zone = end
        while zone < group.range.end,
            octets.byte(zone) != group.zone || octets.monthBehind(zone + 1, group.range.end) == nil
        { zone += 1 }
        self.noteWord(
            OctetRange(group.range.start, Swift.min(zone + 1, group.range.end)),
            Piece(OctetRange(start, self.telegram.made.count), origin: .made), damaged.torn ? .d20 : .d10,
            damaged.torn ? 0.8 : 0.9)
        self.readPrecedence(octets, damaged.line)
        return true
    }

    /// Notes the letters that figures stand for, the shift to letters being lost (format 6.4 D11).
    @discardableResult
    mutating func unshift(_ octets: Octets, _ word: OctetRange) -> Piece? {
        let start = self.telegram.made.count
        for index in word.start..<word.end {
            guard let letter = Octets.letter(octets.byte(index)) else {
                self.telegram.made.removeLast(self.telegram.made.count - start)
                return nil
            }
            self.telegram.made.append(letter)
        }
        let piece = Piece(OctetRange(start, self.telegram.made.count), origin: .made)
        self.noteWord(word, piece, .d11, 0.85)
        return piece
    }

    /// The same, where the letters are one of `words`.
    mutating func unshift(_ octets: Octets, _ word: OctetRange, as words: WordSet) -> Piece? {
        guard octets.isDigits(word) else { return nil }
        var letters: [UInt8] = []
        for index in word.start..<word.end { letters.append(Octets.letter(octets.byte(index)) ?? 0) }
        guard words.contains(OctetRange(0, letters.count), in: letters.span) else { return nil }
        return self.unshift(octets, word)
    }

    /// A damaged word, what it is read as, and why.
    mutating func noteWord(_ was: OctetRange, _ now: Piece, _ rule: Rule, _ confidence: Float) {
        self.telegram.findings.append(
            Finding(
                .wordRestored, range: was, confidence: confidence, repair: Repair(was: was, now: now, rule: rule)))
    }

    mutating func noteNumber(_ was: OctetRange, _ value: Int, width: Int, _ rule: Rule, _ confidence: Float) {
        let start = self.telegram.made.count
        self.appendNumber(value, width: width)
        self.noteWord(was, Piece(OctetRange(start, self.telegram.made.count), origin: .made), rule, confidence)
    }
}

extension Span where Element == UInt8 {
    fileprivate func monthBehind(_ position: Int, _ end: Int) -> Int? {
        self.monthName(at: self.skipBlanks(position, before: end), before: end)
    }
}
