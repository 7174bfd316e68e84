internal import CRdkafka
internal import Synchronization

/// A member of a consumer group, polled by one thread of its own.
///
/// Every call that librdkafka does not allow beside another (trap 20) is made on that thread, and so is every call of the
/// delegate. One consumer lives as long as its process (trap 1): it runs once.
package final class Consumer: Sendable {
    let client: ClientHandle
    private let topics: [String]
    private let delegate: any PollDelegate
    private let closeTimeout: Duration
    let signals = PollSignals()

    /// Makes the client and checks its settings; nothing is subscribed to before `run`.
    ///
    /// `closeTimeout`: how long leaving the group may take, apart from the delegate's drain.
    package init(
        configuration: ClientConfiguration, topics: [String], delegate: any PollDelegate,
        reports: ClientReports = ClientReports(), closeTimeout: Duration = .seconds(15)
    ) throws(KafkaError) {
        guard configuration.role == .consumer else {
            throw KafkaError.configuration("a consumer needs the consumer's settings", during: "create client")
        }
        self.client = try ClientHandle(
            configuration, type: RD_KAFKA_CONSUMER,
            events: RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_OFFSET_COMMIT | RD_KAFKA_EVENT_ERROR
                | RD_KAFKA_EVENT_STATS, reports: reports)
        self.topics = topics
        self.delegate = delegate
        self.closeTimeout = closeTimeout
    }

    /// Subscribes and polls until `stop`, cancellation or a fatal error; then gives up the partitions, commits what the
    /// delegate answers, and leaves the group. Throws what ended it, or what kept it from closing in time. To be called once.
    package func run() async throws(KafkaError) {
        let result: Result<Void, KafkaError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let started = OwnThread.start {
                    let loop = PollLoop(
                        client: self.client, delegate: self.delegate, signals: self.signals,
                        closeTimeout: self.closeTimeout)
                    let error = loop.run(topics: self.topics)
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

    /// Leave the group and end `run`. From any thread, any number of times, also before `run`.
    package func stop() {
        self.signals.isStopping.store(true, ordering: .releasing)
        self.signals.wakeup.signal()
    }

    /// Rises by one with each assignment, the first is 1; batches carry it.
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
    /// Calls from other threads; shut before the client is destroyed.
    let gate = Gate()
}
