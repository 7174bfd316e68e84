extension Parser {
    /// Blanks out the six headings that declassified archives put between the parts of a JANAP 128 message, each alone on
    /// its line, and reads the archive's own first line: `CDSN = ABC123 MCN = 91049/12345 TOR = 910491814` (format 5.1).
    mutating func openEnvelope(_ octets: Octets, _ lines: Range<Int>) {
        for index in lines {
            let line = self.content(octets, index)
            guard self.isEnvelopeLine(octets, line) else { continue }
            if octets.starts(with: "CDSN", at: line.start) { self.readEnvelopeNumber(octets, line) }
            self.claim(line)
            self.lines[index].range.upper = self.lines[index].range.lower
        }
    }

    private func isEnvelopeLine(_ octets: Octets, _ line: OctetRange) -> Bool {
        switch octets.byte(line.start) {
        case 0x45: octets.equals(line, "ENVELOPE")
        case 0x43: octets.equals(line, "CONTROLS") || octets.starts(with: "CDSN =", at: line.start)
        case 0x48: octets.equals(line, "HEADER")
        case 0x42: octets.equals(line, "BODY")
        case 0x41: octets.equals(line, "ADMIN")
        default: false
        }
    }

    /// The channel number, as FL1 would have it.
    private mutating func readEnvelopeNumber(_ octets: Octets, _ line: OctetRange) {
        let position = octets.skipBlanks(line.start + 6, before: line.end)
        guard let channel = octets.channel(at: position, before: line.end),
            let number = octets.number(in: channel.digits)
        else { return }
        self.telegram.identifiers.append(
            ChannelIdentifier(
                channel: channel.name, number: Int32(truncatingIfNeeded: number), digits: UInt8(channel.digits.count),
                prosign: nil, placeholder: false))
        self.seen.identification = true
    }
}
