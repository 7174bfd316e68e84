package import KafkaClient
internal import Synchronization

/// The whole worker: checks the topics, consumes, and gives everything back in order when it is cancelled or idle.
package struct Worker: Sendable {
    private let configuration: WorkerConfiguration
    private let reports: ClientReports
    private let events: @Sendable (EngineEvent) -> Void

    package init(
        _ configuration: WorkerConfiguration, reports: ClientReports = ClientReports(),
        events: @escaping @Sendable (EngineEvent) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.reports = reports
        self.events = events
    }

    /// Runs until cancelled (the drain has its deadline), idle if so configured, or broken. Throws what broke it; the ledger
    /// of what was done until then comes through `started`'s engine.
    package func run(
        makeHandler: @escaping @Sendable () -> any RecordHandler, started: @Sendable (Engine) -> Void = { _ in }
    ) async throws(KafkaError) {
        let kafka = self.configuration.kafka
        let admin = try Admin(
            configuration: ClientConfiguration(role: .admin, properties: kafka), reports: self.reports,
            timeout: .seconds(15))
        let topics: TopicCheck.Answer
        do throws(KafkaError) {
            topics = try await TopicCheck(admin: admin, configuration: self.configuration).run()
        } catch {
            try? await admin.close()
            throw error
        }
        try? await admin.close()
        let link = EngineLink()
        let producer = try Producer(
            configuration: ClientConfiguration(role: .producer, properties: self.producerProperties(topics)),
            reports: self.reports, failed: { link.engine?.failed($0, partition: nil) },
            deliveries: { link.engine?.delivered($0) })
        let engine = Engine(self.configuration.engine, producer: producer, events: self.events)
        link.engine = engine
        for topic in self.configuration.routes.all { try producer.prepare(topic: topic) }
        let consumer = try Consumer(
            configuration: ClientConfiguration(role: .consumer, properties: self.consumerProperties(topics)),
            topics: [self.configuration.input], delegate: engine, reports: self.reports)
        engine.attach(wake: { consumer.wake() }, stop: { consumer.stop() })
        started(engine)
        let result = await withTaskCancellationHandler {
            await self.runParts(engine, consumer, makeHandler)
        } onCancel: {
            engine.stop()
        }
        do throws(KafkaError) {
            // After the drain nothing is left but what was given up; librdkafka 2.0.2 may hang in destroy (trap 1), hence
            // the short wait.
            try await producer.close(timeout: .seconds(5))
        } catch {
            if engine.ledger.total.givenUp == 0 { self.events(.problem(error, nil)) }
        }
        link.engine = nil
        if let failure = engine.failure { throw failure }
        try result.get()
    }

    private func runParts(
        _ engine: Engine, _ consumer: Consumer, _ makeHandler: @escaping @Sendable () -> any RecordHandler
    ) async -> Result<Void, KafkaError> {
        await withTaskGroup(of: Result<Void, KafkaError>.self) { group in
            group.addTask {
                do throws(KafkaError) {
                    try await engine.run(makeHandler: makeHandler)
                    return .success(())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                // However the consumer ends, the lanes must end with it, or the group would wait for ever.
                defer { engine.stopLanes() }
                do throws(KafkaError) {
                    try await consumer.run()
                    return .success(())
                } catch {
                    return .failure(error)
                }
            }
            var result = Result<Void, KafkaError>.success(())
            for await part in group {
                if case .failure = part, case .success = result { result = part }
            }
            return result
        }
    }

    private func consumerProperties(_ topics: TopicCheck.Answer) -> [ClientConfiguration.Property] {
        // Queues are split, so librdkafka's limit is one partition's (measurements 7.7).
        let queue = max((self.configuration.queued / max(topics.inputPartitions, 1)) >> 10, 1024)
        return [
            .init("queued.max.messages.kbytes", String(min(queue, 2_097_151))),
            // A record above this makes librdkafka reconnect for ever (measurements 7.10).
            .init("receive.message.max.bytes", String(max((topics.inputLimit ?? 0) + (64 << 20), 128 << 20))),
        ] + self.configuration.kafka
    }

    private func producerProperties(_ topics: TopicCheck.Answer) -> [ClientConfiguration.Property] {
        let largest = max((topics.inputLimit ?? 0), self.configuration.recordLimit, 1 << 20)
        return [
            .init("message.max.bytes", String(min(largest * 2 + (1 << 20), 1_000_000_000))),
            .init("queue.buffering.max.messages", "200000"),
            .init("queue.buffering.max.kbytes", "1048576"),
            .init("linger.ms", "5"),
        ] + self.configuration.kafka
    }
}

/// The producer is made before the engine that hears of its deliveries.
private final class EngineLink: Sendable {
    private let held = Mutex<Engine?>(nil)

    var engine: Engine? {
        get { self.held.withLock { $0 } }
        set { self.held.withLock { $0 = newValue } }
    }
}
