internal import Directory
internal import KafkaClient
internal import Operations
internal import Relay
internal import Synchronization

/// `run`: the worker.
struct RunCommand {
    static let parser = OptionParser(
        command: "taperelay run", summary: "Consume raw telegrams, publish events, until SIGTERM or SIGINT.",
        options: Settings.options + [
            .value("--from", "SPEC", "Move the configured group there, once: \(OffsetSpec.rule)."),
            .value("--to", "SPEC", "End with 0 once this has been reached; the record there is not read."),
            .flag("--until-idle", "End with 0 once the input has been read to its end and all is acknowledged."),
        ])

    let configuration: Configuration
    let from: OffsetSpec?
    let to: OffsetSpec?
    let untilIdle: Bool

    init(_ options: ParsedOptions) throws {
        self.from = try options.place("--from")
        self.to = try options.place("--to")
        self.untilIdle = options.has("--until-idle")
        self.configuration = try Settings.load(options)
    }

    func run() async throws -> ExitStatus {
        var settings = try Settings.worker(self.configuration)
        settings.engine.untilIdle = self.untilIdle
        settings.from = self.from
        settings.to = self.to
        let log = WorkerLog(Logger(level: self.configuration.log.level, format: self.configuration.log.format))
        log.logger.log(.debug, "configuration", [("values", self.configuration.description)])
        log.logger.info(
            "starting",
            [
                ("version", Version.current), ("group", self.configuration.kafka["group.id"] ?? ""),
                ("input", settings.input), ("delivery", self.configuration.delivery.rawValue),
                ("lanes", String(settings.engine.lanes)), ("librdkafka", ClientLibrary.version),
            ])
        let engine = Mutex<Engine?>(nil)
        let frozen = settings
        defer { if let ledger = engine.withLock({ $0 })?.ledger { log.write(ledger) } }
        let servers = self.configuration.kafka["bootstrap.servers"] ?? ""
        let leaving = frozen.engine.shutdownDeadline + .seconds(30)
        let relay = { @Sendable () async throws(KafkaError) in
            let directory = Directory()
            try await Worker(frozen, reports: log.reports) { event in
                log.write(event)
                // What hangs cannot be joined.
                LastResort.watch(
                    event, within: leaving, "worker", servers: servers,
                    rest: "what is not committed is done again by the next worker")
            }.run {
                TelegramHandler(frozen, directory: directory)
            } started: { started in
                engine.withLock { $0 = started }
            }
        }
        do throws(KafkaError) {
            try await LastResort.drain(within: leaving, isUnderWay: { engine.withLock { $0 != nil } }, relay)
        } catch {
            throw KafkaFailure(error, self.configuration)
        }
        return .success
    }
}

extension ParsedOptions {
    /// A place on the input topic.
    func place(_ name: String) throws -> OffsetSpec? {
        guard let text = self.value(name) else { return nil }
        guard let spec = OffsetSpec(text) else {
            throw self.refused(text, name, allowed: OffsetSpec.rule)
        }
        return spec
    }
}
