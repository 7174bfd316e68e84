internal import CRdkafka
internal import Synchronization

/// Reads as a member of a group, or a range beside all groups; polled by one thread of its own.
///
/// Every call that librdkafka does not allow beside another (trap 20) is made on that thread, and so is every call of the
/// delegate. One consumer lives as long as its process (trap 1): it runs once.
package final class Consumer: Sendable {
    let client: ClientHandle
    let source: ConsumerSource
    let signals = PollSignals()
    private let isCooperative: Bool
    private let delegate: any PollDelegate
    private let closeTimeout: Duration

    /// Makes the client and checks its settings; nothing is read before `run`.
    ///
    /// `closeTimeout`: how long leaving the group may take, apart from the delegate's drain.
    package init(
        configuration: ClientConfiguration, source: ConsumerSource, delegate: any PollDelegate,
        reports: ClientReports = ClientReports(), closeTimeout: Duration = .seconds(15)
    ) throws(KafkaError) {
        guard configuration.role == .consumer else {
            throw KafkaError.configuration("a consumer needs the consumer's settings", during: "create client")
        }
        var configuration = configuration
        if case .range(let parts) = source {
            if Set(parts.map(\.partition)).count < parts.count {
                throw KafkaError.configuration("a range names a partition twice", during: "create client")
            }
            configuration = configuration.withoutGroup
        }
        self.client = try ClientHandle(
            configuration, type: RD_KAFKA_CONSUMER,
            events: RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_OFFSET_COMMIT | RD_KAFKA_EVENT_ERROR
                | RD_KAFKA_EVENT_STATS, reports: reports)
        self.source = source
        self.isCooperative = configuration.isCooperative
        self.delegate = delegate
        self.closeTimeout = closeTimeout
    }

    /// A member of the configured group.
    package convenience init(
        configuration: ClientConfiguration, topics: [String], delegate: any PollDelegate,
        reports: ClientReports = ClientReports(), closeTimeout: Duration = .seconds(15)
    ) throws(KafkaError) {
        try self.init(
            configuration: configuration, source: .group(topics: topics), delegate: delegate, reports: reports,
            closeTimeout: closeTimeout)
    }

    /// Polls until `stop`, cancellation or a fatal error; then gives up the partitions, commits what the
    /// delegate answers, and leaves the group. Throws what ended it, or what kept it from closing in time. To be called once.
    package func run() async throws(KafkaError) {
        let result: Result<Void, KafkaError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let started = OwnThread.start {
                    let loop = PollLoop(
                        client: self.client, source: self.source, isCooperative: self.isCooperative,
                        delegate: self.delegate, signals: self.signals, closeTimeout: self.closeTimeout)
                    let error = loop.run()
                    continuation.resume(returning: error.map { .failure($0) } ?? .success(()))
                }
                if !started {
                    continuation.resume(returning: .failure(.noThread))
                }
            }
        } onCancel: {
            self.stop()
        }
        try result.get()
    }

    /// Capacity came back: the poll thread asks again. From any thread.
    package func wake() {
        self.signals.wakeup.signal()
    }

    /// Reads the partition again from the next offset that it owes the delegate: for one that does not move though there are
    /// records (traps 24 and 30). From any thread; the poll thread does it, if the partition is still held.
    package func restart(_ partition: TopicPartition) {
        self.signals.restarts.withLock { _ = $0.insert(partition) }
        self.signals.wakeup.signal()
    }

    /// The partition's end as librdkafka last heard of it, without asking; nil before it has. From any thread.
    package func highWatermark(of partition: TopicPartition) -> Int64? {
        guard (try? self.signals.gate.enter(during: "read watermarks")) != nil else { return nil }
        defer { self.signals.gate.leave() }
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_get_watermark_offsets(
            self.client.raw, partition.topic, partition.partition, &low, &high)
        return code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : nil
    }

    /// Leave the group and end `run`. From any thread, any number of times, also before `run`.
    package func stop() {
        self.signals.isStopping.store(true, ordering: .releasing)
        self.signals.wakeup.signal()
    }

    /// Rises by one with each assignment, the first is 1; batches carry that of their partition's.
    package var epoch: Int64 { self.signals.epoch.load(ordering: .acquiring) }

    /// When the poll loop last turned, in nanoseconds of the monotonic clock; 0 before the first turn. librdkafka's own check
    /// takes any poll for life (trap 28), so the probe of liveness asks here.
    package var lastTurn: Int64 { self.signals.lastTurn.load(ordering: .relaxed) }
}

/// What other threads tell the poll thread.
final class PollSignals: Sendable {
    let wakeup = Wakeup()
    let isStopping = Atomic<Bool>(false)
    let epoch = Atomic<Int64>(0)
    let lastTurn = Atomic<Int64>(0)
    /// Between an assignment and its revoke or loss.
    let isMember = Atomic<Bool>(false)
    let restarts = Mutex<Set<TopicPartition>>([])
    /// Calls from other threads; shut before the client is destroyed.
    let gate = Gate()
}
