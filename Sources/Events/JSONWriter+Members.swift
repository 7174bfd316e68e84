internal import Telegram

/// Members that events of all kinds have.
extension JSONWriter {
    @inline(__always)
    mutating func open(_ name: StaticString, _ bracket: UInt8) {
        self.name(name)
        self.append(bracket)
    }

    @inline(__always)
    mutating func member(_ name: StaticString, _ value: some BinaryInteger) {
        self.name(name)
        self.integer(value)
    }

    @inline(__always)
    mutating func word(_ name: StaticString, _ value: StaticString) {
        self.name(name)
        self.string(value)
    }

    mutating func word(_ name: StaticString, _ severity: Severity) {
        switch severity {
        case .note: self.word(name, "note")
        case .warning: self.word(name, "warning")
        case .critical: self.word(name, "critical")
        }
    }

    mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        self.string(value)
    }

    /// `"name":"2009-03-17T08:45:00.250Z",` from Kafka's milliseconds since 1970.
    mutating func member(_ name: StaticString, timestamp: Int64) {
        self.name(name)
        self.append(UInt8(ascii: "\""))
        self.timestamp(milliseconds: timestamp)
        self.append("\",")
    }

    /// A whole string value, comma included.
    mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { self.string(UnsafeRawBufferPointer($0)) }
    }

    /// As it is: keys and header values.
    mutating func append(string: String) {
        var string = string
        string.withUTF8 { self.append(UnsafeRawBufferPointer($0)) }
    }

    /// A whole object, comma included.
    mutating func source(_ source: Source) {
        self.append(UInt8(ascii: "{"))
        self.member("topic", source.topic)
        self.member("partition", source.partition)
        self.member("offset", source.offset)
        if let timestamp = source.timestamp { self.member("timestamp", timestamp: timestamp) }
        if let index = source.index { self.member("index", index) }
        self.close(UInt8(ascii: "}"))
    }
}
