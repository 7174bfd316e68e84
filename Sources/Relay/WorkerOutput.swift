internal import KafkaClient
internal import Synchronization

/// What lanes send to: an idempotent producer, or one after another with the same transactional id.
struct WorkerOutput {
    let producer: any RecordProducer
    let renewable: RenewableProducer?
    private let plain: Producer?

    init(
        _ configuration: WorkerConfiguration, _ topics: TopicCheck.Answer, reports: ClientReports, _ link: EngineLink
    ) throws(KafkaError) {
        let settings = ClientConfiguration(role: .producer, properties: configuration.producerProperties(topics))
        let names =
            configuration.routes.all
            + [configuration.engine.sections, configuration.engine.journal].compactMap { $0 }
        let make = { @Sendable () throws(KafkaError) -> Producer in
            let producer = try Producer(
                configuration: settings, reports: reports, failed: { link.failed($0) },
                deliveries: { link.engine?.delivered($0) })
            for name in names { try producer.prepare(topic: name) }
            return producer
        }
        if configuration.engine.exactlyOnce {
            let renewable = try RenewableProducer(make)
            self.producer = renewable
            self.renewable = renewable
            self.plain = nil
        } else {
            let plain = try make()
            self.producer = plain
            self.renewable = nil
            self.plain = plain
        }
    }

    func close(timeout: Duration) async throws(KafkaError) {
        // What is left of a transaction has been aborted; a client that is in doubt is not waited for.
        self.renewable?.current.discard()
        try await self.plain?.close(timeout: timeout)
    }
}

/// The producer is made before the engine that hears of its deliveries.
final class EngineLink: Sendable {
    private let held = Mutex<Engine?>(nil)

    var engine: Engine? {
        get { self.held.withLock { $0 } }
        set { self.held.withLock { $0 = newValue } }
    }

    /// In transactions a broken producer is thrown away, which is for `Transactions` to do.
    func failed(_ error: KafkaError) { self.engine?.producerFailed(error) }
}
