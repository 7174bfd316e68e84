/// How one produced record ended.
package struct Delivery: Sendable {
    /// What the caller gave to `send`.
    package var token: UInt64
    /// Nil when the broker has it.
    package var error: KafkaError?

    package init(token: UInt64, error: KafkaError? = nil) {
        self.token = token
        self.error = error
    }
}

/// A header of a record to produce; borrowed for the call.
package struct Header {
    package var name: StaticString
    package var value: UnsafeRawBufferPointer

    package init(_ name: StaticString, _ value: UnsafeRawBufferPointer) {
        self.name = name
        self.value = value
    }
}

/// Where records are produced to. Everything handed to `send` is copied before it returns.
package protocol RecordProducer: AnyObject, Sendable {
    /// Enqueues one record; its `Delivery` comes to the handler the producer was made with, in batches, on the producer's
    /// own thread. Throws `.retriable` (`_QUEUE_FULL`) when the caller should wait for `waitForRoom` and try again.
    ///
    /// `partition`: nil leaves it to the key; one that is named must exist, and takes no headers (trap 45).
    /// `original`: headers to carry over as they are from this consumed record (duplicates, null values and all), before `headers`;
    /// those that `headers` names anew are left out.
    func send(
        topic: String, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        headers: [Header], timestamp: Int64, original: RecordBatch.Slot?, token: UInt64
    ) throws(KafkaError)

    /// Returns after some deliveries have been reported, or after 100 ms.
    func waitForRoom() async
}

extension RecordProducer {
    /// To the partition that the key leads to.
    package func send(
        topic: String, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?, headers: [Header],
        timestamp: Int64, original: RecordBatch.Slot?, token: UInt64
    ) throws(KafkaError) {
        try self.send(
            topic: topic, partition: nil, key: key, value: value, headers: headers, timestamp: timestamp,
            original: original, token: token)
    }
}
