internal import CRdkafka
internal import Synchronization

/// What is read, as librdkafka is told of it.
extension PollLoop {
    /// The eager protocol knows only whole assignments.
    private var isIncremental: Bool { self.isCooperative || !self.source.isGroup }

    /// Partitions come: the delegate says where each starts and ends.
    func take(_ partitions: [CommittedOffset]) {
        self.epoch += 1
        self.signals.epoch.store(self.epoch, ordering: .releasing)
        if self.source.isGroup { self.signals.isMember.store(true, ordering: .releasing) }
        let answers = self.delegate.assigned(partitions)
        var starts: [CommittedOffset] = []
        for partition in partitions {
            var start = CommittedOffset(partition.partition, offset: partition.offset)
            if let answer = answers.first(where: { $0.partition == start.partition }) { start.offset = answer.offset }
            starts.append(start)
        }
        self.lookUp(&starts)
        var taken: [PartitionQueue] = []
        for start in starts {
            let stop = self.delegate.stop(of: start.partition) ?? self.source.end(of: start.partition)
            let queue = PartitionQueue(
                start, stop: stop, epoch: self.epoch, client: self.client, wakeup: self.signals.wakeup)
            if let queue {
                taken.append(queue)
            } else {
                self.failed(
                    .make(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, during: "assign"), partition: start.partition)
            }
        }
        self.queues += taken
        self.report(self.add(taken))
        for queue in taken {
            if let stop = queue.reachStop() { self.delegate.reachedEnd(of: queue.partition, at: stop) }
        }
    }

    /// Puts offsets in the place of `Offset.beginning` and `.end`.
    ///
    /// librdkafka would ask for them itself, but an answer that comes after the partition has gone and come again makes it ask
    /// once more and read on there, wherever the partition was placed meanwhile (`rd_kafka_toppar_handle_Offset` of 2.0.2:
    /// `_OUTDATED` starts the query's timer in any state): records come twice or, with `.end`, not at all.
    private func lookUp(_ starts: inout [CommittedOffset]) {
        let logical = starts.filter { $0.offset == Offset.beginning || $0.offset == Offset.end }
        if logical.isEmpty { return }
        // No longer than brokers take to move a leader: one partition without must not hold up the others for ever.
        let found = self.insisting(milliseconds: 30_000) { limit throws(KafkaError) in
            do throws(KafkaError) {
                return try PartitionList(logical).lookUp(by: self.client.raw, timeout: limit)
            } catch {
                // Added to the topic since this client last looked at it: the group's leader knew before.
                guard error.name == "_UNKNOWN_PARTITION" else { throw error }
                for topic in Set(logical.map(\.partition.topic)) { self.lookAt(topic, limit) }
                return try PartitionList(logical).lookUp(by: self.client.raw, timeout: limit)
            }
        }
        guard case .success(let places) = found else { return }
        for place in places {
            guard let index = starts.firstIndex(where: { $0.partition == place.partition }) else { continue }
            starts[index].offset = place.offset
        }
    }

    /// The client learns what the topic is by now; its own look is minutes apart.
    private func lookAt(_ topic: String, _ limit: Int32) {
        guard let handle = rd_kafka_topic_new(self.client.raw, topic, nil) else { return }
        defer { rd_kafka_topic_destroy(handle) }
        if case .success(let metadata) = self.client.metadata(of: handle, timeout: limit) {
            rd_kafka_metadata_destroy(metadata)
        }
    }

    func takeNothing() {
        if self.isCooperative, self.closing == nil {
            self.report(self.add([]))
        } else {
            rd_kafka_assign(self.client.raw, nil)
        }
    }

    func remove(_ partitions: [TopicPartition]) {
        // Leaving takes the whole for any protocol.
        guard self.isIncremental, self.closing == nil else {
            rd_kafka_assign(self.client.raw, nil)
            return
        }
        let list = PartitionList(partitions.map { CommittedOffset($0, offset: Offset.none) })
        self.report(
            rd_kafka_incremental_unassign(self.client.raw, list.raw).map { .make(consuming: $0, during: "unassign") })
    }

    /// Reads these on from each one's `next`; what is in their queues goes.
    func place(_ moved: [PartitionQueue]) {
        if moved.isEmpty || self.seek(moved) { return }
        guard self.isIncremental else {
            // All the others begin again as well, at the next offset that they owe.
            self.report(self.add(self.queues))
            return
        }
        self.remove(moved.map(\.partition))
        self.report(self.add(moved))
    }

    /// False for a partition that an error has silenced (`_STATE`, measured): only an assignment wakes it.
    private func seek(_ moved: [PartitionQueue]) -> Bool {
        let list = PartitionList(moved.map { CommittedOffset($0.partition, offset: $0.next) })
        // Takes milliseconds for thousandths of them before 2.1 (trap 25); librdkafka's main thread answers at once.
        let limit: Int32 = ClientLibrary.isAtLeast(2, 1) ? 5000 : 5_000_000
        if let error = rd_kafka_seek_partitions(self.client.raw, list.raw, limit) {
            rd_kafka_error_destroy(error)
            return false
        }
        return list.firstError(during: "seek") == nil
    }

    private func add(_ queues: [PartitionQueue]) -> KafkaError? {
        let list = PartitionList(queues.map { CommittedOffset($0.partition, offset: $0.next) })
        if self.isIncremental {
            return rd_kafka_incremental_assign(self.client.raw, list.raw).map { .make(consuming: $0, during: "assign") }
        }
        let code = rd_kafka_assign(self.client.raw, list.raw)
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : .make(code, during: "assign")
    }

    private func report(_ error: KafkaError?) {
        if let error { self.failed(error, partition: nil) }
    }

    /// Asks brokers again with growing pauses while they are away (their outages take up to half a minute, measured); nil
    /// when the consumer stops meanwhile. `ask` is given a time-out in milliseconds; each failure is reported.
    func insisting<Answer>(
        milliseconds: Int64, _ ask: (_ limit: Int32) throws(KafkaError) -> Answer
    ) -> Result<Answer, KafkaError>? {
        let limit = Deadline.after(milliseconds: milliseconds)
        var pause: Int64 = 100
        while !self.isStopping {
            self.signals.lastTurn.store(Deadline.now.nanoseconds, ordering: .relaxed)
            do throws(KafkaError) {
                // In pieces, so that `stop` need not wait for the whole.
                return .success(try ask(limit.remaining(atMost: 5000)))
            } catch {
                self.delegate.failed(error, partition: nil)
                if error.kind != .retriable || limit.hasPassed { return .failure(error) }
                self.signals.wakeup.wait(until: .after(milliseconds: pause))
                pause = min(pause * 2, 5000)
            }
        }
        return nil
    }
}
