extension ConfigurationKey {
    /// This version, as the refusals of what it does not have yet name it.
    package static let version = Version.current

    /// Every key that stands for one value; beside these there are `kafka.<any librdkafka property>` and `outputs`.
    package static let all: [ConfigurationKey] = [
        .property("bootstrap.servers", "Brokers to ask first, host:port, separated by commas."),
        .property("group.id", "The consumer group; its committed offsets are the worker's whole memory of progress."),
        .topic("input.topic", \.input.topic, "Where raw telegrams come from."),
        .choice("input.start", \.input.start, "Where to begin on a partition that the group has no offset for."),
        .choice("delivery", \.delivery, "What the worker promises about each event."),
        .choice("order", \.order, notYet: ["precedence"], "In which order the events of one partition leave."),
        .choice("mode", \.mode, "CloudEvents envelope in headers (binary) or around the value (structured)."),
        .boolean("createTopics", \.createTopics, "Create missing topics instead of exiting with status 78."),
        .choice("alerts.severity", \.alerts.severity, "Findings of a telegram become alerts from this severity up."),
        .topic("topics.deadLetters", \.topics.deadLetters, "Where records go that cannot be handled at all."),
        .topic(
            "topics.sections", \.topics.sections,
            "Where sections of longer telegrams wait for each other; as many partitions as the input."),
        .topic(
            "topics.journal", \.topics.journal,
            "What was judged is remembered here; compacted, with as many partitions as the input."),
        .duration(
            "sections.flash", \.sections.flash, in: Self.waits,
            "How long the sections of a FLASH telegram, or a higher one, wait for those that are missing."),
        .duration("sections.immediate", \.sections.immediate, in: Self.waits, "The same for IMMEDIATE."),
        .duration("sections.priority", \.sections.priority, in: Self.waits, "The same for PRIORITY."),
        .duration("sections.routine", \.sections.routine, in: Self.waits, "The same for ROUTINE."),
        .integer(
            "sections.limit", \.sections.limit, in: 1...10_000_000,
            "Telegrams that wait for sections, over all partitions; beyond, the oldest is released incomplete."),
        .size(
            "sections.memory", \.sections.byteCount, in: (1 << 20)...(1 << 36),
            "Octets of sections that wait, over all partitions; the same holds."),
        .integer(
            "journal.telegrams", \.journal.telegrams, in: 0...10_000_000,
            "Telegrams that are remembered, over all partitions, for copies and versions of them; 0 judges none."),
        .duration(
            "journal.age", \.journal.age, in: .seconds(3600) ... .seconds(10 * 366 * 86_400),
            "A telegram of which nothing was heard for so long is forgotten."),
        .boolean(
            "continuity.channels", \.continuity.channels,
            "Watch the numbers of channels: gaps, repeats and resets become alerts."),
        .boolean(
            "continuity.stations", \.continuity.stations,
            "The same for the serials of originating stations: only where all that they send is seen."),
        .names(
            "continuity.addressees", \.continuity.addressees,
            "Watch the continuity numbers from each originator to these addressees; * for all."),
        .duration(
            "continuity.settling", \.continuity.settling, in: Self.settling,
            "How long numbers of a channel or station may come in disorder before a gap is told."),
        .duration(
            "continuity.pairSettling", \.continuity.pairSettling, in: Self.settling,
            "The same for continuity numbers, which precedences overtake."),
        .integer(
            "continuity.limit", \.continuity.limit, in: 1...10_000_000,
            "Series of numbers that are watched, over all partitions; beyond, the quietest is forgotten."),
        .duration(
            "commit.interval", \.commit.interval, in: .milliseconds(10) ... .seconds(300),
            "How often finished offsets are committed; a crash repeats at most about this much."),
        .duration(
            "transaction.interval", \.transaction.interval, in: .milliseconds(10) ... .seconds(10),
            "With exactly-once delivery, how often a transaction ends; readers see events after that."),
        .integer(
            "retry.attempts", \.retry.attempts, in: 1...100,
            "How often a record that cannot be handled is tried before it becomes a dead letter."),
        .duration(
            "retry.pause", \.retry.pause, in: .milliseconds(1) ... .seconds(60),
            "Before the second attempt; doubles with each further one, up to 10s."),
        .duration(
            "watchdog.limit", \.watchdog.limit, in: .seconds(1) ... .seconds(3600),
            "What does not move for so long is reported with its cause, and acted upon."),
        .duration(
            "shutdown.deadline", \.shutdown.deadline, in: .milliseconds(100) ... .seconds(3600),
            "How long a stop may drain what is in flight."),
        .duration(
            "rebalance.deadline", \.rebalance.deadline, in: .milliseconds(100) ... .seconds(3600),
            "How long a revoked partition may drain; below kafka.session.timeout.ms."),
        .integer("lanes", \.lanes, in: 0...256, "Parallel lanes; 0 is one a core."),
        .size(
            "limits.record", \.limits.recordByteCount, in: 1024...(1 << 30),
            "Larger records become dead letters."),
        .size(
            "limits.inFlight", \.limits.inFlightByteCount, in: 1024...(1 << 36),
            "Input taken in and not yet acknowledged; at least limits.record."),
        .integer(
            "limits.inFlightRecords", \.limits.inFlightRecordCount, in: 1...10_000_000,
            "The same, in records."),
        .size(
            "limits.queued", \.limits.queuedByteCount, in: (1 << 20)...(1 << 40),
            "Input fetched ahead, over all partitions together."),
        .choice("log.level", \.log.level, "Log lines below this level are left out."),
        .choice("log.format", \.log.format, "One line of text or one JSON object each."),
    ]

    private static let settling = Duration.milliseconds(100) ... .seconds(86_400)
    private static let waits = Duration.seconds(1) ... .seconds(30 * 86_400)

    package static let byPath = [String: ConfigurationKey](uniqueKeysWithValues: Self.all.map { ($0.path, $0) })

    /// Keys that the contract names and this version would not act on.
    package static let notYet: Set<String> = ["http.address"]

    /// The fields of one element of `outputs`.
    static let outputFields = ["topic", "event"]
    static let outputFieldsNotYet: Set<String> = ["when", "maximumLevel"]
    static let outputsRule =
        "a list of { topic: NAME, event: \(list(Configuration.Output.Event.allCases.map(\.rawValue))) }"

    /// The names below which there are further keys: `input`, `limits`, ….
    static let sections: [String: [String]] = Dictionary(
        grouping: Self.all.filter { $0.path.contains(".") }, by: { String($0.path.prefix { $0 != "." }) }
    ).mapValues { $0.map(\.path) }

    /// librdkafka properties that would break a promise, with the values that do not, and what to do instead.
    static let guarded: [String: (allowed: Set<String>, advice: String)] = [
        "enable.auto.commit": (["false"], "is the worker's: it commits what is acknowledged, nothing else"),
        "enable.auto.offset.store": (["false"], "is the worker's: it commits what is acknowledged, nothing else"),
        "auto.offset.reset": ([], "is the worker's: set input.start"),
        "queued.max.messages.kbytes": ([], "is the worker's: set limits.queued, which counts over all partitions"),
        "acks": (["all", "-1"], "must be all, or an acknowledged event can be lost"),
        "request.required.acks": (["all", "-1"], "must be all, or an acknowledged event can be lost"),
        "isolation.level": (
            ["read_committed"], "must be read_committed, or what others take back would be published"
        ),
        "partitioner": (["murmur2_random"], "must be murmur2_random, which places keys as Java does"),
    ]

    /// Whether a librdkafka property may hold what nobody should read in a log.
    package static func isSecret(_ property: some StringProtocol) -> Bool {
        ["password", "secret", "passphrase", "token"].contains { property.contains($0) }
            || ["ssl.key.pem", "sasl.oauthbearer.config", "sasl.jaas.config"].contains(String(property))
    }
}
