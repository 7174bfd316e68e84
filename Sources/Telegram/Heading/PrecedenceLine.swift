/// FL5 (format 1.5): precedence, date-time group, message instructions.
struct PrecedenceLine {
    var action: Precedence
    var information: Precedence?
    var group: DateTimeGroup
    /// Two or four digits, where there are any.
    var year: OctetRange?
    /// Behind the date-time group.
    var rest: OctetRange
}

extension Span where Element == UInt8 {
    /// Nil where the line is no FL5; a date that does not exist is still one.
    func precedenceLine(_ range: OctetRange) -> PrecedenceLine? {
        var position = range.start
        var prosigns: (Precedence?, Precedence?) = (nil, nil)
        while prosigns.1 == nil, let precedence = Self.precedence(self.byte(position)), position < range.end {
            if prosigns.0 == nil { prosigns.0 = precedence } else { prosigns.1 = precedence }
            position += 1
            position = self.skipBlanks(position, before: range.end)
        }
        guard let action = prosigns.0, let time = self.timeGroup(at: position, before: range.end) else { return nil }
        return PrecedenceLine(
            action: action, information: prosigns.1, group: time.group, year: time.year,
            rest: OctetRange(time.group.range.end, range.end))
    }

    /// `DDHHMMZ [MON [YY]]` at `position`; a date that does not exist is still one.
    func timeGroup(at position: Int, before limit: Int) -> (group: DateTimeGroup, year: OctetRange?)? {
        guard let day = self.twoDigits(position), let hour = self.twoDigits(position + 2),
            let minute = self.twoDigits(position + 4), Self.isUpper(self.byte(position + 6)), position + 7 <= limit
        else { return nil }
        var end = position + 7
        var place = end
        if Self.isDigit(self.byte(place)), place < limit { place += 1 }  // a check digit, in formatted text only
        place = self.skipBlanks(place, before: limit)
        let month = self.monthName(at: place, before: limit)
        if Self.isLetter(self.byte(end)), end < limit, month == nil { return nil }
        var year: OctetRange?
        if month != nil {
            end = place + 3
            let digits = self.digits(at: self.skipBlanks(end, before: limit), before: limit)
            if digits.count == 2 || digits.count == 4 {
                year = digits
                end = digits.end
            }
        }
        let group = DateTimeGroup(
            range: OctetRange(position, end), day: Int8(day), hour: Int8(hour), minute: Int8(minute),
            zone: self.byte(position + 6), month: month.map { Int8($0) }, year: nil, yearInferred: true, instant: nil)
        return (group, year)
    }

    /// `MID200090011223U`
    func isMessageIdentifier(_ word: OctetRange) -> Bool {
        word.count == 16 && self.starts(with: "MID", at: word.start) && Self.isUpper(self.byte(word.end - 1))
            && self.isDigits(OctetRange(word.start + 3, word.end - 1))
    }

    func skipBlanks(_ position: Int, before end: Int) -> Int {
        var position = position
        while position < end, Self.isBlank(self.byte(position)) { position += 1 }
        return position
    }

    func twoDigits(_ position: Int) -> Int? {
        let tens = self.byte(position)
        let ones = self.byte(position + 1)
        guard Self.isDigit(tens), Self.isDigit(ones) else { return nil }
        return Int(tens &- 0x30) * 10 + Int(ones &- 0x30)
    }

    func monthName(at position: Int, before end: Int) -> Int? {
        guard position + 3 <= end, !Self.isLetter(self.byte(position + 3)) || position + 3 == end else { return nil }
        let names: StaticString = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"
        for month in 0..<12 {
            let name = names.utf8Start + month * 3
            if self.byte(position) == name[0], self.byte(position + 1) == name[1], self.byte(position + 2) == name[2] {
                return month + 1
            }
        }
        return nil
    }
}

extension Parser {
    /// Fills FL5; the cursor stands on its line.
    mutating func readPrecedence(_ octets: Octets, _ parsed: PrecedenceLine) {
        let line = self.content(octets, self.cursor)
        self.telegram.actionPrecedence = parsed.action
        self.telegram.informationPrecedence = parsed.information
        self.telegram.dateTimeGroup = self.dated(octets, parsed.group, year: parsed.year)
        if self.telegram.dateTimeGroup?.instant == nil, parsed.group.month != nil, parsed.year != nil {
            self.telegram.findings.append(Finding(.malformedLine, range: parsed.group.range))
        }
        self.readInstructions(octets, parsed.rest)
        self.claim(line)
        self.addressLines = self.cursor..<self.cursor + 1
        self.seen.precedence = true
        self.cursor += 1
    }

    /// Message instructions: signals, or a navy's number of the message; what is neither is said.
    private mutating func readInstructions(_ octets: Octets, _ range: OctetRange) {
        guard let first = octets.firstWord(range) else { return }
        var rest = range
        if octets.isMessageIdentifier(first) {
            self.telegram.messageIdentifier = first
            rest = OctetRange(first.end, range.end)
        } else if !octets.isOperatingSignal(first), !octets.equals(first, "INT") {
            self.telegram.findings.append(Finding(.malformedLine, range: octets.trimmed(range)))
        }
        self.readSignals(octets, rest, place: .precedenceLine)
    }

    /// The year rules of format 1.5.
    mutating func dated(_ octets: Octets, _ group: DateTimeGroup, year printed: OctetRange?) -> DateTimeGroup {
        var group = group
        let filedDay = self.telegram.filed?.dayOfYear.map { Int($0) }
        if let printed, let number = octets.number(in: printed) {
            group.year = Int16(printed.count == 4 ? number : number >= 45 ? 1900 + number : 2000 + number)
            group.yearInferred = printed.count != 4
        } else {
            group.year = self.inferredYear(group, filedDay: filedDay).map { Int16($0) }
        }
        if group.month == nil, let filedDay, filedDay >= 1, filedDay <= 366 {
            group.month = Int8(Parser.month(ofDay: filedDay, in: Int(group.year ?? 2000)))
        }
        guard let year = group.year, let month = group.month else { return group }
        group.instant = Instant(
            year: Int(year), month: Int(month), day: Int(group.day), hour: group.hour == 24 ? 23 : Int(group.hour),
            minute: group.hour == 24 ? 59 : Int(group.minute))
        if group.hour == 24 {
            if group.minute == 0 { group.instant?.seconds += 60 } else { group.instant = nil }
        }
        if let offset = Parser.zoneHours(group.zone) {
            group.instant?.seconds -= Int64(offset * 3600)
        } else {
            group.instant = nil
        }
        return group
    }

    /// The year in which the filing day matches day and month, closest to reception.
    private func inferredYear(_ group: DateTimeGroup, filedDay: Int?) -> Int? {
        if let year = self.context.year, (1900...2100).contains(year) { return year }
        guard let received = self.context.received, received.seconds.magnitude < 1 << 40 else { return nil }
        let around = received.calendar.year
        guard (1900...2100).contains(around) else { return nil }
        var best: (distance: Int64, year: Int)?
        for year in Swift.max(1900, around - 8)...Swift.min(2100, around + 1) {
            let month = group.month.map { Int($0) } ?? filedDay.map { Parser.month(ofDay: $0, in: year) } ?? 1
            guard let instant = Instant(year: year, month: month, day: Int(group.day)) else { continue }
            var distance = abs(instant.seconds - received.seconds)
            if let filedDay, let start = Instant(year: year, month: 1, day: 1) {
                // A filing day that fits in no year but a leap one tells them apart.
                let day = Int((instant.seconds - start.seconds) / 86_400) + 1
                let apart = filedDay >= day ? filedDay - day : filedDay + 366 - day
                if apart > 2 { distance += 1 << 36 }
            }
            if distance < best?.distance ?? Int64.max { best = (distance, year) }
        }
        return best?.year
    }

    /// Hours ahead of UTC; nil for `J`, local time, unknowable.
    static func zoneHours(_ zone: UInt8) -> Int? {
        switch zone {
        case 0x5A: 0
        case 0x41...0x49: Int(zone) - 0x40
        case 0x4B...0x4D: Int(zone) - 0x41
        case 0x4E...0x59: 0x4D - Int(zone)
        default: nil
        }
    }

    static func month(ofDay day: Int, in year: Int) -> Int {
        var rest = day
        for month in 1...12 {
            let days = Instant.days(inMonth: month, of: year)
            if rest <= days { return month }
            rest -= days
        }
        return 12
    }
}
