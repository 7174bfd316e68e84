internal import Directory
internal import Telegram

/// FL1-FL4 and FL15-FL16: how the copy travelled (format 1.1-1.4, 1.15, 1.16).
extension TelegramEncoder {
    mutating func transmissions(_ telegram: borrowing Telegram, _ source: Source?) {
        self.open("transmissions", UInt8(ascii: "["))
        if let joined = self.joined {
            joined.transmissions.withUnsafeBytes { self.writer.append($0) }
        } else {
            self.transmission(telegram, source, 0)
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    mutating func transmission(_ telegram: borrowing Telegram, _ source: Source?, _ index: Int) {
        self.writer.append(UInt8(ascii: "{"))
        self.enter("transmissions", index)
        self.pilots(telegram)
        self.identifiers(telegram)
        if let precedence = telegram.routingPrecedence { self.word("precedence", precedence.name) }
        self.list("stations", telegram.stations, telegram.called)
        self.station(telegram)
        if let section = telegram.section { self.member("section", section) }
        self.filed(telegram)
        self.routingHeader(telegram)
        self.security(telegram)
        self.operatingSignals(telegram)
        self.compartmentLine(telegram)
        self.ending(telegram)
        self.leave()
        if let source {
            self.writer.name("source")
            self.writer.source(source)
        }
        self.writer.close(UInt8(ascii: "}"))
    }

    mutating func identifiers(_ telegram: borrowing Telegram) {
        if telegram.identifiers.isEmpty { return }
        self.open("identifiers", UInt8(ascii: "["))
        for index in telegram.identifiers.indices {
            let identifier = telegram.identifiers[index]
            self.enter("identifiers", index)
            self.writer.append(UInt8(ascii: "{"))
            self.octets("channel", identifier.channel)
            self.member("number", identifier.number)
            self.octets("prosign", identifier.prosign)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    /// What relays put in front of this copy (format 1.1).
    private mutating func pilots(_ telegram: borrowing Telegram) {
        if telegram.pilots.isEmpty { return }
        self.open("pilots", UInt8(ascii: "["))
        for index in telegram.pilots.indices {
            let pilot = telegram.pilots[index]
            self.enter("pilots", index)
            self.writer.append(UInt8(ascii: "{"))
            if let identifier = pilot.identifier {
                self.octets("channel", identifier.channel)
                self.member("number", identifier.number)
            }
            if let precedence = pilot.precedence { self.word("precedence", precedence.name) }
            self.list("stations", telegram.stations, pilot.stations)
            self.octets("signal", pilot.signal)
            self.octets("by", pilot.by)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    mutating func station(_ telegram: borrowing Telegram) {
        self.octets("originatingStation", telegram.originatingStation)
        self.octets("stationSerial", telegram.stationSerial)
    }

    mutating func filed(_ telegram: borrowing Telegram) {
        guard let filed = telegram.filed else { return }
        self.open("filed", UInt8(ascii: "{"))
        if let day = filed.dayOfYear { self.member("dayOfYear", day) }
        if let day = filed.dayOfMonth { self.member("dayOfMonth", day) }
        self.writer.append("\"time\":\"")
        self.writer.digits(Int64(filed.hour), width: 2)
        self.writer.digits(Int64(filed.minute), width: 2)
        self.writer.append("\",")
        self.instant("instant", filed.instant)
        self.writer.close(UInt8(ascii: "}"))
        self.note("filed", filed.range)
    }

    private mutating func security(_ telegram: borrowing Telegram) {
        guard let security = telegram.security else { return }
        self.enter("security")
        self.open("security", UInt8(ascii: "{"))
        self.octets("warning", security.warning)
        self.octets("group", security.group)
        if let level = security.level { self.word("level", level.name) }
        self.octets("releaseCode", security.releaseCode)
        self.octets("specialHandling", security.specialHandling)
        self.writer.close(UInt8(ascii: "}"))
        self.leave()
    }

    mutating func operatingSignals(_ telegram: borrowing Telegram) {
        if telegram.operatingSignals.isEmpty { return }
        self.open("operatingSignals", UInt8(ascii: "["))
        for index in telegram.operatingSignals.indices {
            let signal = telegram.operatingSignals[index]
            self.enter("operatingSignals", index)
            self.writer.append(UInt8(ascii: "{"))
            self.octets("signal", signal.signal)
            let name = self.slice(signal.signal)
            if let entry = self.directory.indexOfOperatingSignal(Span(_unsafeBytes: name)) {
                self.writer.append(self.fragments.signal(entry))
            }
            self.octets("argument", signal.argument)
            if signal.interrogative { self.flag("interrogative", true) }
            if signal.place == .service { self.request(signal.argument) }
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    private mutating func ending(_ telegram: borrowing Telegram) {
        self.enter("endOfMessage")
        self.open("endOfMessage", UInt8(ascii: "{"))
        self.octets("validation", telegram.ending.validation)
        self.flag("seen", telegram.ending.seen)
        if telegram.ending.cancelled { self.flag("cancelled", true) }
        self.writer.close(UInt8(ascii: "}"))
        self.leave()
    }
}
