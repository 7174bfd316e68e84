package import KafkaClient
internal import Synchronization

/// How far long work is: its stage, and how many offsets of how many are done.
package typealias StageProgress = @Sendable (_ stage: Stage, _ done: Int, _ total: Int) -> Void

/// A stage of long work, as it is called on the terminal.
package enum Stage: String, Sendable {
    case search
    case replay
    case input
    case outputs
}

/// Reads stretches of topics from end to end, beside any group, and hands on every record once.
package struct RangeReader: Sendable {
    private let configuration: WorkerConfiguration
    private let reports: ClientReports

    package init(_ configuration: WorkerConfiguration, reports: ClientReports = ClientReports()) {
        self.configuration = configuration
        self.reports = reports
    }

    /// `body` is called on the consumer's thread. Returns when each part has been read to its end; throws `INTERRUPTED` when
    /// cancelled before.
    package func read(
        _ parts: [RangePart], _ body: @escaping @Sendable (RecordBatch) -> Void
    ) async throws(KafkaError) {
        let parts = parts.filter { part in part.end.map { $0 > max(part.start, 0) } ?? true }
        try await self.run(
            RangeReading(parts) { batch in
                body(batch)
                return true
            }, over: parts, within: nil)
    }

    /// Reads each partition from an offset on, as long as `body` wants more of it, to the end that it has by now at most. What
    /// begins beyond that is at its end. Throws `INTERRUPTED` when the time is over.
    func read(
        from starts: [CommittedOffset], within limit: Duration?,
        whileWanted body: @escaping @Sendable (RecordBatch) -> Bool
    ) async throws(KafkaError) {
        let parts = starts.map { RangePart($0.partition, start: $0.offset, end: nil) }
        try await self.run(RangeReading(parts, isOpenEnded: true, body), over: parts, within: limit)
    }

    private func run(
        _ reading: RangeReading, over parts: [RangePart], within limit: Duration?
    ) async throws(KafkaError) {
        if parts.isEmpty { return }
        let consumer = try Consumer(
            configuration: ClientConfiguration(
                role: .consumer, properties: self.configuration.readerProperties(partitions: parts.count)),
            source: .range(parts), delegate: reading, reports: self.reports)
        reading.attach { consumer.stop() }
        let clock = limit.map { limit in
            Task {
                try await Task.sleep(for: limit)
                consumer.stop()
            }
        }
        defer { clock?.cancel() }
        var ended: KafkaError?
        do throws(KafkaError) { try await consumer.run() } catch { ended = error }
        let (failure, isThrough) = reading.outcome
        if let failure { throw failure }
        // What was read is whole, however the consumer ended (trap 1).
        if isThrough { return }
        throw ended ?? .interrupted
    }
}

extension RangeReader {
    /// The same, with word of how far it is.
    func read(
        _ stage: Stage, _ parts: [RangePart], _ progress: @escaping StageProgress,
        _ body: @escaping @Sendable (RecordBatch) -> Void
    ) async throws(KafkaError) {
        let total = parts.count
        let done = Atomic<Int>(0)
        try await self.read(parts) { batch in
            body(batch)
            progress(stage, done.add(batch.count, ordering: .relaxed).newValue, total)
        }
        progress(stage, total, total)
    }
}

extension KafkaError {
    /// The person at the terminal ended it.
    package static let interrupted = KafkaError(
        code: 0, name: "INTERRUPTED", kind: .other, operation: "read", detail: "interrupted before the end")
}

/// The delegate of one reading.
private final class RangeReading: PollDelegate {
    private struct State {
        var open: Set<TopicPartition>
        var failure: KafkaError?
        var stop: (@Sendable () -> Void)?
    }

    /// Answers whether more of the partition is wanted.
    private let body: @Sendable (RecordBatch) -> Bool
    /// Whatever begins beyond a partition's end is at its end.
    private let isOpenEnded: Bool
    private let state: Mutex<State>

    init(
        _ parts: [RangePart], isOpenEnded: Bool = false, _ body: @escaping @Sendable (RecordBatch) -> Bool
    ) {
        self.body = body
        self.isOpenEnded = isOpenEnded
        self.state = Mutex(State(open: Set(parts.map(\.partition))))
    }

    func attach(_ stop: @escaping @Sendable () -> Void) { self.state.withLock { $0.stop = stop } }

    var outcome: (failure: KafkaError?, isThrough: Bool) { self.state.withLock { ($0.failure, $0.open.isEmpty) } }

    func capacity(for partition: TopicPartition) -> Int { 256 }
    func received(_ batch: RecordBatch) {
        if !self.body(batch) { self.finish(batch.partition) }
    }

    private func finish(_ partition: TopicPartition) {
        let stop = self.state.withLock { state -> (@Sendable () -> Void)? in
            state.open.remove(partition)
            return state.open.isEmpty ? state.stop : nil
        }
        stop?()
    }

    func assigned(_ partitions: [CommittedOffset]) -> [CommittedOffset] { partitions }
    func revoked(_ partitions: [TopicPartition], lost: Bool) -> [CommittedOffset] { [] }
    func offsetsToCommit() -> [CommittedOffset] { [] }
    func commitEnded(_ offsets: [CommittedOffset], error: KafkaError?) {}

    /// Retention took the first of them meanwhile: they are not there to be read.
    func outOfRange(_ partition: TopicPartition, wanted: Int64, low: Int64, high: Int64) -> Int64? {
        wanted < low ? low : self.isOpenEnded ? high : nil
    }

    func reachedEnd(of partition: TopicPartition, at offset: Int64) { self.finish(partition) }

    func failed(_ error: KafkaError, partition: TopicPartition?) {
        // Brokers that are away come back; librdkafka goes on by itself.
        guard error.kind == .configuration || error.kind == .fatal || error.name == "_AUTO_OFFSET_RESET" else { return }
        let stop = self.state.withLock { state in
            state.failure = state.failure ?? error
            return state.stop
        }
        stop?()
    }
}
