internal import Assembly
internal import Events
internal import KafkaClient
internal import Telegram

/// What transmissions say to those who judge on `telegrams.sections`: the numbers that they bring, and copies that others may
/// stand beside. One small record of each kind for each partition that is concerned (architecture, "Who judges what").
struct ObservationCollector {
    private let topic: String
    private let partitions: Int
    /// Nil where no numbers are watched.
    private let scope: ContinuityScope?
    private var numbers = PartitionRecords<ObservationRecord>()
    private var copies = PartitionRecords<CopyNoticeRecord>()
    /// Where a series is judged: the hash of each key is made once.
    private var places: [NumberSeries: Int32] = [:]

    private static let placeLimit = 4096

    /// `partitions`: of the topic.
    init(topic: String, partitions: Int, scope: ContinuityScope?) {
        self.topic = topic
        self.partitions = partitions
        self.scope = scope
    }

    /// `identity`: what the telegram or service message is known by; of a section, what all sections of its telegram share.
    mutating func collect(
        _ telegram: borrowing Telegram, _ octets: Octets, identity: [UInt8], _ source: Source
    ) {
        guard let scope = self.scope else { return }
        let observations = NumberObservation.all(
            in: telegram, octets: octets, identity: identity, time: max(source.timestamp ?? 0, 0),
            source: source.part, scope: scope)
        for observation in observations {
            self.numbers.change(self.place(of: observation.series), from: source.partition) { $0.add(observation) }
        }
    }

    /// Where the input has one partition all copies are judged there.
    mutating func collect(_ copy: TelegramCopy, over channel: [UInt8]?) {
        guard self.partitions > 1, let notice = CopyNotice(copy, channel: channel ?? []) else { return }
        self.copies.change(
            KeyPlace.partition(of: notice.key, among: self.partitions), from: copy.source.partition
        ) { $0.add(notice) }
    }

    /// Nobody knows where a telegram of this name came: all hear of it.
    mutating func collect(_ notice: CancellationNotice) {
        guard self.partitions > 1 else { return }
        for partition in 0..<Int32(self.partitions) {
            self.copies.change(partition, from: notice.source.partition) { $0.add(notice) }
        }
    }

    private mutating func place(of series: NumberSeries) -> Int32 {
        if let place = self.places[series] { return place }
        if self.places.count >= Self.placeLimit { self.places.removeAll(keepingCapacity: true) }
        let place = KeyPlace.partition(of: series.key, among: self.partitions)
        self.places[series] = place
        return place
    }

    /// For no record: those that brought them finish when this is with the broker.
    mutating func send(_ outbox: inout Outbox) throws(KafkaError) {
        let all = self.numbers.take() + self.copies.take()
        if all.isEmpty { return }
        outbox.openLoose()
        // Without headers: with them a record is a section, and a partition that is named takes none (trap 45).
        for (partition, octets) in all {
            let sent: Result<Void, KafkaError> = octets.withUnsafeBytes { value in
                Result { () throws(KafkaError) in
                    try outbox.send(
                        topic: self.topic, partition: partition, key: nil, value: value, headers: [], original: nil)
                }
            }
            try sent.get()
        }
        FaultPoint.observationsSent.pass()
    }
}

/// Records that grow, by the partition to which they go.
private struct PartitionRecords<Record: PartitionRecord> {
    private var records: [Int32: Record] = [:]
    /// Grown to their size.
    private var full: [(partition: Int32, octets: [UInt8])] = []

    private static var octetLimit: Int { 256 << 10 }

    /// `source`: the partition of the input.
    mutating func change(_ place: Int32, from source: Int32, _ body: (inout Record) -> Void) {
        let isFull = Self.grow(&self.records[place, default: Record(partition: source)], body)
        if isFull, let record = self.records.removeValue(forKey: place) { self.full.append((place, record.octets)) }
    }

    private static func grow(_ record: inout Record, _ body: (inout Record) -> Void) -> Bool {
        body(&record)
        return record.octetCount > Self.octetLimit
    }

    mutating func take() -> [(partition: Int32, octets: [UInt8])] {
        if self.records.isEmpty, self.full.isEmpty { return [] }
        defer {
            self.records.removeAll(keepingCapacity: true)
            self.full.removeAll()
        }
        return self.full + self.records.map { ($0, $1.octets) }
    }
}
