internal import CXxhash

/// CloudEvents 1.0: what an event is known by, as ranges of the text that holds its keys and header values.
struct EventAttributes {
    var type: StaticString
    /// Of a telegram event, the telegram's id; of a service event, its station; of an alert, what it speaks of.
    var subject: Range<Int>
    var identifier: Range<Int>
    var source: Range<Int>
    var time: Range<Int>

    /// Appends to `text` what is not there yet: where the event comes from, and the time of `source`.
    init(
        _ type: StaticString, _ subject: Range<Int>, _ identifier: Range<Int>, _ source: Source?,
        in text: inout JSONWriter
    ) {
        let address = text.count
        text.append("/taperelay")
        if let source {
            text.append(UInt8(ascii: "/"))
            text.append(string: source.topic)
        }
        let time = text.count
        if let timestamp = source?.timestamp { text.timestamp(milliseconds: timestamp) }
        self.type = type
        self.subject = subject
        self.identifier = identifier
        self.source = address..<time
        self.time = time..<text.count
    }

    /// In structured mode the envelope around the event; nothing in binary mode.
    func open(_ mode: EventOptions.Mode, _ text: borrowing JSONWriter, in writer: inout JSONWriter) {
        guard mode == .structured else { return }
        writer.append("{\"specversion\":\"1.0\",\"id\":")
        writer.string(text[self.identifier])
        writer.name("source")
        writer.string(text[self.source])
        writer.word("type", self.type)
        writer.name("subject")
        writer.string(text[self.subject])
        if !self.time.isEmpty {
            writer.name("time")
            writer.string(text[self.time])
        }
        writer.append("\"datacontenttype\":\"application/json\",\"data\":")
    }

    /// The event in `writer` is written; valid until either is written to.
    func finish(_ mode: EventOptions.Mode, _ text: borrowing JSONWriter, in writer: inout JSONWriter) -> EncodedEvent {
        if mode == .structured { writer.close(UInt8(ascii: "}")) }
        writer.finish()
        var headers = HeaderList()
        switch mode {
        case .structured:
            headers.append("content-type", "application/cloudevents+json; charset=UTF-8")
        case .binary:
            headers.append("ce_specversion", "1.0")
            headers.append("ce_id", text[self.identifier])
            headers.append("ce_source", text[self.source])
            headers.append("ce_type", self.type)
            headers.append("ce_subject", text[self.subject])
            if !self.time.isEmpty { headers.append("ce_time", text[self.time]) }
            headers.append("content-type", "application/json")
        }
        return EncodedEvent(
            key: text[self.subject], value: writer.bytes, headers: headers, identifier: text[self.identifier])
    }
}

extension JSONWriter {
    /// For as long as nothing is written.
    subscript(range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self.bytes[range.clamped(to: 0..<self.count)])
    }

    /// Turns what was written from `start` on into its XXH3-128, in hexadecimal: the identifier of an event.
    mutating func hash(from start: Int) -> Range<Int> {
        let value = XXH3_128bits(self.base + start, self.count - start)
        self.count = start
        self.hexadecimal(value.high64)
        self.hexadecimal(value.low64)
        return start..<self.count
    }

    /// 16 digits.
    mutating func hexadecimal(_ value: UInt64) {
        self.reserve(16)
        let place = self.base + self.count
        for index in 0..<16 {
            let nibble = UInt8(truncatingIfNeeded: value &>> UInt64(60 - 4 * index)) & 15
            place[index] = JSONWriter.hexadecimal(nibble)
        }
        self.count += 16
    }
}
