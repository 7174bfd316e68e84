package import Directory
package import KafkaClient
internal import Synchronization

/// Reads a range of the input topic again, beside all groups, and relays it.
///
/// Nothing remembers a replay but what it has published: each record carries its stamp and its source, and the next life of
/// the same request looks for them on the output topics. Under exactly-once delivery that is exact: a record's outputs come
/// through all together or not at all, and `initTransactions` has ended what the former life left open before anything is
/// looked for.
package struct Replay: Sendable {
    /// What is to be done.
    package struct Plan: Sendable {
        package var range: InputRange
        package var identifier: String
        /// Where events and dead letters go.
        package var topics: [String]
        /// Topics that do not exist yet.
        package var missing: [String]
        /// Records that an earlier life has finished, by partition.
        package var done: [Int32: Int64]
        /// When that one began; milliseconds since 1970.
        package var start: Int64?
    }

    /// What was done, this time.
    package struct Outcome: Sendable {
        package var ledger = Ledger()
        /// Records that earlier lives had finished.
        package var found = 0
        /// The range was read to its end.
        package var isComplete = false
    }

    let configuration: WorkerConfiguration
    let request: ReplayRequest
    let reports: ClientReports
    private let events: @Sendable (EngineEvent) -> Void
    let progress: StageProgress

    /// How far back what an earlier life has published is looked for.
    package static let lookBack = Duration.seconds(7 * 24 * 3600)

    package init(
        _ configuration: WorkerConfiguration, _ request: ReplayRequest, reports: ClientReports = ClientReports(),
        events: @escaping @Sendable (EngineEvent) -> Void = { _ in },
        progress: @escaping StageProgress = { _, _, _ in }
    ) {
        var configuration = configuration
        configuration.routes = configuration.routes.prefixed(request.prefix)
        configuration.transactionalID += "-replay-" + request.identifier(of: configuration.input)
        configuration.from = nil
        configuration.to = nil
        configuration.engine.from = nil
        configuration.engine.untilIdle = false
        configuration.engine.rate = request.rate
        // The range is all that it reads: each transmission is an event of its own.
        configuration.engine.sections = nil
        // Nor does it know what came before, or leave traces for those who do: what is remembered is today's, and so are the
        // alerts on it.
        configuration.engine.journal = nil
        self.configuration = configuration
        self.request = request
        self.reports = reports
        self.events = events
        self.progress = progress
    }

    package var identifier: String { self.request.identifier(of: self.configuration.input) }

    /// Looks without touching anything.
    package func plan() async throws(KafkaError) -> Plan {
        let outputs = self.outputs
        let (range, missing) = try await Admin.with(self.configuration.kafka, reports: self.reports) {
            admin throws(KafkaError) in
            (try await self.range(admin), try await outputs.missing(admin))
        }
        var plan = Plan(
            range: range, identifier: self.identifier, topics: outputs.names, missing: missing, done: [:])
        if missing.isEmpty, !self.request.startsAnew {
            let found = try await self.search()
            plan.start = found.start
            for (number, runs) in found.finished {
                guard let part = range.parts[number] else { continue }
                plan.done[number] = runs.count(within: part.start..<part.end)
            }
        }
        return plan
    }

    /// Relays the range; when cancelled it drains and answers what was done until then. `started` may look at the engine.
    package func run(
        directory: Directory, started: @escaping @Sendable (Engine) -> Void = { _ in }
    ) async throws(KafkaError) -> Outcome {
        let (range, topics) = try await Admin.with(self.configuration.kafka, reports: self.reports) {
            admin throws(KafkaError) in
            // The input comes first, and is never made by a replay.
            let range = try await self.range(admin)
            return (range, try await TopicCheck(admin: admin, configuration: self.configuration).run())
        }
        var settings = self.configuration.engine
        settings.to = range.parts.mapValues(\.end)
        let life = Life()
        let intake = Intake(source: .range(range.rangeParts)) { () throws(KafkaError) in
            let found = self.request.startsAnew ? nil : try await self.search()
            let stamp = ReplayStamp(identifier: self.identifier, start: found?.start ?? WallClock.now)
            life.begin(stamp, range, found: found?.finished ?? [:])
            return found?.finished ?? [:]
        }
        let body = WorkerBody(
            configuration: self.configuration, settings: settings, topics: topics, intake: intake,
            reports: self.reports
        ) { event in
            if case .idle = event { life.complete() }
            self.events(event)
        }
        let result = await self.run(body, life, range, directory, started)
        try result.get()
        let outcome = life.outcome
        if outcome.isComplete, let (_, total) = life.progress(range) { self.progress(.replay, total, total) }
        return outcome
    }

    /// The body, and beside it one who says how far it is.
    private func run(
        _ body: WorkerBody, _ life: Life, _ range: InputRange, _ directory: Directory,
        _ started: @escaping @Sendable (Engine) -> Void
    ) async -> Result<Void, KafkaError> {
        let configuration = self.configuration
        return await withTaskGroup(of: Result<Void, KafkaError>?.self) { group in
            group.addTask {
                do throws(KafkaError) {
                    try await body.run {
                        let mark = life.stamp.map {
                            ReplayMark($0, countsOutputs: !configuration.engine.exactlyOnce)
                        }
                        return TelegramHandler(configuration, directory: directory, mark: mark)
                    } started: { engine in
                        life.engine = engine
                        started(engine)
                    }
                    return .success(())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                while (try? await Task.sleep(for: .milliseconds(200))) != nil {
                    if let (done, total) = life.progress(range) { self.progress(.replay, done, total) }
                }
                return nil
            }
            var result = Result<Void, KafkaError>.success(())
            for await part in group {
                guard let part else { continue }
                result = part
                group.cancelAll()
            }
            return result
        }
    }

    // MARK: -

    var reader: RangeReader { RangeReader(self.configuration, reports: self.reports) }
    var outputs: OutputTopics { OutputTopics(configuration: self.configuration, reports: self.reports) }

    func range(_ admin: Admin) async throws(KafkaError) -> InputRange {
        var unmade = self.configuration
        unmade.createTopics = false
        _ = try await TopicCheck(admin: admin, configuration: unmade).input()
        return try await InputRange.resolve(
            self.configuration.input, from: self.request.from, to: self.request.to, admin)
    }

    /// What earlier lives have published, from the headers alone.
    private func search() async throws(KafkaError) -> ReplayProgress {
        let parts = try await self.outputs.parts(
            since: WallClock.now - Int64(Replay.lookBack.components.seconds) * 1000)
        let found = Mutex(ReplayProgress(identifier: self.identifier))
        try await self.reader.read(.search, parts, self.progress) { batch in
            found.withLock { found in
                for index in 0..<batch.count { found.found(OriginHeaders(of: batch[index])) }
            }
        }
        return found.withLock { $0 }
    }
}

/// One life of a replay.
private final class Life: Sendable {
    private struct State {
        var stamp: ReplayStamp?
        var engine: Engine?
        var outcome = Replay.Outcome()
        /// Offsets below the first that is to be done.
        var skipped = 0
        var done = 0
    }

    private let state = Mutex(State())

    func begin(_ stamp: ReplayStamp, _ range: InputRange, found: [Int32: OffsetRuns]) {
        self.state.withLock { state in
            state.stamp = stamp
            for (number, part) in range.parts {
                guard let runs = found[number] else { continue }
                state.outcome.found += Int(runs.count(within: part.start..<part.end))
                state.skipped += Int(min(runs.firstMissing(from: part.start), part.end) - part.start)
            }
        }
    }

    func complete() { self.state.withLock { $0.outcome.isComplete = true } }

    var stamp: ReplayStamp? { self.state.withLock { $0.stamp } }

    var engine: Engine? {
        get { self.state.withLock { $0.engine } }
        set { self.state.withLock { $0.engine = newValue } }
    }

    var outcome: Replay.Outcome {
        self.state.withLock { state in
            var outcome = state.outcome
            outcome.ledger = state.engine?.ledger ?? Ledger()
            return outcome
        }
    }

    /// Offsets of this life below the lowest unfinished one, over all partitions, and how many there will be; never less than
    /// before. Nil before the start.
    func progress(_ range: InputRange) -> (done: Int, total: Int)? {
        guard let reports = self.engine?.partitions() else { return nil }
        var done: Int64 = 0
        for report in reports {
            guard let part = range.parts[report.partition.partition], let position = report.position else { continue }
            done += min(max(position - part.start, 0), part.count)
        }
        let reached = Int(done)
        return self.state.withLock { state in
            state.done = max(state.done, reached - state.skipped)
            return (state.done, Int(range.count) - state.skipped)
        }
    }
}
