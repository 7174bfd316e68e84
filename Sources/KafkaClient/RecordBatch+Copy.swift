internal import CRdkafka

extension RecordBatch {
    /// One record in memory of its own, from parts that are copied.
    package convenience init(
        partition: TopicPartition, epoch: Int64, offset: Int64, timestamp: Int64, key: UnsafeRawBufferPointer?,
        value: UnsafeRawBufferPointer?, headers: [Header]
    ) {
        self.init(
            partition: partition, epoch: epoch,
            copying: Slot(offset: offset, timestamp: timestamp, key: key, value: value, message: nil),
            ProducedHeaders.make(original: nil, added: headers))
    }

    /// One record in memory of its own. What waits long must not keep the whole answer of the broker that it came in.
    package func copy(of index: Int) -> RecordBatch {
        let original = self[index]
        if self.count == 1, original.message == nil { return self }
        return RecordBatch(
            partition: self.partition, epoch: self.epoch, copying: original,
            original.headerList.flatMap { rd_kafka_headers_copy($0) })
    }

    /// Takes `headers` over.
    private convenience init(
        partition: TopicPartition, epoch: Int64, copying original: Slot, _ headers: OpaquePointer?
    ) {
        let octets = UnsafeMutableRawBufferPointer.allocate(byteCount: max(original.byteCount, 1), alignment: 1)
        var end = 0
        func place(_ part: UnsafeRawBufferPointer?) -> UnsafeRawBufferPointer? {
            guard let part else { return nil }
            let target = UnsafeMutableRawBufferPointer(rebasing: octets[end..<end + part.count])
            target.copyMemory(from: part)
            end += part.count
            return UnsafeRawBufferPointer(target)
        }
        var slot = Slot(
            offset: original.offset, timestamp: original.timestamp, key: place(original.key),
            value: place(original.value), message: nil)
        slot.ownHeaders = headers
        self.init(partition: partition, epoch: epoch, slots: [slot]) {
            octets.deallocate()
            if let headers { rd_kafka_headers_destroy(headers) }
        }
    }
}
