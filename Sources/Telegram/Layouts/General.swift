/// What a naval general message prints between its classification line and its sets (format 5.8).
extension Parser {
    /// `PASS TO OFFICE CODES:` and its lines, and the title; false where the line is neither.
    mutating func readGeneralLine(_ octets: Octets, _ line: OctetRange) -> Bool {
        if octets.starts(with: "PASS TO OFFICE CODES", at: line.start) {
            self.claim(line)
            return true
        }
        return self.readOfficeLine(octets, line) || self.readTitle(octets, line)
    }

    /// `FM CNO FICTION DC//N7//`: the offices of a party that the heading named.
    private mutating func readOfficeLine(_ octets: Octets, _ line: OctetRange) -> Bool {
        let words: [(StaticString, Party.Role)] = [("FM ", .originator), ("TO ", .action), ("INFO ", .information)]
        for (word, role) in words where octets.starts(with: word, at: line.start) {
            guard let open = octets.firstIndex(of: "//", in: line) else { return false }
            let name = octets.trimmed(OctetRange(line.start + word.utf8CodeUnitCount, open))
            let close = octets.firstIndex(of: "//", in: OctetRange(open + 2, line.end)) ?? line.end
            let office = OctetRange(open + 2, close)
            if role == .originator {
                self.telegram.originator?.office = office
            } else if let index = self.telegram.addressees.firstIndex(where: {
                $0.role == role && self.isNamed(octets, $0, name)
            }) {
                self.telegram.addressees[index].office = office
            }
            self.claim(line)
            return true
        }
        return false
    }

    private func isNamed(_ octets: Octets, _ party: Party, _ name: OctetRange) -> Bool {
        party.name.count == 1 && octets.equals(self.telegram.pieces[Int(party.name.first)].range, name)
    }

    /// `NAVADMIN 941/19`
    private mutating func readTitle(_ octets: Octets, _ line: OctetRange) -> Bool {
        guard self.telegram.title == nil, let parts = octets.title(line) else { return false }
        let start = self.telegram.made.count
        for index in parts.series.start..<parts.series.end { self.telegram.made.append(octets.byte(index)) }
        self.appendNumber(parts.number)
        self.telegram.made.append(0x2F)
        self.appendNumber(parts.year % 100, width: 2)
        self.telegram.title = Title(
            range: line, series: parts.series, number: Int32(truncatingIfNeeded: parts.number),
            year: Int16(truncatingIfNeeded: parts.year), key: OctetRange(start, self.telegram.made.count))
        self.claim(line)
        return true
    }
}

extension Span where Element == UInt8 {
    /// `kind SP number "/" 2DIGIT`, and nothing else on the line.
    fileprivate func title(_ line: OctetRange) -> (series: OctetRange, number: Int, year: Int)? {
        guard line.count <= 40, Self.isDigit(self.byte(line.end - 1)) else { return nil }
        var rest = line
        guard let series = self.nextWord(&rest), series.count >= 4, self.isUpper(series),
            let word = self.nextWord(&rest),
            self.firstWord(rest) == nil
        else { return nil }
        let digits = self.digits(at: word.start, before: word.end)
        let year = OctetRange(digits.end + 1, word.end)
        guard (1...4).contains(digits.count), self.byte(digits.end) == 0x2F, year.count == 2 || year.count == 4,
            let number = self.number(in: digits), let printed = self.number(in: year)
        else { return nil }
        return (series, number, year.count == 4 ? printed : printed >= 45 ? 1900 + printed : 2000 + printed)
    }

    /// General messages go to all whom their series names (format 1.7, "general title").
    func isGeneralTitle(_ name: OctetRange) -> Bool {
        switch self.byte(name.start) {
        case 0x4E: self.equals(name, "NAVADMIN") || self.equals(name, "NAVOP")
        case 0x41:
            self.equals(name, "ALNAV") || self.equals(name, "ALMAR") || self.equals(name, "ALCOAST")
                || self.equals(name, "ALARACT")
        case 0x4D: self.equals(name, "MARADMIN")
        default: false
        }
    }
}
