internal import CRdkafka
internal import Synchronization

extension PollLoop {
    /// Serves what lies in an event queue, a bounded number at a time; false when there was nothing.
    func serve(_ queue: OpaquePointer, waiting milliseconds: Int32) -> Bool {
        var served = 0
        while served < 64, let event = rd_kafka_queue_poll(queue, served == 0 ? milliseconds : 0) {
            self.handle(event)
            rd_kafka_event_destroy(event)
            served += 1
            // A turn of stopping or of failing must not wait for the rest.
            if self.closing == nil, self.failure != nil { break }
        }
        return served > 0
    }

    private func handle(_ event: OpaquePointer) {
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_REBALANCE:
            self.rebalance(event)
        case RD_KAFKA_EVENT_OFFSET_COMMIT:
            let error = KafkaError.ofCommit(event)
            let list = rd_kafka_event_topic_partition_list(event)
            self.unansweredCommits -= 1
            self.delegate.commitEnded(list.map { CommittedOffset.read($0) } ?? [], error: error)
        case RD_KAFKA_EVENT_ERROR:
            let text = rd_kafka_event_error_string(event).map { String(cString: $0) }
            let code = rd_kafka_event_error(event)
            let error = KafkaError.make(code, during: "poll", detail: text)
            var partition: TopicPartition?
            if let place = rd_kafka_event_topic_partition(event) {
                partition = TopicPartition(String(cString: place.pointee.topic), place.pointee.partition)
                rd_kafka_topic_partition_destroy(place)
            }
            if code == RD_KAFKA_RESP_ERR__PARTITION_EOF { return }
            // librdkafka looks for the coordinator of a group that is no group.
            if code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, !self.source.isGroup { return }
            self.failed(error, partition: partition)
        case RD_KAFKA_EVENT_STATS:
            self.client.report(statistics: event)
        case RD_KAFKA_EVENT_FETCH:
            // Each partition has its own queue before it is assigned: records cannot come here. If they do, they must not be
            // passed over in silence.
            self.failed(
                KafkaError(
                    code: RD_KAFKA_RESP_ERR__INCONSISTENT.rawValue, name: "_INCONSISTENT", kind: .fatal,
                    operation: "poll", detail: "records came on the common queue"), partition: nil)
        default:
            break
        }
    }

    /// Commits without waiting; the answer comes as an event.
    func commit(_ offsets: [CommittedOffset]) {
        if offsets.isEmpty { return }
        guard self.source.isGroup else {
            // There is nobody who might forget.
            self.delegate.commitEnded(offsets, error: nil)
            return
        }
        if let error = KafkaError.ofMetadata(in: offsets, during: "commit") {
            self.delegate.commitEnded(offsets, error: error)
            return
        }
        let list = PartitionList(offsets)
        // An explicit list: stored offsets lose their metadata (traps 11 and 12).
        let result = rd_kafka_commit_queue(self.client.raw, list.raw, self.commits, nil, nil)
        if result == RD_KAFKA_RESP_ERR_NO_ERROR {
            self.unansweredCommits += 1
        } else {
            self.delegate.commitEnded(offsets, error: .make(result, during: "commit"))
        }
    }

    /// Waits for the answers to earlier commits: librdkafka sends one that failed again, and it must not come behind what is
    /// committed next.
    func awaitCommits(until deadline: Deadline) {
        guard let commits = self.commits else { return }
        while self.unansweredCommits > 0, !deadline.hasPassed {
            _ = self.serve(commits, waiting: deadline.remaining(atMost: 1000))
        }
    }

    /// Commits and waits for the broker's answer, not longer than `deadline`: the library's own synchronous call knows no
    /// limit.
    func commitAndWait(_ offsets: [CommittedOffset], until deadline: Deadline) -> KafkaError? {
        if let error = KafkaError.ofMetadata(in: offsets, during: "commit") { return error }
        guard let replies = rd_kafka_queue_new(self.client.raw) else { return nil }
        defer { rd_kafka_queue_destroy(replies) }
        let list = PartitionList(offsets)
        let result = rd_kafka_commit_queue(self.client.raw, list.raw, replies, nil, nil)
        if result != RD_KAFKA_RESP_ERR_NO_ERROR { return .make(result, during: "commit") }
        while true {
            if let event = rd_kafka_queue_poll(replies, deadline.remaining(atMost: 1000)) {
                defer { rd_kafka_event_destroy(event) }
                if rd_kafka_event_type(event) == RD_KAFKA_EVENT_OFFSET_COMMIT { return .ofCommit(event) }
            }
            if deadline.hasPassed { return .make(RD_KAFKA_RESP_ERR__TIMED_OUT, during: "commit") }
        }
    }
}

extension KafkaError {
    /// The answer to a commit: the whole one's error or, without it, the first partition's.
    fileprivate static func ofCommit(_ event: OpaquePointer) -> KafkaError? {
        let code = rd_kafka_event_error(event)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { return .make(code, during: "commit") }
        guard let list = rd_kafka_event_topic_partition_list(event) else { return nil }
        return .first(in: list, during: "commit")
    }
}
