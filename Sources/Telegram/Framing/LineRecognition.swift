/// What a line is by its first characters alone (format 1, "Recognition"); `range` has no blanks at its ends.
extension Span where Element == UInt8 {
    @inline(__always)
    static func precedence(_ prosign: UInt8) -> Precedence? {
        switch prosign {
        case 0x52: .routine  // R
        case 0x50: .priority  // P
        case 0x4F: .immediate  // O
        case 0x5A: .flash  // Z
        case 0x57: .critic  // W
        case 0x59: .emergency  // Y
        default: nil
        }
    }

    /// Format 1.2.2: accept 4-8 letters.
    func isRoutingIndicator(_ range: OctetRange) -> Bool {
        guard range.count >= 4, range.count <= 8 else { return false }
        switch self.byte(range.start) {
        case 0x52, 0x51, 0x55, 0x59: return self.isUpper(range)
        default: return false
        }
    }

    /// Format 1.4.3: `Z` or `Q`, two letters, perhaps a variant digit.
    func isOperatingSignal(_ range: OctetRange) -> Bool {
        guard range.count == 3 || range.count == 4, self.byte(range.start) == 0x5A || self.byte(range.start) == 0x51,
            Self.isUpper(self.byte(range.start + 1)), Self.isUpper(self.byte(range.start + 2))
        else { return false }
        return range.count == 3 || Self.isDigit(self.byte(range.start + 3))
    }

    /// `V`, `VV   `, `ZCZC` in front of FL1's channel: where it ends, and whether `ZCZC` was there.
    func identificationLeader(_ range: OctetRange) -> (end: Int, marked: Bool) {
        var position = range.start
        if self.byte(position) == 0x56 {
            var after = position + 1
            if self.byte(after) == 0x56 { after += 1 }
            let letters = after
            while after < range.end, Self.isBlank(self.byte(after)) { after += 1 }
            if self.starts(with: "ZCZC", at: after) || (after > letters && letters - position == 2) { position = after }
        }
        guard self.starts(with: "ZCZC", at: position), position + 4 <= range.end else { return (position, false) }
        return (position + 4, true)
    }

    /// `desig serial` at `position` (format 1.1).
    func channel(at position: Int, before end: Int) -> (name: OctetRange, digits: OctetRange)? {
        let name = OctetRange(position, position + 3)
        guard position + 6 <= end, self.isUpper(name) else { return nil }
        let digits = self.digits(at: position + 3, before: Swift.min(end, position + 8))
        guard digits.count == 3 || digits.count == 4 else { return nil }
        return (name, digits)
    }

    /// FL1; `marked` where `ZCZC` makes it certain.
    func isIdentification(_ range: OctetRange) -> (matches: Bool, marked: Bool) {
        let first = self.byte(range.start)
        guard Self.isUpper(first), range.count >= 6 else {
            return (range.count >= 4 && self.starts(with: "ZCZC", at: range.start), true)
        }
        // Prose: neither a digit at the fourth place nor a leader.
        if !Self.isDigit(self.byte(range.start + 3)), first != 0x56, first != 0x5A { return (false, false) }
        let leader = self.identificationLeader(range)
        if leader.marked { return (true, true) }
        var position = leader.end
        var found = false
        while let channel = self.channel(at: position, before: range.end) {
            found = true
            position = channel.digits.end
            while position < range.end, Self.isBlank(self.byte(position)) { position += 1 }
        }
        let rest = OctetRange(position, range.end)
        return (found && (rest.isEmpty || self.equals(rest, "UU") || self.equals(rest, "HH")), false)
    }

    /// Where FL2's doubled prosign starts, behind the bell signal if there is one.
    func calledStations(_ range: OctetRange) -> Int? {
        var position = range.start
        if self.starts(with: "JJJJJSSSSS", at: position) {
            position += 10
        } else {
            while position < range.end, self.byte(position) == 0x27 { position += 1 }
        }
        while position < range.end, Self.isBlank(self.byte(position)) { position += 1 }
        let prosign = self.byte(position)
        guard Self.precedence(prosign) != nil, self.byte(position + 1) == prosign,
            Self.isBlank(self.byte(position + 2)),
            let word = self.firstWord(OctetRange(position + 2, range.end)), self.isRoutingIndicator(word)
        else { return nil }
        return position
    }

    /// FL3.
    func isCallingStation(_ range: OctetRange) -> Bool {
        guard self.starts(with: "DE ", at: range.start), range.count > 3,
            let word = self.firstWord(OctetRange(range.start + 3, range.end))
        else { return false }
        return self.isRoutingIndicator(word)
    }

    /// `BT`, `=BT`, `BT.`, `B T` (format 1.11).
    func isSeparation(_ range: OctetRange) -> Bool {
        switch range.count {
        case 2: self.equals(range, "BT")
        case 3: self.equals(range, "=BT") || self.equals(range, "BT.") || self.equals(range, "B T")
        case 4: self.equals(range, "=BT=") || self.equals(range, "B  T")
        default: false
        }
    }

    /// `NNNN` or `NNN` (format 1.16); `tabulateLines` has cut off what is glued behind.
    func isEndOfMessage(_ range: OctetRange) -> Bool {
        range.count >= 3 && range.count <= 12 && self.byte(range.start) == 0x4E
            && self.all(range) { $0 == 0x4E || Self.isBlank($0) }
    }

    /// A word that stands plain or spaced (`S E C R E T`); the position behind it.
    func spaced(_ word: StaticString, at position: Int, before end: Int) -> Int? {
        var place = position
        for index in 0..<word.utf8CodeUnitCount {
            if index > 0 {
                var blanks = 0
                while blanks < 3, place < end, self.byte(place) == 0x20 {
                    place += 1
                    blanks += 1
                }
            }
            guard place < end, self.byte(place) == word.utf8Start[index] else { return nil }
            place += 1
        }
        return Self.isLetterOrDigit(self.byte(place)) && place < end ? nil : place
    }

    /// The level that a classification line or banner begins with, and the position behind the word.
    func headingLevel(_ range: OctetRange) -> (level: Level, end: Int)? {
        func match(_ word: StaticString) -> Int? { self.spaced(word, at: range.start, before: range.end) }
        switch self.byte(range.start) {
        case 0x55:  // U
            if let end = match("UNCLAS") ?? match("UNCLASSIFIED") { return (.unclassified, end) }
        case 0x43:  // C
            if let end = match("CONFIDENTIAL") { return (.confidential, end) }
            if let end = match("CLEAR") { return (.unclassified, end) }
        case 0x53:  // S
            if let end = match("SECRET"), !self.starts(with: " SERVICE", at: end) { return (.secret, end) }
        case 0x54:  // T
            if let end = match("TOPSECRET") { return (.topSecret, end) }
        case 0x52:  // R
            if let end = match("RESTRICTED") { return (.restricted, end) }
        case 0x4C:  // L
            if let end = match("LIMITEDOFFICIALUSE") { return (.unclassified, end) }
        default: break
        }
        return nil
    }
}
