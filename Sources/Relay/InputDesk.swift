internal import Assembly
internal import KafkaClient

/// What is remembered of a partition of the input. No record waits there: each is handled at once, beside what came before.
final class InputDesk: RecordDesk {
    private let handler: TelegramHandler
    var copies: CopyJudge

    init(handler: TelegramHandler, versions: VersionSettings) {
        self.handler = handler
        self.copies = CopyJudge(settings: versions)
    }

    func arrived(
        _ batch: RecordBatch, _ index: Int, sequence: UInt64, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        try self.handler.handle(batch[index], from: batch.partition, at: self, outbox: &outbox)
    }

    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool { self.copies.restore(key, from: entry) }

    func takeEntries() -> [JournalEntry] { self.copies.takeEntries() }
}
