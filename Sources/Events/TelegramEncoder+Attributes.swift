internal import CXxhash
internal import Telegram

/// What an event is known by: ranges of the encoder's `attributes`.
struct EventAttributes {
    var type: StaticString
    /// The telegram's id; of a service event, its station.
    var subject: Range<Int>
    var identifier: Range<Int>
    var source: Range<Int>
    var time: Range<Int>
}

extension TelegramEncoder {
    /// For as long as `attributes` is not written to.
    func attribute(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self.attributes.bytes[range.clamped(to: 0..<self.attributes.count)])
    }

    mutating func attributes(of telegram: borrowing Telegram, _ source: Source?) -> EventAttributes {
        let identity = self.appendIdentity(of: telegram)
        let hash = self.joined?.hashes.first ?? telegram.contentHash
        return self.attributes("taperelay.telegram.v1", identity, identity, hash, source)
    }

    mutating func attributes(
        _ type: StaticString, _ subject: Range<Int>, _ identity: Range<Int>, _ hash: (UInt64, UInt64), _ source: Source?
    ) -> EventAttributes {
        let identifier = self.appendIdentifier(type, identity, hash)
        let address = self.attributes.count
        self.attributes.append("/taperelay")
        if let source {
            self.attributes.append(UInt8(ascii: "/"))
            var topic = source.topic
            topic.withUTF8 { self.attributes.append(UnsafeRawBufferPointer($0)) }
        }
        let time = self.attributes.count
        if let timestamp = source?.timestamp { self.attributes.timestamp(milliseconds: timestamp) }
        return EventAttributes(
            type: type, subject: subject, identifier: identifier, source: address..<time,
            time: time..<self.attributes.count)
    }

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
        self.attributes.append("unidentified-")
        self.appendHexadecimal(telegram.contentHash.0)
        self.appendHexadecimal(telegram.contentHash.1)
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
        let value = XXH3_128bits(self.attributes.base + input, self.attributes.count - input)
        self.attributes.count = input
        self.appendHexadecimal(value.high64)
        self.appendHexadecimal(value.low64)
        return input..<self.attributes.count
    }

    private mutating func appendHexadecimal(_ value: UInt64) {
        self.attributes.reserve(16)
        let place = self.attributes.base + self.attributes.count
        for index in 0..<16 {
            let nibble = UInt8(truncatingIfNeeded: value &>> UInt64(60 - 4 * index)) & 15
            place[index] = JSONWriter.hexadecimal(nibble)
        }
        self.attributes.count += 16
    }

    // MARK: CloudEvents 1.0

    /// In structured mode the envelope around the event; nothing in binary mode.
    mutating func openEnvelope(_ attributes: EventAttributes) {
        guard self.options.mode == .structured else { return }
        self.writer.append("{\"specversion\":\"1.0\",\"id\":")
        self.writer.string(self.attribute(attributes.identifier))
        self.writer.name("source")
        self.writer.string(self.attribute(attributes.source))
        self.word("type", attributes.type)
        self.writer.name("subject")
        self.writer.string(self.attribute(attributes.subject))
        if !attributes.time.isEmpty {
            self.writer.name("time")
            self.writer.string(self.attribute(attributes.time))
        }
        self.writer.append("\"datacontenttype\":\"application/json\",\"data\":")
    }

    mutating func finish(_ attributes: EventAttributes) -> EncodedEvent {
        if self.options.mode == .structured { self.writer.close(UInt8(ascii: "}")) }
        self.writer.finish()
        var headers = HeaderList()
        switch self.options.mode {
        case .structured:
            headers.append("content-type", "application/cloudevents+json; charset=UTF-8")
        case .binary:
            headers.append("ce_specversion", "1.0")
            headers.append("ce_id", self.attribute(attributes.identifier))
            headers.append("ce_source", self.attribute(attributes.source))
            headers.append("ce_type", attributes.type)
            headers.append("ce_subject", self.attribute(attributes.subject))
            if !attributes.time.isEmpty { headers.append("ce_time", self.attribute(attributes.time)) }
            headers.append("content-type", "application/json")
        }
        return EncodedEvent(
            key: self.attribute(attributes.subject), value: self.writer.bytes, headers: headers,
            identifier: self.attribute(attributes.identifier))
    }
}
