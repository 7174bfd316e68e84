/// Records whose octets are no characters yet (format 6.1, 6.3).
enum Transcoding {
    /// Five-unit code, the first impulse as bit 0.
    case ita2
    /// Seven bits and parity.
    case parity
    /// Characters with what is left of HTML between them.
    case markup
}

extension Span where Element == UInt8 {
    /// Nil for nearly all records. `hasSigns`: there are octets that JSON escapes, or signs that begin markup.
    func transcoding(hasSigns: Bool = true) -> Transcoding? {
        guard hasSigns else { return nil }
        let head = Swift.min(self.count, 64)
        var fiveBits = 0
        var highBits = 0
        for index in 0..<head {
            if self[unchecked: index] < 0x20 { fiveBits += 1 }
            if self[unchecked: index] >= 0x80 { highBits += 1 }
        }
        if head >= 16, fiveBits == head { return self.isFiveUnit() ? .ita2 : nil }
        if highBits * 10 > head * 3, self.hasParity() { return .parity }
        return self.hasMarkup() ? .markup : nil
    }

    /// Nothing above five bits, more letters than functions, and blanks and line ends among them.
    private func isFiveUnit() -> Bool {
        var letters = 0
        var blanks = 0
        var lineEnds = 0
        for index in 0..<self.count {
            let octet = self[unchecked: index]
            if octet >= 0x20 { return false }
            switch octet {
            case 0x04: blanks += 1
            case 0x02: lineEnds += 1
            case 0x00, 0x08, 0x1B, 0x1F: break
            default: letters += 1
            }
        }
        return letters * 2 > self.count && blanks > 0 && lineEnds > 0
    }

    /// Three in ten octets with the eighth bit, no UTF-8, and text without that bit.
    private func hasParity() -> Bool {
        var high = 0
        var text = 0
        for index in 0..<self.count {
            let octet = self[unchecked: index]
            if octet >= 0x80 { high += 1 }
            let masked = octet & 0x7F
            if masked >= 0x20 && masked < 0x7F || masked == 0x0A || masked == 0x0D { text += 1 }
        }
        guard high * 10 > self.count * 3, text * 10 > self.count * 9 else { return false }
        return !self.isUTF8()
    }

    private func isUTF8() -> Bool { self.firstInvalid(OctetRange(0, self.count)) == nil }

    /// The first octet of the range that is no UTF-8.
    func firstInvalid(_ range: OctetRange) -> Int? {
        let range = self.clamped(range)
        var index = range.lowerBound
        while index < range.upperBound {
            let octet = self[unchecked: index]
            let length = octet < 0x80 ? 1 : octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : octet >= 0xC2 ? 2 : 0
            guard length > 0, octet < 0xF5, index + length <= range.upperBound else { return index }
            for offset in 1..<Swift.max(length, 1) where self[unchecked: index + offset] & 0xC0 != 0x80 { return index }
            index += length
        }
        return nil
    }

    /// The first control below the tab.
    func firstControl(_ range: OctetRange) -> Int? {
        for index in self.clamped(range) where self[unchecked: index] < 0x09 { return index }
        return nil
    }
}

extension Transcoding {
    /// Letters, then figures of the United States teletype; functions are 0 (format 6.1).
    private static let letters: StaticString = "\0E\nA SIU\rDRJNFCKTZLWHYPQOBG\0MXV\0"
    private static let figures: StaticString = "\03\n- \u{7}87\r$4',!:(5\")2#6019?&\0./;\0"
    private static let letterShift: UInt8 = 0x1F
    private static let figureShift: UInt8 = 0x1B

    /// The five-unit code of a letter.
    static func code(_ letter: UInt8) -> UInt8 {
        for code in 0..<32 where Self.letters.utf8Start[code] == letter { return UInt8(code) }
        return 0
    }

    /// Characters, and for each where its octet stands in the record.
    func decode(_ octets: Octets, into decoded: inout [UInt8], _ origins: inout [Int32]) {
        decoded.reserveCapacity(octets.count)
        origins.reserveCapacity(octets.count + 1)
        defer { origins.append(Int32(truncatingIfNeeded: octets.count)) }
        if self == .markup { return octets.decodeMarkup(into: &decoded, &origins) }
        var isFigures = false
        for index in 0..<octets.count {
            let octet = octets[unchecked: index]
            switch self {
            case .parity, .markup: decoded.append(octet & 0x7F)
            case .ita2:
                let code = octet & 0x1F
                if code == Self.letterShift || code == Self.figureShift {
                    isFigures = code == Self.figureShift
                    continue
                }
                let table = isFigures ? Self.figures : Self.letters
                let character = table.utf8Start[Int(code)]
                if character == 0 { continue }
                decoded.append(character)
            }
            origins.append(Int32(truncatingIfNeeded: index))
        }
    }
}

extension Telegram {
    /// A range of `decoded` in the record as it came.
    public func recordRange(_ range: OctetRange) -> OctetRange {
        guard !self.origins.isEmpty else { return range }
        func place(_ index: Int) -> Int { Int(self.origins[Swift.max(0, Swift.min(index, self.origins.count - 1))]) }
        guard !range.isEmpty else { return OctetRange(place(range.start), place(range.start)) }
        return OctetRange(place(range.start), place(range.end - 1) + 1)
    }
}
