internal import KafkaClient
internal import Operations
internal import Relay

/// `audit`: what became of each record of a range, proved from the topics alone.
struct AuditCommand {
    static let parser = OptionParser(
        command: "taperelay audit",
        summary:
            "Prove which records of the input topic became which events, service events and dead letters, and have "
            + "alerts. Exit status 65 and the offsets where one is missing.",
        options: Settings.options + [
            .value("--from", "SPEC", "Where the range begins (default beginning): \(OffsetSpec.rule)."),
            .value("--to", "SPEC", "Where it ends, exclusive; by default the end as it is now."),
            .value(
                "--into", "PREFIX",
                "Look at topics of the usual names with this before them, as a replay fills them. No group counts then: every "
                    + "record that is not found is missing."),
            .flag("--metadata", "Only print what the group has committed, decoded."),
            .value("--format", "FORMAT", "text (default) or json."), .flag("--quiet", "No progress."),
        ])

    let configuration: Configuration
    let from: OffsetSpec
    let to: OffsetSpec?
    let prefix: String?
    let isMetadataOnly: Bool
    let format: ReportFormat
    let isQuiet: Bool

    init(_ options: ParsedOptions) throws {
        self.from = try options.place("--from") ?? .beginning
        self.to = try options.place("--to")
        self.prefix = try options.topic("--into")
        self.isMetadataOnly = options.has("--metadata")
        self.format = try options.choice("--format", of: ReportFormat.self) ?? .text
        self.isQuiet = options.has("--quiet")
        self.configuration = try Settings.load(options)
    }

    private var group: String { self.configuration.kafka["group.id"] ?? "" }

    func run() async throws -> ExitStatus {
        let settings = try Settings.worker(self.configuration)
        let log = WorkerLog(Logger(level: self.configuration.log.level, format: self.configuration.log.format))
        do {
            if self.isMetadataOnly {
                let lines = try await GroupCommits.read(settings, group: self.group, reports: log.reports)
                try Terminal.print(self.format == .json ? self.json(lines).text + "\n" : self.text(lines))
                return .success
            }
            let progress = StagedProgress("audit", isQuiet: self.isQuiet)
            let audit = Audit(
                settings, group: self.prefix == nil ? self.group : nil, from: self.from, to: self.to,
                prefix: self.prefix ?? "", reports: log.reports
            ) {
                progress.update($0, $1, $2)
            }
            let report = try await audit.run()
            progress.finish()
            try Terminal.print(self.format == .json ? self.json(report).text + "\n" : self.text(report))
            return report.isWhole ? .success : .badData
        } catch let error as KafkaError {
            throw KafkaFailure(error, self.configuration)
        }
    }
}
