extension Parser {
    /// FL1 (format 1.1): every hop's number, last hop first.
    mutating func readIdentification(_ octets: Octets, _ line: OctetRange) {
        if self.seen.groupStart == nil { self.seen.groupStart = line.start }
        var position = octets.identificationLeader(line).end
        let first = self.telegram.identifiers.count
        while true {
            let leader = octets.identificationLeader(OctetRange(position, line.end))
            if leader.marked { position = leader.end }
            guard let channel = octets.channel(at: position, before: line.end) else { break }
            let number = octets.number(in: channel.digits) ?? 0
            self.telegram.identifiers.append(
                ChannelIdentifier(
                    channel: channel.name, number: Int32(truncatingIfNeeded: number),
                    digits: UInt8(channel.digits.count),
                    prosign: nil, placeholder: number == 0 && octets.equals(channel.name, "XYZ")))
            position = octets.skipBlanks(channel.digits.end, before: line.end)
        }
        let rest = octets.trimmed(OctetRange(position, line.end))
        let isProsign = octets.equals(rest, "UU") || octets.equals(rest, "HH")
        if isProsign, first < self.telegram.identifiers.count { self.telegram.identifiers[first].prosign = rest }
        if (!rest.isEmpty && !isProsign) || first == self.telegram.identifiers.count {
            self.telegram.findings.append(Finding(.malformedLine, range: line))
        }
        self.claim(line)
        self.seen.identification = true
    }

    /// FL2 and its continuation lines (format 1.2).
    mutating func readCalledStations(_ octets: Octets, _ line: OctetRange) {
        guard let start = octets.calledStations(line) else { return }
        if self.seen.groupStart == nil { self.seen.groupStart = line.start }
        self.telegram.routingPrecedence = Octets.precedence(octets.byte(start))
        self.appendStations(octets, OctetRange(start + 2, line.end))
        self.claim(line)
        self.seen.called = true
        self.cursor += 1
        while self.cursor < self.bound {
            let next = self.content(octets, self.cursor)
            guard self.isStationLine(octets, next) else { return }
            self.appendStations(octets, next)
            self.claim(next)
            self.cursor += 1
        }
    }

    private mutating func appendStations(_ octets: Octets, _ range: OctetRange) {
        var rest = range
        while let word = octets.nextWord(&rest) {
            if octets.isRoutingIndicator(word) {
                self.telegram.stations.append(word)
            } else {
                self.telegram.findings.append(Finding(.malformedLine, range: word))
            }
        }
    }

    /// The signals of a pilot; its last relay is named behind the first that is no security warning.
    mutating func readPilotSignals(_ octets: Octets, _ line: OctetRange) {
        let first = self.telegram.operatingSignals.count
        self.readSignals(octets, line, place: .pilot)
        for signal in self.telegram.operatingSignals[first...] where self.seen.groupSignal == nil {
            self.seen.groupSignal = signal.signal
            self.seen.groupBy = signal.argument
        }
        self.claim(line)
    }

    /// What was read so far stood in front of the original FL1 (format 1.1, "Pilot").
    mutating func closePilot() {
        let start = self.seen.groupStart ?? self.telegram.range.start
        let identifiers = self.telegram.identifiers[self.seen.groupIdentifiers...]
        self.telegram.pilots.append(
            Pilot(
                identifier: identifiers.first, precedence: self.telegram.routingPrecedence,
                stations: Slice(
                    first: self.seen.groupStations, count: self.telegram.stations.count - self.seen.groupStations),
                signal: self.seen.groupSignal, by: self.seen.groupBy,
                range: OctetRange(start, Swift.max(start, self.lines[Swift.max(self.cursor - 1, 0)].range.end))))
        self.telegram.identifiers.removeSubrange(self.seen.groupIdentifiers...)
        self.telegram.routingPrecedence = nil
        self.seen.groupStations = self.telegram.stations.count
        self.seen.groupStart = nil
        self.seen.groupSignal = nil
        self.seen.groupBy = nil
        self.seen.called = false
    }

    /// FL3 (format 1.3).
    mutating func readCallingStation(_ octets: Octets, _ line: OctetRange) {
        self.seen.calling = true
        self.claim(line)
        var rest = OctetRange(line.start + 3, line.end)
        self.telegram.originatingStation = octets.nextWord(&rest)
        var odd = false
        while let word = octets.nextWord(&rest) {
            if octets.equals(word, "NR"), self.telegram.stationSerial == nil, let number = octets.firstWord(rest),
                octets.isDigits(number), number.count <= 4
            {
                _ = octets.nextWord(&rest)
                self.telegram.stationSerial = number
            } else if let filed = octets.filingTime(word) {
                self.telegram.filed = filed
            } else if self.telegram.stationSerial == nil, self.readSerial(octets, word) {
                continue
            } else {
                odd = true
            }
        }
        if odd { self.telegram.findings.append(Finding(.malformedLine, range: line)) }
    }

    /// `["#"] 3*4DIGIT ["/" D2] [ALPHA]`.
    private mutating func readSerial(_ octets: Octets, _ word: OctetRange) -> Bool {
        let marked = octets.byte(word.start) == 0x23
        let start = marked ? word.start + 1 : word.start
        let digits = octets.digits(at: start, before: word.end)
        if marked, digits.isEmpty, let value = octets.unshifted(OctetRange(start, word.end)), word.end - start == 4 {
            // `#QETP`: the shift to figures was lost (format 6.4 D11). What it stands for is evidence only.
            self.telegram.stationSerial = OctetRange(start, word.end)
            self.seen.markedSerial = true
            self.noteNumber(OctetRange(start, word.end), value, width: 4, .d11, 0.85)
            return true
        }
        guard digits.count == 3 || digits.count == 4 else { return false }
        var end = digits.end
        var section: Int?
        if octets.byte(end) == 0x2F, end + 3 <= word.end, let number = octets.twoDigits(end + 1) {
            section = number
            end += 3
        }
        if section == nil, end + 1 == word.end, Octets.isUpper(octets.byte(end)) { end += 1 }
        guard end == word.end else { return false }
        self.telegram.stationSerial = OctetRange(start, section == nil ? end : digits.end)
        self.telegram.transmissionSection = section.map { Int16($0) }
        self.seen.markedSerial = marked
        return true
    }
}

extension Span where Element == UInt8 {
    /// `DDDHHMM` or `DD/HHMMZ`; times that do not exist are none.
    func filingTime(_ word: OctetRange) -> FilingTime? {
        if word.count == 7, let number = self.number(in: word) {
            let hour = number / 100 % 100
            let minute = number % 100
            guard hour < 24, minute < 60 else { return nil }
            return FilingTime(
                dayOfYear: Int16(number / 10_000), dayOfMonth: nil, hour: Int8(hour), minute: Int8(minute),
                instant: nil,
                range: word)
        }
        guard word.count == 7 || word.count == 8, self.byte(word.start + 2) == 0x2F,
            let day = self.twoDigits(word.start),
            let hour = self.twoDigits(word.start + 3), let minute = self.twoDigits(word.start + 5), hour < 24,
            minute < 60,
            word.count == 7 || self.byte(word.end - 1) == 0x5A
        else { return nil }
        return FilingTime(
            dayOfYear: nil, dayOfMonth: Int8(day), hour: Int8(hour), minute: Int8(minute), instant: nil, range: word)
    }
}

extension Parser {
    /// The filing instant closest to FL5's, or to reception where there is no FL5; nil where the day exists in no year near.
    mutating func filingInstant() -> Instant? {
        guard let filed = self.telegram.filed else { return nil }
        // The filing of a readdressed message is that of the readdressal (format 1.3).
        let group = self.telegram.readdressals.first?.dateTimeGroup ?? self.telegram.dateTimeGroup
        var anchor = group?.instant
        if anchor == nil, let year = group?.year.map({ Int($0) }) ?? self.context.year {
            anchor = Instant(year: year, month: 7, day: 1)
        }
        guard let near = anchor ?? self.context.received, near.seconds.magnitude < 1 << 40 else { return nil }
        let calendar = near.calendar
        var best: Instant?
        func consider(_ candidate: Instant?) {
            guard let candidate else { return }
            let distance = abs(candidate.seconds - near.seconds)
            if let best, abs(best.seconds - near.seconds) <= distance { return }
            best = candidate
        }
        for step in -1...1 {
            if let day = filed.dayOfYear {
                let year = calendar.year + step
                guard day >= 1, day <= (Instant.isLeap(year) ? 366 : 365),
                    let start = Instant(year: year, month: 1, day: 1)
                else { continue }
                let minutes = (Int64(day) - 1) * 1440 + Int64(filed.hour) * 60 + Int64(filed.minute)
                consider(Instant(seconds: start.seconds + minutes * 60))
            } else if let day = filed.dayOfMonth {
                let months = calendar.year * 12 + calendar.month - 1 + step
                consider(
                    Instant(
                        year: months / 12, month: months % 12 + 1, day: Int(day), hour: Int(filed.hour),
                        minute: Int(filed.minute)))
            }
        }
        return best
    }
}
