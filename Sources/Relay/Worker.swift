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
        let (topics, settings) = try await self.prepare()
        let link = EngineLink()
        let output = try Output(self.configuration, topics, reports: self.reports, link)
        let engine = Engine(settings, producer: output.producer, events: self.events)
        link.engine = engine
        var client = ClientConfiguration(role: .consumer, properties: self.configuration.consumerProperties(topics))
        client.commitsThroughConsumer = !settings.exactlyOnce
        let consumer = try Consumer(
            configuration: client, topics: [self.configuration.input], delegate: engine, reports: self.reports)
        engine.attach(wake: { consumer.wake() }, stop: { consumer.stop() })
        let transactions = output.renewable.map {
            Transactions(engine: engine, producer: $0, member: consumer, settings: self.configuration.transactions)
        }
        // Before anything is subscribed to: what a former life left open ends here.
        try await transactions?.start()
        started(engine)
        let result = await withTaskCancellationHandler {
            await self.runParts(engine, consumer, transactions, makeHandler)
        } onCancel: {
            engine.stop()
        }
        do throws(KafkaError) {
            // After the drain nothing is left but what was given up; librdkafka 2.0.2 may hang in destroy (trap 1), hence
            // the short wait.
            try await output.close(timeout: .seconds(5))
        } catch {
            if engine.ledger.total.givenUp == 0 { self.events(.problem(error, nil)) }
        }
        link.engine = nil
        if let failure = engine.failure { throw failure }
        try result.get()
    }

    /// Checks the topics, and finds out where `--from` and `--to` lie.
    private func prepare() async throws(KafkaError) -> (TopicCheck.Answer, EngineConfiguration) {
        let admin = try Admin(
            configuration: ClientConfiguration(role: .admin, properties: self.configuration.kafka),
            reports: self.reports, timeout: .seconds(15))
        do throws(KafkaError) {
            let topics = try await TopicCheck(admin: admin, configuration: self.configuration).run()
            var settings = self.configuration.engine
            if let from = self.configuration.from {
                let offsets = try await from.offsets(of: self.configuration.input, admin)
                settings.from = StartPoint(from, offsets: offsets)
            }
            if let to = self.configuration.to {
                // Of a partition that it says nothing of, all that is there now.
                let ends = try await OffsetSpec.end.offsets(of: self.configuration.input, admin)
                settings.to = ends.merging(try await to.offsets(of: self.configuration.input, admin)) { $1 }
            }
            try? await admin.close()
            return (topics, settings)
        } catch {
            try? await admin.close()
            throw error
        }
    }

    private func runParts(
        _ engine: Engine, _ consumer: Consumer, _ transactions: Transactions?,
        _ makeHandler: @escaping @Sendable () -> any RecordHandler
    ) async -> Result<Void, KafkaError> {
        await withTaskGroup(of: Result<Void, KafkaError>.self) { group in
            group.addTask {
                await Worker.result { () throws(KafkaError) in try await engine.run(makeHandler: makeHandler) }
            }
            if let transactions {
                group.addTask { await Worker.result { () throws(KafkaError) in try await transactions.run() } }
            }
            let watchdog = Watchdog(engine: engine, consumer: consumer, limit: engine.configuration.stallTime)
            group.addTask {
                await watchdog.run()
                return .success(())
            }
            group.addTask {
                let result = await Worker.result { () throws(KafkaError) in try await consumer.run() }
                // However the consumer ends, the others must end with it, or the group would wait for ever.
                await transactions?.stop(within: .seconds(5))
                engine.stopLanes()
                return result
            }
            var result = Result<Void, KafkaError>.success(())
            for await part in group {
                if case .failure = part, case .success = result { result = part }
                // The watchdog alone does not end by itself.
                if engine.isStopping { group.cancelAll() }
            }
            return result
        }
    }

    private static func result(
        _ body: () async throws(KafkaError) -> Void
    ) async -> Result<Void, KafkaError> {
        do throws(KafkaError) {
            try await body()
            return .success(())
        } catch {
            return .failure(error)
        }
    }
}

/// What lanes send to: an idempotent producer, or one after another with the same transactional id.
private struct Output {
    let producer: any RecordProducer
    let renewable: RenewableProducer?
    private let plain: Producer?

    init(
        _ configuration: WorkerConfiguration, _ topics: TopicCheck.Answer, reports: ClientReports, _ link: EngineLink
    ) throws(KafkaError) {
        let settings = ClientConfiguration(role: .producer, properties: configuration.producerProperties(topics))
        let names = configuration.routes.all
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
private final class EngineLink: Sendable {
    private let held = Mutex<Engine?>(nil)

    var engine: Engine? {
        get { self.held.withLock { $0 } }
        set { self.held.withLock { $0 = newValue } }
    }

    /// In transactions a broken producer is thrown away, which is for `Transactions` to do.
    func failed(_ error: KafkaError) { self.engine?.producerFailed(error) }
}
