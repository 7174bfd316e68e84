internal import Telegram

/// Service messages, operator to operator (format 4.2).
extension TelegramEncoder {
    mutating func serviceEvent(_ telegram: borrowing Telegram, _ source: Source?) -> EncodedEvent {
        let subject = self.appendStation(telegram)
        // The station serial restarts daily, so the filing time belongs to the identity.
        let identity = self.appendServiceIdentity(telegram, subject)
        let attributes = self.attributes("taperelay.service.v1", subject, identity, telegram.contentHash, source)
        self.openEnvelope(attributes)
        self.writer.append(UInt8(ascii: "{"))
        self.word("kind", self.serviceKind(telegram))
        self.identifiers(telegram)
        if let precedence = telegram.routingPrecedence { self.word("precedence", precedence.name) }
        self.list("stations", telegram.stations)
        self.station(telegram)
        self.filed(telegram)
        self.operatingSignals(telegram)
        self.text("text", telegram.body, of: telegram)
        self.findings(telegram)
        self.makeAlerts(attributes, source)
        self.open("sources", UInt8(ascii: "["))
        if let source { self.writer.source(source) }
        self.writer.close(UInt8(ascii: "]"))
        if self.options.provenance {
            self.writer.append("\"provenance\":[")
            self.writer.append(self.provenance.bytes)
            self.writer.close(UInt8(ascii: "]"))
        }
        self.writer.close(UInt8(ascii: "}"))
        return self.finish(attributes)
    }

    private mutating func appendStation(_ telegram: borrowing Telegram) -> Range<Int> {
        let start = self.attributes.count
        if let station = telegram.originatingStation { self.attributes.appendUTF8(self.slice(station)) }
        if self.attributes.count == start { self.attributes.append("unidentified") }
        return start..<self.attributes.count
    }

    private mutating func appendServiceIdentity(_ telegram: borrowing Telegram, _ station: Range<Int>) -> Range<Int> {
        let start = self.attributes.count
        self.attributes.reserve(station.count)
        self.attributes.append(self.attribute(station))
        self.attributes.append(UInt8(ascii: "|"))
        if let serial = telegram.stationSerial { self.attributes.appendUTF8(self.slice(serial)) }
        self.attributes.append(UInt8(ascii: "|"))
        if let filed = telegram.filed { self.attributes.appendUTF8(self.slice(filed.range)) }
        return start..<self.attributes.count
    }

    /// By the first signal of the text: what the operator wants. `ZUI` only names the message that is answered.
    private func serviceKind(_ telegram: borrowing Telegram) -> StaticString {
        var isReference = false
        for index in telegram.operatingSignals.indices {
            let signal = telegram.operatingSignals[index]
            let name = self.slice(signal.signal)
            guard signal.place == .service, name.count >= 3 else { continue }
            switch (name[0], name[1], name[2]) {
            case (0x5A, 0x44, 0x4B): return signal.interrogative ? "repeatRequest" : "repeat"  // ZDK
            case (0x5A, 0x45, 0x53): return "rerunRequest"  // ZES
            case (0x5A, 0x45, 0x51): return "misrouted"  // ZEQ
            case (0x5A, 0x46, 0x58): return "openNumber"  // ZFX
            case (0x5A, 0x49, 0x44), (0x5A, 0x49, 0x43): return "numberComparison"  // ZID ZIC
            case (0x5A, 0x46, 0x52): return "cancellation"  // ZFR
            case (0x5A, 0x46, 0x51), (0x5A, 0x46, 0x54), (0x5A, 0x46, 0x55), (0x5A, 0x46, 0x56):
                return "numbering"  // ZFQ ZFT ZFU ZFV
            case (0x5A, 0x55, 0x49): isReference = true  // ZUI
            default: return "other"
            }
        }
        return isReference ? "reference" : "other"
    }
}
