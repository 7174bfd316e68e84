/// What bounds the engine; the executable fills it from the user's configuration.
package struct EngineConfiguration: Sendable {
    /// Lanes that parse and encode at the same time.
    package var lanes = 2
    /// Records taken and not finished.
    package var inFlightRecords = 20_000
    /// Octets of them; they stay in librdkafka's memory.
    package var inFlightBytes = 64 << 20
    package var batchSize = 256
    package var commitInterval = Duration.seconds(1)
    /// How long a revocation waits for work in flight; below the session time-out.
    package var rebalanceDeadline = Duration.seconds(20)
    package var shutdownDeadline = Duration.seconds(30)
    /// Where a partition starts for which the group has committed nothing: `Offset.beginning` or `.end`.
    package var start: Int64 = -2
    /// End once every assigned partition has been read to its end and all is acknowledged.
    package var untilIdle = false

    package init() {}
}
