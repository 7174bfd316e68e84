/// What the consumer's poll thread asks and tells. Every method is called on that one thread, in sequence, and returns
/// at once but for `revoked`, which may wait for work in flight to drain.
package protocol PollDelegate: AnyObject, Sendable {
    /// How many records the engine takes from this partition now; 0 leaves them in librdkafka's queue of the partition.
    func capacity(for partition: TopicPartition) -> Int

    /// Records of one partition in offset order, and the epoch of the assignment they came under.
    func received(_ batch: RecordBatch)

    /// New partitions with what the group committed for them, or where their range starts. The answer says where each starts:
    /// an offset, or `Offset.beginning`, `.end`. Under the cooperative protocol they come beside those held already.
    func assigned(_ partitions: [CommittedOffset]) -> [CommittedOffset]

    /// Asked once for each partition after `assigned`: the first offset that must not be handed on. With one, `reachedEnd` is
    /// called once, when nothing before it is left; without, each time the partition's end is met.
    func stop(of partition: TopicPartition) -> Int64?

    /// The partition has no offset `wanted` (retention, deletion, a topic made anew; `Offset.none` where nothing was committed)
    /// and gives nothing until it is told where to go on: an offset between `low` and `high`. Nil: the error goes to
    /// `failed`.
    func outOfRange(_ partition: TopicPartition, wanted: Int64, low: Int64, high: Int64) -> Int64?

    /// Partitions go: all of them or, under the cooperative protocol, some. `lost`: they are somebody else's already, nothing may be committed. Otherwise drains for a bounded time
    /// and answers what to commit, synchronously, before they are given up.
    func revoked(_ partitions: [TopicPartition], lost: Bool) -> [CommittedOffset]

    /// Asked on every turn of the poll loop (at least every 100 ms): what to commit now, asynchronously. Usually nothing; without
    /// a group nothing is sent, and it has ended well at once.
    func offsetsToCommit() -> [CommittedOffset]

    /// How a commit ended: those of `offsetsToCommit`, and the one that follows `revoked`.
    func commitEnded(_ offsets: [CommittedOffset], error: KafkaError?)

    /// The partition's end was reached (`enable.partition.eof`): the next offset that it will give; or its stop.
    func reachedEnd(of partition: TopicPartition, at offset: Int64)

    /// A problem that polling goes on after, or a fatal one (`error.isFatal`), after which `run` throws.
    func failed(_ error: KafkaError, partition: TopicPartition?)
}

extension PollDelegate {
    package func stop(of partition: TopicPartition) -> Int64? { nil }
    package func outOfRange(_ partition: TopicPartition, wanted: Int64, low: Int64, high: Int64) -> Int64? { nil }
}

/// Logical offsets as librdkafka knows them.
package enum Offset {
    package static let beginning: Int64 = -2
    package static let end: Int64 = -1
    /// The group has committed nothing.
    package static let none: Int64 = -1001
}
