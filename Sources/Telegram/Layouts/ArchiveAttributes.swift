/// The block that an archive keeps behind the text: `Key: value`, a value may go on over the next line (format 5.5).
extension Parser {
    private static let nameLength = 40

    /// Reads it, and leaves the text without it.
    mutating func readAttributes(_ octets: Octets) {
        var first = self.bound
        for index in self.cursor..<Swift.max(self.cursor, self.bound)
        where octets.equalsIgnoringCase(self.content(octets, index), "MESSAGE ATTRIBUTES") {
            first = index
            break
        }
        guard first < self.bound else { return }
        self.claim(lines: first..<self.bound)
        for index in first + 1..<self.bound {
            let line = self.content(octets, index)
            guard !line.isEmpty else { continue }
            if octets.isReleaseStamp(line) {
                self.telegram.releaseStamps.append(line)
                continue
            }
            let end = Swift.min(line.end, line.start + Self.nameLength)
            if let colon = octets.firstIndex(of: 0x3A, in: OctetRange(line.start, end)),
                octets.all(OctetRange(line.start, colon), { Octets.isLetter($0) || $0 == 0x20 || $0 == 0x2F })
            {
                let value = octets.trimmed(OctetRange(colon + 1, line.end))
                var text = Text(first: Int32(truncatingIfNeeded: self.telegram.pieces.count), count: 0)
                if !value.isEmpty {
                    self.telegram.pieces.append(Piece(value))
                    text.count = 1
                }
                self.telegram.attributes.append(ArchiveAttribute(name: OctetRange(line.start, colon), value: text))
            } else if let last = self.telegram.attributes.indices.last,
                self.telegram.attributes[last].value.indices.upperBound == self.telegram.pieces.count
            {
                self.telegram.pieces.append(Piece(line))
                self.telegram.attributes[last].value.count += 1
            }
        }
        self.bound = first
    }

    /// `1975PRETOR02217` names the telegram where its own text does not (format 5.5).
    mutating func completeReference(_ octets: Octets) {
        guard self.telegram.messageReference == nil else { return }
        for attribute in self.telegram.attributes
        where octets.equalsIgnoringCase(attribute.name, "DOCUMENT NUMBER") && attribute.value.count == 1 {
            let value = self.telegram.pieces[Int(attribute.value.first)].range
            let year = octets.digits(at: value.start, before: Swift.min(value.end, value.start + 4))
            var end = year.end
            while end < value.end, Octets.isLetter(octets.byte(end)) { end += 1 }
            let serial = OctetRange(end, value.end)
            guard year.count == 4, end > year.end, let printed = octets.number(in: year), serial.count <= 6,
                let number = octets.number(in: serial)
            else { continue }
            self.makeReference(octets, year: printed, post: OctetRange(year.end, end), serial: number)
            return
        }
    }
}
