internal import Glibc
internal import KafkaClient

/// What an output record is: an event, an alert or a dead letter, and which input records it was made from.
package struct OutputRecord {
    package enum Kind: Int, Sendable, CaseIterable {
        case telegram
        case service
        /// Beside an event, never instead of one: it accounts for no input record.
        case alert
        /// An alert instead of an event, on a copy of which none was made: it accounts for the first of its sources.
        case copy
        case deadLetter
    }

    package struct Source: Equatable, Sendable {
        package var partition: Int32
        package var offset: Int64
        /// Which of several telegrams of the input record; 0 where it holds one.
        package var index: Int32
    }
}

/// Reads the sources of output records, those of one input topic. Used again for each.
struct SourceReader {
    /// As the encoder writes them. Within a string the quotes would be escaped, so it cannot stand there.
    private let opening: [UInt8]
    private let topic: [UInt8]

    init(topic: String) {
        self.topic = Array(topic.utf8)
        self.opening = Array("{\"topic\":\"\(topic)\",\"partition\":".utf8)
    }

    /// Calls `body` with each source; answers nil where the record is none of ours, or from another topic.
    func read(_ record: RecordBatch.Slot, _ body: (OutputRecord.Source) -> Void) -> OutputRecord.Kind? {
        self.read(OriginHeaders(of: record), value: record.value, body)
    }

    func read(
        _ headers: OriginHeaders, value: UnsafeRawBufferPointer?, _ body: (OutputRecord.Source) -> Void
    ) -> OutputRecord.Kind? {
        if headers.errorCode != nil, let topic = headers.topic, let partition = headers.partition,
            let offset = headers.offset
        {
            guard topic.elementsEqual(self.topic) else { return nil }
            body(OutputRecord.Source(partition: partition, offset: offset, index: 0))
            return .deadLetter
        }
        guard let value, self.sources(in: value, body) > 0 else { return nil }
        return SourceReader.kind(headers, value)
    }

    /// Answers how many there are.
    private func sources(in value: UnsafeRawBufferPointer, _ body: (OutputRecord.Source) -> Void) -> Int {
        var count = 0
        var rest = value[...]
        while let start = SourceReader.find(self.opening, in: UnsafeRawBufferPointer(rebasing: rest)) {
            var reader = rest.dropFirst(start + self.opening.count)
            rest = reader
            guard let partition = SourceReader.number(&reader), SourceReader.take(",\"offset\":", &reader),
                let offset = SourceReader.number(&reader), let partition = Int32(exactly: partition)
            else { continue }
            if SourceReader.take(",\"timestamp\":\"", &reader) {
                reader = reader.drop { $0 != UInt8(ascii: "\"") }.dropFirst()
            }
            var index: Int64 = 0
            if SourceReader.take(",\"index\":", &reader) { index = SourceReader.number(&reader) ?? 0 }
            body(OutputRecord.Source(partition: partition, offset: offset, index: Int32(clamping: index)))
            count += 1
        }
        return count
    }

    private static func kind(_ headers: OriginHeaders, _ value: UnsafeRawBufferPointer) -> OutputRecord.Kind {
        guard let type = headers.type ?? SourceReader.type(in: value) else { return .telegram }
        if type.says("taperelay.service.v1") { return .service }
        guard type.says("taperelay.alert.v1") else { return .telegram }
        return SourceReader.standsForCopy(value) ? .copy : .alert
    }

    /// By its code, and since it names no event beside which it stands. Neither can stand within a string, where the quotes
    /// would be escaped.
    private static func standsForCopy(_ alert: UnsafeRawBufferPointer) -> Bool {
        guard let start = SourceReader.find(SourceReader.code, in: alert) else { return false }
        let code = UnsafeRawBufferPointer(
            rebasing: alert.dropFirst(start + SourceReader.code.count).prefix { $0 != UInt8(ascii: "\"") })
        return ["duplicate", "superseded", "cancelled"].contains { code.elementsEqual($0.utf8) }
            && SourceReader.find(SourceReader.event, in: alert) == nil
    }

    private static let code = Array("{\"code\":\"".utf8)
    private static let event = Array("\"details\":{\"event\":".utf8)

    /// In structured mode the type stands in the envelope, before anything that came from a telegram.
    private static func type(in value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let name = Array("\"type\":\"".utf8)
        let envelope = UnsafeRawBufferPointer(rebasing: value.prefix(1024))
        guard envelope.starts(with: "{\"specversion\":".utf8), let start = SourceReader.find(name, in: envelope) else {
            return nil
        }
        return UnsafeRawBufferPointer(
            rebasing: envelope.dropFirst(start + name.count).prefix { $0 != UInt8(ascii: "\"") })
    }

    /// The `ce_id` of an event in structured mode: the second member of its envelope.
    static func identifier(in value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        var reader = value[...]
        guard SourceReader.take("{\"specversion\":\"1.0\",\"id\":\"", &reader) else { return nil }
        return UnsafeRawBufferPointer(rebasing: reader.prefix { $0 != UInt8(ascii: "\"") })
    }

    /// Where the needle stands; its first octet should be a rare one.
    static func find(_ needle: [UInt8], in octets: UnsafeRawBufferPointer) -> Int? {
        guard let base = octets.baseAddress, let first = needle.first else { return nil }
        var start = 0
        while octets.count - start >= needle.count,
            let found = memchr(base + start, CInt(first), octets.count - start - needle.count + 1)
        {
            start = UnsafeRawPointer(found) - base
            if needle.withUnsafeBytes({ memcmp($0.baseAddress ?? base, base + start, needle.count) }) == 0 {
                return start
            }
            start += 1
        }
        return nil
    }

    private static func number(_ octets: inout Slice<UnsafeRawBufferPointer>) -> Int64? {
        let digits = octets.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        octets = octets.dropFirst(digits.count)
        return UnsafeRawBufferPointer(rebasing: digits).number
    }

    private static func take(_ text: StaticString, _ octets: inout Slice<UnsafeRawBufferPointer>) -> Bool {
        let count = text.utf8CodeUnitCount
        guard octets.count >= count,
            UnsafeRawBufferPointer(rebasing: octets.prefix(count)).says(text)
        else { return false }
        octets = octets.dropFirst(count)
        return true
    }
}
