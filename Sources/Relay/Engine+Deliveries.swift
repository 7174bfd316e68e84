package import KafkaClient
internal import Synchronization

extension Engine {
    /// The producer's reports, on its own thread.
    package func delivered(_ deliveries: [Delivery]) {
        FaultPoint.deliveryReported.pass()
        if self.gate == nil { self.acknowledged(deliveries) } else { self.refusedInTransaction(deliveries) }
        FaultPoint.deliveriesCounted.pass()
    }

    private func acknowledged(_ deliveries: [Delivery]) {
        var refusals: [(LaneQueue, Refusal)] = []
        var looks: [Look] = []
        var fatal: KafkaError?
        let wake = self.state.withLock { state -> Bool in
            for delivery in deliveries {
                let token = Token(rawValue: delivery.token)
                guard let slot = state.slots[token.slot] else { continue }
                if token.stage == .step {
                    fatal = fatal ?? delivery.error
                    if delivery.error == nil { looks += slot.acknowledgedStep(token) }
                    continue
                }
                if let error = delivery.error {
                    // Too large or invalid: this record alone. Anything else is not about the record, and the producer's own
                    // retries did not help: the engine stops, and the offset stays uncommitted.
                    guard error.kind == .record, token.stage != .deadLetterWithoutValue else {
                        fatal = fatal ?? error
                        continue
                    }
                    if slot.isSections, token.stage == .event, slot.tracker.refusedEarly(token.sequence, error) {
                        continue
                    }
                    switch slot.tracker.refused(token.sequence, whileDeadLetter: token.stage == .deadLetter) {
                    case .deadLetter(let batch, let index):
                        let lane = self.lane(of: token.slot)
                        let refusal = Refusal(token: token, error: error, batch: batch, index: index)
                        for each in slot.refusals(of: refusal) { refusals.append((lane, each)) }
                        continue
                    case .alreadyDeadLettered: break
                    case .unknown: continue
                    }
                } else if token.stage == .event {
                    state.ledger.lines[slot.partition]?.events += 1
                }
                if let done = slot.tracker.acknowledged(token.sequence) { state.settle(done, of: slot) }
            }
            return state.resting
        }
        for (lane, refusal) in refusals { lane.push(.refusal(refusal)) }
        for look in looks { self.lane(of: look.slot).push(.look(look)) }
        if let fatal { self.fail(fatal) }
        if wake { self.wakeIntake() }
        self.moved.signal()
    }

    /// So many more records are about to be sent for the one at hand, in place of what was refused.
    func expect(_ count: Int, of token: Token) {
        self.state.withLock { $0.slots[token.slot]?.tracker.expect(count, of: token.sequence) }
    }

    /// Within a transaction only failures count, and any one dooms it. A record whose output was refused for what it is goes
    /// to the dead letters when the transaction is made again.
    private func refusedInTransaction(_ deliveries: [Delivery]) {
        var cause: KafkaError?
        var broken: KafkaError?
        self.state.withLock { state in
            for delivery in deliveries {
                guard let error = delivery.error else { continue }
                let token = Token(rawValue: delivery.token)
                // Reports of a transaction that is aborted already name slots that are gone.
                guard let slot = state.slots[token.slot] else { continue }
                if error.kind == .record, token.stage == .step {
                    // Entries and alerts are small: a topic that refuses them takes nothing.
                    broken = error
                } else if error.kind == .record {
                    slot.tracker.mark(token.sequence, refused: error, stage: token.stage)
                    state.refusals += 1
                    // The others fail because of it.
                    if cause?.kind != .record { cause = error }
                }
                cause = cause ?? error
            }
        }
        if let broken { return self.fail(broken) }
        guard let cause else { return }
        if cause.kind == .configuration { self.fail(cause) } else { self.abandonTransaction(cause) }
    }
}
