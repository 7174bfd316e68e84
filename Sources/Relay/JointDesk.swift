internal import Assembly
internal import KafkaClient

/// The desk of a partition of `telegrams.sections`. Sections and observations of numbers meet there, and have nothing to do
/// with each other.
final class JointDesk: RecordDesk {
    private let sections: SectionDesk
    private let numbers: NumberDesk

    init(_ sections: SectionDesk, _ numbers: NumberDesk) {
        self.sections = sections
        self.numbers = numbers
    }

    func arrived(
        _ batch: RecordBatch, _ index: Int, sequence: UInt64, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        let record = batch[index]
        // With the headers of a section it is one, whatever it begins with.
        let isObserved = record.value.map { ObservationRecord.isOne($0) } ?? false && SectionOrigin(record) == nil
        let desk: any RecordDesk = isObserved ? self.numbers : self.sections
        return try desk.arrived(batch, index, sequence: sequence, outbox: &outbox)
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

    func takeSettlements() -> [Settlement] { self.sections.takeSettlements() + self.numbers.takeSettlements() }

    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool {
        self.sections.restore(key, from: entry) && self.numbers.restore(key, from: entry)
    }

    func takeEntries() -> [JournalEntry] { self.sections.takeEntries() + self.numbers.takeEntries() }

    var wanted: [PartSource] { self.sections.wanted }

    func supply(_ records: [PartSource: RecordBatch], outbox: inout Outbox) throws(KafkaError) {
        try self.sections.supply(records, outbox: &outbox)
    }
}
