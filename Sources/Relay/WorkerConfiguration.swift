package import KafkaClient

/// Everything the worker needs to know; the executable fills it from the user's configuration.
package struct WorkerConfiguration: Sendable {
    /// librdkafka's properties, for all clients.
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
