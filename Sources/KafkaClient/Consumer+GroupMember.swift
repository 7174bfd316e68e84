internal import CRdkafka
internal import Synchronization

extension Consumer: GroupMember {
    package func groupMetadata() throws(KafkaError) -> GroupMetadata {
        try self.signals.gate.enter(during: "read group metadata")
        defer { self.signals.gate.leave() }
        let epoch = self.epoch
        // Without a generation the broker would take offsets from anybody, so one that is lost meanwhile must not pass: it is
        // marked as lost before it is taken away.
        if self.holdsAssignment, let raw = rd_kafka_consumer_group_metadata(self.client.raw) {
            let metadata = GroupMetadata(owning: raw)
            if self.holdsAssignment, self.epoch == epoch { return metadata }
        }
        throw KafkaError.make(
            RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, during: "read group metadata", detail: "nothing is assigned")
    }

    private var holdsAssignment: Bool {
        self.signals.isMember.load(ordering: .acquiring) && rd_kafka_assignment_lost(self.client.raw) == 0
    }

    package func committed(
        _ partitions: [TopicPartition], timeout: Duration
    ) throws(KafkaError) -> [CommittedOffset] {
        if partitions.isEmpty { return [] }
        guard self.source.isGroup else {
            throw KafkaError.configuration("there is no group", during: "read committed offsets")
        }
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
