internal import KafkaClient
internal import Synchronization

/// What lanes ask and tell.
extension Engine {
    struct Start {
        /// Every record of the batch is simply to be handled.
        var isPlain: Bool
    }

    /// Nil where the partition is going or gone: its next owner does this work.
    func begin(_ work: LaneQueue.Work) -> Start? {
        self.state.withLock { state in
            guard let slot = state.slots[work.slot], slot.partition == work.batch.partition, !slot.draining else {
                return nil
            }
            slot.working += 1
            return Start(
                isPlain: slot.tracker.begin(first: work.firstSequence, count: work.batch.count))
        }
    }

    /// The partition is still the lane's, under the same number.
    func has(_ slot: Int) -> Bool { self.state.withLock { $0.slots[slot] != nil } }

    func order(for sequence: UInt64, slot: Int) -> OffsetTracker.Order {
        self.state.withLock { $0.slots[slot]?.tracker.order(for: sequence) ?? .nothing }
    }

    /// The lane is through with these records, and with so many batches and looks.
    func post(_ results: [Lane.Result], slot number: Int, items: Int) {
        var refusals: [Refusal] = []
        let wake = self.state.withLock { state -> Bool in
            guard let slot = state.slots[number] else { return state.resting }
            slot.working -= items
            for result in results {
                switch result.ending {
                case .closed: break
                case .held(let copy):
                    if let held = slot.tracker.held(result.sequence, copy: copy) { state.hold(held, of: slot) }
                    continue
                case .released(let others):
                    state.resume(slot.tracker.released(result.sequence, with: others), of: slot)
                    refusals += slot.earlyRefusals(of: result.sequence, number)
                }
                if let done = slot.tracker.closed(result.sequence, sent: result.sent, outcome: result.outcome) {
                    state.settle(done, of: slot)
                }
            }
            return state.resting
        }
        for refusal in refusals { self.lane(of: number).push(.refusal(refusal)) }
        if wake { self.wakeIntake() }
        self.moved.signal()
    }

    /// The producer is in trouble, or finished.
    func producerFailed(_ error: KafkaError) {
        self.report(.problem(error, nil))
        if error.kind == .configuration || error.kind == .fatal { self.broke(error) }
    }

    /// Sending broke off. Alone it ends the worker; within a transaction, the transaction.
    func broke(_ error: KafkaError) {
        if self.gate == nil || error.kind == .configuration { self.fail(error) } else { self.abandonTransaction(error) }
    }

    // MARK: - Records that fail

    /// A record could not be handled: it is tried again, and the rest flows on. Answers the number of attempts once there
    /// have been enough.
    func failed(_ token: Token, batch: RecordBatch, index: Int, cause: String) -> Int? {
        var report: EngineEvent?
        let attempts = self.state.withLock { state -> Int? in
            guard let slot = state.slots[token.slot], let attempts = slot.tracker.failed(token.sequence) else {
                return nil
            }
            if attempts >= self.configuration.attempts { return attempts }
            slot.retrying += 1
            let pause = RetrySchedule.pause(after: attempts, first: self.configuration.retryPause)
            state.retries.add(
                RetrySchedule.Retry(
                    token: token, batch: batch, index: index, attempts: attempts, cause: cause, due: .now + pause))
            report = .retried(batch.partition, offset: batch[index].offset, attempt: attempts, cause: cause)
            return nil
        }
        if let report { self.report(report) }
        return attempts
    }

    /// False where the partition is going or gone.
    func beginRetry(_ retry: RetrySchedule.Retry) -> Bool {
        self.state.withLock { state in
            guard let slot = state.slots[retry.token.slot], !slot.draining else { return false }
            slot.retrying -= 1
            return true
        }
    }

    /// Hands records whose time has come to their lanes.
    func pushRetries() {
        let due = self.state.withLock { $0.retries.due(at: .now) }
        for retry in due { self.lane(of: retry.token.slot).push(.retry(retry)) }
    }
}

extension Engine.State {
    mutating func finish(_ done: OffsetTracker.Finished, of slot: Engine.Slot) {
        self.inFlightRecords -= 1
        self.inFlightBytes -= done.byteCount
        self.ledger.lines[slot.partition]?.finished(done.outcome)
        slot.finished(done)
    }

    /// At least once: a record, and those that finish with it, are finished and not committed yet.
    mutating func settle(_ done: OffsetTracker.Finished, of slot: Engine.Slot) {
        self.finish(done, of: slot)
        self.awaitCommit(slot)
        if slot.tracker.alsoFinished.isEmpty { return }
        for also in slot.tracker.takeAlsoFinished() {
            self.finish(also, of: slot)
            self.awaitCommit(slot)
        }
    }
}
