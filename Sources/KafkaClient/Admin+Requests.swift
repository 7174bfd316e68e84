internal import CRdkafka

extension Admin {
    /// A topic to make.
    package struct NewTopic: Hashable, Sendable {
        package var name: String
        package var partitions: Int
        /// -1: as the broker is set.
        package var replicas: Int
        package var settings: [ClientConfiguration.Property]

        package init(
            _ name: String, partitions: Int, replicas: Int = -1, settings: [ClientConfiguration.Property] = []
        ) {
            self.name = name
            self.partitions = partitions
            self.replicas = replicas
            self.settings = settings
        }
    }

    /// Makes the topics and waits until they can be seen; the answer names those that could not be made and why, `TOPIC_ALREADY_EXISTS` among it.
    package func create(_ topics: [NewTopic]) async throws(KafkaError) -> [String: KafkaError] {
        guard !topics.isEmpty else { return [:] }
        return try await OwnThread.call {
            self.createNow(topics).map { failures in
                failures.merging(self.awaitVisible(topics.filter { failures[$0.name] == nil })) { first, _ in first }
            }
        }
    }

    /// The controller answers before every broker knows the topic; who asks next must not hear that there is none.
    private func awaitVisible(_ topics: [NewTopic]) -> [String: KafkaError] {
        let deadline = Deadline.after(self.timeout)
        let pause = Wakeup()
        var missing: [String: KafkaError] = [:]
        for topic in topics {
            while true {
                if case .success(let found?) = self.topicNow(topic.name), found.partitions > 0 { break }
                if deadline.hasPassed {
                    missing[topic.name] = .make(
                        RD_KAFKA_RESP_ERR__TIMED_OUT, during: "create topics", detail: "made, but not to be seen yet")
                    break
                }
                pause.wait(until: .after(milliseconds: 20))
            }
        }
        return missing
    }

    private func createNow(_ topics: [NewTopic]) -> Result<[String: KafkaError], KafkaError> {
        var made: [OpaquePointer?] = []
        defer { for topic in made { rd_kafka_NewTopic_destroy(topic) } }
        for topic in topics {
            var reason = [CChar](repeating: 0, count: 512)
            let new = rd_kafka_NewTopic_new(
                topic.name, Int32(clamping: topic.partitions), Int32(clamping: topic.replicas), &reason, reason.count)
            guard let new else {
                return .failure(.configuration("\(topic.name): \(reason.text)", during: "create topics"))
            }
            made.append(new)
            for setting in topic.settings { rd_kafka_NewTopic_set_config(new, setting.name, setting.value) }
        }
        return self.request(RD_KAFKA_ADMIN_OP_CREATETOPICS, during: "create topics") { options, queue in
            rd_kafka_CreateTopics(self.client.raw, &made, made.count, options, queue)
        } read: { event in
            var count = 0
            var failures: [String: KafkaError] = [:]
            let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
            for index in 0..<count {
                guard let result = results?[index] else { continue }
                let code = rd_kafka_topic_result_error(result)
                if code == RD_KAFKA_RESP_ERR_NO_ERROR { continue }
                failures[String(cString: rd_kafka_topic_result_name(result))] = .make(
                    code, during: "create topics",
                    detail: rd_kafka_topic_result_error_string(result).map { String(cString: $0) })
            }
            return .success(failures)
        }
    }

    /// The settings of a topic, `max.message.bytes` and `cleanup.policy` among them; values that the broker hides are left out.
    package func settings(ofTopic name: String) async throws(KafkaError) -> [String: String] {
        try await OwnThread.call { self.settingsNow(RD_KAFKA_RESOURCE_TOPIC, name) }
    }

    /// The settings of a broker (`offset.metadata.max.bytes`), by its id.
    package func settings(ofBroker id: Int32) async throws(KafkaError) -> [String: String] {
        try await OwnThread.call { self.settingsNow(RD_KAFKA_RESOURCE_BROKER, String(id)) }
    }

    private func settingsNow(_ type: rd_kafka_ResourceType_t, _ name: String) -> Result<[String: String], KafkaError> {
        let operation = "describe settings"
        guard let asked = rd_kafka_ConfigResource_new(type, name) else {
            return .failure(.configuration("\(name): no such resource", during: operation))
        }
        defer { rd_kafka_ConfigResource_destroy(asked) }
        var resources: [OpaquePointer?] = [asked]
        return self.request(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, during: operation) { options, queue in
            rd_kafka_DescribeConfigs(self.client.raw, &resources, 1, options, queue)
        } read: { event in
            var count = 0
            let results = rd_kafka_DescribeConfigs_result_resources(
                rd_kafka_event_DescribeConfigs_result(event), &count)
            guard count > 0, let result = results?[0] else { return .success([:]) }
            let code = rd_kafka_ConfigResource_error(result)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                let text = rd_kafka_ConfigResource_error_string(result).map { String(cString: $0) }
                return .failure(.make(code, during: operation, detail: text))
            }
            var entries = 0
            var settings: [String: String] = [:]
            let list = rd_kafka_ConfigResource_configs(result, &entries)
            for index in 0..<entries {
                guard let entry = list?[index], let name = rd_kafka_ConfigEntry_name(entry),
                    let value = rd_kafka_ConfigEntry_value(entry)
                else { continue }
                settings[String(cString: name)] = String(cString: value)
            }
            return .success(settings)
        }
    }

    /// Sends one administrative request and waits for its answer on a queue of its own, for `limit` milliseconds (the
    /// client's time-out).
    func request<Value>(
        _ kind: rd_kafka_admin_op_t, during operation: String, limit: Int32? = nil,
        send: (_ options: OpaquePointer?, _ queue: OpaquePointer) -> Void,
        read: (_ event: OpaquePointer) -> Result<Value, KafkaError>
    ) -> Result<Value, KafkaError> {
        let options = rd_kafka_AdminOptions_new(self.client.raw, kind)
        defer { rd_kafka_AdminOptions_destroy(options) }
        var reason = [CChar](repeating: 0, count: 512)
        let limit = limit ?? self.timeout.milliseconds
        rd_kafka_AdminOptions_set_request_timeout(options, limit, &reason, reason.count)
        guard let queue = rd_kafka_queue_new(self.client.raw) else {
            return .failure(.make(RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE, during: operation))
        }
        defer { rd_kafka_queue_destroy(queue) }
        send(options, queue)
        // The library's own time-out comes first.
        guard let event = rd_kafka_queue_poll(queue, max(limit.addingReportingOverflow(2000).partialValue, 0)) else {
            return .failure(.make(RD_KAFKA_RESP_ERR__TIMED_OUT, during: operation))
        }
        defer { rd_kafka_event_destroy(event) }
        let code = rd_kafka_event_error(event)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return .failure(
                .make(
                    code, during: operation,
                    detail: rd_kafka_event_error_string(event).map { String(cString: $0) }))
        }
        return read(event)
    }
}
