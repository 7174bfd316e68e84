internal import KafkaClient
internal import Synchronization

/// One lane: parses, encodes and sends, batch after batch. All records of a partition pass through the same lane, in order.
struct Lane {
    let engine: Engine
    let number: Int
    let queue: LaneQueue
    var handler: any RecordHandler
    var outbox: Outbox
    var results: [Result] = []
    /// By slot.
    var desks: [Int: OpenDesk] = [:]
    /// Slots whose desks have something to remember, and when they do at the latest.
    var unremembered: Set<Int> = []
    var stepEnd = Deadline.now
    /// Slots whose desks could not be set up before the stop: what comes there is the next owner's.
    var unopened: Set<Int> = []

    /// What the lane did with one record.
    struct Result {
        enum Ending {
            case closed
            /// It waits for others.
            case held(RecordBatch)
            /// It may have waited; these did, and finish with it.
            case released([UInt64])
        }

        var sequence: UInt64
        var sent: Int
        var outcome: Outcome
        var ending = Ending.closed
    }

    init(engine: Engine, number: Int, queue: LaneQueue, handler: any RecordHandler) {
        self.engine = engine
        self.number = number
        self.queue = queue
        self.handler = handler
        self.outbox = Outbox(producer: engine.producer)
    }

    mutating func run() async {
        while let item = await self.queue.next() {
            if case .open(let opening) = item {
                // Outside of the gate: what is read may wait for the end of the open transaction.
                await self.open(opening)
                continue
            }
            await self.engine.gate?.enter()
            defer { self.engine.gate?.leave() }
            do throws(KafkaError) {
                try await self.turn(item)
            } catch {
                self.engine.broke(error)
                self.forgetUnremembered()
            }
            // Whatever still waits was for work that is broken off.
            self.outbox.clear()
        }
    }

    /// One item; where something is to be remembered of it, those that are there already as well: what is written of a series of
    /// numbers, say, is large, and hardly differs from one batch to the next.
    private mutating func turn(_ first: LaneQueue.Item) async throws(KafkaError) {
        var next: LaneQueue.Item? = first
        while let item = next {
            switch item {
            case .batch(let work): try await self.work(work)
            case .refusal(let refusal): try await self.refused(refusal)
            case .retry(let retry): try await self.again(retry)
            case .look(let look): try await self.look(look)
            case .forget(let slot): self.forget(slot)
            case .open: break
            }
            next = self.mayGoOn ? self.queue.takeNext() : nil
        }
        try self.rememberAll()
        // What is remembered last as well: it may not have found room.
        try await self.waitForRoom()
    }

    private mutating func work(_ work: LaneQueue.Work) async throws(KafkaError) {
        FaultPoint.laneBegins.pass()
        guard !self.unopened.contains(work.slot), let start = self.engine.begin(work) else { return }
        self.results.removeAll(keepingCapacity: true)
        self.resumeStep(work.slot)
        // What was finished before a record that breaks off stands; where something is to be remembered of it, it is not.
        let stands = self.desks[work.slot]?.holdsRecords ?? true
        var isLeft = false
        defer {
            if !isLeft {
                if !stands { self.results.removeAll(keepingCapacity: true) }
                self.post(work.slot, items: 1)
            }
        }
        for index in 0..<work.batch.count {
            guard try await self.pause(work) else { return }
            let sequence = work.firstSequence + UInt64(index)
            let order = start.isPlain ? .handle : self.engine.order(for: sequence, slot: work.slot)
            try await self.process(work.batch, index, Token(slot: work.slot, sequence: sequence, stage: .event), order)
        }
        self.leaveStep(work.slot, items: 1)
        isLeft = true
        FaultPoint.laneEnds.pass()
    }

    /// Lets a transaction end between two records. False when the partition is gone since, or all of it is given out anew.
    private mutating func pause(_ work: LaneQueue.Work) async throws(KafkaError) -> Bool {
        guard let gate = self.engine.gate, gate.isClosing else { return true }
        self.leaveStep(work.slot, items: 0)
        try self.rememberAll()
        // What belongs to this transaction must not go with the next.
        try await self.waitForRoom()
        gate.leave()
        await gate.enter()
        guard self.engine.has(work.slot) else { return false }
        self.resumeStep(work.slot)
        return true
    }

    /// The results at hand are the engine's from now on: given out once, whoever works next.
    mutating func post(_ slot: Int, items: Int) {
        self.engine.post(self.results, slot: slot, items: items)
        self.results.removeAll(keepingCapacity: true)
    }

    private mutating func process(
        _ batch: RecordBatch, _ index: Int, _ token: Token, _ order: OffsetTracker.Order
    ) async throws(KafkaError) {
        let record = batch[index]
        self.queue.record.store(token.rawValue, ordering: .relaxed)
        self.queue.busySince.store(Deadline.now.nanoseconds, ordering: .relaxed)
        defer { self.queue.busySince.store(0, ordering: .relaxed) }
        self.outbox.open(token.rawValue)
        var outcome = Outcome.published
        switch order {
        case .nothing: return
        case .deadLetter(let error, let withoutValue):
            outcome = .deadLettered
            self.desks[token.slot]?.desk.passedOver(batch, index)
            // Of what was refused last time one may have been the alert: told again, it would be refused for ever.
            try self.deadLetter(
                record, of: batch, rejection: .refused(error), token: token, withoutValue: withoutValue,
                isTold: withoutValue)
        case .handle:
            FaultPoint.beforeHandle.pass()
            switch try await self.handle(batch, index, token) {
            case .settled:
                try await self.waitForRoom()
                return
            case .done:
                FaultPoint.afterProduce.pass()
                if self.outbox.sent == 0 { outcome = .unrouted }
            case .rejected(let rejection):
                outcome = .deadLettered
                try self.deadLetter(record, of: batch, rejection: rejection, token: token)
            case .failed(let cause):
                guard self.outbox.sent == 0 else {
                    // Part of it is with the producer; a transaction can be taken back, and all of it made again.
                    throw KafkaError.partlySent(cause)
                }
                guard let attempts = self.engine.failed(token, batch: batch, index: index, cause: cause) else { return }
                var rejection = Rejection(code: "handler-failed", message: cause)
                rejection.attempts = attempts
                outcome = .deadLettered
                try self.deadLetter(record, of: batch, rejection: rejection, token: token)
            }
        }
        self.results.append(Result(sequence: token.sequence, sent: self.outbox.sent, outcome: outcome))
        try await self.waitForRoom()
    }

    /// What the handler rejects, and what the producer refuses at once for its size.
    private mutating func handle(
        _ batch: RecordBatch, _ index: Int, _ token: Token
    ) async throws(KafkaError) -> Handled {
        do throws(KafkaError) {
            if self.engine.isSections(batch.partition) { return try await self.arrange(batch, index, token) }
            if let open = self.desks[token.slot] {
                let handled = try open.desk.arrived(batch, index, sequence: token.sequence, outbox: &self.outbox)
                try await self.supply(open.desk)
                return handled
            }
            return try self.handler.handle(batch[index], from: batch.partition, outbox: &self.outbox)
        } catch {
            guard error.kind == .record else { throw error }
            return .rejected(.refused(error))
        }
    }

    mutating func deadLetter(
        _ record: RecordBatch.Slot, of batch: RecordBatch, rejection: Rejection, token: Token,
        withoutValue: Bool = false, isTold: Bool = false
    ) throws(KafkaError) {
        FaultPoint.beforeDeadLetter.pass()
        var token = token
        token.stage = withoutValue ? .deadLetterWithoutValue : .deadLetter
        self.outbox.mark(token.rawValue)
        do throws(KafkaError) {
            try self.handler.deadLetter(
                record, from: batch.partition, rejection: rejection, withoutValue: withoutValue, outbox: &self.outbox)
        } catch {
            guard error.kind == .record, !withoutValue else { throw error }
            try self.deadLetter(
                record, of: batch, rejection: rejection, token: token, withoutValue: true, isTold: isTold)
            return
        }
        if rejection.isRefusal, !isTold {
            try self.handler.alert(on: record, from: batch.partition, refused: rejection, outbox: &self.outbox)
        }
        FaultPoint.afterDeadLetter.pass()
        self.engine.report(.deadLettered(batch.partition, offset: record.offset, rejection))
    }

    /// A record that failed, at its next attempt.
    private mutating func again(_ retry: RetrySchedule.Retry) async throws(KafkaError) {
        FaultPoint.retryDue.pass()
        guard self.engine.beginRetry(retry) else { return }
        self.results.removeAll(keepingCapacity: true)
        self.resumeStep(retry.token.slot)
        try await self.process(
            retry.batch, retry.index, retry.token,
            self.engine.order(for: retry.token.sequence, slot: retry.token.slot))
        self.leaveStep(retry.token.slot, items: 0)
    }

    private mutating func refused(_ refusal: Engine.Refusal) async throws(KafkaError) {
        let isTold = refusal.token.stage == .deadLetter
        // The dead letter stands for what was refused; the record ends with its alerts as well.
        if !isTold { self.engine.expect(self.handler.refusalAlertCount, of: refusal.token) }
        try self.deadLetter(
            refusal.batch[refusal.index], of: refusal.batch, rejection: .refused(refusal.error), token: refusal.token,
            withoutValue: isTold, isTold: isTold)
        try await self.waitForRoom()
    }

    /// A full producer queue holds the lane, and with it the intake.
    mutating func waitForRoom() async throws(KafkaError) {
        // Waiting for a slow downstream is right, and not for the watchdog.
        self.queue.busySince.store(0, ordering: .relaxed)
        while self.outbox.isFull, self.engine.isRunning {
            await self.engine.producer.waitForRoom()
            try self.outbox.retry()
        }
    }
}

extension Rejection {
    private static let refusal: StaticString = "output-refused"

    static func refused(_ error: KafkaError) -> Rejection {
        Rejection(code: Self.refusal, message: error.description)
    }

    var isRefusal: Bool { self.code == Self.refusal }
}

extension KafkaError {
    fileprivate static func partlySent(_ cause: String) -> KafkaError {
        KafkaError(code: 0, name: "HANDLER_FAILED", kind: .other, operation: "handle record", detail: cause)
    }
}
