internal import Assembly
internal import Directory
internal import Events
internal import Glibc
internal import KafkaClient
internal import Operations
internal import Relay
internal import Telegram

/// The user's configuration as the engine takes it: the one place where the two meet.
enum Settings {
    static let options = [
        Option.value("--config", "FILE", "Read the configuration from this YAML file."),
        Option.value("-X", "KEY=VALUE", repeats: true, "Set one key; wins over environment and file."),
    ]

    static func load(_ options: ParsedOptions) throws -> Configuration {
        try Configuration.load(
            file: options.value("--config"), environment: ProcessEnvironment.variables(), overrides: options.all("-X"))
    }

    static func worker(_ configuration: Configuration) throws -> WorkerConfiguration {
        var worker = WorkerConfiguration()
        // One client of the worker's takes the transactional id; no other may.
        worker.kafka = configuration.kafka.filter { $0.key != "transactional.id" }.sorted { $0.key < $1.key }
            .map { .init($0.key, $0.value) }
        worker.transactionalID = configuration.transactionalID
        worker.input = configuration.input.topic
        worker.routes.telegrams = configuration.outputs.filter { $0.event == .telegram }.map(\.topic)
        worker.routes.services = configuration.outputs.filter { $0.event == .service }.map(\.topic)
        worker.routes.alerts = configuration.outputs.filter { $0.event == .alert }.map(\.topic)
        worker.routes.deadLetters = configuration.topics.deadLetters
        worker.engine.sections = configuration.topics.sections
        worker.engine.journal = configuration.topics.journal
        worker.sections.flash = configuration.sections.flash
        worker.sections.immediate = configuration.sections.immediate
        worker.sections.priority = configuration.sections.priority
        worker.sections.routine = configuration.sections.routine
        worker.sections.open = AssemblySettings.Limits(
            sets: configuration.sections.limit, octets: configuration.sections.byteCount,
            age: configuration.sections.longest)
        // For late sections and copies: much less, since most never come.
        worker.sections.released = AssemblySettings.Limits(
            sets: configuration.sections.limit, octets: configuration.sections.byteCount / 4,
            age: configuration.sections.longest)
        worker.versions = Settings.versions(configuration.journal)
        worker.continuity = Settings.continuity(configuration.continuity)
        worker.createTopics = configuration.createTopics
        worker.recordLimit = configuration.limits.recordByteCount
        worker.queued = configuration.limits.queuedByteCount
        worker.structured = configuration.mode == .structured
        worker.alertSeverity = Settings.severity(configuration.alerts.severity)
        worker.version = Version.current
        worker.engine.lanes =
            configuration.lanes > 0 ? configuration.lanes : max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)
        worker.engine.inFlightRecords = configuration.limits.inFlightRecordCount
        worker.engine.inFlightBytes = configuration.limits.inFlightByteCount
        worker.engine.exactlyOnce = configuration.delivery == .exactlyOnce
        worker.engine.commitInterval =
            worker.engine.exactlyOnce ? configuration.transaction.interval : configuration.commit.interval
        worker.engine.attempts = configuration.retry.attempts
        worker.engine.retryPause = configuration.retry.pause
        worker.engine.stallTime = configuration.watchdog.limit
        worker.engine.rebalanceDeadline = configuration.rebalance.deadline
        worker.engine.shutdownDeadline = configuration.shutdown.deadline
        worker.engine.start = configuration.input.start == .end ? Offset.end : Offset.beginning
        // Before anything connects: a property that librdkafka does not know is the user's mistake.
        for role in [ClientConfiguration.Role.consumer, .producer] {
            do throws(KafkaError) {
                try ClientConfiguration.validate(worker.kafka, role: role)
            } catch {
                throw KafkaPropertyError(error: error, configuration: configuration)
            }
        }
        return worker
    }
}

extension Settings {
    private static func versions(_ journal: Configuration.Journal) -> VersionSettings? {
        if journal.telegrams == 0 { return nil }
        var versions = VersionSettings()
        versions.telegrams = journal.telegrams
        versions.age = journal.age
        return versions
    }

    private static func continuity(_ configuration: Configuration.Continuity) -> ContinuitySettings {
        var settings = ContinuitySettings()
        settings.watchesChannels = configuration.channels
        settings.reportsStationGaps = configuration.stations
        let names = configuration.addressees
        settings.addressees = names == ["*"] ? nil : Set(names.map { Array($0.utf8) })
        settings.channel.time = configuration.settling
        settings.station.time = configuration.settling
        settings.pair.time = configuration.pairSettling
        settings.patience = configuration.settling * 12
        settings.series = configuration.limit
        return settings
    }

    private static func severity(_ severity: Configuration.Alerts.Severity) -> Severity {
        switch severity {
        case .note: .note
        case .warning: .warning
        case .critical: .critical
        }
    }
}

/// A librdkafka property that the library refuses.
struct KafkaPropertyError: ExitStatusError {
    let error: KafkaError
    let configuration: Configuration

    var exitStatus: ExitStatus { .configuration }

    var description: String {
        let name = self.configuration.kafka.keys.filter { self.error.detail.contains($0) }.max { $0.count < $1.count }
        guard let name else { return self.error.detail }
        let origin = self.configuration.origins["kafka." + name].map { "\($0): " } ?? ""
        let known = ClientConfiguration.propertyNames()
        if !known.isEmpty, !known.contains(name) {
            let nearest = Spelling.nearest(to: name, among: known).map { "; did you mean kafka.\($0)?" } ?? ""
            return "\(origin)kafka.\(name) is no property of librdkafka \(ClientLibrary.version)\(nearest)"
        }
        // Which begins with the name already, as a rule.
        let detail = self.error.detail
        return "\(origin)kafka.\(detail.hasPrefix(name) ? "" : name + ": ")\(detail)"
    }
}
