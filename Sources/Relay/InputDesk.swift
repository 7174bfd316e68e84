internal import Assembly
internal import KafkaClient

/// What is remembered of a partition of the input. No record waits there: each is handled at once, beside what came before, and
/// what it leaves behind is sent once a step.
final class InputDesk: RecordDesk {
    private let handler: TelegramHandler
    /// Nil where telegrams are not judged.
    var copies: CopyJudge?
    /// Nil where nobody watches numbers.
    var observations: ObservationCollector?

    init(handler: TelegramHandler, copies: CopyJudge?, observations: ObservationCollector?) {
        self.handler = handler
        self.copies = copies
        self.observations = observations
    }

    func arrived(
        _ batch: RecordBatch, _ index: Int, sequence: UInt64, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        try self.handler.handle(batch[index], from: batch.partition, at: self, outbox: &outbox)
    }

    func passedOver(_ batch: RecordBatch, _ index: Int) {
        self.handler.observe(batch[index], from: batch.partition, at: self)
    }

    func stepEnds(outbox: inout Outbox) throws(KafkaError) { try self.observations?.send(&outbox) }

    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool { self.copies?.restore(key, from: entry) ?? true }

    func takeEntries() -> [JournalEntry] { self.copies?.takeEntries() ?? [] }
}
