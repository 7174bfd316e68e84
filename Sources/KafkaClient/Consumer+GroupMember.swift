internal import CRdkafka
internal import Synchronization

extension Consumer: GroupMember {
    package func groupMetadata() throws(KafkaError) -> GroupMetadata {
        try self.signals.gate.enter(during: "read group metadata")
        defer { self.signals.gate.leave() }
        // Without a generation the broker would take offsets from anybody.
        guard self.signals.isMember.load(ordering: .acquiring),
            let raw = rd_kafka_consumer_group_metadata(self.client.raw)
        else {
            throw KafkaError.make(
                RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, during: "read group metadata", detail: "nothing is assigned")
        }
        return GroupMetadata(owning: raw)
    }

    package func committed(
        _ partitions: [TopicPartition], timeout: Duration
    ) throws(KafkaError) -> [CommittedOffset] {
        if partitions.isEmpty { return [] }
        try self.signals.gate.enter(during: "read committed offsets")
        defer { self.signals.gate.leave() }
        let list = PartitionList(partitions.map { CommittedOffset($0, offset: Offset.none) })
        return try list.readCommitted(by: self.client.raw, timeout: timeout.milliseconds)
    }
}

extension PartitionList {
    /// Asks for the group's committed offsets of these partitions.
    func readCommitted(by client: OpaquePointer, timeout: Int32) throws(KafkaError) -> [CommittedOffset] {
        let operation = "read committed offsets"
        try check(rd_kafka_committed(client, self.raw, timeout), during: operation)
        if let error = self.firstError(during: operation) { throw error }
        return self.offsets
    }
}
