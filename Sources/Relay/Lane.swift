internal import KafkaClient
internal import Synchronization

/// One lane: parses, encodes and sends, batch after batch. All records of a partition pass through the same lane, in order.
struct Lane {
    let engine: Engine
    let number: Int
    let queue: LaneQueue
    var handler: any RecordHandler
    var outbox: Outbox
    private var results: [(sequence: UInt64, sent: Int, outcome: Outcome)] = []

    init(engine: Engine, number: Int, queue: LaneQueue, handler: any RecordHandler) {
        self.engine = engine
        self.number = number
        self.queue = queue
        self.handler = handler
        self.outbox = Outbox(producer: engine.producer)
    }

    mutating func run() async {
        while let item = await self.queue.next() {
            do throws(KafkaError) {
                switch item {
                case .batch(let work): try await self.work(work)
                case .refusal(let refusal): try await self.refused(refusal)
                }
            } catch {
                self.engine.fail(error)
            }
        }
    }

    private mutating func work(_ work: LaneQueue.Work) async throws(KafkaError) {
        guard self.engine.begin(work) else { return }
        defer { self.engine.end(work, self.results) }
        self.results.removeAll(keepingCapacity: true)
        for index in 0..<work.batch.count {
            let sequence = work.firstSequence + UInt64(index)
            let record = work.batch[index]
            self.outbox.open(Token(slot: work.slot, sequence: sequence, stage: .event).rawValue)
            var outcome = Outcome.published
            if let rejection = try self.handle(record, from: work.batch.partition) {
                outcome = .deadLettered
                try self.deadLetter(record, of: work.batch, rejection: rejection, slot: work.slot, sequence: sequence)
            } else if self.outbox.sent == 0 {
                outcome = .unrouted
            }
            self.results.append((sequence, self.outbox.sent, outcome))
            try await self.waitForRoom()
        }
    }

    /// What the handler rejects, and what the producer refuses at once for its size.
    private mutating func handle(
        _ record: RecordBatch.Slot, from partition: TopicPartition
    ) throws(KafkaError) -> Rejection? {
        do throws(KafkaError) {
            return try self.handler.handle(record, from: partition, outbox: &self.outbox)
        } catch {
            guard error.kind == .record else { throw error }
            return Rejection(code: "output-refused", message: error.description)
        }
    }

    private mutating func deadLetter(
        _ record: RecordBatch.Slot, of batch: RecordBatch, rejection: Rejection, slot: Int, sequence: UInt64,
        withoutValue: Bool = false
    ) throws(KafkaError) {
        self.outbox.mark(
            Token(slot: slot, sequence: sequence, stage: withoutValue ? .deadLetterWithoutValue : .deadLetter).rawValue)
        do throws(KafkaError) {
            try self.handler.deadLetter(
                record, from: batch.partition, rejection: rejection, withoutValue: withoutValue, outbox: &self.outbox)
        } catch {
            guard error.kind == .record, !withoutValue else { throw error }
            try self.deadLetter(
                record, of: batch, rejection: rejection, slot: slot, sequence: sequence, withoutValue: true)
            return
        }
        self.engine.report(.deadLettered(batch.partition, offset: record.offset, rejection))
    }

    private mutating func refused(_ refusal: Engine.Refusal) async throws(KafkaError) {
        try self.deadLetter(
            refusal.batch[refusal.index], of: refusal.batch,
            rejection: Rejection(code: "output-refused", message: refusal.error.description), slot: refusal.token.slot,
            sequence: refusal.token.sequence, withoutValue: refusal.token.stage == .deadLetter)
        try await self.waitForRoom()
    }

    /// A full producer queue holds the lane, and with it the intake.
    private mutating func waitForRoom() async throws(KafkaError) {
        while self.outbox.isFull, self.engine.isRunning {
            await self.engine.producer.waitForRoom()
            try self.outbox.retry()
        }
    }
}

extension Engine {
    var isRunning: Bool { self.state.withLock { $0.failure == nil } }

    /// False where the partition is going or gone: its next owner does this work.
    func begin(_ work: LaneQueue.Work) -> Bool {
        self.state.withLock { state in
            guard let slot = state.slots[work.slot], slot.partition == work.batch.partition, !slot.draining else {
                return false
            }
            slot.working += 1
            slot.tracker.begin(through: work.firstSequence + UInt64(work.batch.count))
            return true
        }
    }

    func end(_ work: LaneQueue.Work, _ results: [(sequence: UInt64, sent: Int, outcome: Outcome)]) {
        let wake = self.state.withLock { state -> Bool in
            guard let slot = state.slots[work.slot] else { return state.resting }
            slot.working -= 1
            for result in results {
                if let done = slot.tracker.closed(result.sequence, sent: result.sent, outcome: result.outcome) {
                    state.finish(done, of: slot.partition)
                }
            }
            return state.resting
        }
        if wake { self.wakeIntake() }
        self.drained.signal()
    }
}
