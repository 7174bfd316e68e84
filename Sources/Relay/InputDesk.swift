internal import Assembly
internal import KafkaClient

/// What is remembered of a partition of the input. No record waits there: each is handled at once, beside what came before, and
/// what it leaves behind is sent once a step. The lane waits only for another copy, with which one is compared.
final class InputDesk: RecordDesk {
    private let handler: TelegramHandler
    /// Nil where telegrams are not judged.
    var copies: CopyJudge?
    /// Nil where nobody watches numbers.
    var observations: ObservationCollector?

    // The record at hand:
    private var record: (batch: RecordBatch, index: Int)?
    /// So many of its telegrams are through.
    private(set) var telegramCount: Int32 = 0
    /// So many of them were compared with other copies.
    private var comparisonCount = 0
    private var others = OtherRecords()

    init(handler: TelegramHandler, copies: CopyJudge?, observations: ObservationCollector?) {
        self.handler = handler
        self.copies = copies
        self.observations = observations
    }

    func arrived(
        _ batch: RecordBatch, _ index: Int, sequence: UInt64, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        self.record = (batch, index)
        self.telegramCount = 0
        self.comparisonCount = 0
        self.others.wantNothing()
        self.others.trim()
        return try self.handle(&outbox)
    }

    private func handle(_ outbox: inout Outbox) throws(KafkaError) -> Handled {
        guard let (batch, index) = self.record else { return .done }
        defer { if self.wanted.isEmpty { self.record = nil } }
        return try self.handler.handle(batch[index], from: batch.partition, at: self, outbox: &outbox)
    }

    // MARK: Other copies

    /// Where the record of another copy is.
    enum OtherRecord {
        case there(RecordBatch, Int)
        /// Retention has taken it.
        case gone
        /// It is too large, or one too many.
        case left
        /// It was asked for: the telegram at hand, of this place in the record, comes up once more.
        case wanted
    }

    func other(_ source: PartSource, for place: Int32) -> OtherRecord {
        guard let (batch, index) = self.record else { return .left }
        // For each, records are read from their beginning, this one as well.
        guard self.comparisonCount < Self.comparisonLimit else { return .left }
        var newest = source.offset
        if batch.partition.partition == source.partition {
            // Copies that come close together are most often of one batch.
            if let other = (0...index).last(where: { batch[$0].offset == source.offset }) {
                self.comparisonCount += 1
                return OtherRecords.isLarge(batch[other]) ? .left : .there(batch, other)
            }
            newest = batch[index].offset
        }
        guard let found = self.others.record(of: source, upTo: newest) else {
            self.others.trim()
            self.telegramCount = place
            return .wanted
        }
        self.comparisonCount += 1
        return switch found {
        case .there(let record): .there(record, 0)
        case .gone: .gone
        case .left: .left
        }
    }

    /// Of one record.
    private static let comparisonLimit = 16

    var wanted: [WantedRecord] { self.others.wanted }

    func supply(_ records: [PartSource: RecordBatch], outbox: inout Outbox) throws(KafkaError) {
        self.others.supply(records)
        _ = try self.handle(&outbox)
    }

    /// What differs is not told then; that there are two copies is.
    func goWithoutWanted(outbox: inout Outbox) throws(KafkaError) {
        self.others.giveUp()
        _ = try self.handle(&outbox)
    }

    func passedOver(_ batch: RecordBatch, _ index: Int) {
        self.handler.observe(batch[index], from: batch.partition, at: self)
    }

    func stepEnds(outbox: inout Outbox) throws(KafkaError) { try self.observations?.send(&outbox) }

    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool { self.copies?.restore(key, from: entry) ?? true }

    func takeEntries() -> [JournalEntry] { self.copies?.takeEntries() ?? [] }
}
