internal import Telegram

/// What only some layouts print (format 5).
extension TelegramEncoder {
    /// JANAP 128's header line, beyond FL2 and FL3 (format 5.1).
    mutating func routingHeader(_ telegram: borrowing Telegram) {
        guard let header = telegram.routingHeader else { return }
        self.enter("header")
        self.open("header", UInt8(ascii: "{"))
        self.octets("mediaFormat", header.mediaFormat)
        self.octets("classification", header.classification)
        self.octets("contentIndicator", header.contentIndicator)
        self.octets("redundancy", header.redundancy)
        self.writer.close(UInt8(ascii: "}"))
        self.leave()
    }

    /// `ZKZK PP SOA DE` (format 5.4).
    mutating func compartmentLine(_ telegram: borrowing Telegram) {
        guard let line = telegram.compartmentLine else { return }
        self.enter("compartment")
        self.open("compartment", UInt8(ascii: "{"))
        if let precedence = line.precedence { self.word("precedence", precedence.name) }
        self.octets("group", line.group)
        self.writer.close(UInt8(ascii: "}"))
        self.leave()
    }

    /// `NAVADMIN 941/19` (format 5.8).
    mutating func title(_ telegram: borrowing Telegram) {
        guard let title = telegram.title else { return }
        self.enter("title")
        self.open("title", UInt8(ascii: "{"))
        self.octets("text", title.range)
        self.octets("series", title.series)
        self.member("number", title.number)
        self.member("year", title.year)
        self.writer.close(UInt8(ascii: "}"))
        self.leave()
    }

    /// USMTF: names and fields in the order of the text.
    mutating func sets(_ telegram: borrowing Telegram) {
        if telegram.sets.isEmpty { return }
        self.open("sets", UInt8(ascii: "["))
        for index in telegram.sets.indices {
            let set = telegram.sets[index]
            self.enter("sets", index)
            self.writer.append(UInt8(ascii: "{"))
            self.octets("name", set.name)
            self.open("fields", UInt8(ascii: "["))
            let fields = set.fields.indices.clamped(to: 0..<telegram.setFields.count)
            for field in fields {
                self.writer.append(UInt8(ascii: "\""))
                self.enter("fields", field - fields.lowerBound)
                let text = telegram.setFields[field]
                self.append(text.indices.clamped(to: 0..<telegram.pieces.count), of: telegram, field: "")
                self.leave()
                self.writer.append("\",")
            }
            self.writer.close(UInt8(ascii: "]"))
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    /// Who drafted, cleared, approved and released (format 2.10).
    mutating func staffing(_ telegram: borrowing Telegram) {
        if telegram.staff.isEmpty { return }
        self.enter("staffing")
        self.open("staffing", UInt8(ascii: "{"))
        for role in StaffEntry.Role.allCases {
            var count = 0
            for index in telegram.staff.indices where telegram.staff[index].role == role {
                let entry = telegram.staff[index]
                if count == 0 { self.open(role.word, UInt8(ascii: "[")) }
                self.enter(role.word, count)
                self.writer.append(UInt8(ascii: "{"))
                self.octets("office", entry.office)
                self.octets("name", entry.name)
                self.writer.close(UInt8(ascii: "}"))
                self.leave()
                count += 1
            }
            if count > 0 { self.writer.close(UInt8(ascii: "]")) }
        }
        self.writer.close(UInt8(ascii: "}"))
        self.leave()
    }

    /// What the archives of 1973-79 keep around a telegram (format 5.5).
    mutating func archive(_ telegram: borrowing Telegram) {
        self.distribution(telegram)
        self.octets("relayCounter", telegram.relayCounter)
        self.list("releaseStamps", telegram.releaseStamps)
        if telegram.attributes.isEmpty { return }
        self.open("attributes", UInt8(ascii: "["))
        for index in telegram.attributes.indices {
            self.enter("attributes", index)
            self.writer.append(UInt8(ascii: "{"))
            self.octets("name", telegram.attributes[index].name)
            self.text("value", telegram.attributes[index].value, of: telegram)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    private mutating func distribution(_ telegram: borrowing Telegram) {
        guard let distribution = telegram.distribution else { return }
        self.enter("distribution")
        self.open("distribution", UInt8(ascii: "{"))
        self.octets("number", distribution.number)
        self.copies(distribution.isOutgoing ? "origin" : "action", distribution.action, of: telegram)
        self.copies("information", distribution.information, of: telegram)
        if let total = distribution.total { self.member("total", total) }
        self.octets("letter", distribution.letter)
        self.octets("processed", telegram.pageLines.first?.time)
        self.writer.close(UInt8(ascii: "}"))
        self.leave()
    }

    private mutating func copies(_ name: StaticString, _ slice: Slice, of telegram: borrowing Telegram) {
        let indices = slice.indices.clamped(to: 0..<telegram.copies.count)
        if indices.isEmpty { return }
        self.open(name, UInt8(ascii: "["))
        for index in indices {
            self.enter(name, index - indices.lowerBound)
            self.writer.append(UInt8(ascii: "{"))
            self.octets("office", telegram.copies[index].office)
            self.member("copies", telegram.copies[index].count)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }
}

extension StaffEntry.Role {
    fileprivate var word: StaticString {
        switch self {
        case .drafted: "drafted"
        case .cleared: "cleared"
        case .approved: "approved"
        case .released: "released"
        }
    }
}
