internal import KafkaClient
internal import Synchronization

/// Where a worker's records come from, and who knows what is done: what tells `replay` from `run`.
struct Intake: Sendable {
    var source: ConsumerSource
    /// Asked once, after what a former life left open has ended: what it finished, by partition. Nil for a group, whose
    /// commits say so.
    var finished: (@Sendable () async throws(KafkaError) -> [Int32: OffsetRuns])?

    /// A group's member has commits, and its offsets go with transactions.
    var isGroup: Bool { self.finished == nil }
}

/// Consumes, publishes, and gives everything back in order when it is cancelled or idle; the same for a group and for a range.
struct WorkerBody: Sendable {
    let configuration: WorkerConfiguration
    /// With `--from` and `--to` as they were resolved.
    let settings: EngineConfiguration
    let topics: TopicCheck.Answer
    let intake: Intake
    let reports: ClientReports
    let events: @Sendable (EngineEvent) -> Void

    /// Runs until cancelled (the drain has its deadline), idle if so configured, or broken. Throws what broke it; the ledger
    /// of what was done until then comes through `started`'s engine.
    func run(
        makeHandler: @escaping @Sendable () -> any RecordHandler, started: @Sendable (Engine) -> Void
    ) async throws(KafkaError) {
        let link = EngineLink()
        let output = try WorkerOutput(self.configuration, self.topics, reports: self.reports, link)
        let engine = Engine(self.settings, producer: output.producer, events: self.events)
        link.engine = engine
        var client = ClientConfiguration(
            role: .consumer, properties: self.configuration.consumerProperties(self.topics))
        client.commitsThroughConsumer = !self.settings.exactlyOnce
        let consumer = try Consumer(
            configuration: client, source: self.intake.source, delegate: engine, reports: self.reports)
        engine.attach(
            wake: { consumer.wake() }, stop: { consumer.stop() },
            ends: { try? consumer.readableEnds(of: $0, timeout: .seconds(5)) })
        if let journal = Journal(self.configuration, reports: self.reports) {
            let records = SourceRecords(
                configuration: self.configuration, partitions: self.settings.partitions, reports: self.reports)
            engine.attach(
                journal: { partitions throws(KafkaError) in try await journal.read(partitions) },
                records: { wanted, limit throws(KafkaError) in try await records.read(wanted, within: limit) })
        }
        let transactions = output.renewable.map {
            Transactions(
                engine: engine, producer: $0, member: self.intake.isGroup ? consumer : nil,
                settings: self.configuration.transactions)
        }
        // Before anything is subscribed to: what a former life left open ends here.
        try await transactions?.start()
        if let finished = self.intake.finished { engine.carry(try await finished()) }
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

    private func runParts(
        _ engine: Engine, _ consumer: Consumer, _ transactions: Transactions?,
        _ makeHandler: @escaping @Sendable () -> any RecordHandler
    ) async -> Result<Void, KafkaError> {
        await withTaskGroup(of: Result<Void, KafkaError>.self) { group in
            group.addTask {
                await WorkerBody.result { () throws(KafkaError) in try await engine.run(makeHandler: makeHandler) }
            }
            if let transactions {
                group.addTask { await WorkerBody.result { () throws(KafkaError) in try await transactions.run() } }
            }
            let watchdog = Watchdog(engine: engine, consumer: consumer, limit: engine.configuration.stallTime)
            group.addTask {
                await watchdog.run()
                return .success(())
            }
            group.addTask {
                let result = await WorkerBody.result { () throws(KafkaError) in try await consumer.run() }
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
