internal import CRdkafka

/// What a transaction's offsets need of the consumer: its group, member and generation. Goes stale without a word, so it is
/// read anew before each send (trap 38), which is safe only where each revoke or loss has dropped the old work
/// (measurements 7.4).
///
/// `@unchecked`: it is never changed after `init`.
package struct GroupMetadata: ~Copyable, @unchecked Sendable {
    let raw: OpaquePointer

    /// Takes over what librdkafka gave.
    init(owning raw: OpaquePointer) {
        self.raw = raw
    }

    /// Of no member: the broker takes its offsets from anybody (measured). For tests.
    package init(group: String) {
        self.raw = rd_kafka_consumer_group_metadata_new(group)
    }

    /// Of a member that somebody names. For tests.
    package init(group: String, generation: Int32, member: String) {
        self.raw = rd_kafka_consumer_group_metadata_new_with_genid(group, generation, member, nil)
    }

    deinit {
        rd_kafka_consumer_group_metadata_destroy(self.raw)
    }
}

/// What a transaction asks of the group's member. Both may be called from any thread, and block.
package protocol GroupMember: AnyObject, Sendable {
    /// Of the present generation. Throws `ILLEGAL_GENERATION` while there is no assignment: before joining, and from the moment
    /// that one is lost.
    func groupMetadata() throws(KafkaError) -> GroupMetadata

    /// What the group has committed, with its metadata. Waits for the end of open transactions (trap 37); a time-out is
    /// `.retriable`.
    func committed(_ partitions: [TopicPartition], timeout: Duration) throws(KafkaError) -> [CommittedOffset]
}
