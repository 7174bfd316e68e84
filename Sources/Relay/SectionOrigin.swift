internal import Assembly
internal import Events
internal import KafkaClient

/// Where a transmission on `telegrams.sections` came from, as its headers say.
struct SectionOrigin {
    var source: Source
    /// Where its octets start in that record.
    var start: Int
    /// When the part first came to the topic, where it was written there again since; milliseconds since 1970.
    var arrived: Int64?

    init(_ source: Source, start: Int) {
        self.source = source
        self.start = start
    }

    /// Of a part of which nothing else is known any more.
    init(_ part: PartSource, on topic: String) {
        self.init(Source(part, on: topic), start: 0)
    }

    /// Nil where the record does not say it.
    init?(_ record: RecordBatch.Slot) {
        var topic: String?
        var partition: Int32?
        var offset: Int64?
        var timestamp: Int64?
        var index: Int32?
        var start: Int64 = 0
        for (name, value) in record.headers {
            guard let value else { continue }
            if name.says(SectionHeaders.topic) {
                topic = String(decoding: value, as: UTF8.self)
            } else if name.says(SectionHeaders.partition) {
                partition = value.number.flatMap { Int32(exactly: $0) }
            } else if name.says(SectionHeaders.offset) {
                offset = value.number
            } else if name.says(SectionHeaders.timestamp) {
                timestamp = OffsetSpec.milliseconds(Substring(decoding: value, as: UTF8.self))
            } else if name.says(SectionHeaders.index) {
                index = value.number.flatMap { Int32(exactly: $0) }
            } else if name.says(SectionHeaders.start) {
                start = value.number ?? 0
            } else if name.says(SectionHeaders.arrived) {
                self.arrived = value.number
            }
        }
        guard let topic, let partition, let offset else { return nil }
        self.source = Source(topic: topic, partition: partition, offset: offset, timestamp: timestamp, index: index)
        self.start = Int(start)
    }

    var part: PartSource {
        PartSource(partition: self.source.partition, offset: self.source.offset, index: self.source.index ?? 0)
    }
}

extension Source {
    /// Of which nothing else is known.
    init(_ part: PartSource, on topic: String) {
        self.init(
            topic: topic, partition: part.partition, offset: part.offset, index: part.index > 0 ? part.index : nil)
    }
}
