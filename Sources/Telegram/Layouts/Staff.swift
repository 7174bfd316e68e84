/// Who drafted, approved and cleared a telegram (format 2.10).
extension Parser {
    /// A line above the heading of a Department telegram; behind `APPROVED BY` each line is a clearance.
    mutating func readStaffLine(_ octets: Octets, _ line: OctetRange, approved: inout Bool) -> Bool {
        guard line.count <= 120 else { return false }
        if octets.startsIgnoringCase(with: "DESIRED DIST", at: line.start) {
            approved = false
            return true
        }
        var rest = line
        guard let word = octets.nextWord(&rest) else { return false }
        if let role = octets.staffRole(word) {
            var next = rest
            if let by = octets.nextWord(&next), octets.startsIgnoringCase(with: "BY", at: by.start), by.count <= 3 {
                rest = next
            }
            if octets.byte(octets.trimmed(rest).start) == 0x3A { rest.lower = octets.trimmed(rest).lower + 1 }
            self.appendStaff(octets, role, octets.trimmed(rest), line)
            if role == .approved { approved = true }
            return true
        }
        guard approved, octets.firstIndex(of: 0x3A, in: line) != nil, octets.byte(line.start) != 0x2D else {
            return false
        }
        self.appendStaff(octets, .cleared, line, line)
        return true
    }

    /// `ECON:Oduya, Tom`; where no colon stands the name alone.
    mutating func appendStaff(_ octets: Octets, _ role: StaffEntry.Role, _ content: OctetRange, _ line: OctetRange) {
        guard !content.isEmpty, self.telegram.staff.count < 64 else { return }
        var entry = StaffEntry(role: role, office: nil, name: content, range: line)
        if let colon = octets.firstIndex(of: 0x3A, in: content) {
            let office = octets.trimmed(OctetRange(content.start, colon))
            entry.office = office.isEmpty ? nil : office
            entry.name = octets.trimmed(OctetRange(colon + 1, content.end))
        }
        self.telegram.staff.append(entry)
    }

    /// `RELEASED BY VADM A. LAMP, N7.` closes a general message (format 5.8).
    mutating func findReleaser(_ octets: Octets) {
        for paragraph in self.telegram.paragraphs.suffix(3) {
            guard let piece = self.telegram.pieces[paragraph.text.indices].first, piece.origin == .record,
                octets.startsIgnoringCase(with: "RELEASED BY ", at: piece.range.start)
            else { continue }
            let name = octets.withoutPunctuation(octets.trimmed(OctetRange(piece.range.start + 12, piece.range.end)))
            if !name.isEmpty {
                self.telegram.staff.append(StaffEntry(role: .released, office: nil, name: name, range: piece.range))
            }
        }
    }
}

extension Span where Element == UInt8 {
    /// `DRAFTED`, also `DRAFTEDY`, `EPPROVED` (format 2.10).
    func staffRole(_ word: OctetRange) -> StaffEntry.Role? {
        let roles: [(StaticString, StaffEntry.Role)] = [
            ("DRAFTED", .drafted), ("CLEARED", .cleared), ("APPROVED", .approved), ("RELEASED", .released),
        ]
        guard (6...10).contains(word.count), Self.isLetter(self.byte(word.start)) else { return nil }
        for (name, role) in roles where self.startsIgnoringCase(with: name, at: word.start) { return role }
        guard self.isUpper(word), let read = Spelling.letters(of: word, in: self) else { return nil }
        for (name, role) in roles where Spelling.matches(read, name, edits: 1) { return role }
        return nil
    }
}
