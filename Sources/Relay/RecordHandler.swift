package import KafkaClient

/// Why a record cannot be handled at all (contract 5).
package struct Rejection: Sendable, Equatable {
    /// `null-value`, `empty`, `no-telegram`, `too-large`, `output-refused`, `handler-failed`.
    package var code: StaticString
    package var message: String
    /// 1-based, where the octets show it.
    package var line: Int?
    package var column: Int?
    /// How often it was tried.
    package var attempts = 1

    package init(code: StaticString, message: String, line: Int? = nil, column: Int? = nil) {
        self.code = code
        self.message = message
        self.line = line
        self.column = column
    }

    package static func == (left: Rejection, right: Rejection) -> Bool {
        left.code.description == right.code.description && left.message == right.message && left.line == right.line
            && left.column == right.column && left.attempts == right.attempts
    }
}

/// What a handler made of a record.
package enum Handled: Sendable, Equatable {
    /// Everything it gives is in the outbox.
    case done
    /// It can never be handled: a dead letter.
    case rejected(Rejection)
    /// Its desk's settlements say it.
    case settled
    /// It could not be handled now, for a reason that is not in its octets. Nothing of it is in the outbox.
    case failed(String)
}

/// Makes outputs from records. Each lane has its own, so it may keep buffers.
package protocol RecordHandler {
    /// Sends what the record gives to `outbox`, in order.
    mutating func handle(
        _ record: RecordBatch.Slot, from partition: TopicPartition, outbox: inout Outbox
    ) throws(KafkaError) -> Handled

    /// The dead letter of a record, to `outbox`; `withoutValue` when its topic refused the octets for their size.
    mutating func deadLetter(
        _ record: RecordBatch.Slot, from partition: TopicPartition, rejection: Rejection, withoutValue: Bool,
        outbox: inout Outbox
    ) throws(KafkaError)

    /// How many records `alert` sends.
    var refusalAlertCount: Int { get }

    /// Tells operators of a record that became a dead letter since an output refused what was made of it.
    mutating func alert(
        on record: RecordBatch.Slot, from partition: TopicPartition, refused rejection: Rejection, outbox: inout Outbox
    ) throws(KafkaError)

    /// For the records of a partition that wait for each other, or are judged beside others; it is one of so many. Nil where
    /// each stands alone.
    mutating func makeDesk(for partition: TopicPartition, slot: Int, partitions: Int) -> (any RecordDesk)?
}

extension RecordHandler {
    package var refusalAlertCount: Int { 0 }

    package func alert(
        on record: RecordBatch.Slot, from partition: TopicPartition, refused rejection: Rejection, outbox: inout Outbox
    ) throws(KafkaError) {}

    package func makeDesk(for partition: TopicPartition, slot: Int, partitions: Int) -> (any RecordDesk)? { nil }
}

extension StaticString {
    /// Compared by what they say.
    static func == (left: StaticString, right: StaticString) -> Bool { left.description == right.description }
}
