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
            .flag("--until-idle", "End with 0 once the input has been read to its end and all is acknowledged.")
        ])

    let configuration: Configuration
    let untilIdle: Bool

    init(_ options: ParsedOptions) throws {
        self.configuration = try Settings.load(options)
        self.untilIdle = options.has("--until-idle")
    }

    func run() async throws -> ExitStatus {
        var settings = try Settings.worker(self.configuration)
        settings.engine.untilIdle = self.untilIdle
        let log = WorkerLog(Logger(level: self.configuration.log.level, format: self.configuration.log.format))
        log.logger.log(.debug, "configuration", [("values", self.configuration.description)])
        log.logger.info(
            "starting",
            [
                ("version", Version.current), ("group", self.configuration.kafka["group.id"] ?? ""),
                ("input", settings.input), ("lanes", String(settings.engine.lanes)),
            ])
        let engine = Mutex<Engine?>(nil)
        let directory = Directory()
        let frozen = settings
        defer { if let ledger = engine.withLock({ $0 })?.ledger { log.write(ledger) } }
        do throws(KafkaError) {
            try await Worker(frozen, reports: log.reports) { log.write($0) }.run {
                TelegramHandler(frozen, directory: directory)
            } started: { started in
                engine.withLock { $0 = started }
            }
        } catch {
            throw KafkaFailure(error, self.configuration)
        }
        return .success
    }
}
