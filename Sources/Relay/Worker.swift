package import KafkaClient

/// The worker of a group: checks the topics, finds out where to begin and where to end, and relays.
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
        let body = WorkerBody(
            configuration: self.configuration, settings: settings, topics: topics,
            intake: Intake(source: .group(topics: self.configuration.consumed)), reports: self.reports,
            events: self.events)
        try await body.run(makeHandler: makeHandler, started: started)
    }

    /// Checks the topics, and finds out where `--from` and `--to` lie.
    private func prepare() async throws(KafkaError) -> (TopicCheck.Answer, EngineConfiguration) {
        try await Admin.with(self.configuration.kafka, reports: self.reports) { admin throws(KafkaError) in
            let topics = try await TopicCheck(admin: admin, configuration: self.configuration).run()
            var settings = self.configuration.engine
            settings.partitions = topics.inputPartitions
            if let from = self.configuration.from {
                let offsets = try await from.offsets(of: self.configuration.input, admin)
                settings.from = StartPoint(from, offsets: offsets)
            }
            if let to = self.configuration.to {
                // Of a partition that it says nothing of, all that is there now.
                let ends = try await OffsetSpec.end.offsets(of: self.configuration.input, admin)
                settings.to = ends.merging(try await to.offsets(of: self.configuration.input, admin)) { $1 }
            }
            return (topics, settings)
        }
    }
}

extension Admin {
    /// Lends a client that is closed again however `body` ends.
    static func with<Value: Sendable>(
        _ properties: [ClientConfiguration.Property], reports: ClientReports,
        _ body: (Admin) async throws(KafkaError) -> Value
    ) async throws(KafkaError) -> Value {
        let admin = try Admin(
            configuration: ClientConfiguration(role: .admin, properties: properties), reports: reports,
            timeout: .seconds(15))
        do throws(KafkaError) {
            let value = try await body(admin)
            try? await admin.close()
            return value
        } catch {
            try? await admin.close()
            throw error
        }
    }
}
