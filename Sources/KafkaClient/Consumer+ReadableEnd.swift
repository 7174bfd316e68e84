internal import CRdkafka

extension Consumer {
    /// The next offset of the partition that could be read, open transactions left out; asks its leader, and blocks at most for
    /// `timeout`. From any thread.
    package func readableEnd(of partition: TopicPartition, timeout: Duration) throws(KafkaError) -> Int64 {
        try self.signals.gate.enter(during: "read watermarks")
        defer { self.signals.gate.leave() }
        return try self.client.watermarks(of: partition, timeout: timeout.milliseconds).get().high
    }
}
