internal import Directory
internal import KafkaClient
internal import Operations
internal import Relay
internal import Synchronization

/// `replay`: a range of the input topic once more, beside all groups.
struct ReplayCommand {
    static let parser = OptionParser(
        command: "taperelay replay",
        summary:
            "Read a range of the input topic again, without any consumer group, and publish it or compare. Killed and "
            + "started again with the same options it goes on where it was.",
        options: Settings.options + [
            .value("--from", "SPEC", "Where to begin: \(OffsetSpec.rule). Partitions that are not named are not read."),
            .value("--to", "SPEC", "Where to end, exclusive; by default the end as it is at the start."),
            .value("--into", "PREFIX", "Publish to topics of the usual names with this before them."),
            .value("--rate", "N", "At most N telegrams a second."),
            .flag("--again", "Begin anew, whatever an earlier run with these options has done."),
            .flag("--dry-run", "Say what would be done, and do nothing."),
            .flag(
                "--compare",
                "Publish nothing; compare what this version makes of the range with what stands on the output topics. "
                    + "Exit status 65 where they differ."),
            .value("--format", "FORMAT", "How --dry-run and --compare print: text (default) or json."),
            .flag("--quiet", "No progress."),
        ])

    let configuration: Configuration
    let request: ReplayRequest
    let mode: Mode
    let format: ReportFormat
    let isQuiet: Bool

    enum Mode {
        case publish
        case plan
        case compare
    }

    init(_ options: ParsedOptions) throws {
        guard let from = try options.place("--from") else { throw options.lacks("--from=SPEC") }
        var request = ReplayRequest(from: from, to: try options.place("--to"))
        request.prefix = try options.topic("--into") ?? ""
        request.rate = try options.integer("--rate", in: 1...10_000_000)
        request.startsAnew = options.has("--again")
        self.request = request
        self.mode = options.has("--dry-run") ? .plan : options.has("--compare") ? .compare : .publish
        self.format = try options.choice("--format", of: ReportFormat.self) ?? .text
        self.isQuiet = options.has("--quiet")
        self.configuration = try Settings.load(options)
    }

    func run() async throws -> ExitStatus {
        let settings = try Settings.worker(self.configuration)
        let log = WorkerLog(Logger(level: self.configuration.log.level, format: self.configuration.log.format))
        let progress = StagedProgress("replay", isQuiet: self.isQuiet)
        let servers = self.configuration.kafka["bootstrap.servers"] ?? ""
        let leaving = settings.engine.shutdownDeadline + .seconds(30)
        let replay = Replay(settings, self.request, reports: log.reports) { event in
            log.write(event)
            // What hangs cannot be joined.
            LastResort.watch(
                event, within: leaving, "replay", servers: servers, rest: "the same command line goes on from there")
        } progress: { stage, done, total in
            progress.update(stage, done, total)
        }
        do {
            switch self.mode {
            case .publish:
                let isUnderWay = Mutex(false)
                let relay = { @Sendable () async throws(KafkaError) in
                    try await replay.run(directory: Directory()) { _ in isUnderWay.withLock { $0 = true } }
                }
                let outcome = try await LastResort.drain(
                    within: leaving, isUnderWay: { isUnderWay.withLock { $0 } }, relay)
                progress.finish()
                log.write(outcome.ledger)
                self.tell(outcome)
                return .success
            case .plan:
                let plan = try await replay.plan()
                progress.finish()
                return try self.print(plan)
            case .compare:
                let findings = try await replay.compare(directory: Directory())
                progress.finish()
                try self.print(findings)
                return findings.areNone ? .success : .badData
            }
        } catch let error as KafkaError {
            throw KafkaFailure(error, self.configuration)
        }
    }

    private func tell(_ outcome: Replay.Outcome) {
        let total = outcome.ledger.total
        if !outcome.isComplete {
            Terminal.note("interrupted; the same command line goes on where it was")
        } else if total.consumed == 0 {
            Terminal.note(
                outcome.found > 0
                    ? "all \(outcome.found) records were done before (--again begins anew)"
                    : "the range holds no record")
        } else {
            Terminal.note(
                "\(total.consumed) records replayed" + (outcome.found > 0 ? ", \(outcome.found) were done before" : ""))
        }
    }
}
