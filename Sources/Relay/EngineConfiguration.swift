/// What bounds the engine; the executable fills it from the user's configuration.
package struct EngineConfiguration: Sendable {
    /// Lanes that parse and encode at the same time.
    package var lanes = 2
    /// Records taken and not finished or, at least once, not committed.
    package var inFlightRecords = 20_000
    /// Octets of them; they stay in librdkafka's memory.
    package var inFlightBytes = 64 << 20
    package var batchSize = 256
    /// Outputs, dead letters and offsets in one transaction.
    package var exactlyOnce = false
    /// Between commits, or the length of a transaction.
    package var commitInterval = Duration.seconds(1)
    /// How long a revocation waits for work in flight; below the session time-out.
    package var rebalanceDeadline = Duration.seconds(20)
    package var shutdownDeadline = Duration.seconds(30)
    /// Where a partition starts for which the group has committed nothing: `Offset.beginning` or `.end`.
    package var start: Int64 = -2
    /// `--from`: where partitions start whose commit does not carry it yet.
    package var from: StartPoint?
    /// `--to`: the first offset, by partition, that is not read any more.
    package var to: [Int32: Int64] = [:]
    /// Records taken in a second at most, all partitions together; nil: as many as come.
    package var rate: Int?
    /// End once every assigned partition has been read to its end and all is acknowledged.
    package var untilIdle = false
    /// The topic on which records wait for each other, read beside the input; nil: none do.
    package var sections: String?
    /// The topic in which is remembered what was judged there; nil: nothing is beyond this life.
    package var journal: String?
    /// Records that come within this time of each other share what is remembered of them, and finish together; those after
    /// which a lane has nothing to do wait for nothing.
    package var stepTime = Duration.milliseconds(100)
    /// How many partitions they have, as the input has: what may wait on all of them is shared out evenly.
    package var partitions = 1
    /// How often a record that could not be handled is tried in all.
    package var attempts = 5
    /// Before the second attempt; doubles with each further one.
    package var retryPause = Duration.milliseconds(200)
    /// A partition, a lane or a transaction that does not move for so long is reported, and acted upon.
    package var stallTime = Duration.seconds(60)

    package init() {}
}

/// A `--from` as it was resolved when the worker started.
package struct StartPoint: Sendable, Equatable {
    package var spec: OffsetSpec
    /// By partition; one that was added since starts at its beginning.
    package var offsets: [Int32: Int64]

    package init(_ spec: OffsetSpec, offsets: [Int32: Int64]) {
        self.spec = spec
        self.offsets = offsets
    }
}
