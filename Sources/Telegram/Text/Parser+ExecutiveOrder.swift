extension Octets {
    /// A date of an E.O. line (format 2.4): `MM/DD/YYYY`, `M/D/YY`, `YYYY/MM/DD`, `YYYYMMDD`, `DD MON YY`.
    func textDate(_ range: OctetRange, after year: Int) -> Instant? {
        var rest = range
        var limit = 12
        while limit > 0, let word = self.nextWord(&rest) {
            limit -= 1
            let first = self.digits(at: word.start, before: word.end)
            guard let leading = self.number(in: first) else { continue }
            if first.count == 8,
                let date = Instant(year: leading / 10000, month: leading / 100 % 100, day: leading % 100)
            {
                return date
            }
            let slash = self.byte(first.end)
            if slash == UInt8(ascii: "/") || slash == UInt8(ascii: "-") {
                let second = self.digits(at: first.end + 1, before: word.end)
                let third = self.digits(at: second.end + 1, before: word.end)
                guard let middle = self.number(in: second), let last = self.number(in: third) else { continue }
                if first.count == 4 { return Instant(year: leading, month: middle, day: last) }
                let full = third.count == 4 ? last : Self.laterCentury(last, after: year)
                if let date = Instant(year: full, month: leading, day: middle) { return date }
                continue
            }
            var next = rest
            if first.end == word.end, first.count <= 2, let name = self.nextWord(&next),
                let month = self.monthNumber(name),
                let last = self.nextWord(&next)
            {
                let digits = self.digits(at: last.start, before: last.end)
                guard let number = self.number(in: digits), digits.count == 2 || digits.count == 4 else { continue }
                return Instant(
                    year: digits.count == 4 ? number : Self.laterCentury(number, after: year), month: month,
                    day: leading)
            }
        }
        return nil
    }

    private static func laterCentury(_ year: Int, after: Int) -> Int {
        var full = after - after % 100 + year % 100
        if full < after { full += 100 }
        return full
    }

    private func monthNumber(_ word: OctetRange) -> Int? {
        let months: [StaticString] = [
            "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
        ]
        guard word.count >= 3 else { return nil }
        for (index, month) in months.enumerated() where self.startsIgnoringCase(with: month, at: word.start) {
            return index + 1
        }
        return nil
    }
}

extension Parser {
    /// In force from, as year and month in one number (format 7.5).
    private static let orders: [(order: Int32, from: Int)] = [
        (10501, 195_312), (11652, 197_206), (12065, 197_812), (12356, 198_208), (12958, 199_510), (13526, 201_006),
    ]

    private mutating func orderInForce() -> Int32? {
        guard let group = self.telegram.dateTimeGroup, let year = group.year else { return nil }
        let moment = Int(year) * 100 + Int(group.month ?? 6)
        return Self.orders.last { $0.from <= moment }?.order
    }

    /// Whether the order was in force at the date-time group, give or take a year (format 7.5).
    mutating func isInForce(_ order: Int32) -> Bool {
        guard let group = self.telegram.dateTimeGroup, let year = group.year,
            let index = Self.orders.firstIndex(where: { $0.order == order })
        else { return true }
        let moment = Int(year) * 100 + Int(group.month ?? 6)
        let until = index + 1 < Self.orders.count ? Self.orders[index + 1].from : Int.max - 100
        return Self.orders[index].from - 100 <= moment && moment < until + 100
    }

    /// `E.O. 12958: DECL: 03/17/2019` (format 2.4).
    mutating func readExecutiveOrder(_ octets: Octets, _ part: TextPart) {
        self.claim(part.range)
        let digits = octets.digits(at: part.content.start, before: part.content.end)
        var order = Int32(truncatingIfNeeded: octets.number(in: digits) ?? 0)
        if !Self.orders.contains(where: { $0.order == order }), let restored = self.orderInForce() {
            let start = self.telegram.made.count
            self.appendNumber(Int(restored))
            self.telegram.findings.append(
                Finding(
                    .wordRestored, range: digits, confidence: 0.9,
                    repair: Repair(
                        was: digits, now: Piece(OctetRange(start, self.telegram.made.count), origin: .made), rule: .d8))
            )
            order = restored
        }
        var start = digits.end
        while start < part.content.end, octets.byte(start) == 0x3A || octets.byte(start) == 0x20 { start += 1 }
        let value = octets.trimmed(OctetRange(start, part.content.end))
        self.telegram.executiveOrder = ExecutiveOrder(
            order: order, value: value, notApplicable: false, declassifyOn: nil, event: nil, exemptions: .none,
            range: part.range)
        self.readOrderValue(octets)
    }

    /// What stands behind the order's number: a date, an event, exemptions, or nothing that applies.
    mutating func readOrderValue(_ octets: Octets) {
        guard var result = self.telegram.executiveOrder else { return }
        let value = result.value
        result.notApplicable =
            octets.startsIgnoringCase(with: "N/A", at: value.start)
            || octets.startsIgnoringCase(with: "N.A", at: value.start)
            || (octets.startsIgnoringCase(with: "NA", at: value.start) && value.count == 2)
        let exemptions = self.telegram.exemptions.count
        if !result.notApplicable {
            var rest = value
            var content = value
            if octets.startsIgnoringCase(with: "DECL", at: value.start), let word = octets.nextWord(&rest) {
                var from = word.start + 4
                while from < value.end, octets.byte(from) == 0x3A || octets.byte(from) == 0x20 { from += 1 }
                content = OctetRange(from, value.end)
                rest = content
            }
            let year = Int(self.telegram.dateTimeGroup?.year ?? 1990)
            result.declassifyOn = octets.textDate(content, after: year)
            rest = content
            var limit = 8
            while limit > 0, let word = octets.nextWord(&rest) {
                limit -= 1
                var end = word.end
                while end > word.start, octets.byte(end - 1) == 0x2C || octets.byte(end - 1) == 0x2E { end -= 1 }
                if octets.isDeclassificationExemption(OctetRange(word.start, end)) {
                    self.telegram.exemptions.append(OctetRange(word.start, end))
                }
            }
            result.exemptions = Slice(first: exemptions, count: self.telegram.exemptions.count - exemptions)
            if result.order >= 12356, result.declassifyOn == nil, result.exemptions.isEmpty, !content.isEmpty,
                !octets.startsWord("OADR", at: content.start)
            {
                result.event = content
            }
            self.addSchedule(octets, value, &result)
            if result.order == 12065 { self.readOrderClassifier(octets, value) }
        }
        self.telegram.executiveOrder = result
    }

    /// `DECLASSIFY ON:` without an E.O. line: the order is that of the time.
    mutating func declassify(_ octets: Octets, _ value: OctetRange, _ range: OctetRange) {
        if self.telegram.executiveOrder == nil, let order = self.orderInForce() {
            self.telegram.executiveOrder = ExecutiveOrder(
                order: order, value: value, notApplicable: false, declassifyOn: nil, event: nil, exemptions: .none,
                range: range)
        }
        guard self.telegram.executiveOrder?.declassifyOn == nil, !value.isEmpty else { return }
        self.telegram.executiveOrder?.value = value
        self.readOrderValue(octets)
    }

    /// `GDS 4/22/85 (QUILLFEATHER, M.) OR-P`: E.O. 12065 wants the classifier on its own line (format 2.4).
    private mutating func readOrderClassifier(_ octets: Octets, _ value: OctetRange) {
        guard let open = octets.firstIndex(of: UInt8(ascii: "("), in: value),
            let close = octets.firstIndex(of: UInt8(ascii: ")"), in: OctetRange(open, value.end)), close > open + 1,
            self.telegram.classifiers.isEmpty
        else { return }
        let name = self.makeText(OctetRange(open + 1, close))
        let office = octets.trimmed(OctetRange(close + 1, value.end))
        self.telegram.classifiers.append(
            Classifier(name: name, title: self.makeText(office), reasons: .none, range: OctetRange(open, value.end)))
    }

    /// `GP-3` alone behind the text, as E.O. 10501 had it until June 1972 (format 2.8, 7.5).
    mutating func readGroupMark(_ octets: Octets, _ range: OctetRange) -> Bool {
        guard self.telegram.executiveOrder == nil, range.count == 4, octets.starts(with: "GP-", at: range.start),
            (0x31...0x34).contains(octets.byte(range.start + 3))
        else { return false }
        self.telegram.executiveOrder = ExecutiveOrder(
            order: 10501, value: range, notApplicable: false, declassifyOn: nil, event: nil, exemptions: .none,
            range: range)
        self.claim(range)
        return true
    }

    /// `GDS` of E.O. 11652: the date-time group and the level's years, to the end of that year (format 7.5).
    private mutating func addSchedule(_ octets: Octets, _ value: OctetRange, _ order: inout ExecutiveOrder) {
        guard order.order == 11652, order.declassifyOn == nil, octets.equals(value, "GDS"),
            let year = self.telegram.dateTimeGroup?.year, let level = self.telegram.classification?.level
        else { return }
        let years =
            switch level {
            case .topSecret: 10
            case .secret: 8
            default: 6
            }
        order.declassifyOn = Instant(year: Int(year) + years, month: 12, day: 31)
    }
}

extension Octets {
    /// `X1`, `1.6X5`, `25X1`, `50X1-HUM`
    fileprivate func isDeclassificationExemption(_ word: OctetRange) -> Bool {
        guard word.count >= 2, word.count <= 10, let cross = self.firstIndex(of: UInt8(ascii: "X"), in: word),
            Self.isDigit(self.byte(cross + 1)), cross + 1 < word.end
        else { return false }
        for index in word.start..<cross where !Self.isDigit(self.byte(index)) && self.byte(index) != 0x2E {
            return false
        }
        return true
    }
}
