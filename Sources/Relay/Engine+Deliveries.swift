package import KafkaClient
internal import Synchronization

extension Engine {
    /// The producer's reports, on its own thread.
    package func delivered(_ deliveries: [Delivery]) {
        var refusals: [(LaneQueue, Refusal)] = []
        var fatal: KafkaError?
        let wake = self.state.withLock { state -> Bool in
            for delivery in deliveries {
                let token = Token(rawValue: delivery.token)
                guard let slot = state.slots[token.slot] else { continue }
                if let error = delivery.error {
                    // Too large or invalid: this record alone. Anything else is not about the record, and the producer's own
                    // retries did not help: the engine stops, and the offset stays uncommitted.
                    guard error.kind == .record, token.stage != .deadLetterWithoutValue else {
                        fatal = fatal ?? error
                        continue
                    }
                    switch slot.tracker.refused(token.sequence, whileDeadLetter: token.stage == .deadLetter) {
                    case .deadLetter(let batch, let index):
                        refusals.append(
                            (self.lane(of: token.slot), Refusal(token: token, error: error, batch: batch, index: index))
                        )
                        continue
                    case .alreadyDeadLettered: break
                    case .unknown: continue
                    }
                } else if token.stage == .event {
                    state.ledger.lines[slot.partition]?.events += 1
                }
                if let done = slot.tracker.acknowledged(token.sequence) { state.finish(done, of: slot.partition) }
            }
            return state.resting
        }
        for (lane, refusal) in refusals { lane.push(.refusal(refusal)) }
        if let fatal { self.fail(fatal) }
        if wake { self.wakeIntake() }
        self.drained.signal()
    }
}

extension Engine.State {
    mutating func finish(_ done: OffsetTracker.Finished, of partition: TopicPartition) {
        self.inFlightRecords -= 1
        self.inFlightBytes -= done.byteCount
        self.ledger.lines[partition]?.finished(done.outcome)
    }
}
