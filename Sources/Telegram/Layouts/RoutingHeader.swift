/// JANAP 128's header line, taken apart (format 5.1).
struct ParsedRoutingHeader {
    var precedence: Precedence
    var header: RoutingHeader
    var station: OctetRange
    var serial: OctetRange
    var filed: FilingTime?
    /// Behind `--`: the stations called.
    var stations: OctetRange
}

extension Span where Element == UInt8 {
    /// `RTTUZYUW RHBPXQZ0114 0951430-UUUU--RUCBXQC RHMFIUU.`
    func routingHeader(_ line: OctetRange) -> ParsedRoutingHeader? {
        guard line.count >= 36, let precedence = Self.precedence(self.byte(line.start)), self.mayBeHeader(line),
            self.all(OctetRange(line.start + 1, line.start + 8), Self.isLetterOrDigit)
        else { return nil }
        var position = line.start + 9
        let station = position
        while position < line.end, position - station < 8, Self.isUpper(self.byte(position)) { position += 1 }
        let serial = OctetRange(position, position + 4)
        let filed = OctetRange(position + 5, position + 12)
        let redundancy = OctetRange(position + 13, position + 17)
        guard (4...7).contains(position - station), self.isDigits(serial), self.byte(serial.end) == 0x20,
            self.isDigits(filed), self.byte(filed.end) == 0x2D, self.isUpper(redundancy),
            self.starts(with: "--", at: redundancy.end), redundancy.end + 2 < line.end
        else { return nil }
        let letter = OctetRange(line.start + 3, line.start + 4)
        let header = RoutingHeader(
            mediaFormat: OctetRange(line.start + 1, line.start + 3), classification: letter,
            level: Self.level(self.byte(letter.start)), contentIndicator: OctetRange(line.start + 4, line.start + 8),
            redundancy: redundancy, range: line)
        return ParsedRoutingHeader(
            precedence: precedence, header: header, station: OctetRange(station, position), serial: serial,
            filed: self.filingTime(filed), stations: OctetRange(redundancy.end + 2, line.end))
    }
}

extension Parser {
    /// FL2 and FL3 in one line; the stations go on over further lines up to a full stop.
    mutating func readRoutingHeader(_ octets: Octets, _ parsed: ParsedRoutingHeader) {
        self.telegram.routingHeader = parsed.header
        self.telegram.routingPrecedence = parsed.precedence
        self.telegram.originatingStation = parsed.station
        self.telegram.stationSerial = parsed.serial
        self.telegram.filed = parsed.filed
        // FL15 repeats positions 17-20.
        self.seen.markedSerial = true
        self.seen.called = true
        self.seen.calling = true
        if parsed.filed == nil { self.telegram.findings.append(Finding(.malformedLine, range: parsed.header.range)) }
        self.claim(parsed.header.range)
        self.cursor += 1
        var open = self.readHeaderStations(octets, parsed.stations)
        while open, self.cursor < self.bound {
            let line = self.content(octets, self.cursor)
            guard let word = octets.firstWord(line), octets.isRoutingIndicator(octets.withoutPunctuation(word)) else {
                return
            }
            self.claim(line)
            open = self.readHeaderStations(octets, line)
            self.cursor += 1
        }
    }

    /// Whether more may follow: no full stop yet.
    private mutating func readHeaderStations(_ octets: Octets, _ range: OctetRange) -> Bool {
        var rest = range
        while let word = octets.nextWord(&rest) {
            let station = octets.withoutPunctuation(word)
            if octets.isRoutingIndicator(station) {
                self.telegram.stations.append(station)
            } else {
                self.telegram.findings.append(Finding(.malformedLine, range: word))
            }
            if station.end < word.end { return false }
        }
        return true
    }

    /// Positions 4 and 30-33 and FL4 say the same level three times (format 5.1).
    mutating func checkRoutingHeader(_ octets: Octets) {
        guard let header = self.telegram.routingHeader else { return }
        let letter = octets.byte(header.classification.start)
        let first = octets.byte(header.redundancy.start)
        let same = first == letter && octets.byte(header.redundancy.start + 1) == letter
        let group = self.telegram.security.map { octets.byte($0.group.start) }
        if !same || (group ?? letter) != letter {
            self.telegram.findings.append(Finding(.securityDisagreement, range: header.redundancy))
        }
    }
}
