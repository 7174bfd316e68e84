/// What archives leave of HTML, and of escaped line ends, in plain text (format 6.3).
///
/// It is read as the characters that it stands for, before lines are looked for. Where it stands nowhere, as in nearly
/// all records, three searches for one octet each tell.
extension Span where Element == UInt8 {
    private enum Residue {
        case character(UInt32)
        case lineEnd
        case nothing
    }

    /// One backslash at the end of a line may be anything; two are a habit.
    func hasMarkup() -> Bool {
        var backslashes = 0
        for sign in [UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: "\\")] {
            var position = 0
            while let found = self.firstIndex(of: sign, in: OctetRange(position, self.count)) {
                if self.residue(at: found) != nil {
                    if sign == UInt8(ascii: "\\") { backslashes += 1 }
                    if sign != UInt8(ascii: "\\") || backslashes > 1 { return true }
                }
                position = found + 1
            }
        }
        return false
    }

    /// Characters, and for each octet where what it came from begins.
    func decodeMarkup(into decoded: inout [UInt8], _ origins: inout [Int32]) {
        func append(_ octet: UInt8, from index: Int) {
            decoded.append(octet)
            origins.append(Int32(truncatingIfNeeded: index))
        }
        var index = 0
        while index < self.count {
            guard let (residue, length) = self.residue(at: index) else {
                append(self[unchecked: index], from: index)
                index += 1
                continue
            }
            switch residue {
            case .nothing: break
            case .lineEnd: append(0x0A, from: index)
            case .character(let value):
                guard let scalar = Unicode.Scalar(value) else { break }
                for octet in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(octet, from: index) }
            }
            index += length
        }
    }

    private func residue(at position: Int) -> (residue: Residue, length: Int)? {
        switch self.byte(position) {
        case UInt8(ascii: "&"): self.entity(at: position)
        case UInt8(ascii: "<"): self.tag(at: position)
        case UInt8(ascii: "\\"): self.endsLine(position + 1) ? (.nothing, 1) : nil
        default: nil
        }
    }

    /// `&amp;`, `&#38;`, `&#x26;`
    private func entity(at position: Int) -> (residue: Residue, length: Int)? {
        let start = position + 1
        guard let end = self.firstIndex(of: UInt8(ascii: ";"), in: OctetRange(start, start + 9)), end > start else {
            return nil
        }
        let length = end + 1 - position
        let name = OctetRange(start, end)
        if self.byte(start) == UInt8(ascii: "#") {
            let isHexadecimal = self.byte(start + 1) | 0x20 == UInt8(ascii: "x")
            let first = start + (isHexadecimal ? 2 : 1)
            guard first < end else { return nil }
            var value: UInt32 = 0
            for index in first..<end {
                guard let digit = Character(Unicode.Scalar(self.byte(index))).hexDigitValue, isHexadecimal || digit < 10
                else { return nil }
                value = value * (isHexadecimal ? 16 : 10) + UInt32(digit)
            }
            return Unicode.Scalar(value) == nil ? nil : (Self.residue(of: value), length)
        }
        let names: [(StaticString, UInt32)] = [
            ("AMP", 0x26), ("LT", 0x3C), ("GT", 0x3E), ("QUOT", 0x22), ("APOS", 0x27), ("NBSP", 0xA0), ("SHY", 0xAD),
        ]
        for (known, value) in names where self.equalsIgnoringCase(name, known) {
            return (Self.residue(of: value), length)
        }
        return nil
    }

    /// A hard blank is a blank, a soft hyphen nothing, and so is what no text has.
    private static func residue(of value: UInt32) -> Residue {
        switch value {
        case 0xA0: .character(0x20)
        case 0xAD, 0..<0x09, 0x7F: .nothing
        default: .character(value)
        }
    }

    /// `<br>`, `</p>`, `<pre class="x">`: a break ends the line if nothing else does.
    private func tag(at position: Int) -> (residue: Residue, length: Int)? {
        var start = position + 1
        let closes = self.byte(start) == UInt8(ascii: "/")
        if closes { start += 1 }
        var end = start
        while Self.isLetter(self.byte(end)), end < start + 5 { end += 1 }
        let name = OctetRange(start, end)
        let isBreak = self.equalsIgnoringCase(name, "BR") || self.equalsIgnoringCase(name, "P")
        guard isBreak || self.equalsIgnoringCase(name, "PRE") || self.equalsIgnoringCase(name, "CODE"),
            let close = self.firstIndex(of: UInt8(ascii: ">"), in: OctetRange(end, end + 80)),
            close == end || Self.isBlank(self.byte(end)) || self.byte(end) == UInt8(ascii: "/"),
            self.firstIndex(of: 0x0A, in: OctetRange(end, close)) == nil
        else { return nil }
        return (isBreak && !closes && !self.endsLine(close + 1) ? .lineEnd : .nothing, close + 1 - position)
    }

    private func endsLine(_ position: Int) -> Bool {
        var position = position
        let limit = Swift.min(position + 80, self.count)
        while position < limit, Self.isBlank(self.byte(position)), self.byte(position) != 0x0A { position += 1 }
        return position == self.count || self.byte(position) == 0x0A
    }
}
