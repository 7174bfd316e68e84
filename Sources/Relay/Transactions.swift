package import KafkaClient
internal import Synchronization

/// Exactly once: outputs, dead letters and offsets in one transaction after another (KIP-98, KIP-447).
///
/// A thread of its own closes the gate, so that no lane is in the middle of a record, sends the offsets of everything that is
/// in the transaction, commits, and opens the gate for the next one. What goes wrong ends in one of three ways:
/// - the transaction is aborted, and what it held is made again from the octets that were kept;
/// - the producer is thrown away, because it was fenced, is broken, or because nobody knows how its commit ended (trap 35);
///   a new one with the same id ends what the old one left, and the group's offsets tell whether that was a commit;
/// - the worker gives up: a right is missing, a setting is wrong, or another worker has the same transactional id.
package final class Transactions: Sendable {
    package struct Settings: Sendable {
        /// Longest time for each call, and for the lanes to come out of the gate.
        package var callTimeout = Duration.seconds(60)
        /// How long an abort may wait, and before it what is on its way to the brokers, until a new producer is the better way.
        package var abortTimeout = Duration.seconds(1)
        /// A producer that is fenced again and again has a rival with its id.
        package var renewals = 5
        package var renewalPeriod = Duration.seconds(120)
        /// Between attempts after something went wrong; doubles each time.
        package var pause = Duration.milliseconds(50)

        package init() {}
    }

    private struct State {
        var running: CheckedContinuation<Result<Void, KafkaError>, Never>?
        var requested = false
        var abandoned: KafkaError?
        var stopping = false
        /// The loop is over.
        var hasEnded = false
        /// Aborts since the last commit, or since a record was refused: those get fewer each time, and need no pause.
        var failures = 0
        var refusals = 0
        var renewals: [ContinuousClock.Instant] = []
    }

    private let engine: Engine
    private let producer: RenewableProducer
    private let member: (any GroupMember)?
    private let settings: Settings
    private let state = Mutex(State())
    private let wakeup = Wakeup()
    private let ended = Wakeup()
    /// When the transaction at hand began to end; for the watchdog. 0: none does.
    let endingSince = Atomic<Int64>(0)

    /// `member`: whose offsets go with the transactions; nil where no group has any part in it.
    package init(
        engine: Engine, producer: RenewableProducer, member: (any GroupMember)?, settings: Settings = Settings()
    ) {
        self.engine = engine
        self.producer = producer
        self.member = member
        self.settings = settings
        engine.attach(self)
    }

    /// The transaction ends as soon as it can.
    func request() {
        self.state.withLock { $0.requested = true }
        self.wakeup.signal()
    }

    /// The open transaction is never committed. Once this has returned, no offsets are sent for it with what the group says
    /// of itself from now on: a member that rejoins must not commit what it did before (measurements 7.4).
    func abandon(_ cause: KafkaError) {
        self.state.withLock { state in
            // A refused record makes others fail, whose reports may come before its own.
            if state.abandoned == nil || cause.kind == .record { state.abandoned = cause }
            // Once the loop has ended nobody would open the gate again, and lanes would wait there for ever.
            if !state.hasEnded { self.engine.gate?.close() }
        }
        self.wakeup.signal()
    }

    /// Ends the loop once the consumer has left the group; `run` returns then or after `timeout`, whatever a call that hangs
    /// may do.
    package func stop(within timeout: Duration) async {
        self.state.withLock { $0.stopping = true }
        self.wakeup.signal()
        _ = try? await OwnThread.call { () -> Result<Void, KafkaError> in
            self.ended.wait(until: .after(timeout))
            return .success(())
        }
        self.finish(.success(()))
    }

    /// The first producer: ends what a former life left open. Before anything is subscribed to.
    package func start() async throws(KafkaError) {
        try await OwnThread.call {
            do throws(KafkaError) {
                try self.initialise()
                try self.begin()
                self.engine.gate?.open()
                return .success(())
            } catch {
                return .failure(error)
            }
        }
    }

    /// One transaction after another, until `stop`.
    package func run() async throws(KafkaError) {
        let result: Result<Void, KafkaError> = await withCheckedContinuation { continuation in
            self.state.withLock { $0.running = continuation }
            let hasStarted = OwnThread.start {
                do throws(KafkaError) {
                    try self.loop()
                    self.finish(.success(()))
                } catch {
                    self.engine.fail(error)
                    self.openForGood()
                    self.finish(.failure(error))
                }
            }
            if !hasStarted { self.finish(.failure(.noThread)) }
        }
        try result.get()
    }

    private func finish(_ result: Result<Void, KafkaError>) {
        let running = self.state.withLock { state in
            defer { state.running = nil }
            return state.running
        }
        self.ended.signal()
        running?.resume(returning: result)
    }

    // MARK: - The thread

    private func loop() throws(KafkaError) {
        var next = Deadline.after(self.engine.configuration.commitInterval)
        while true {
            self.wakeup.wait(until: next)
            let (isStopping, isDue) = self.state.withLock { state -> (Bool, Bool) in
                defer { state.requested = false }
                return (state.stopping, state.requested || state.abandoned != nil || next.hasPassed)
            }
            if isStopping { break }
            guard isDue else { continue }
            if self.engine.hasUncommitted || self.state.withLock({ $0.abandoned != nil }) {
                self.endingSince.store(Deadline.now.nanoseconds, ordering: .relaxed)
                try self.end()
                self.endingSince.store(0, ordering: .relaxed)
            }
            next = .after(self.engine.configuration.commitInterval)
        }
        // Whatever is still open is nobody's: the partitions are gone.
        try? self.producer.current.abortTransaction(timeout: .seconds(5))
        self.openForGood()
    }

    /// The lanes must not wait for a gate that nobody opens.
    private func openForGood() {
        self.state.withLock { $0.hasEnded = true }
        self.engine.gate?.open()
    }

    /// Ends the open transaction one way or the other, and begins the next.
    private func end() throws(KafkaError) {
        self.engine.gate?.close()
        guard self.engine.gate?.waitUntilEmpty(until: .after(self.settings.callTimeout)) ?? true else {
            throw KafkaError(
                code: 0, name: "LANE_STUCK", kind: .fatal, operation: "end transaction",
                detail: "a lane has been at one record for \(self.settings.callTimeout)")
        }
        FaultPoint.gateClosed.pass()
        let cut = self.engine.cut()
        FaultPoint.transactionCut.pass()
        var areOffsetsSent = false
        do throws(KafkaError) {
            try self.commit(cut, &areOffsetsSent)
            FaultPoint.transactionCommitted.pass()
            self.engine.committed(cut)
            self.state.withLock { $0.failures = 0 }
        } catch {
            try self.recover(from: error, cut, mayBeCommitted: areOffsetsSent)
        }
        try self.begin()
        self.engine.gate?.open()
    }

    private func commit(_ cut: [Engine.CutPartition], _ areOffsetsSent: inout Bool) throws(KafkaError) {
        let producer = self.producer.current
        try self.flush(producer)
        FaultPoint.flushed.pass()
        if let member = self.member, !cut.isEmpty {
            // Read anew each time (trap 38), and together with the last look at `abandoned`: what comes after it is of a
            // later generation and meets a transaction that is not committed.
            let group = try self.permit(member)
            FaultPoint.beforeSendOffsets.pass()
            try producer.sendOffsets(cut.map(\.commit), group: group, timeout: self.settings.callTimeout)
            FaultPoint.afterSendOffsets.pass()
        } else if let cause = self.state.withLock({ $0.abandoned }) {
            throw cause
        }
        areOffsetsSent = true
        try producer.commitTransaction(timeout: self.settings.callTimeout)
    }

    /// In pieces: once a record of the transaction is refused, librdkafka sends no other, and each would be waited for until
    /// its own time is over.
    private func flush(_ producer: any TransactionalProducer) throws(KafkaError) {
        let limit = Deadline.after(self.settings.callTimeout)
        while true {
            if let cause = self.state.withLock({ $0.abandoned }) { throw cause }
            do throws(KafkaError) {
                try producer.flushNow(timeout: .milliseconds(200))
                return
            } catch {
                guard error.name == "_TIMED_OUT", !limit.hasPassed else { throw error }
            }
        }
    }

    private func permit(_ member: any GroupMember) throws(KafkaError) -> GroupMetadata {
        if let cause = self.state.withLock({ $0.abandoned }) { throw cause }
        let group = try member.groupMetadata()
        // A revoke between the two lines above has set this; its generation may be the later one.
        if let cause = self.state.withLock({ $0.abandoned }) { throw cause }
        return group
    }

    private func begin() throws(KafkaError) {
        try self.producer.current.beginTransaction()
        self.state.withLock { $0.abandoned = nil }
        FaultPoint.transactionBegun.pass()
    }

    // MARK: - What goes wrong

    private func recover(
        from error: KafkaError, _ cut: [Engine.CutPartition], mayBeCommitted: Bool
    ) throws(KafkaError) {
        if error.kind == .configuration { throw error }
        // A missing right, say: nothing that a new attempt or another producer could mend.
        if let cause = self.producer.current.transactionFailure(), cause.kind == .configuration { throw cause }
        let refusals = self.engine.refusals
        let failures = self.state.withLock { state in
            state.failures = refusals > state.refusals ? 1 : state.failures + 1
            state.refusals = refusals
            return state.failures
        }
        var isCommitted = false
        // After a refusal librdkafka may hold records that no broker will ever take (trap 36), and an abort waits for them to
        // expire: a new producer is quicker.
        let cause = self.state.withLock { $0.abandoned } ?? error
        if error.isFatal || cause.kind == .record || (mayBeCommitted && error.kind != .abortable) || !self.isSettled {
            isCommitted = try self.renew(after: error, cut, mayBeCommitted: mayBeCommitted)
        } else {
            FaultPoint.beforeAbort.pass()
            do throws(KafkaError) {
                try self.producer.current.abortTransaction(timeout: self.settings.abortTimeout)
            } catch {
                // The commit may have been made all the same, where one was asked for.
                isCommitted = try self.renew(after: error, cut, mayBeCommitted: mayBeCommitted)
            }
            FaultPoint.afterAbort.pass()
        }
        if isCommitted {
            self.engine.committed(cut)
            return
        }
        if error.isExpulsion { self.engine.expelled() }
        let records = self.engine.rolledBack()
        self.engine.report(.transactionAborted(error, records: records))
        if failures > 1 { self.rest(min(self.settings.pause * (1 << min(failures - 2, 7)), .seconds(5))) }
    }

    /// Every record of the transaction is answered for. Else an abort is not safe: librdkafka (2.0.2, 2.16) forgets what it was about
    /// to send once more, though a broker may have it already, and gives the same sequence numbers to records of the next
    /// transaction. Of two batches with the same numbers the broker keeps the first, whose transaction was aborted, and
    /// acknowledges the second. A record was lost so when a broker was killed.
    private var isSettled: Bool {
        do throws(KafkaError) {
            try self.producer.current.flushNow(timeout: self.settings.abortTimeout)
            return true
        } catch {
            return false
        }
    }

    /// Throws the producer away and makes one of the same id, which ends what the old one left open. True when that turns out
    /// to have been committed.
    private func renew(
        after error: KafkaError, _ cut: [Engine.CutPartition], mayBeCommitted: Bool
    ) throws(KafkaError) -> Bool {
        if error.isFencing {
            let recent = self.state.withLock { state -> Int in
                let now = ContinuousClock.now
                state.renewals.removeAll { now - $0 > self.settings.renewalPeriod }
                state.renewals.append(now)
                return state.renewals.count
            }
            guard recent <= self.settings.renewals else { throw self.rival(error) }
        }
        // A group's offsets would fence a rival's work, and tell how a commit ended. Without a group only the outputs can.
        if self.member == nil, mayBeCommitted || error.isFatal { throw error.fatalWithoutGroup }
        self.engine.report(.producerRenewed(error))
        try self.producer.renew()
        FaultPoint.producerDiscarded.pass()
        try self.initialise()
        FaultPoint.producerRenewed.pass()
        guard mayBeCommitted, let member = self.member else { return false }
        return try self.wasCommitted(cut, member)
    }

    /// Asks the group: its offsets and their text are either those of the transaction, or those of the one before, which
    /// differ in each partition of the cut.
    private func wasCommitted(
        _ cut: [Engine.CutPartition], _ member: any GroupMember
    ) throws(KafkaError) -> Bool {
        // Of a partition that is still ours; of the others nobody asks any more.
        guard let sample = cut.first(where: { self.engine.has($0.slot) })?.commit else { return false }
        while true {
            do throws(KafkaError) {
                let found = try member.committed([sample.partition], timeout: self.settings.callTimeout)
                return found.first == sample
            } catch {
                guard error.kind == .retriable, !self.isStopping else { throw error }
                self.engine.report(.problem(error, sample.partition))
                self.rest(.milliseconds(500))
            }
        }
    }

    /// Keeps trying while brokers are away.
    private func initialise() throws(KafkaError) {
        var pause = self.settings.pause
        while true {
            do throws(KafkaError) {
                try self.producer.current.initTransactions(timeout: self.settings.callTimeout)
                return
            } catch {
                if error.kind == .configuration || self.isStopping { throw error }
                // A missing right or a time-out above the broker's limit, say: fatal to librdkafka, but another producer would
                // hear the same.
                if error.isFatal, KafkaError.make(code: error.code, during: error.operation).kind == .configuration {
                    var refused = error
                    refused.kind = .configuration
                    throw refused
                }
                self.engine.report(.problem(error, nil))
                if error.isFatal { try self.producer.renew() }
                self.rest(pause)
                pause = min(pause * 2, .seconds(5))
            }
        }
    }

    private var isStopping: Bool { self.state.withLock { $0.stopping } }

    /// Waits without being woken by requests, but not beyond `stop`.
    private func rest(_ time: Duration) {
        let end = Deadline.after(time)
        while !end.hasPassed, !self.isStopping { self.wakeup.wait(until: end) }
    }

    private func rival(_ error: KafkaError) -> KafkaError {
        KafkaError(
            code: error.code, name: error.name, kind: .configuration, operation: error.operation,
            detail: "the producer was fenced \(self.settings.renewals) times within "
                + "\(self.settings.renewalPeriod): is another worker running with the same kafka.transactional.id, "
                + "or the kafka.group.instance.id or host name of which it is made? "
                + error.detail)
    }
}

extension KafkaError {
    /// A producer of the same id has begun a later life.
    fileprivate var isFencing: Bool {
        ["_FENCED", "PRODUCER_FENCED", "INVALID_PRODUCER_EPOCH"].contains(self.name)
    }

    /// The group has gone on without this member, as its coordinator says.
    fileprivate var isExpulsion: Bool {
        self.operation == "send offsets" && ["UNKNOWN_MEMBER_ID", "ILLEGAL_GENERATION"].contains(self.name)
    }

    /// The same, as something that a replay ends with.
    fileprivate var fatalWithoutGroup: KafkaError {
        var fatal = self
        fatal.kind = .fatal
        fatal.detail += "; what is committed stands on the output topics: the same command line goes on from there"
        return fatal
    }
}
