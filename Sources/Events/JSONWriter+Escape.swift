/// Strings of any octets: what is valid UTF-8 stays, any other octet is read as Windows-1252 (format 6.3).
extension JSONWriter {
    /// The octets with JSON's escapes, without quotation marks.
    ///
    /// Eight octets at a time are stored and checked at once; only an octet that needs an escape leaves that loop.
    @inline(__always)
    mutating func escape(_ octets: UnsafeRawBufferPointer) {
        guard let start = octets.baseAddress, !octets.isEmpty else { return }
        let end = octets.count
        var read = 0
        // From here on there is room for what is left as it stands, and for one escape or store beyond it.
        self.reserve(end + JSONWriter.slack)
        // Kept apart from `self`, which a store of octets might change as far as the compiler knows.
        var base = self.base
        var place = self.count
        while read < end {
            let left = end - read
            let word: UInt64
            if left >= 8 {
                word = UInt64(littleEndian: (start + read).loadUnaligned(as: UInt64.self))
            } else if end >= 8 {
                // The last eight octets once more, shifted; spaces fill up.
                let last = UInt64(littleEndian: (start + (end - 8)).loadUnaligned(as: UInt64.self))
                let shift = UInt64(truncatingIfNeeded: left &* 8)
                word = (last &>> (64 &- shift)) | (JSONWriter.spaces &<< shift)
            } else {
                var short: UInt64 = 0
                var index = left
                while index > 0 {
                    index &-= 1
                    short = (short &<< 8) | UInt64(octets[read &+ index])
                }
                word = short | (JSONWriter.spaces &<< UInt64(truncatingIfNeeded: left &* 8))
            }
            UnsafeMutableRawPointer(base + place).storeBytes(of: word.littleEndian, as: UInt64.self)
            let mask = JSONWriter.unclean(word)
            if mask == 0 {
                let step = left < 8 ? left : 8
                read &+= step
                place &+= step
                continue
            }
            let clean = mask.trailingZeroBitCount &>> 3
            read &+= clean
            place &+= clean
            let octet = octets[read]
            if octet == 0x0A {
                base[place] = UInt8(ascii: "\\")
                base[place &+ 1] = UInt8(ascii: "n")
                self.count = place &+ 2
                read &+= 1
            } else if octet < 0x80 {
                self.count = place
                self.escapeASCII(octet)
                read &+= 1
            } else {
                self.count = place
                read &+= self.transcode(octets, at: read)
            }
            self.reserve(end &- read &+ JSONWriter.slack)
            base = self.base
            place = self.count
        }
        self.count = place
    }

    /// Room that every step of `escape` may use: a store of 8, or an escape of 6.
    private static var slack: Int { 16 }
    private static var spaces: UInt64 { 0x2020_2020_2020_2020 }

    /// A word whose lowest set bit lies in the first octet that is a control, `"`, `\` or not ASCII.
    @inline(__always)
    private static func unclean(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let control = word &- 0x2020_2020_2020_2020
        let quote = (word ^ 0x2222_2222_2222_2222) &- ones
        let backslash = (word ^ 0x5C5C_5C5C_5C5C_5C5C) &- ones
        return (((control | quote | backslash) & ~word) | word) & 0x8080_8080_8080_8080
    }

    @inline(never)
    private mutating func escapeASCII(_ octet: UInt8) {
        let letter: UInt8
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter = octet
        case 0x08: letter = UInt8(ascii: "b")
        case 0x09: letter = UInt8(ascii: "t")
        case 0x0A: letter = UInt8(ascii: "n")
        case 0x0C: letter = UInt8(ascii: "f")
        case 0x0D: letter = UInt8(ascii: "r")
        default:
            self.append("\\u00")
            self.append(JSONWriter.hexadecimal(octet >> 4))
            self.append(JSONWriter.hexadecimal(octet & 15))
            return
        }
        self.append(UInt8(ascii: "\\"))
        self.append(letter)
    }

    @inline(__always)
    static func hexadecimal(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? 0x30 &+ nibble : 0x61 &+ (nibble &- 10)
    }

    /// One character that is not ASCII; returns how many octets it took.
    @inline(never)
    mutating func transcode(_ octets: UnsafeRawBufferPointer, at index: Int) -> Int {
        let length = JSONWriter.characterLength(octets, at: index)
        if length > 0 {
            self.append(UnsafeRawBufferPointer(rebasing: octets[index..<index + length]))
            return length
        }
        let scalar = JSONWriter.windows1252(octets[index])
        if scalar < 0x800 {
            self.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
        } else {
            self.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
            self.append(0x80 | UInt8(truncatingIfNeeded: (scalar >> 6) & 0x3F))
        }
        self.append(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F))
        return 1
    }

    /// Length of the well-formed UTF-8 sequence of two to four octets at `index`; 0 where there is none (RFC 3629).
    static func characterLength(_ octets: UnsafeRawBufferPointer, at index: Int) -> Int {
        let left = octets.count - index
        let first = octets[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0:
            length = 3
            second = 0xA0...0xBF
        case 0xED:
            length = 3
            second = 0x80...0x9F
        case 0xE1...0xEF: length = 3
        case 0xF0:
            length = 4
            second = 0x90...0xBF
        case 0xF1...0xF3: length = 4
        case 0xF4:
            length = 4
            second = 0x80...0x8F
        default: return 0
        }
        guard left >= length, second.contains(octets[index + 1]) else { return 0 }
        for offset in 2..<max(length, 2) where !(0x80...0xBF).contains(octets[index + offset]) { return 0 }
        return length
    }

    /// The five places that Windows-1252 leaves open stay the C1 controls of the same number, as browsers read them.
    static func windows1252(_ octet: UInt8) -> UInt16 {
        switch octet {
        case 0x80: 0x20AC
        case 0x82: 0x201A
        case 0x83: 0x0192
        case 0x84: 0x201E
        case 0x85: 0x2026
        case 0x86: 0x2020
        case 0x87: 0x2021
        case 0x88: 0x02C6
        case 0x89: 0x2030
        case 0x8A: 0x0160
        case 0x8B: 0x2039
        case 0x8C: 0x0152
        case 0x8E: 0x017D
        case 0x91: 0x2018
        case 0x92: 0x2019
        case 0x93: 0x201C
        case 0x94: 0x201D
        case 0x95: 0x2022
        case 0x96: 0x2013
        case 0x97: 0x2014
        case 0x98: 0x02DC
        case 0x99: 0x2122
        case 0x9A: 0x0161
        case 0x9B: 0x203A
        case 0x9C: 0x0153
        case 0x9E: 0x017E
        case 0x9F: 0x0178
        default: UInt16(octet)
        }
    }

    /// As UTF-8 without escapes: keys and header values.
    mutating func appendUTF8(_ octets: UnsafeRawBufferPointer) {
        var index = 0
        while index < octets.count {
            if octets[index] < 0x80 {
                self.append(octets[index])
                index += 1
            } else {
                index += self.transcode(octets, at: index)
            }
        }
    }
}
