internal import CRdkafka

/// What a transaction's offsets need of the consumer: its group, member and generation. Goes stale without a word, so it is
/// read anew before each send (trap 38), which is safe only where each revoke or loss has dropped the old work
/// (measurements 7.4).
package struct GroupMetadata: ~Copyable, Sendable {
    let content: Content

    /// What librdkafka gave. Counted: a call that is given up may hold it longer than whoever made the call.
    ///
    /// `@unchecked`: it is never changed after `init`.
    final class Content: @unchecked Sendable {
        let raw: OpaquePointer

        init(owning raw: OpaquePointer) {
            self.raw = raw
        }

        deinit {
            rd_kafka_consumer_group_metadata_destroy(self.raw)
        }
    }

    init(owning raw: OpaquePointer) {
        self.content = Content(owning: raw)
    }

    /// Of no member: the broker takes its offsets from anybody (measured). For tests.
    package init(group: String) {
        self.init(owning: rd_kafka_consumer_group_metadata_new(group))
    }

    /// Of a member that somebody names. For tests.
    package init(group: String, generation: Int32, member: String) {
        self.init(owning: rd_kafka_consumer_group_metadata_new_with_genid(group, generation, member, nil))
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
