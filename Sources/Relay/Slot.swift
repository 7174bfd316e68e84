internal import KafkaClient

extension Engine {
    /// An assigned partition. Its slot number travels in tokens; work of a slot that is gone is dropped.
    ///
    /// A class, so that its tracker is changed in place; only ever touched under the engine's lock.
    final class Slot {
        let partition: TopicPartition
        var tracker: OffsetTracker
        /// What the group has done on this partition, over all lives.
        var counts: CommitMetadata.Counts
        /// The `--from` that this partition obeyed.
        let from: String?
        /// What was committed or is being committed.
        var committed: CommittedOffset?
        /// Records that are finished since the last commit that was answered, at least once.
        var uncommitted = 0
        /// Those among them that the commit on its way tells of.
        var committing = 0
        /// Where the partition ends, if it was read to there and nothing came since.
        var end: Int64?
        /// Batches that a lane is at work on; queued ones are not counted.
        var working = 0
        var draining = false
        /// A batch that waits until its map fits: offsets lie far apart in it.
        var waiting: LaneQueue.Work?
        var mapIsFull = false
        /// Size of the larger records of late: how many fit into what is left of the limit.
        var largeRecord = 16 << 10
        /// Records that failed and wait for their next attempt.
        var retrying = 0
        /// When this partition last gave or finished something.
        var lastMove: ContinuousClock.Instant = .now
        /// Of `telegrams.sections`.
        let isSections: Bool
        /// When a set that waits here is due, in milliseconds since 1970.
        var deadline: Int64?
        /// Acknowledgements by step of the journal, and the first step that has not ended; nil: all have.
        var stepAcknowledgements: [UInt64: Int] = [:]
        var oldestStep: UInt64?
        /// The open transaction holds what was sent for no record.
        var isLoose = false
        /// See `CommitMetadata.turn`.
        var turn: Bool
        /// Its lane has a `Look` at it before it.
        var isLookedAfter = false
        /// Octets of the commit's runs when they were last measured.
        var mapSize = 0

        init(_ beginning: Beginning, inTransactions: Bool, isSections: Bool = false) {
            self.isSections = isSections
            let start = beginning.start
            self.partition = start.partition
            self.tracker = OffsetTracker(
                start: start.offset >= 0 ? start.offset : nil, carried: beginning.metadata.runs,
                inTransactions: inTransactions)
            self.counts = beginning.metadata.counts
            self.from = beginning.metadata.from
            self.turn = beginning.metadata.turn
            self.committed = beginning.committed
        }

        /// What to commit now; `sealed`: what is in the open transaction counts as finished.
        var commit: CommittedOffset? {
            guard let (offset, runs) = self.tracker.snapshot else { return nil }
            var metadata = CommitMetadata(offset: offset)
            metadata.counts = self.counts
            self.tracker.addSealed(to: &metadata.counts)
            metadata.from = self.from
            metadata.turn = self.turn
            metadata.runs = self.isSections ? runs.fitting(offset, in: CommitMetadata.limit - 256) : runs
            return CommittedOffset(self.partition, offset: offset, metadata: metadata.text)
        }

        func finished(_ done: OffsetTracker.Finished) {
            self.counts.add(done)
            self.lastMove = .now
            self.passHoles()
        }

        /// With nothing in flight, holes up to the end lie behind us: transaction markers, what compaction took.
        func passHoles() {
            if let end = self.end { self.tracker.reachedEnd(at: end) }
        }
    }
}

extension CommitMetadata.Counts {
    mutating func add(_ done: OffsetTracker.Finished) {
        switch done.outcome {
        case .published: self.published += 1
        case .deadLettered: self.deadLettered += 1
        case .unrouted: self.unrouted += 1
        }
        self.events += Int64(done.events)
    }
}

extension OffsetTracker {
    /// Counts what is in the open transaction as if it were committed.
    func addSealed(to counts: inout CommitMetadata.Counts) {
        for entry in self.entries[self.head...] where entry.phase == .sealed { counts.add(Finished(entry)) }
    }
}
