internal import Directory
internal import KafkaClient

/// Makes the outputs of records without sending them anywhere.
///
/// `@unchecked`: only ever called on the one thread of its reader.
final class RecordMaker: @unchecked Sendable {
    /// One output, valid during the call.
    struct Output {
        var topic: String
        var value: UnsafeRawBufferPointer?
        var headers: [Header]
    }

    /// Between handler and caller.
    private final class Catcher: RecordProducer {
        private let caught: @Sendable (Output) -> Void

        init(_ caught: @escaping @Sendable (Output) -> Void) { self.caught = caught }

        func send(
            topic: String, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
            headers: [Header], timestamp: Int64, original: RecordBatch.Slot?, token: UInt64
        ) throws(KafkaError) {
            self.caught(Output(topic: topic, value: value, headers: headers))
        }

        func waitForRoom() async {}
    }

    private let handler: TelegramHandler
    private var outbox: Outbox

    /// `body` is called within `make`.
    init(
        _ configuration: WorkerConfiguration, directory: Directory, _ body: @escaping @Sendable (Output) -> Void
    ) {
        self.handler = TelegramHandler(configuration, directory: directory)
        self.outbox = Outbox(producer: Catcher(body))
    }

    func make(_ record: RecordBatch.Slot, of partition: TopicPartition) throws(KafkaError) {
        switch try self.handler.handle(record, from: partition, outbox: &self.outbox) {
        case .done, .settled: break
        case .rejected(let rejection):
            try self.handler.deadLetter(
                record, from: partition, rejection: rejection, withoutValue: false, outbox: &self.outbox)
        case .failed(let cause):
            throw KafkaError(code: 0, name: "HANDLER_FAILED", kind: .other, operation: "make events", detail: cause)
        }
    }
}
