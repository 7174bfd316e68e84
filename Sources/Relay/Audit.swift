internal import Events
package import KafkaClient
internal import Synchronization

/// Proves after the fact, from the topics alone, what became of each record of a range.
///
/// Reads the group's commits first, then the input, then the outputs up to their ends as they are by then: whatever a commit
/// calls finished must be among them.
package struct Audit: Sendable {
    package struct Report: Sendable {
        package var range: InputRange
        /// Of the outputs, by the number that `AuditLine.missingRunsOn` names.
        package var topics: [String]
        package var lines: [Int32: AuditLine]
        /// Output records that name no record of this input topic.
        package var foreign: Int

        package var isWhole: Bool { self.lines.values.allSatisfy(\.isWhole) }
    }

    private let configuration: WorkerConfiguration
    private let group: String?
    private let from: OffsetSpec
    private let to: OffsetSpec?
    private let reports: ClientReports
    private let progress: StageProgress

    /// `group`: whose unfinished records are not missing; nil where every record of the range must have been done, as after a
    /// replay into topics of the prefix.
    package init(
        _ configuration: WorkerConfiguration, group: String?, from: OffsetSpec, to: OffsetSpec?, prefix: String = "",
        reports: ClientReports = ClientReports(), progress: @escaping StageProgress = { _, _, _ in }
    ) {
        var configuration = configuration
        configuration.routes = configuration.routes.prefixed(prefix)
        configuration.createTopics = false
        self.configuration = configuration
        self.group = group
        self.from = from
        self.to = to
        self.reports = reports
        self.progress = progress
    }

    package func run() async throws(KafkaError) -> Report {
        let input = self.configuration.input
        // What waits is somebody's only where there is a group.
        let sections = self.group == nil ? nil : self.configuration.engine.sections
        let (range, unfinished, waiting) = try await Admin.with(self.configuration.kafka, reports: self.reports) {
            admin throws(KafkaError) -> (InputRange, Unfinished, Unfinished) in
            _ = try await TopicCheck(admin: admin, configuration: self.configuration).run()
            let range = try await InputRange.resolve(input, from: self.from, to: self.to, admin)
            guard let group = self.group else { return (range, [:], [:]) }
            let commits = try await admin.committed(group: group, topic: input)
            var waiting = Unfinished()
            if let sections { waiting = Audit.unfinished(try await admin.committed(group: group, topic: sections)) }
            return (range, Audit.unfinished(commits), waiting)
        }
        let tallies = Tallies(range, sections: sections, waiting: waiting)
        let records = RangeReader(self.configuration, reports: self.reports)
        try await records.read(.input, range.rangeParts, self.progress) { tallies.exist($0) }
        let outputs = OutputTopics(configuration: self.configuration, reports: self.reports)
        let names = outputs.names
        let reader = SourceReader(topic: input)
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        try await records.read(.outputs, try await outputs.parts(beside: sections), self.progress) { batch in
            tallies.read(batch, reader, topic: numbers[batch.partition.topic] ?? 0)
        }
        return Report(
            range: range, topics: names, lines: tallies.lines(self.topics(numbers), unfinished),
            foreign: tallies.foreign)
    }

    typealias Unfinished = [Int32: AuditTally.Unfinished]

    /// What a group has not finished, by partition. Of one without commits, nothing is.
    static func unfinished(_ commits: [CommittedOffset]) -> Unfinished {
        var unfinished = Unfinished()
        for commit in commits {
            let metadata = try? CommitMetadata(commit.metadata, offset: commit.offset)
            unfinished[commit.partition.partition] = AuditTally.Unfinished(
                from: max(commit.offset, 0), finished: commit.offset < 0 ? OffsetRuns() : metadata?.runs ?? OffsetRuns()
            )
        }
        return unfinished
    }

    private func topics(_ numbers: [String: Int]) -> [OutputRecord.Kind: [Int]] {
        let routes = self.configuration.routes
        return [
            .telegram: routes.telegrams.compactMap { numbers[$0] },
            .service: routes.services.compactMap { numbers[$0] },
            .alert: routes.alerts.compactMap { numbers[$0] },
            .copy: routes.alerts.compactMap { numbers[$0] },
            .deadLetter: [routes.deadLetters].compactMap { numbers[$0] },
        ]
    }
}

/// The tallies of all partitions; filled on the reader's thread.
private final class Tallies: Sendable {
    private struct State {
        var tallies: [Int32: AuditTally]
        var foreign = 0
    }

    private let range: InputRange
    /// Where sections wait, and what is not finished there, by its partition.
    private let sections: String?
    private let waiting: Audit.Unfinished
    private let state: Mutex<State>

    init(_ range: InputRange, sections: String?, waiting: Audit.Unfinished) {
        self.range = range
        self.sections = sections
        self.waiting = waiting
        self.state = Mutex(State(tallies: range.parts.mapValues { _ in AuditTally() }))
    }

    var foreign: Int { self.state.withLock { $0.foreign } }

    func exist(_ batch: RecordBatch) {
        self.state.withLock { state in
            for index in 0..<batch.count {
                state.tallies[batch.partition.partition]?.exists(batch[index].offset)
            }
        }
    }

    func read(_ batch: RecordBatch, _ reader: SourceReader, topic: Int) {
        if batch.partition.topic == self.sections { return self.readSections(batch) }
        var sources: [OutputRecord.Source] = []
        for index in 0..<batch.count {
            sources.removeAll(keepingCapacity: true)
            let kind = reader.read(batch[index]) { sources.append($0) }
            self.state.withLock { state in
                guard let kind else {
                    state.foreign += 1
                    return
                }
                for (index, source) in sources.enumerated() {
                    // Of the others the alert says only which they are.
                    let kind = kind == .copy && index > 0 ? OutputRecord.Kind.alert : kind
                    guard let part = self.range.parts[source.partition],
                        (part.start..<part.end).contains(source.offset)
                    else { continue }
                    state.tallies[source.partition]?.found(source, kind, topic: topic)
                }
            }
        }
    }

    private func readSections(_ batch: RecordBatch) {
        for index in 0..<batch.count {
            let record = batch[index]
            guard let source = SectionOrigin(record)?.source, source.topic == self.range.topic,
                let part = self.range.parts[source.partition], (part.start..<part.end).contains(source.offset)
            else { continue }
            // Without a commit, nothing is finished.
            guard self.waiting[batch.partition.partition]?.contains(record.offset) ?? true else { continue }
            self.state.withLock { $0.tallies[source.partition]?.foundWaiting(source.offset) }
        }
    }

    func lines(
        _ topics: [OutputRecord.Kind: [Int]], _ unfinished: [Int32: AuditTally.Unfinished]
    ) -> [Int32: AuditLine] {
        self.state.withLock { state in
            var lines: [Int32: AuditLine] = [:]
            for (number, tally) in state.tallies { lines[number] = tally.line(topics, unfinished[number]) }
            return lines
        }
    }
}
