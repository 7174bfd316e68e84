/// Words by which format 1.7 tells the parts of an address line apart.
extension Span where Element == UInt8 {
    func precedenceWord(_ word: OctetRange) -> Precedence? {
        switch self.byte(word.start) {
        case 0x46: self.equals(word, "FLASH") ? .flash : nil
        case 0x4E: self.equals(word, "NIACT") ? .niactImmediate : nil
        case 0x49: self.equals(word, "IMMEDIATE") ? .immediate : nil
        case 0x50: self.equals(word, "PRIORITY") ? .priority : nil
        case 0x52: self.equals(word, "ROUTINE") ? .routine : nil
        // Of these words only PRIORITY has all its letters on keys with figures (format 6.4 D11).
        case 0x30: self.equals(word, "04894856") ? .priority : nil
        default: nil
        }
    }

    /// Names behind which a final number is a message continuity number.
    func hasNumberedName(_ name: OctetRange) -> Bool {
        let heads: [StaticString] = [
            "AMEMBASSY", "AMCONSUL", "AMCONGEN", "AMEMB", "USMISSION", "USINT", "USLO", "USOFFICE", "USDEL", "AIT",
            "SECSTATE", "US MISSION", "IRAN RPO",
        ]
        for head in heads where self.startsWord(head, at: name.start) { return true }
        return self.lastWord(name).map { self.equals($0, "COLLECTIVE") } ?? false
    }

    func isCollective(_ name: OctetRange) -> Bool {
        if let last = self.lastWord(name), self.equals(last, "COLLECTIVE") { return true }
        if self.isGeneralTitle(name) { return true }
        guard self.starts(with: "AIG ", at: name.start) else { return false }
        return self.isDigits(self.firstWord(OctetRange(name.start + 4, name.end)) ?? OctetRange(0, 0))
    }

    /// What an address line is made of: PLA characters, an office, separators; no sentence.
    func isAddressLike(_ line: OctetRange) -> Bool {
        guard line.count <= 160, Self.isLetterOrDigit(self.byte(line.start)) else { return false }
        var isOffice = false
        var index = line.start
        while index < line.end {
            let byte = self.byte(index)
            if byte == 0x2F, self.byte(index + 1) == 0x2F {
                isOffice.toggle()
                index += 2
                continue
            }
            if !isOffice {
                switch byte {
                case 0x20, 0x09, 0x26...0x29, 0x2C...0x2F: break  // & ' ( ) , - . /
                default: if !Self.isUpper(byte), !Self.isDigit(byte) { return false }
                }
            }
            index += 1
        }
        // `1. SWARMS REPORTED` is a paragraph.
        let digits = self.digits(at: line.start, before: line.end)
        return digits.isEmpty || self.byte(digits.end) != 0x2E
    }

    /// A wrapped name: no `/`, and a country, a state or `WASHDC` first (format 1.7).
    func isWrapOfAddress(_ line: OctetRange) -> Bool {
        guard self.firstIndex(of: 0x2F, in: line) == nil, let word = self.firstWord(line) else { return false }
        let rest = self.firstWord(OctetRange(word.end, line.end))
        if self.equals(word, "US"), let rest, self.equals(rest, "MISSION") { return false }
        return (word.count == 2 && self.isUpper(word)) || self.equals(word, "WASHDC") || self.equals(word, "WASHINGTON")
    }
}
