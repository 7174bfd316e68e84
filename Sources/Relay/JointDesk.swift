internal import Assembly
internal import KafkaClient

/// The desk of a partition of `telegrams.sections`. Sections, observations of numbers and notices of copies meet there, and have
/// nothing to do with each other.
final class JointDesk: RecordDesk {
    private let sections: SectionDesk
    private let numbers: NumberDesk
    private let copies: CopyDesk
    /// Records of which nothing waits.
    private var ended: [Settlement] = []

    init(_ sections: SectionDesk, _ numbers: NumberDesk, _ copies: CopyDesk) {
        self.sections = sections
        self.numbers = numbers
        self.copies = copies
    }

    func arrived(
        _ batch: RecordBatch, _ index: Int, sequence: UInt64, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        let record = batch[index]
        // With the headers of a section it is one, whatever it begins with.
        guard let value = record.value, SectionOrigin(record) == nil, let desk = self.desk(of: value) else {
            return try self.sections.arrived(batch, index, sequence: sequence, outbox: &outbox)
        }
        // A worker whose clock is ahead must not make others late, or forget.
        let now = min(max(record.timestamp, 0), WallClock.now)
        if let rejection = try desk.observed([UInt8](value), at: record.offset, now, outbox: &outbox) {
            return .rejected(rejection)
        }
        self.ended.append(.ended(sequence, with: [], sent: 0))
        return .settled
    }

    private func desk(of octets: UnsafeRawBufferPointer) -> (any ObservationDesk)? {
        if ObservationRecord.isOne(octets) { return self.numbers }
        return CopyNoticeRecord.isOne(octets) ? self.copies : nil
    }

    func timePassed(to now: Int64, outbox: inout Outbox) throws(KafkaError) {
        try self.sections.timePassed(to: now, outbox: &outbox)
        try self.numbers.timePassed(to: now, outbox: &outbox)
    }

    func move(below offset: Int64, outbox: inout Outbox) throws(KafkaError) {
        try self.sections.move(below: offset, outbox: &outbox)
    }

    var nextDeadline: Int64? {
        let deadlines = [self.sections.nextDeadline, self.numbers.nextDeadline]
        return deadlines.compactMap { $0 }.min()
    }

    func takeSettlements() -> [Settlement] {
        defer { self.ended.removeAll(keepingCapacity: true) }
        return self.sections.takeSettlements() + self.ended
    }

    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool {
        self.sections.restore(key, from: entry) && self.numbers.restore(key, from: entry)
            && self.copies.restore(key, from: entry)
    }

    func takeEntries() -> [JournalEntry] {
        self.sections.takeEntries() + self.numbers.takeEntries() + self.copies.takeEntries()
    }

    var wanted: [WantedRecord] { self.sections.wanted + self.copies.wanted }

    func supply(_ records: [PartSource: RecordBatch], outbox: inout Outbox) throws(KafkaError) {
        try self.sections.supply(records, outbox: &outbox)
        try self.copies.supply(records, outbox: &outbox)
    }

    func goWithoutWanted(outbox: inout Outbox) throws(KafkaError) { try self.copies.goWithoutWanted(outbox: &outbox) }
}
