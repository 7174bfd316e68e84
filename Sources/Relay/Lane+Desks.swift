internal import KafkaClient

/// Partitions whose records wait for each other.
extension Lane {
    /// A record of such a partition.
    mutating func arrange(
        _ batch: RecordBatch, _ index: Int, _ token: Token
    ) throws(KafkaError) -> Handled {
        guard let desk = self.desk(of: token.slot) else { return .failed("there is nobody to arrange it") }
        defer { self.engine.noteDeadline(desk.nextDeadline, slot: token.slot) }
        let handled = try desk.arrived(batch, index, sequence: token.sequence, outbox: &self.outbox)
        try self.carryOut(desk, slot: token.slot)
        return handled
    }

    mutating func look(_ look: Engine.Look) async throws(KafkaError) {
        guard self.engine.begin(look) != nil else { return }
        self.results.removeAll(keepingCapacity: true)
        let desk = self.desk(of: look.slot)
        defer { self.engine.end(look, self.results, deadline: desk?.nextDeadline) }
        guard let desk else { return }
        if look.now > .min { try desk.timePassed(to: look.now, outbox: &self.outbox) }
        if let offset = look.moveBelow { try desk.move(below: offset, outbox: &self.outbox) }
        try self.carryOut(desk, slot: look.slot)
        try await self.waitForRoom()
    }

    private mutating func desk(of slot: Int) -> (any RecordDesk)? {
        if let desk = self.desks[slot] { return desk }
        let desk = self.handler.makeDesk(slot: slot, partitions: self.engine.configuration.partitions)
        self.desks[slot] = desk
        return desk
    }

    private mutating func carryOut(_ desk: any RecordDesk, slot: Int) throws(KafkaError) {
        for settlement in desk.takeSettlements() {
            switch settlement {
            case .held(let sequence, let copy):
                self.results.append(Result(sequence: sequence, sent: 0, outcome: .published, ending: .held(copy)))
            case .ended(let sequence, let others, let sent):
                self.results.append(
                    Result(sequence: sequence, sent: sent, outcome: .published, ending: .released(others)))
            case .rejected(let sequence, let batch, let index, let rejection, let sent):
                let token = Token(slot: slot, sequence: sequence, stage: .event)
                self.outbox.open(token.rawValue)
                try self.deadLetter(batch[index], of: batch, rejection: rejection, token: token)
                self.results.append(
                    Result(
                        sequence: sequence, sent: sent + self.outbox.sent, outcome: .deadLettered,
                        ending: .released([])))
            }
        }
    }
}
