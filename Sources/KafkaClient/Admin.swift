internal import CRdkafka

/// Looks at and changes the cluster, without joining a group and without making a topic by looking at it.
///
/// Each call runs on a thread of its own and ends within its time-out; a cluster that cannot be reached is `.retriable`,
/// `_TRANSPORT` or `_TIMED_OUT`.
package final class Admin: Sendable {
    let client: ClientHandle
    let timeout: Duration

    /// `timeout`: for each call.
    package init(
        configuration: ClientConfiguration, reports: ClientReports = ClientReports(),
        timeout: Duration = .seconds(30)
    ) throws(KafkaError) {
        // Only a consumer's handle leaves unknown topics unmade; a producer's asks the broker to create them.
        self.client = try ClientHandle(
            ClientConfiguration(role: .admin, properties: configuration.properties), type: RD_KAFKA_CONSUMER,
            events: 0, reports: reports)  // nobody serves a queue here: errors go to the log
        self.timeout = timeout
    }

    /// Ends the client; nothing may be asked any more.
    package func close() async throws(KafkaError) {
        try await OwnThread.call {
            self.client.destroy(until: .after(milliseconds: 5000)).map { .failure($0) } ?? .success(())
        }
    }

    /// What the cluster says of one topic.
    package struct Topic: Hashable, Sendable {
        package var name: String
        package var partitions: Int
        package var replicas: Int

        package init(name: String, partitions: Int, replicas: Int) {
            self.name = name
            self.partitions = partitions
            self.replicas = replicas
        }
    }

    /// The brokers and the cluster's topics.
    package struct Metadata: Hashable, Sendable {
        /// `host:port`.
        package var brokers: [String]
        package var topics: [Topic]
    }

    /// The first and the next offset of a partition; of an open transaction's partition the end of what can be read.
    package struct Watermarks: Hashable, Sendable {
        package var low: Int64
        package var high: Int64

        package init(low: Int64, high: Int64) {
            self.low = low
            self.high = high
        }
    }

    /// The topic, or nil where it does not exist.
    package func topic(_ name: String) async throws(KafkaError) -> Topic? {
        try await OwnThread.call { self.topicNow(name) }
    }

    func topicNow(_ name: String) -> Result<Topic?, KafkaError> {
        guard let handle = rd_kafka_topic_new(self.client.raw, name, nil) else {
            return .failure(.make(rd_kafka_last_error(), during: "read metadata", detail: "\(name): no such name"))
        }
        defer { rd_kafka_topic_destroy(handle) }
        return self.client.metadata(of: handle, timeout: self.timeout.milliseconds).flatMap { metadata in
            defer { rd_kafka_metadata_destroy(metadata) }
            guard metadata.pointee.topic_cnt > 0, let topics = metadata.pointee.topics else { return .success(nil) }
            let topic = topics[0]
            switch topic.err {
            case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
                return .success(nil)
            case RD_KAFKA_RESP_ERR_NO_ERROR, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
                return .success(Topic(topic))
            default:
                return .failure(.make(topic.err, during: "read metadata", detail: name))
            }
        }
    }

    package func topicExists(_ name: String) async throws(KafkaError) -> Bool {
        try await self.topic(name) != nil
    }

    package func metadata() async throws(KafkaError) -> Metadata {
        try await OwnThread.call {
            self.client.metadata(of: nil, timeout: self.timeout.milliseconds).map { metadata in
                defer { rd_kafka_metadata_destroy(metadata) }
                let value = metadata.pointee
                return Metadata(
                    brokers: (0..<max(Int(value.broker_cnt), 0)).map { index in
                        let broker = value.brokers[index]
                        return "\(String(cString: broker.host)):\(broker.port)"
                    },
                    topics: (0..<max(Int(value.topic_cnt), 0)).map { Topic(value.topics[$0]) })
            }
        }
    }
}

extension ClientHandle {
    /// What the cluster says of one topic (a handle of librdkafka's), or of all; the client knows it from then on. To be
    /// destroyed.
    func metadata(of topic: OpaquePointer?, timeout: Int32) -> Result<UnsafePointer<rd_kafka_metadata>, KafkaError> {
        var found: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(self.raw, topic == nil ? 1 : 0, topic, &found, timeout)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let found else {
            return .failure(.make(code, during: "read metadata"))
        }
        return .success(found)
    }
}

extension Admin.Topic {
    fileprivate init(_ topic: rd_kafka_metadata_topic) {
        self.name = String(cString: topic.topic)
        self.partitions = Int(topic.partition_cnt)
        self.replicas = topic.partition_cnt > 0 ? Int(topic.partitions[0].replica_cnt) : 0
    }
}
