internal import CRdkafka

/// Where partitions begin and end, what lies at a time, and what groups have committed.
extension Admin {
    package func watermarks(of partition: TopicPartition) async throws(KafkaError) -> Watermarks {
        try await OwnThread.call { self.client.watermarks(of: partition, timeout: self.timeout.milliseconds) }
    }

    /// Of every partition of the topic, by number.
    package func watermarks(ofAll topic: String) async throws(KafkaError) -> [Int32: Watermarks] {
        try await OwnThread.call {
            do throws(KafkaError) {
                return .success(try self.watermarksNow(try self.partitionsNow(topic)))
            } catch {
                return .failure(error)
            }
        }
    }

    /// For each partition the first offset whose record is of this time or later, in milliseconds since 1970; its end where
    /// there is none.
    package func offsets(of topic: String, at timestamp: Int64) async throws(KafkaError) -> [Int32: Int64] {
        try await OwnThread.call {
            do throws(KafkaError) {
                return .success(try self.offsetsNow(topic, timestamp))
            } catch {
                return .failure(error)
            }
        }
    }

    /// What a group has committed for every partition of the topic; `Offset.none` where nothing. The group is not touched.
    package func committed(group: String, topic: String) async throws(KafkaError) -> [CommittedOffset] {
        let count = try await self.topic(topic)?.partitions ?? 0
        return try await self.committed(group: group, partitions: (0..<Int32(count)).map { TopicPartition(topic, $0) })
    }

    private func partitionsNow(_ topic: String) throws(KafkaError) -> [TopicPartition] {
        guard let found = try self.topicNow(topic).get() else {
            throw KafkaError.make(
                RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, during: "read metadata", detail: "\(topic): no such topic")
        }
        return (0..<Int32(found.partitions)).map { TopicPartition(topic, $0) }
    }

    private func watermarksNow(_ partitions: [TopicPartition]) throws(KafkaError) -> [Int32: Watermarks] {
        let deadline = Deadline.after(self.timeout)
        var marks: [Int32: Watermarks] = [:]
        for partition in partitions {
            let found = self.client.watermarks(of: partition, timeout: deadline.remaining(atMost: .max))
            marks[partition.partition] = try found.get()
        }
        return marks
    }

    private func offsetsNow(_ topic: String, _ timestamp: Int64) throws(KafkaError) -> [Int32: Int64] {
        let operation = "look up a time"
        let partitions = try self.partitionsNow(topic)
        let list = PartitionList(partitions.map { CommittedOffset($0, offset: max(timestamp, 0)) })
        try check(rd_kafka_offsets_for_times(self.client.raw, list.raw, self.timeout.milliseconds), during: operation)
        if let error = list.firstError(during: operation) { throw error }
        let found = list.offsets
        let ends = try self.watermarksNow(found.filter { $0.offset < 0 }.map(\.partition))
        var offsets: [Int32: Int64] = [:]
        for place in found {
            let number = place.partition.partition
            offsets[number] = ends[number]?.high ?? place.offset
        }
        return offsets
    }
}

extension ClientHandle {
    /// Asks the partition's leader.
    func watermarks(of partition: TopicPartition, timeout: Int32) -> Result<Admin.Watermarks, KafkaError> {
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_query_watermark_offsets(
            self.raw, partition.topic, partition.partition, &low, &high, timeout)
        if code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN {
            // One name for a cluster that cannot be reached, whichever call meets it first.
            return .failure(.make(RD_KAFKA_RESP_ERR__TRANSPORT, during: "read watermarks"))
        }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return .failure(
                .make(
                    code, during: "read watermarks", detail: "\(partition): \(String(cString: rd_kafka_err2str(code)))")
            )
        }
        return .success(Admin.Watermarks(low: low, high: high))
    }
}
