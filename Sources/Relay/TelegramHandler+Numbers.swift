internal import Assembly
internal import Events
internal import KafkaClient
internal import Telegram

/// Numbers of channels, stations and pairs (format 4.4).
extension TelegramHandler {
    /// Only what a record says of numbers: nothing else is made of it.
    func observe(_ record: RecordBatch.Slot, from partition: TopicPartition, at desk: InputDesk) {
        guard desk.observations != nil, let value = record.value else { return }
        let octets = Octets(_unsafeElements: value.assumingMemoryBound(to: UInt8.self))
        var source = Source(
            topic: partition.topic, partition: partition.partition, offset: record.offset,
            timestamp: record.timestamp > 0 ? record.timestamp : nil)
        var count: Int32 = 0
        _ = self.parser.parse(octets, context: record.context) { telegram in
            source.index = count > 0 ? count : nil
            count += 1
            let identity: [UInt8]
            if let part = SectionPart(telegram, octets: octets, source: source.part) {
                identity = part.keys.shared
            } else {
                identity = self.encoder.encode(telegram, octets: octets, source: source).identity(of: telegram.kind)
            }
            desk.observations?.collect(telegram, octets, identity: identity, source)
        }
    }
}

extension Source {
    /// As the state machines know it.
    var part: PartSource { PartSource(partition: self.partition, offset: self.offset, index: self.index ?? 0) }
}

extension SectionKeys {
    /// What sections of one telegram have in common, as far as each says it.
    var shared: [UInt8] { self.station ?? self.reference ?? [] }
}

extension EncodedEvent {
    /// Different for different messages: the key of a service message's event is only its station.
    func identity(of kind: Telegram.Kind) -> [UInt8] { [UInt8](kind == .service ? self.identifier : self.key) }
}
