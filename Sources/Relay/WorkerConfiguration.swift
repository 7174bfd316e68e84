package import KafkaClient

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
    package var queued = 256 << 20
    /// `ce_source` and the header `taperelay-worker-version`.
    package var version = "0"
    /// Envelope and value in one (contract 4, `mode: "structured"`).
    package var structured = false
    package var engine = EngineConfiguration()
    /// With exactly-once delivery: the same in each life of this worker, and no other worker's.
    package var transactionalID = "taperelay"
    package var transactions = Transactions.Settings()
    /// `--from` and `--to`, resolved when the worker starts.
    package var from: OffsetSpec?
    package var to: OffsetSpec?

    package init() {}
}

/// Which topics take which events.
package struct Routes: Sendable {
    package var telegrams = ["telegrams.events"]
    package var services = ["telegrams.service"]
    package var deadLetters = "telegrams.dead-letters"

    package init() {}

    var all: [String] { self.telegrams + self.services + [self.deadLetters] }
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
        // Queues are split, so librdkafka's limit is one partition's (measurements 7.7).
        let queue = max((self.queued / max(topics.inputPartitions, 1)) >> 10, 1024)
        return [
            .init("queued.max.messages.kbytes", String(min(queue, 2_097_151))),
            // A record above this makes librdkafka reconnect for ever (measurements 7.10).
            .init("receive.message.max.bytes", String(max((topics.inputLimit ?? 0) + (64 << 20), 128 << 20))),
        ] + self.kafka
    }

    func producerProperties(_ topics: TopicCheck.Answer) -> [ClientConfiguration.Property] {
        let largest = max((topics.inputLimit ?? 0), self.recordLimit, 1 << 20)
        var properties: [ClientConfiguration.Property] = [
            .init("message.max.bytes", String(min(largest * 2 + (1 << 20), 1_000_000_000))),
            .init("queue.buffering.max.messages", "200000"),
            .init("queue.buffering.max.kbytes", "1048576"),
            .init("linger.ms", "5"),
        ]
        if self.engine.exactlyOnce {
            // The commit waits for every record; only those that failed need telling.
            properties.append(.init("delivery.report.only.error", "true"))
            properties.append(.init("transactional.id", self.transactionalID))
        }
        return properties + self.kafka.batched(below: topics.outputLimit)
    }
}
