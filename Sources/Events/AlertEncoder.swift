/// Writes alerts as events (contract 5). Each lane has its own; the octets are reused.
public struct AlertEncoder: ~Copyable {
    private let mode: EventOptions.Mode
    private var writer = JSONWriter(capacity: 1024)
    /// Key and header values of the current event.
    private var attributes = JSONWriter(capacity: 512)

    public init(mode: EventOptions.Mode = .binary) { self.mode = mode }

    public mutating func encode(_ alert: Alert) -> EncodedEvent {
        self.writer.removeAll()
        self.attributes.removeAll()
        self.attributes.append(string: alert.subject)
        let subject = 0..<self.attributes.count
        let source = Source.standing(for: alert.sources)
        let attributes = EventAttributes(
            "taperelay.alert.v1", subject, self.identifier(of: alert), source, in: &self.attributes)
        attributes.open(self.mode, self.attributes, in: &self.writer)
        self.writer.append(UInt8(ascii: "{"))
        self.writer.member("code", alert.code.name)
        self.writer.word("severity", alert.code.severity)
        self.writer.member("subject", alert.subject)
        if let at = alert.at ?? source?.timestamp { self.writer.member("at", timestamp: at) }
        if let message = alert.message {
            self.writer.member("message", message)
        } else {
            self.writer.word("message", alert.code.message)
        }
        self.details(alert.details)
        self.writer.open("sources", UInt8(ascii: "["))
        for source in alert.sources { self.writer.source(source) }
        self.writer.close(UInt8(ascii: "]"))
        self.writer.close(UInt8(ascii: "}"))
        return attributes.finish(self.mode, self.attributes, in: &self.writer)
    }

    /// XXH3-128 over code, NUL, subject, NUL and the sources (contract 4), each of them its topic, NUL, partition, offset
    /// and index: nothing that a second reading changes.
    private mutating func identifier(of alert: Alert) -> Range<Int> {
        let input = self.attributes.count
        self.attributes.append(string: alert.code.name)
        self.attributes.append(0)
        self.attributes.append(string: alert.subject)
        self.attributes.append(0)
        for source in alert.sources {
            self.attributes.append(string: source.topic)
            self.attributes.append(0)
            withUnsafeBytes(of: source.partition.bigEndian) { self.attributes.append($0) }
            withUnsafeBytes(of: source.offset.bigEndian) { self.attributes.append($0) }
            withUnsafeBytes(of: (source.index ?? 0).bigEndian) { self.attributes.append($0) }
        }
        return self.attributes.hash(from: input)
    }

    private mutating func details(_ details: KeyValuePairs<StaticString, Alert.Value?>) {
        if details.isEmpty { return }
        self.writer.open("details", UInt8(ascii: "{"))
        for (name, value) in details {
            guard let value else { continue }
            self.writer.name(name)
            switch value {
            case .text(let text): self.writer.string(text)
            case .octets(let octets): octets.withUnsafeBytes { self.writer.string($0) }
            case .integer(let number): self.writer.integer(number)
            case .integers(let numbers):
                self.writer.append(UInt8(ascii: "["))
                for number in numbers { self.writer.integer(number) }
                self.writer.close(UInt8(ascii: "]"))
            case .texts(let texts):
                self.writer.append(UInt8(ascii: "["))
                for text in texts { self.writer.string(text) }
                self.writer.close(UInt8(ascii: "]"))
            case .flag(let isTrue): self.writer.boolean(isTrue)
            case .source(let source): self.writer.source(source)
            case .findings(let findings):
                self.writer.append(UInt8(ascii: "["))
                findings.withUnsafeBytes { self.writer.append($0) }
                self.writer.close(UInt8(ascii: "]"))
            }
        }
        self.writer.close(UInt8(ascii: "}"))
    }
}
