internal import Assembly
package import KafkaClient
internal import Synchronization

/// The engine: takes batches from the poll thread, hands them to lanes, and turns acknowledgements into offsets.
///
/// Four kinds of thread meet here: the poll thread (`PollDelegate`), the lanes, the producer's thread (`delivered`) and,
/// with exactly-once delivery, that of `Transactions`. Each takes the one lock once per batch, decides inside and acts
/// outside of it.
package final class Engine: Sendable {
    struct State {
        var slots: [Int: Slot] = [:]
        var slotNumbers: [TopicPartition: Int] = [:]
        var nextSlot = 0
        var ledger = Ledger()
        var inFlightRecords = 0
        var inFlightBytes = 0
        /// Records that are finished and not committed yet, at least once: a crash would repeat them like those in flight.
        var uncommittedRecords = 0
        /// A commit is on its way. One at a time: librdkafka sends one that failed again, behind its successor.
        var isCommitting = false
        /// Intake rests above the high mark until below the low one.
        var resting = false
        var everAssigned = false
        var nextCommit: ContinuousClock.Instant = .now
        /// When sections that wait are looked after again, in milliseconds since 1970.
        var nextLook: Int64 = 0
        /// Records that were refused for what they are within transactions, so far.
        var refusals = 0
        var stopping = false
        /// The group has told this member that it is none any more: until the next assignment no transaction can take its
        /// offsets.
        var isExpelled = false
        var failure: KafkaError?
        var retries = RetrySchedule()
        var bucket: TokenBucket?
        /// What an earlier life finished, where no commit says so.
        var carried: [Int32: OffsetRuns] = [:]
    }

    /// An output that was refused for good; the dead letter for it is made on the lane of its partition.
    struct Refusal {
        var token: Token
        var error: KafkaError
        var batch: RecordBatch
        var index: Int
    }

    /// How the outside is reached; attached before the start.
    struct Controls {
        /// Capacity came back: the poll thread asks again.
        var wake: (@Sendable () -> Void)?
        /// Leave the group.
        var stop: (@Sendable () -> Void)?
        /// The ends of what can be read of partitions, asked of their brokers; nil where one does not answer.
        var ends: (@Sendable ([TopicPartition]) -> [TopicPartition: Int64]?)?
        /// What the journal says of partitions; nil: nothing is remembered.
        var journal: JournalReading.Read?
        /// Single records of the input, read again.
        var records: (@Sendable ([WantedRecord], Duration?) async throws(KafkaError) -> [PartSource: RecordBatch])?
    }

    let configuration: EngineConfiguration
    let producer: any RecordProducer
    let state: Mutex<State>
    let lanes: [LaneQueue]
    /// Signalled whenever something that a drain waits for has moved on.
    let moved = Wakeup()
    /// With exactly-once delivery only.
    let gate: TransactionGate?
    private let controls = Mutex(Controls())
    private let transactions = Mutex<Transactions?>(nil)
    /// Told of what an operator should know; set before the start.
    private let events: @Sendable (EngineEvent) -> Void

    package init(
        _ configuration: EngineConfiguration, producer: any RecordProducer,
        events: @escaping @Sendable (EngineEvent) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.producer = producer
        self.events = events
        self.state = Mutex(State(bucket: configuration.rate.map { TokenBucket(rate: $0) }))
        self.gate = configuration.exactlyOnce ? TransactionGate() : nil
        self.lanes = (0..<max(configuration.lanes, 1)).map { _ in LaneQueue() }
    }

    /// How to reach the consumer: `wake` after capacity came back, `stop` to leave the group, `ends` for the ends of what can
    /// be read, asked of the brokers.
    package func attach(
        wake: @escaping @Sendable () -> Void, stop: @escaping @Sendable () -> Void,
        ends: (@Sendable ([TopicPartition]) -> [TopicPartition: Int64]?)? = nil
    ) {
        self.controls.withLock {
            $0.wake = wake
            $0.stop = stop
            $0.ends = ends
        }
    }

    /// Where partitions are remembered, and where their sources are read again. Before the consumer runs.
    func attach(
        journal: @escaping JournalReading.Read,
        records: @escaping @Sendable ([WantedRecord], Duration?) async throws(KafkaError) -> [PartSource: RecordBatch]
    ) {
        self.controls.withLock {
            $0.journal = journal
            $0.records = records
        }
    }

    /// What an earlier life has finished, by partition: it is not done again. Before the consumer runs.
    func carry(_ finished: [Int32: OffsetRuns]) { self.state.withLock { $0.carried = finished } }

    func attach(_ transactions: Transactions) { self.transactions.withLock { $0 = transactions } }

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
        FaultPoint.stopRequested.pass()
        self.state.withLock { $0.stopping = true }
        self.controls.withLock { $0.stop }?()
    }

    package var ledger: Ledger { self.state.withLock { $0.ledger } }
    package var failure: KafkaError? { self.state.withLock { $0.failure } }
    var isRunning: Bool { self.state.withLock { $0.failure == nil } }

    func fail(_ error: KafkaError) {
        let first = self.state.withLock { state in
            defer { if state.failure == nil { state.failure = error } }
            return state.failure == nil
        }
        self.moved.signal()
        if first { self.events(.failed(error)) }
        self.stop()
    }

    func readableEnds(of partitions: [TopicPartition]) -> [TopicPartition: Int64]? {
        self.controls.withLock { $0.ends }?(partitions)
    }
    var readJournal: JournalReading.Read? { self.controls.withLock { $0.journal } }

    /// What retention has taken is left out.
    func records(
        of wanted: [WantedRecord], within limit: Duration?
    ) async throws(KafkaError) -> [PartSource: RecordBatch] {
        guard let read = self.controls.withLock({ $0.records }) else { return [:] }
        return try await read(wanted, limit)
    }

    func wakeIntake() { self.controls.withLock { $0.wake }?() }
    func report(_ event: EngineEvent) { self.events(event) }

    func lane(of slot: Int) -> LaneQueue { self.lanes[slot % self.lanes.count] }

    /// Since when the transaction at hand is ending, in nanoseconds of the monotonic clock; 0: it is not.
    var transactionEndingSince: Int64 {
        self.transactions.withLock { $0 }?.endingSince.load(ordering: .relaxed) ?? 0
    }

    /// The transaction ends as soon as its lanes pause.
    func requestCommit() { self.transactions.withLock { $0 }?.request() }

    /// The open transaction must never be committed: it is aborted, and what it held is made again or left to others.
    func abandonTransaction(_ cause: KafkaError) { self.transactions.withLock { $0 }?.abandon(cause) }
}

/// What the engine tells an operator.
package enum EngineEvent: Sendable {
    case assigned([CommittedOffset])
    case revoked([TopicPartition], lost: Bool, finished: Bool)
    /// A stop's drain was given up at its deadline: `inFlight` records are left to whoever comes next.
    case undrained(inFlight: Int)
    case committed([CommittedOffset])
    case commitFailed([CommittedOffset], KafkaError)
    case deadLettered(TopicPartition, offset: Int64, Rejection)
    /// A record could not be handled and is tried again.
    case retried(TopicPartition, offset: Int64, attempt: Int, cause: String)
    /// The text that came with a committed offset is not used: what it says is finished is done again.
    case metadataIgnored(TopicPartition, CommitMetadata.Failure)
    /// `--from` moves the group on a partition.
    case moved(TopicPartition, from: Int64, to: Int64)
    /// Intake of a partition rests, since what is finished beyond its oldest unfinished offset nearly fills the metadata.
    case mapFull(TopicPartition, unfinished: Int64)
    /// Records between two offsets are gone: retention or truncation took them before they were read.
    case lost(TopicPartition, from: Int64, to: Int64)
    case transactionAborted(KafkaError, records: Int)
    case producerRenewed(KafkaError)
    case stalled(Stall)
    case problem(KafkaError, TopicPartition?)
    case failed(KafkaError)
    case idle
}
