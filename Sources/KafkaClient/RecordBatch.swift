/// Records of one partition, taken in one call; payloads stay in librdkafka's memory until the batch goes.
///
/// `@unchecked`: nothing changes after `init`, and the memory lives as long as the batch.
package final class RecordBatch: @unchecked Sendable {
    package let partition: TopicPartition
    /// Rises with every assignment of this consumer; work of an older epoch is dropped.
    package let epoch: Int64
    package let count: Int
    /// Sum of keys and values in octets.
    package let byteCount: Int

    private let slots: UnsafeMutablePointer<Slot>
    private let release: () -> Void

    /// Where one record's parts lie. A null payload has `value == nil`.
    package struct Slot {
        package var offset: Int64
        /// Milliseconds since 1970, -1 where there is none.
        package var timestamp: Int64
        package var key: UnsafeRawBufferPointer?
        package var value: UnsafeRawBufferPointer?
        /// `rd_kafka_message_t *`, for headers; nil for records that did not come from librdkafka.
        package var message: OpaquePointer?
        /// `rd_kafka_headers_t *` of a copy.
        var ownHeaders: OpaquePointer?

        package init(
            offset: Int64, timestamp: Int64, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
            message: OpaquePointer?
        ) {
            self.offset = offset
            self.timestamp = timestamp
            self.key = key
            self.value = value
            self.message = message
        }

        /// Octets of key and value.
        package var byteCount: Int { (self.value?.count ?? 0) + (self.key?.count ?? 0) }
    }

    /// Takes the slots; `release` gives back the memory they point to.
    package init(partition: TopicPartition, epoch: Int64, slots: [Slot], release: @escaping () -> Void) {
        self.partition = partition
        self.epoch = epoch
        self.count = slots.count
        self.slots = .allocate(capacity: max(slots.count, 1))
        self.slots.initialize(from: slots, count: slots.count)
        self.byteCount = slots.reduce(0) { $0 + $1.byteCount }
        self.release = release
    }

    deinit {
        self.slots.deallocate()
        self.release()
    }

    package subscript(index: Int) -> Slot {
        precondition(index >= 0 && index < self.count)
        return self.slots[index]
    }
}
