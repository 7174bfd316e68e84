/// An error of librdkafka or of the broker: the code, what was being done, and what kind of answer it wants.
package struct KafkaError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        /// Trying again may work: network, leader change, time-out, queue full.
        case retriable
        /// The open transaction must be aborted; the producer goes on.
        case abortable
        /// This client is finished: fenced, sequence lost. A new one must be made.
        case fatal
        /// A setting, topic, right or credential is wrong: no retry helps, a person must act.
        case configuration
        /// This record alone is refused: too large, invalid.
        case record
        /// Anything else.
        case other
    }

    /// librdkafka's number (`rd_kafka_resp_err_t`): negative ones are local, the others the broker's.
    package var code: Int32
    /// Its symbolic name: `UNKNOWN_TOPIC_OR_PART`.
    package var name: String
    package var kind: Kind
    /// What was being done: "subscribe", "produce".
    package var operation: String
    package var detail: String

    package init(code: Int32, name: String, kind: Kind, operation: String, detail: String) {
        self.code = code
        self.name = name
        self.kind = kind
        self.operation = operation
        self.detail = detail
    }

    package var isFatal: Bool { self.kind == .fatal }
    package var description: String { "\(self.operation): \(self.detail) (\(self.name))" }
}
