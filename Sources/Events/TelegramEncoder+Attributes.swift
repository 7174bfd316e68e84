public import Telegram

extension TelegramEncoder {
    /// For as long as `attributes` is not written to.
    func attribute(_ range: Range<Int>) -> UnsafeRawBufferPointer { self.attributes[range] }

    mutating func attributes(of telegram: borrowing Telegram, _ source: Source?) -> EventAttributes {
        let identity = self.appendIdentity(of: telegram)
        let hash = self.joined?.hashes.first ?? telegram.contentHash
        return self.attributes("taperelay.telegram.v1", identity, identity, hash, source)
    }

    mutating func attributes(
        _ type: StaticString, _ subject: Range<Int>, _ identity: Range<Int>, _ hash: (UInt64, UInt64), _ source: Source?
    ) -> EventAttributes {
        let identifier = self.appendIdentifier(type, identity, hash)
        return EventAttributes(type, subject, identifier, source, in: &self.attributes)
    }

    /// As `encode` writes it; nil for a telegram that has nothing to be known by but its text.
    public mutating func identity(of telegram: borrowing Telegram, octets: Octets) -> EventIdentity? {
        self.withOctets(of: telegram, octets) { encoder in
            let identity = encoder.appendIdentity(of: telegram)
            let key = encoder.attribute(identity)
            guard !key.starts(with: TelegramEncoder.unidentified.utf8) else { return nil }
            let telegramID = [UInt8](key)
            let event = encoder.appendIdentifier("taperelay.telegram.v1", identity, telegram.contentHash)
            return EventIdentity(telegram: telegramID, event: [UInt8](encoder.attribute(event)))
        }
    }

    private static let unidentified = "unidentified-"

    /// Format 3.5: a general message's title; else the message reference; else originator, date-time group and station serial; else the text's hash.
    private mutating func appendIdentity(of telegram: borrowing Telegram) -> Range<Int> {
        let start = self.attributes.count
        if let title = telegram.title {
            self.attributes.appendUTF8(self.slice(title.key, .made))
            if self.attributes.count > start { return start..<self.attributes.count }
        }
        if let reference = telegram.messageReference {
            self.attributes.appendUTF8(self.slice(reference.key, .made))
            if self.attributes.count > start { return start..<self.attributes.count }
        }
        if let group = telegram.dateTimeGroup {
            if let originator = telegram.originator {
                self.appendPlain(originator.name, of: telegram)
                if self.attributes.count == start, let indicator = originator.routingIndicator {
                    self.attributes.appendUTF8(self.slice(indicator))
                }
            }
            if self.attributes.count == start, let station = telegram.originatingStation {
                self.attributes.appendUTF8(self.slice(station))
            }
            if self.attributes.count > start {
                self.attributes.append(UInt8(ascii: "|"))
                self.append(group)
                let sections = max(telegram.sectionsExpected, telegram.classification?.sectionCount ?? 1)
                let eachHasItsOwn = sections > 1 && telegram.transmissionSection == nil
                if !eachHasItsOwn, let serial = telegram.stationSerial {
                    self.attributes.append(UInt8(ascii: "|"))
                    self.attributes.appendUTF8(self.slice(serial))
                }
                return start..<self.attributes.count
            }
        }
        self.attributes.append(string: TelegramEncoder.unidentified)
        self.attributes.hexadecimal(telegram.contentHash.0)
        self.attributes.hexadecimal(telegram.contentHash.1)
        return start..<self.attributes.count
    }

    /// From the values, not as printed: copies of one telegram may differ in their blanks.
    private mutating func append(_ group: DateTimeGroup) {
        self.attributes.digits(Int64(group.day), width: 2)
        self.attributes.digits(Int64(group.hour), width: 2)
        self.attributes.digits(Int64(group.minute), width: 2)
        if (0x41...0x5A).contains(group.zone) { self.attributes.append(group.zone) }
        guard let month = group.month, (1...12).contains(month) else { return }
        let names: StaticString = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"
        self.attributes.append(UInt8(ascii: " "))
        for offset in 0..<3 { self.attributes.append(names.utf8Start[(Int(month) - 1) * 3 + offset]) }
        guard let year = group.year, year >= 0 else { return }
        self.attributes.append(UInt8(ascii: " "))
        self.attributes.digits(Int64(year % 100), width: 2)
    }

    /// XXH3-128 over type, NUL, id, NUL and the text's hash, or those of all sections (contract 4): nothing that a second
    /// reading changes.
    private mutating func appendIdentifier(
        _ type: StaticString, _ identity: Range<Int>, _ hash: (UInt64, UInt64)
    ) -> Range<Int> {
        let input = self.attributes.count
        self.attributes.append(type)
        self.attributes.append(0)
        self.attributes.reserve(identity.count)
        self.attributes.append(self.attribute(identity))
        self.attributes.append(0)
        withUnsafeBytes(of: (hash.0.bigEndian, hash.1.bigEndian)) { self.attributes.append($0) }
        if let joined = self.joined {
            for hash in joined.hashes.dropFirst() {
                withUnsafeBytes(of: (hash.0.bigEndian, hash.1.bigEndian)) { self.attributes.append($0) }
            }
        }
        return self.attributes.hash(from: input)
    }

    mutating func openEnvelope(_ attributes: EventAttributes) {
        attributes.open(self.options.mode, self.attributes, in: &self.writer)
    }

    mutating func finish(_ attributes: EventAttributes) -> EncodedEvent {
        attributes.finish(self.options.mode, self.attributes, in: &self.writer)
    }
}
