internal import KafkaClient

/// Whether the topics are there, before anything is consumed. Asks without creating: a broker's auto-creation would make
/// topics with the wrong settings.
struct TopicCheck {
    let admin: Admin
    let configuration: WorkerConfiguration

    struct Answer {
        var inputPartitions: Int
        /// The largest record that the input topic takes; nil where the broker does not say.
        var inputLimit: Int?
        /// The largest batch that every topic written to takes; nil where the broker does not say.
        var outputLimit: Int?
    }

    /// Creates what is missing if told to, else throws with the commands that would.
    func run() async throws(KafkaError) -> Answer {
        var missing: [String] = []
        var partitions: Int?
        if let input = try await self.admin.topic(self.configuration.input) {
            partitions = input.partitions
        } else {
            missing.append(self.configuration.input)
        }
        var limit: Int?
        if partitions != nil {
            limit = await self.recordLimit(of: self.configuration.input)
        }
        var outputs: [String] = []
        for topic in self.configuration.routes.all where !outputs.contains(topic) { outputs.append(topic) }
        for topic in outputs where try await self.admin.topic(topic) == nil { missing.append(topic) }
        let sections = SectionsTopic(configuration: self.configuration, partitions: partitions)
        var waiting: Int?
        if let sections {
            if let topic = try await self.admin.topic(sections.name) {
                waiting = topic.partitions
                try sections.check(await self.settings(of: sections.name), partitions: topic.partitions)
            } else {
                missing.append(sections.name)
            }
        }
        let journal = JournalTopic(
            configuration: self.configuration, partitions: [partitions, waiting].compactMap { $0 }.max())
        if let journal {
            if let topic = try await self.admin.topic(journal.name) {
                try journal.check(await self.settings(of: journal.name), partitions: topic.partitions)
            } else {
                missing.append(journal.name)
            }
        }
        let written = outputs + [sections?.name, journal?.name].compactMap { $0 }
        if missing.isEmpty {
            return Answer(
                inputPartitions: partitions ?? 1, inputLimit: limit, outputLimit: await self.outputLimit(written))
        }
        guard self.configuration.createTopics else {
            throw self.missingTopics(missing, partitions: partitions)
        }
        if missing.contains(self.configuration.input) {
            try await self.create([self.inputTopic])
            partitions = try await self.awaited(self.configuration.input)
            limit = await self.recordLimit(of: self.configuration.input)
        }
        let others = missing.filter { $0 != self.configuration.input }
        try await self.create(
            others.map { name in
                var topic = self.topic(name, partitions: partitions ?? -1, limit: limit)
                topic.settings += self.internalSettings(of: name)
                return topic
            })
        for topic in others { _ = try await self.awaited(topic) }
        return Answer(
            inputPartitions: partitions ?? 1, inputLimit: limit, outputLimit: await self.outputLimit(written))
    }

    /// What an internal topic needs; none for others.
    private func internalSettings(of name: String) -> [ClientConfiguration.Property] {
        if name == self.configuration.engine.journal { return JournalTopic.settings }
        guard let sections = SectionsTopic(configuration: self.configuration), sections.name == name else { return [] }
        return sections.settings
    }

    /// A batch above it would be refused whole, with all the good records in it.
    private func outputLimit(_ topics: [String]) async -> Int? {
        var lowest: Int?
        for topic in topics {
            guard let limit = await self.recordLimit(of: topic) else { continue }
            lowest = min(lowest ?? limit, limit)
        }
        return lowest
    }

    /// The input topic alone, created if missing and told to. Answers the largest record that it takes, where the broker
    /// says.
    func input() async throws(KafkaError) -> Int? {
        if try await self.admin.topic(self.configuration.input) == nil {
            guard self.configuration.createTopics else {
                throw self.missingTopics([self.configuration.input], partitions: nil)
            }
            try await self.create([self.inputTopic])
            _ = try await self.awaited(self.configuration.input)
        }
        return await self.recordLimit(of: self.configuration.input)
    }

    private func recordLimit(of topic: String) async -> Int? {
        if let known = self.configuration.inputLimit { return known }
        return await self.settings(of: topic)["max.message.bytes"].flatMap { Int($0) }
    }

    /// Empty where the broker does not say.
    private func settings(of topic: String) async -> [String: String] {
        // A broker that answers none of this would be waited for.
        if self.configuration.inputLimit != nil { return [:] }
        return (try? await self.admin.settings(ofTopic: topic)) ?? [:]
    }

    /// An event is larger than its telegram, a dead letter has headers besides.
    private func topic(_ name: String, partitions: Int, limit: Int?) -> Admin.NewTopic {
        Admin.NewTopic(
            name, partitions: partitions,
            settings: limit.map { [.init("max.message.bytes", String(min($0, 400 << 20) * 2 + (1 << 20)))] } ?? [])
    }

    /// Takes the largest record that the worker does.
    private var inputTopic: Admin.NewTopic {
        Admin.NewTopic(
            self.configuration.input, partitions: -1,
            settings: [.init("max.message.bytes", String(min(self.configuration.recordLimit, 1 << 30) + (1 << 20)))])
    }

    private func create(_ topics: [Admin.NewTopic]) async throws(KafkaError) {
        let failures = try await self.admin.create(topics)
        // Two workers that start at once both try; the second one finds it made.
        if let failure = failures.values.first(where: { $0.name != "TOPIC_ALREADY_EXISTS" }) { throw failure }
    }

    /// The partition count of a topic that was just made: its metadata takes a moment to come round.
    private func awaited(_ name: String) async throws(KafkaError) -> Int {
        for _ in 0..<200 {
            if let topic = try await self.admin.topic(name), topic.partitions > 0 { return topic.partitions }
            try? await Task.sleep(for: .milliseconds(50))
        }
        throw KafkaError(
            code: 3, name: "UNKNOWN_TOPIC_OR_PART", kind: .configuration, operation: "create topics",
            detail: "\(name) was created but does not show")
    }

    private func missingTopics(_ missing: [String], partitions: Int?) -> KafkaError {
        let commands = missing.map { name in
            "kafka-topics.sh --create --topic \(name)" + (partitions.map { " --partitions \($0)" } ?? "")
                + self.internalSettings(of: name).map { " --config \($0.name)=\($0.value)" }.joined()
        }
        return KafkaError(
            code: 3, name: "UNKNOWN_TOPIC_OR_PART", kind: .configuration, operation: "check topics",
            detail:
                "missing \(missing.count == 1 ? "topic" : "topics") \(missing.joined(separator: ", ")); create with "
                + "`\(commands.joined(separator: "`, `"))` or set createTopics: true")
    }
}
