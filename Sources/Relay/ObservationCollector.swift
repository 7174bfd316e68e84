internal import Assembly
internal import Events
internal import KafkaClient
internal import Telegram

/// The numbers that the transmissions of a batch bring, on their way to whoever judges each series: one small record for each
/// partition of `telegrams.sections` that is concerned (architecture, "Who judges what").
struct ObservationCollector {
    private let topic: String
    private let partitions: Int
    private let scope: ContinuityScope
    private var records: [Int32: ObservationRecord] = [:]
    /// Grown to their size before the batch was through.
    private var full: [(partition: Int32, octets: [UInt8])] = []
    /// Where a series is judged: the hash of each key is made once.
    private var places: [NumberSeries: Int32] = [:]

    private static let placeLimit = 4096
    private static let octetLimit = 256 << 10

    /// `partitions`: of the topic.
    init(topic: String, partitions: Int, scope: ContinuityScope) {
        self.topic = topic
        self.partitions = partitions
        self.scope = scope
    }

    /// `identity`: what the telegram or service message is known by; of a section, what all sections of its telegram share.
    mutating func collect(
        _ telegram: borrowing Telegram, _ octets: Octets, identity: [UInt8], _ source: Source
    ) {
        let observations = NumberObservation.all(
            in: telegram, octets: octets, identity: identity, time: max(source.timestamp ?? 0, 0),
            source: PartSource(partition: source.partition, offset: source.offset, index: source.index ?? 0),
            scope: self.scope)
        for observation in observations { self.add(observation) }
    }

    private mutating func add(_ observation: NumberObservation) {
        let place = self.place(of: observation.series)
        self.records[place, default: ObservationRecord(partition: observation.source.partition)].add(observation)
        if self.records[place]?.octetCount ?? 0 > Self.octetLimit, let record = self.records.removeValue(forKey: place)
        {
            self.full.append((place, record.octets))
        }
    }

    private mutating func place(of series: NumberSeries) -> Int32 {
        if let place = self.places[series] { return place }
        if self.places.count >= Self.placeLimit { self.places.removeAll(keepingCapacity: true) }
        let place = KeyPlace.partition(of: series.key, among: self.partitions)
        self.places[series] = place
        return place
    }

    /// For no record: those of the batch finish when this is with the broker.
    mutating func send(_ outbox: inout Outbox) throws(KafkaError) {
        if self.records.isEmpty, self.full.isEmpty { return }
        defer {
            self.records.removeAll(keepingCapacity: true)
            self.full.removeAll()
        }
        outbox.openLoose()
        for (partition, octets) in self.full { try self.send(octets, to: partition, &outbox) }
        for (partition, record) in self.records { try self.send(record.octets, to: partition, &outbox) }
        FaultPoint.observationsSent.pass()
    }

    /// Without headers: with them a record is a section, and a partition that is named takes none (trap 45).
    private func send(_ octets: [UInt8], to partition: Int32, _ outbox: inout Outbox) throws(KafkaError) {
        let sent: Result<Void, KafkaError> = octets.withUnsafeBytes { value in
            Result { () throws(KafkaError) in
                try outbox.send(
                    topic: self.topic, partition: partition, key: nil, value: value, headers: [], original: nil)
            }
        }
        try sent.get()
    }
}
