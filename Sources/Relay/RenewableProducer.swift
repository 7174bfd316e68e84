package import KafkaClient
internal import Synchronization

/// The transactional producer at hand: lanes send to whichever it is, and one that is fenced or in doubt gives way to a new
/// one with the same transactional id. Changes only while no lane sends.
package final class RenewableProducer: RecordProducer {
    private let make: @Sendable () throws(KafkaError) -> any TransactionalProducer
    private let held: Mutex<any TransactionalProducer>

    package init(_ make: @escaping @Sendable () throws(KafkaError) -> any TransactionalProducer) throws(KafkaError) {
        self.make = make
        self.held = Mutex(try make())
    }

    package var current: any TransactionalProducer { self.held.withLock { $0 } }

    /// Gives the producer up as it is, and makes another.
    func renew() throws(KafkaError) {
        let new = try self.make()
        let old = self.held.withLock { held in
            defer { held = new }
            return held
        }
        old.discard()
    }

    package func send(
        topic: String, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        headers: [Header], timestamp: Int64, original: RecordBatch.Slot?, token: UInt64
    ) throws(KafkaError) {
        try self.current.send(
            topic: topic, partition: partition, key: key, value: value, headers: headers, timestamp: timestamp,
            original: original, token: token)
    }

    package func waitForRoom() async { await self.current.waitForRoom() }
}
