extension Octets {
    /// A run of dashes or equal signs, or one dash alone.
    func isRule(_ range: OctetRange) -> Bool {
        let first = self.byte(range.start)
        guard !range.isEmpty, first == 0x2D || first == 0x3D || first == 0x5F || first == 0x2A else { return false }
        return self.all(range) { $0 == first || $0 == 0x20 }
    }

    /// Paragraph 1 begins here: nothing behind it is a label.
    func isParagraphOne(_ range: OctetRange) -> Bool {
        guard let token = self.paragraphToken(range) else { return false }
        return token.value == 1 || token.value == 11 || token.mark != nil
    }

    /// `- 12. (SBU) `: what may start a paragraph (format 2.9).
    @inline(__always)
    func paragraphToken(_ range: OctetRange) -> ParagraphToken? {
        let first = self.byte(range.start)
        return Self.isDigit(first) || first == UInt8(ascii: "-") ? self.readParagraphToken(range) : nil
    }

    @inline(never)
    private func readParagraphToken(_ range: OctetRange) -> ParagraphToken? {
        var position = range.start
        var bullet: OctetRange?
        if self.byte(position) == UInt8(ascii: "-"), self.byte(position + 1) == 0x20 {
            position += 2
            while self.byte(position) == 0x20, position < range.end { position += 1 }
            bullet = OctetRange(range.start, position)
        }
        let digits = self.digits(at: position, before: Swift.min(range.end, position + 4))
        guard (1...3).contains(digits.count), let value = self.number(in: digits), value > 0 else { return nil }
        position = digits.end
        let dotted = self.byte(position) == UInt8(ascii: ".") && position < range.end
        if dotted { position += 1 }
        var label: OctetRange?
        if dotted, Self.isLetter(self.byte(position)), self.byte(position + 1) == UInt8(ascii: "."),
            position + 1 < range.end, Self.isLower(self.byte(position)) || self.byte(position + 2) == 0x20
        {
            label = OctetRange(digits.start, position + 1)
            position += 2
            // `1.a.(1)`
            let close = self.digits(at: position + 1, before: Swift.min(range.end, position + 4)).end
            if self.byte(position) == UInt8(ascii: "("), close > position + 1, self.byte(close) == UInt8(ascii: ")") {
                label = OctetRange(digits.start, close + 1)
                position = close + 1
                if self.byte(position) == UInt8(ascii: ".") { position += 1 }
            }
        }
        let spaces = position
        while position < range.end, self.byte(position) == 0x20 { position += 1 }
        var token = ParagraphToken(
            line: 0, digits: digits, label: label, bullet: bullet, value: Int32(truncatingIfNeeded: value), mark: nil,
            unreadable: nil, text: Int32(truncatingIfNeeded: position), afterBlank: false)
        if let found = self.bracketedMark(at: position, before: range.end) {
            if let mark = found.mark {
                token.mark = mark
                position = found.brackets.end
                while position < range.end, self.byte(position) == 0x20 { position += 1 }
                token.text = Int32(truncatingIfNeeded: position)
                return token
            }
            if dotted, found.brackets.count <= 10,
                self.all(
                    OctetRange(found.brackets.start + 1, found.brackets.end - 1), { Self.isUpper($0) || $0 == 0x2F })
            {
                token.unreadable = found.brackets
            }
        } else if dotted,
            let close = self.firstIndex(
                of: UInt8(ascii: ")"), in: OctetRange(position, Swift.min(position + 8, range.end))),
            self.isUpper(OctetRange(position, close)), let mark = self.portionMark(OctetRange(position, close))
        {
            token.mark = mark  // `1. C)`: the opening bracket was lost
            position = close + 1
            while position < range.end, self.byte(position) == 0x20 { position += 1 }
            token.text = Int32(truncatingIfNeeded: position)
            return token
        } else if dotted,
            let end = self.firstIndex(
                of: UInt8(ascii: "."), in: OctetRange(position, Swift.min(position + 40, range.end))),
            let mark = self.portionMark(OctetRange(position, end)), mark.entireText
        {
            token.mark = mark  // `1. CONFIDENTIAL - ENTIRE TEXT.`
            token.text = Int32(truncatingIfNeeded: end + 1)
            return token
        }
        guard dotted, position > spaces || token.unreadable != nil || position == range.end else { return nil }
        return token
    }

    /// Capitals or Title Case, no full stop: a heading, if it stands where one may (format 2.9).
    func isHeading(_ range: OctetRange) -> Bool {
        guard range.count >= 3, range.count <= 120 else { return false }
        let last = self.byte(range.end - 1)
        if last == 0x2E || last == 0x2C || last == 0x3B { return false }
        var wordStart = true
        var letters = 0
        var index = range.start
        while index < range.end {
            let byte = self.byte(index)
            if Self.isLower(byte), wordStart {
                var end = index
                while end < range.end, Self.isLower(self.byte(end)) { end += 1 }
                if end - index > 4 || letters == 0 { return false }
            }
            if Self.isLetter(byte) { letters += 1 }
            wordStart = byte == 0x20
            index += 1
        }
        return letters >= 3
    }

    func endsSentence(_ range: OctetRange) -> Bool {
        var end = range.end
        while end > range.start, self.byte(end - 1) == 0x22 || self.byte(end - 1) == 0x27 { end -= 1 }
        switch self.byte(end - 1) {
        case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ")"): return true
        default: return false
        }
    }
}
