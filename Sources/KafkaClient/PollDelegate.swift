/// What the consumer's poll thread asks and tells. Every method is called on that one thread, in sequence, and returns
/// at once but for `revoked`, which may wait for work in flight to drain.
package protocol PollDelegate: AnyObject, Sendable {
    /// How many records the engine takes from this partition now; 0 leaves them in librdkafka's queue of the partition.
    func capacity(for partition: TopicPartition) -> Int

    /// Records of one partition in offset order, and the epoch of the assignment they came under.
    func received(_ batch: RecordBatch)

    /// New partitions with what the group committed for them. The answer says where each starts:
    /// an offset, or `Offset.beginning`, `.end`.
    func assigned(_ partitions: [CommittedOffset]) -> [CommittedOffset]

    /// Partitions go. `lost`: they are somebody else's already, nothing may be committed. Otherwise drains for a bounded time
    /// and answers what to commit, synchronously, before they are given up.
    func revoked(_ partitions: [TopicPartition], lost: Bool) -> [CommittedOffset]

    /// Asked on every turn of the poll loop (at least every 100 ms): what to commit now, asynchronously. Usually nothing.
    func offsetsToCommit() -> [CommittedOffset]

    /// How a commit ended: those of `offsetsToCommit`, and the one that follows `revoked`.
    func commitEnded(_ offsets: [CommittedOffset], error: KafkaError?)

    /// The partition's end was reached (`enable.partition.eof`): the next offset that it will give.
    func reachedEnd(of partition: TopicPartition, at offset: Int64)

    /// A problem that polling goes on after, or a fatal one (`error.isFatal`), after which `run` throws.
    func failed(_ error: KafkaError, partition: TopicPartition?)
}

/// Logical offsets as librdkafka knows them.
package enum Offset {
    package static let beginning: Int64 = -2
    package static let end: Int64 = -1
    /// The group has committed nothing.
    package static let none: Int64 = -1001
}
