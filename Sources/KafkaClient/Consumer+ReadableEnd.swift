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
        try self.signals.gate.enter(during: "look up offsets")
        defer { self.signals.gate.leave() }
        let list = PartitionList(partitions.map { CommittedOffset($0, offset: Offset.end) })
        let ends = try list.lookUp(by: self.client.raw, timeout: timeout.milliseconds)
        return Dictionary(ends.map { ($0.partition, $0.offset) }) { $1 }
    }
}

extension PartitionList {
    /// The offsets that `Offset.beginning` and `.end` name by now: the times of a ListOffsets request know both.
    func lookUp(by client: OpaquePointer, timeout: Int32) throws(KafkaError) -> [CommittedOffset] {
        let operation = "look up offsets"
        try check(rd_kafka_offsets_for_times(client, self.raw, timeout), during: operation)
        if let error = self.firstError(during: operation) { throw error }
        return self.offsets
    }
}
