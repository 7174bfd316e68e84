internal import CRdkafka

extension Consumer {
    /// The next offset of the partition that could be read, open transactions left out; asks its leader, and blocks at most for
    /// `timeout`. From any thread.
    package func readableEnd(of partition: TopicPartition, timeout: Duration) throws(KafkaError) -> Int64 {
        try self.signals.gate.enter(during: "read watermarks")
        defer { self.signals.gate.leave() }
        return try self.client.watermarks(of: partition, timeout: timeout.milliseconds).get().high
    }

    /// The same of many, with one request to each leader: one by one, each would wait for a fetch that waits for records.
    package func readableEnds(
        of partitions: [TopicPartition], timeout: Duration
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        let operation = "look up offsets"
        try self.signals.gate.enter(during: operation)
        defer { self.signals.gate.leave() }
        let list = PartitionList(partitions.map { CommittedOffset($0, offset: Offset.end) })
        try check(rd_kafka_offsets_for_times(self.client.raw, list.raw, timeout.milliseconds), during: operation)
        if let error = list.firstError(during: operation) { throw error }
        return Dictionary(list.offsets.map { ($0.partition, $0.offset) }) { $1 }
    }
}
