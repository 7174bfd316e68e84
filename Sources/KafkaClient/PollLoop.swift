internal import CRdkafka
internal import Synchronization

/// The poll thread's work. Belongs to that thread alone.
final class PollLoop {
    let client: ClientHandle
    let delegate: any PollDelegate
    let signals: PollSignals
    let source: ConsumerSource
    let isCooperative: Bool
    let scratch = MessageScratch()
    /// The consumer's common queue: rebalances, errors, statistics. Records have their partition's own.
    let events: OpaquePointer?
    /// Answers to commits, apart so that they can be waited for.
    let commits: OpaquePointer?
    var unansweredCommits = 0
    var queues: [PartitionQueue] = []
    var epoch: Int64 = 0
    /// The group has given or taken something at least once.
    var isRebalanced = false
    /// Partitions that give nothing until it is known where they go on.
    var displaced: [Displaced] = []
    /// What ends the loop.
    var failure: KafkaError?
    /// Set when the loop has ended and the consumer leaves.
    var closing: Deadline?
    private let closeTimeout: Duration
    private var turn = 0

    init(
        client: ClientHandle, source: ConsumerSource, isCooperative: Bool, delegate: any PollDelegate,
        signals: PollSignals, closeTimeout: Duration
    ) {
        self.client = client
        self.source = source
        self.isCooperative = isCooperative
        self.delegate = delegate
        self.signals = signals
        self.closeTimeout = closeTimeout
        rd_kafka_poll_set_consumer(client.raw)
        self.events = rd_kafka_queue_get_consumer(client.raw)
        self.commits = rd_kafka_queue_new(client.raw)
    }

    var isStopping: Bool { self.signals.isStopping.load(ordering: .acquiring) }

    func run() -> KafkaError? {
        if let events = self.events, let commits = self.commits {
            for queue in [events, commits] {
                rd_kafka_queue_cb_event_enable(
                    queue,
                    { _, context in
                        guard let context else { return }
                        Unmanaged<Wakeup>.fromOpaque(context).takeUnretainedValue().signal()
                    }, Unmanaged.passUnretained(self.signals.wakeup).toOpaque())
            }
            if !self.isStopping {
                switch self.source {
                case .group(let topics): self.subscribe(topics)
                case .range(let parts): self.take(parts.map { CommittedOffset($0.partition, offset: $0.start) })
                }
            }
            self.poll(events, commits)
        }
        return self.close()
    }

    private func subscribe(_ topics: [String]) {
        let list = PartitionList(capacity: topics.count)
        for topic in topics {
            rd_kafka_topic_partition_list_add(list.raw, topic, -1)
        }
        let result = rd_kafka_subscribe(self.client.raw, list.raw)
        if result != RD_KAFKA_RESP_ERR_NO_ERROR {
            self.failure = .make(result, during: "subscribe")
        }
    }

    private func poll(_ events: OpaquePointer, _ commits: OpaquePointer) {
        while !self.isStopping, self.failure == nil {
            self.signals.lastTurn.store(Deadline.now.nanoseconds, ordering: .relaxed)
            var isBusy = self.serve(events, waiting: 0)
            isBusy = self.serve(commits, waiting: 0) || isBusy
            isBusy = self.takeRecords() || isBusy
            self.placePartitions()
            self.commit(self.delegate.offsetsToCommit())
            if !isBusy {
                // Woken by either kind of queue, by `wake` or by `stop`; the limit is the delegate's tick.
                self.signals.wakeup.wait(until: .after(milliseconds: 100))
            }
        }
    }

    /// One batch from each partition that has records and room, starting one further each turn.
    private func takeRecords() -> Bool {
        var isBusy = false
        let count = self.queues.count
        guard count > 0 else { return false }
        self.turn = (self.turn &+ 1) % count
        for step in 0..<count {
            let queue = self.queues[(self.turn + step) % count]
            if queue.isFinished || queue.isEmpty { continue }
            let room = self.delegate.capacity(for: queue.partition)
            if room <= 0 { continue }
            let (batch, notices) = queue.take(upTo: room, self.scratch)
            isBusy = isBusy || batch != nil || !notices.isEmpty
            if let batch {
                self.delegate.received(batch)
            }
            for notice in notices {
                switch notice {
                case .end(let offset): self.delegate.reachedEnd(of: queue.partition, at: offset)
                case .error(let error) where error.code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET.rawValue:
                    self.displace(queue, error)
                case .error(let error): self.failed(error, partition: queue.partition)
                }
            }
        }
        return isBusy
    }

    func failed(_ error: KafkaError, partition: TopicPartition?) {
        var error = error
        if error.code == RD_KAFKA_RESP_ERR__FATAL.rawValue {
            error = .fatal(of: self.client.raw, during: error.operation)
        }
        self.delegate.failed(error, partition: partition)
        if error.isFatal, self.failure == nil {
            self.failure = error
        }
    }

    /// Leaves the group. A static member does so by going silent: without unsubscribing, so that its partitions wait for its
    /// return (trap 47). The queue is served all the while (trap 3), and a deadline ends what librdkafka does not (traps 1, 2,
    /// 4, 8).
    private func close() -> KafkaError? {
        var problem = self.failure
        self.closing = .after(self.closeTimeout)
        // Librdkafka asks members only.
        if !self.source.isGroup { self.giveUp(self.queues.map(\.partition), lost: false) }
        if let queue = rd_kafka_queue_new(self.client.raw) {
            if let refused = rd_kafka_consumer_close_queue(self.client.raw, queue) {
                let error = KafkaError.make(consuming: refused, during: "close consumer")
                problem = problem ?? error
            } else {
                // `closing` may move: the delegate's drain within a revoke has a limit of its own.
                while rd_kafka_consumer_closed(self.client.raw) == 0, let limit = self.closing, !limit.hasPassed {
                    _ = self.serve(queue, waiting: limit.remaining(atMost: 100))
                }
            }
            if rd_kafka_consumer_closed(self.client.raw) == 0 {
                problem =
                    problem
                    ?? .make(
                        RD_KAFKA_RESP_ERR__TIMED_OUT, during: "close consumer", detail: "the group was not left in time"
                    )
                // Not given back to librdkafka: it still forwards to it.
            } else {
                while self.serve(queue, waiting: 0) {}
                rd_kafka_queue_destroy(queue)
            }
        }
        // Only where no revoke came: nothing may be committed any more, but the delegate must let go.
        self.signals.isMember.store(false, ordering: .releasing)
        if !self.queues.isEmpty {
            _ = self.delegate.revoked(self.queues.map(\.partition), lost: true)
            self.closeQueues(self.queues.map(\.partition))
        }
        for queue in [self.events, self.commits].compactMap({ $0 }) {
            rd_kafka_queue_cb_event_enable(queue, nil, nil)
            rd_kafka_queue_destroy(queue)
        }
        let isDestroyable = rd_kafka_consumer_closed(self.client.raw) != 0 && !self.wouldAbort
        let left = isDestroyable ? self.destroy() : nil
        if left != nil || !isDestroyable {
            // librdkafka lives on and may still call the wake-up: it must never go.
            _ = Unmanaged.passRetained(self.signals.wakeup)
        }
        return problem ?? left
    }

    /// Trap 4: destroying a member that has joined cooperatively and never got an assignment ends the process (an assertion of
    /// the sticky assignor's, reproduced). Such a client stays until the process ends by itself.
    private var wouldAbort: Bool {
        self.isCooperative && self.source.isGroup && !self.isRebalanced && !ClientLibrary.isAtLeast(2, 3)
    }

    private func destroy() -> KafkaError? {
        let limit = Deadline.after(self.closeTimeout)
        _ = self.signals.gate.close()
        guard self.signals.gate.waitUntilEmpty(until: limit) else {
            return .make(RD_KAFKA_RESP_ERR__TIMED_OUT, during: "destroy client", detail: "another thread still uses it")
        }
        return self.client.destroy(until: limit)
    }

    /// The drain of a revoke while leaving counts for itself; leaving then gets its time anew.
    func extendClosing() {
        if self.closing != nil {
            self.closing = .after(self.closeTimeout)
        }
    }

    func closeQueues(_ partitions: [TopicPartition]) {
        let gone = Set(partitions)
        for queue in self.queues where gone.contains(queue.partition) { queue.close(self.scratch) }
        self.queues.removeAll { gone.contains($0.partition) }
        self.displaced.removeAll { gone.contains($0.queue.partition) }
    }
}
