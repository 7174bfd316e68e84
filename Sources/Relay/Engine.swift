package import KafkaClient
internal import Synchronization

/// The engine: takes batches from the poll thread, hands them to lanes, and turns acknowledgements into offsets.
///
/// Three kinds of thread meet here: the poll thread (`PollDelegate`), the lanes, and the producer's thread (`delivered`).
/// Each takes the one lock once per batch, decides inside and acts outside of it.
package final class Engine: Sendable {
    /// An assigned partition. Its slot number travels in tokens; work of a slot that is gone is dropped.
    ///
    /// A class, so that its tracker is changed in place; only ever touched under the engine's lock.
    final class Slot {
        let partition: TopicPartition
        var tracker: OffsetTracker
        /// What was committed or is being committed.
        var committed: Int64?
        /// Where the partition ends, if it was read to there and nothing came since.
        var end: Int64?
        /// Batches that a lane is at work on; queued ones are not counted.
        var working = 0
        var draining = false
        /// Size of the larger records of late: how many fit into what is left of the limit.
        var largeRecord = 16 << 10

        init(partition: TopicPartition, start: Int64?) {
            self.partition = partition
            self.tracker = OffsetTracker(start: start)
            self.committed = start
        }
    }

    struct State {
        var slots: [Int: Slot] = [:]
        var slotNumbers: [TopicPartition: Int] = [:]
        var nextSlot = 0
        var ledger = Ledger()
        var inFlightRecords = 0
        var inFlightBytes = 0
        /// Intake rests above the high mark until below the low one.
        var resting = false
        var everAssigned = false
        var nextCommit: ContinuousClock.Instant = .now
        var stopping = false
        var failure: KafkaError?
    }

    /// An output that was refused for good; the dead letter for it is made on the lane of its partition.
    struct Refusal {
        var token: Token
        var error: KafkaError
        var batch: RecordBatch
        var index: Int
    }

    let configuration: EngineConfiguration
    let producer: any RecordProducer
    let state = Mutex(State())
    let lanes: [LaneQueue]
    let drained = DrainSignal()
    private let control = Mutex<(wake: (@Sendable () -> Void)?, stop: (@Sendable () -> Void)?)>((nil, nil))
    /// Told of what an operator should know; set before the start.
    private let events: @Sendable (EngineEvent) -> Void

    package init(
        _ configuration: EngineConfiguration, producer: any RecordProducer,
        events: @escaping @Sendable (EngineEvent) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.producer = producer
        self.events = events
        self.lanes = (0..<max(configuration.lanes, 1)).map { _ in LaneQueue() }
    }

    /// How to reach the consumer: `wake` after capacity came back, `stop` to leave the group.
    package func attach(wake: @escaping @Sendable () -> Void, stop: @escaping @Sendable () -> Void) {
        self.control.withLock { $0 = (wake, stop) }
    }

    /// Runs the lanes until `stopLanes`. Throws what made the engine give up.
    package func run(makeHandler: @escaping @Sendable () -> any RecordHandler) async throws(KafkaError) {
        await withDiscardingTaskGroup { group in
            for (number, queue) in self.lanes.enumerated() {
                group.addTask {
                    var lane = Lane(engine: self, number: number, queue: queue, handler: makeHandler())
                    await lane.run()
                }
            }
        }
        if let failure = self.state.withLock({ $0.failure }) { throw failure }
    }

    /// Ends the lanes; what they have not started is dropped and will be read again.
    package func stopLanes() { for lane in self.lanes { lane.finish() } }

    /// Ends intake and leaves the group: the consumer calls `revoked` for everything it has.
    package func stop() {
        self.state.withLock { $0.stopping = true }
        self.control.withLock { $0.stop }?()
    }

    package var ledger: Ledger { self.state.withLock { $0.ledger } }
    package var failure: KafkaError? { self.state.withLock { $0.failure } }

    func fail(_ error: KafkaError) {
        let first = self.state.withLock { state in
            defer { if state.failure == nil { state.failure = error } }
            return state.failure == nil
        }
        self.drained.signal()
        if first { self.events(.failed(error)) }
        self.stop()
    }

    func wakeIntake() { self.control.withLock { $0.wake }?() }
    func report(_ event: EngineEvent) { self.events(event) }

    func lane(of slot: Int) -> LaneQueue { self.lanes[slot % self.lanes.count] }
}

/// What the engine tells an operator.
package enum EngineEvent: Sendable {
    case assigned([CommittedOffset])
    case revoked([TopicPartition], lost: Bool, finished: Bool)
    case committed([CommittedOffset])
    case commitFailed([CommittedOffset], KafkaError)
    case deadLettered(TopicPartition, offset: Int64, Rejection)
    case problem(KafkaError, TopicPartition?)
    case failed(KafkaError)
    case idle
}
