extension Octets {
    /// What stands between the brackets of a portion mark (format 2.9), or nil where it is none.
    func portionMark(_ range: OctetRange) -> Mark? {
        let range = self.trimmed(range)
        guard !range.isEmpty, range.count <= 64 else { return nil }
        var entire = false
        var rest = range
        for phrase: StaticString in ["- ENTIRE TEXT", "ENTIRE TEXT"] {
            let start = rest.end - phrase.utf8CodeUnitCount
            if start > rest.start, self.startsIgnoringCase(with: phrase, at: start) {
                entire = true
                rest = self.trimmed(OctetRange(rest.start, start))
                while rest.count > 1, self.byte(rest.end - 1) == UInt8(ascii: "-") {
                    rest = self.trimmed(OctetRange(rest.start, rest.end - 1))
                }
                break
            }
        }
        var position = rest.start
        let base = self.markWord(&position, rest.end)
        guard let (level, controls) = self.markBase(base) else { return nil }
        var mark = Mark(text: range, level: level, controls: controls, entireText: entire)
        while position < rest.end {
            while position < rest.end, Self.isMarkSeparator(self.byte(position)) { position += 1 }
            if position >= rest.end { break }
            let word = self.markWord(&position, rest.end)
            if self.equals(word, "REL") {
                mark.controls.insert(.relTo)  // what follows are nations
                break
            }
            guard let control = self.markControl(word) else { return nil }
            mark.controls.formUnion(control)
        }
        return mark
    }

    private static func isMarkSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: ","), UInt8(ascii: " "): true
        default: false
        }
    }

    private func markWord(_ position: inout Int, _ end: Int) -> OctetRange {
        let start = position
        while position < end, Self.isLetterOrDigit(self.byte(position)) { position += 1 }
        if position == start, position < end { position += 1 }  // never stand still
        return OctetRange(start, position)
    }

    private func markBase(_ word: OctetRange) -> (Level, Controls)? {
        switch word.count {
        case 1:
            switch self.byte(word.start) {
            case UInt8(ascii: "U"): return (.unclassified, [])
            case UInt8(ascii: "R"): return (.restricted, [])
            case UInt8(ascii: "C"): return (.confidential, [])
            case UInt8(ascii: "S"): return (.secret, [])
            default: return nil
            }
        case 2:
            if self.equals(word, "TS") { return (.topSecret, []) }
            if self.equals(word, "NU") { return (.unclassified, []) }
            if self.equals(word, "NR") { return (.restricted, []) }
            if self.equals(word, "NC") { return (.confidential, []) }
            if self.equals(word, "NS") { return (.secret, []) }
            return nil
        default:
            if self.equals(word, "SBU") { return (.unclassified, .sbu) }
            if self.equals(word, "FOUO") { return (.unclassified, .fouo) }
            if self.equals(word, "LOU") { return (.unclassified, .lou) }
            if self.equals(word, "CUI") { return (.unclassified, .cui) }
            if self.equals(word, "UNCLASSIFIED") || self.equals(word, "UNCLAS") { return (.unclassified, []) }
            if self.equals(word, "CONFIDENTIAL") { return (.confidential, []) }
            if self.equals(word, "SECRET") { return (.secret, []) }
            return nil
        }
    }

    private func markControl(_ word: OctetRange) -> Controls? {
        if self.equals(word, "NF") || self.equals(word, "N") || self.equals(word, "NOFORN") { return .noforn }
        if self.equals(word, "OC") || self.equals(word, "ORCON") { return .orcon }
        if self.equals(word, "PR") || self.equals(word, "PROPIN") { return .propin }
        if self.equals(word, "IMCON") { return .imcon }
        if self.equals(word, "FGI") { return .fgi }
        if self.equals(word, "FRD") { return .frd }
        if self.equals(word, "RD") { return .rd }
        if self.equals(word, "SI") { return .si }
        if self.equals(word, "TK") { return .tk }
        if self.equals(word, "HCS") { return .hcs }
        if self.equals(word, "SBU") { return .sbu }
        if self.equals(word, "FOUO") { return .fouo }
        if self.equals(word, "LOU") { return .lou }
        if self.equals(word, "EFTO") { return .efto }
        return nil
    }

    /// A mark in brackets at `position`: the mark, and the position behind it.
    func bracketedMark(at position: Int, before end: Int) -> (mark: Mark?, brackets: OctetRange)? {
        guard self.byte(position) == UInt8(ascii: "(") else { return nil }
        let limit = Swift.min(end, position + 66)
        // Most marks are one letter.
        if position + 2 < limit, self.byte(position + 2) == UInt8(ascii: ")"), Self.isUpper(self.byte(position + 1)) {
            let letter = OctetRange(position + 1, position + 2)
            let mark = self.markBase(letter).map { Mark(text: letter, level: $0, controls: $1, entireText: false) }
            return (mark, OctetRange(position, position + 3))
        }
        guard let close = self.firstIndex(of: UInt8(ascii: ")"), in: OctetRange(position, limit)) else { return nil }
        return (self.portionMark(OctetRange(position + 1, close)), OctetRange(position, close + 1))
    }
}
