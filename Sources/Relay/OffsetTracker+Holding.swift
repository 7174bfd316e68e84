internal import KafkaClient

/// Records that wait for others: sections of a telegram. A set that is released finishes as one: one of its records carries
/// what was sent, and the others are bound to it.
extension OffsetTracker {
    /// Records that are in flight again, and their octets.
    struct Resumed: Equatable {
        var records = 0
        var bytes = 0
    }

    /// The lane is through with a record, and it waits; `copy` holds its octets and nothing else. Answers what is in flight no
    /// more.
    mutating func held(_ sequence: UInt64, copy: RecordBatch) -> Resumed? {
        guard let index = self.openIndex(of: sequence) else { return nil }
        self.entries[index].phase = .held
        self.entries[index].batch = copy
        self.entries[index].index = 0
        self.openCount -= 1
        self.heldCount += 1
        return Resumed(records: 1, bytes: self.entries[index].byteCount)
    }

    /// A set is released: of those of its records that wait, what is in flight from now on. `carrier` is then closed.
    mutating func released(_ carrier: UInt64, with others: [UInt64]) -> Resumed {
        var resumed = Resumed()
        var bound: [UInt64] = []
        for sequence in [carrier] + others {
            guard let index = self.index(of: sequence), self.entries[index].phase == .held else { continue }
            self.entries[index].phase = .open
            self.heldCount -= 1
            self.openCount += 1
            resumed.records += 1
            resumed.bytes += self.entries[index].byteCount
            guard sequence != carrier else { continue }
            bound.append(sequence)
            self.entries[index].isBound = true
            guard self.inTransactions else { continue }
            self.entries[index].phase = .sealed
            self.openCount -= 1
        }
        if !bound.isEmpty { self.bound[carrier, default: []] += bound }
        return resumed
    }

    /// Everything that waits is in flight again.
    mutating func releasedAll() -> Resumed {
        var resumed = Resumed()
        if self.heldCount == 0 { return resumed }
        for index in self.entries[self.head...].indices where self.entries[index].phase == .held {
            self.entries[index].phase = .open
            resumed.records += 1
            resumed.bytes += self.entries[index].byteCount
        }
        self.openCount += self.heldCount
        self.heldCount = 0
        return resumed
    }

    mutating func finishBound(to carrier: UInt64) {
        for sequence in self.bound.removeValue(forKey: carrier) ?? [] {
            guard let index = self.openIndex(of: sequence) else { continue }
            self.entries[index].outcome = .published
            self.alsoFinished.append(Finished(self.entries[index]))
            self.entries[index].phase = .finished
            self.entries[index].batch = nil
            self.openCount -= 1
        }
    }

    mutating func takeAlsoFinished() -> [Finished] {
        defer { self.alsoFinished = [] }
        return self.alsoFinished
    }

    /// What was sent for a set was refused: each of its records ends alone, as a dead letter. Answers those that were bound.
    mutating func unbind(_ carrier: UInt64) -> [(sequence: UInt64, batch: RecordBatch, index: Int)] {
        var records: [(sequence: UInt64, batch: RecordBatch, index: Int)] = []
        for sequence in self.bound.removeValue(forKey: carrier) ?? [] {
            guard let index = self.openIndex(of: sequence), let batch = self.entries[index].batch else { continue }
            self.entries[index].isBound = false
            self.entries[index].sent = 1
            self.entries[index].outcome = .deadLettered
            records.append((sequence, batch, Int(self.entries[index].index)))
        }
        return records
    }

    /// What was sent for a set is refused before the lane has said which records it stands for. True where that is so: then
    /// `earlyRefusal` tells of it once the lane has.
    mutating func refusedEarly(_ sequence: UInt64, _ error: KafkaError) -> Bool {
        guard let index = self.index(of: sequence), self.entries[index].sent == nil,
            self.entries[index].phase == .held || self.entries[index].phase == .open
        else { return false }
        self.entries[index].refused = self.entries[index].refused ?? error
        return true
    }

    mutating func earlyRefusal(of sequence: UInt64) -> KafkaError? {
        guard !self.inTransactions, let index = self.openIndex(of: sequence) else { return nil }
        defer { self.entries[index].refused = nil }
        return self.entries[index].refused
    }

    /// One beyond the last record that was received; nil before the first.
    var read: Int64? { self.entries.last.map { $0.offset + 1 } }
}
