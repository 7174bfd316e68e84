package import Assembly
package import KafkaClient
package import Telegram

/// Everything the worker needs to know; the executable fills it from the user's configuration.
package struct WorkerConfiguration: Sendable {
    /// librdkafka's properties, for all clients; `transactional.id` is not among them.
    package var kafka: [ClientConfiguration.Property] = []
    package var input = "telegrams.raw"
    package var routes = Routes()
    package var createTopics = false
    /// The largest record that the input topic takes; nil asks the broker.
    package var inputLimit: Int?
    /// Octets; larger records are dead letters.
    package var recordLimit = 10 << 20
    /// Octets that wait in librdkafka for all partitions of the input together.
    package var queued = 128 << 20
    /// `ce_source` and the header `taperelay-worker-version`.
    package var version = "0"
    /// Envelope and value in one (contract 4, `mode: "structured"`).
    package var structured = false
    /// Findings become alerts from here up, where an output takes alerts.
    package var alertSeverity = Severity.warning
    package var engine = EngineConfiguration()
    /// How long sections wait for each other, and how many may on all partitions together.
    package var sections = AssemblySettings()
    /// How many telegrams are remembered on all partitions together, and how long; nil: none is judged.
    package var versions: VersionSettings? = VersionSettings()
    /// Which numbers are watched, and how long they may come in disorder; bounds over all partitions.
    package var continuity = ContinuitySettings()
    /// With exactly-once delivery: the same in each life of this worker, and no other worker's.
    package var transactionalID = "taperelay"
    package var transactions = Transactions.Settings()
    /// `--from` and `--to`, resolved when the worker starts.
    package var from: OffsetSpec?
    package var to: OffsetSpec?

    package init() {}

    /// Nil where nothing of it would come to anything: numbers are remembered in the journal, observed on the topic of
    /// sections, and told of by alerts alone.
    var watchedContinuity: ContinuitySettings? {
        guard self.engine.journal != nil, self.engine.sections != nil, !self.routes.alerts.isEmpty,
            !self.continuity.scope.isEmpty
        else { return nil }
        return self.continuity
    }

    /// Topics that the group reads.
    var consumed: [String] { [self.input] + [self.engine.sections].compactMap { $0 } }
}

/// Which topics take which events.
package struct Routes: Sendable {
    package var telegrams = ["telegrams.events"]
    package var services = ["telegrams.service"]
    package var alerts = ["telegrams.alerts"]
    package var deadLetters = "telegrams.dead-letters"

    package init() {}

    package var all: [String] { self.telegrams + self.services + self.alerts + [self.deadLetters] }

    func topics(of kind: Telegram.Kind) -> [String] { kind == .service ? self.services : self.telegrams }

    /// The same with a prefix before each name.
    func prefixed(_ prefix: String) -> Routes {
        var routes = self
        routes.telegrams = self.telegrams.map { prefix + $0 }
        routes.services = self.services.map { prefix + $0 }
        routes.alerts = self.alerts.map { prefix + $0 }
        routes.deadLetters = prefix + self.deadLetters
        return routes
    }
}

extension [ClientConfiguration.Property] {
    /// With no batch above what the topics written to take: the broker refuses the whole of it, good records and all.
    func batched(below limit: Int?) -> [ClientConfiguration.Property] {
        let standard = 1_000_000
        let wanted = self.last { $0.name == "batch.size" }.flatMap { Int($0.value) } ?? standard
        guard let limit, wanted > limit - 1024 else { return self }
        return self + [.init("batch.size", String(Swift.max(limit - 1024, 1)))]
    }
}

/// The worker's own librdkafka properties, under the user's.
extension WorkerConfiguration {
    func consumerProperties(_ topics: TopicCheck.Answer) -> [ClientConfiguration.Property] {
        [
            self.queueLimit(partitions: topics.inputPartitions * self.consumed.count),
            self.fetchLimit,
            // A record above this makes librdkafka reconnect for ever (measurements 7.10).
            .init("receive.message.max.bytes", String(max((topics.inputLimit ?? 0) + (64 << 20), 128 << 20))),
        ] + self.kafka
    }

    /// Milliseconds. The end of a transaction sends whatever waits, and nobody reads it before: until then larger batches
    /// cost less.
    private var linger: Int64 {
        guard self.engine.exactlyOnce else { return 5 }
        return min(max(Int64(self.engine.commitInterval / .milliseconds(4)), 5), 50)
    }

    /// For whoever only reads, outputs as well: an event may be larger than its telegram.
    func readerProperties(partitions: Int) -> [ClientConfiguration.Property] {
        [
            self.queueLimit(partitions: partitions),
            self.fetchLimit,
            .init("receive.message.max.bytes", String(min(self.recordLimit * 2 + (128 << 20), 1_000_000_000))),
        ] + self.kafka
    }

    /// Queues are split, so librdkafka's limit is one partition's (measurements 7.7).
    private func queueLimit(partitions: Int) -> ClientConfiguration.Property {
        let queue = max((self.queued / max(partitions, 1)) >> 10, 1024)
        return .init("queued.max.messages.kbytes", String(min(queue, 2_097_151)))
    }

    /// A record that waits keeps the whole answer it came in, over all partitions of a broker; and a queue runs over by one
    /// answer (trap 27). librdkafka's 50 MB, in effect 1 MB for each partition, cost 12 MB a time with 12 partitions. A larger
    /// record comes all the same (KIP-74).
    private var fetchLimit: ClientConfiguration.Property {
        // librdkafka refuses less than message.max.bytes, which the user may have raised for the producer.
        let largest = self.kafka.last { $0.name == "message.max.bytes" }.flatMap { Int($0.value) } ?? 0
        return .init("fetch.max.bytes", String(max(4 << 20, largest)))
    }

    func producerProperties(_ topics: TopicCheck.Answer) -> [ClientConfiguration.Property] {
        let largest = max((topics.inputLimit ?? 0), self.recordLimit, 1 << 20)
        let record = min(largest * 2 + (1 << 20), 1_000_000_000)
        // An event is about half as large again as its telegram; lanes wait beyond that. Less than one record would never
        // take it.
        let queue = max(self.engine.inFlightBytes * 2, record + (1 << 20)) >> 10
        var properties: [ClientConfiguration.Property] = [
            .init("message.max.bytes", String(record)),
            .init("queue.buffering.max.messages", "200000"),
            .init("queue.buffering.max.kbytes", String(min(queue, 2_097_151))),
            .init("linger.ms", "\(self.linger)"),
        ]
        if self.engine.exactlyOnce {
            // The commit waits for every record; only those that failed need telling.
            properties.append(.init("delivery.report.only.error", "true"))
            properties.append(.init("transactional.id", self.transactionalID))
        }
        return properties + self.kafka.batched(below: topics.outputLimit)
    }
}
