internal import CRdkafka

extension Admin {
    /// A consumer group as its coordinator sees it.
    package struct Group: Hashable, Sendable {
        package enum State: String, Sendable {
            case unknown, preparingRebalance, completingRebalance, stable, dead, empty
        }

        package struct Member: Hashable, Sendable {
            package var id: String
            package var client: String
            package var host: String
            /// Of a static member.
            package var instance: String?
            package var partitions: [TopicPartition]
        }

        /// `dead` where there is no such group, `empty` where it has offsets and no members.
        package var state: State
        /// `range`, `cooperative-sticky`; empty without members.
        package var assignor: String
        package var members: [Member]
    }

    package func group(_ name: String) async throws(KafkaError) -> Group {
        try await OwnThread.call { self.askingCoordinator { self.groupNow(name, limit: $0) } }
    }

    package func groupState(_ name: String) async throws(KafkaError) -> Group.State {
        try await self.group(name).state
    }

    /// What a group has committed for these partitions; `Offset.none` where nothing. The group is not touched.
    package func committed(
        group: String, partitions: [TopicPartition]
    ) async throws(KafkaError) -> [CommittedOffset] {
        guard !partitions.isEmpty else { return [] }
        return try await OwnThread.call { self.askingCoordinator { self.committedNow(group, partitions, limit: $0) } }
    }

    private func committedNow(
        _ group: String, _ partitions: [TopicPartition], limit: Int32
    ) -> Result<[CommittedOffset], KafkaError> {
        let operation = "read committed offsets"
        let list = PartitionList(partitions.map { CommittedOffset($0, offset: Offset.none) })
        guard let asked = rd_kafka_ListConsumerGroupOffsets_new(group, list.raw) else {
            return .failure(.configuration("\(group): no such group name", during: operation))
        }
        defer { rd_kafka_ListConsumerGroupOffsets_destroy(asked) }
        var groups: [OpaquePointer?] = [asked]
        return self.request(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, during: operation, limit: limit) {
            options, queue in
            rd_kafka_ListConsumerGroupOffsets(self.client.raw, &groups, 1, options, queue)
        } read: { event in
            var count = 0
            let results = rd_kafka_ListConsumerGroupOffsets_result_groups(
                rd_kafka_event_ListConsumerGroupOffsets_result(event), &count)
            guard count > 0, let result = results?[0] else { return .success([]) }
            if let error = rd_kafka_group_result_error(result) {
                // The result's own: not to be destroyed here.
                return .failure(
                    .make(
                        rd_kafka_error_code(error), during: operation,
                        detail: rd_kafka_error_string(error).map { String(cString: $0) }))
            }
            guard let offsets = rd_kafka_group_result_partitions(result) else { return .success([]) }
            if let error = KafkaError.first(in: offsets, during: operation) { return .failure(error) }
            return .success(CommittedOffset.read(offsets))
        }
    }

    /// Asks again while a coordinator comes up or moves: librdkafka leaves that to the caller, and what it asks of a cold
    /// coordinator may wait without an answer for all its time.
    private func askingCoordinator<Answer>(
        _ ask: (_ limit: Int32) -> Result<Answer, KafkaError>
    ) -> Result<Answer, KafkaError> {
        let deadline = Deadline.after(self.timeout)
        while true {
            let answer = ask(max(deadline.remaining(atMost: 5000), 1))
            guard case .failure(let error) = answer, error.kind == .retriable, !deadline.hasPassed else {
                return answer
            }
            Wakeup().wait(until: min(deadline, .after(milliseconds: 200)))
        }
    }

    private func groupNow(_ name: String, limit: Int32) -> Result<Group, KafkaError> {
        let operation = "describe group"
        return name.withCString { text in
            var names: [UnsafePointer<CChar>?] = [text]
            return self.request(RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, during: operation, limit: limit) {
                options, queue in
                rd_kafka_DescribeConsumerGroups(self.client.raw, &names, 1, options, queue)
            } read: { event in
                var count = 0
                let groups = rd_kafka_DescribeConsumerGroups_result_groups(
                    rd_kafka_event_DescribeConsumerGroups_result(event), &count)
                guard count > 0, let group = groups?[0] else {
                    return .success(Group(state: .dead, assignor: "", members: []))
                }
                // The result's own: not to be destroyed here.
                if let error = rd_kafka_ConsumerGroupDescription_error(group) {
                    let detail = rd_kafka_error_string(error).map { String(cString: $0) }
                    return .failure(.make(rd_kafka_error_code(error), during: operation, detail: detail))
                }
                return .success(Group(reading: group))
            }
        }
    }
}

extension Admin.Group {
    fileprivate init(reading group: OpaquePointer) {
        self.state = State(rd_kafka_ConsumerGroupDescription_state(group))
        self.assignor =
            rd_kafka_ConsumerGroupDescription_partition_assignor(group).map { String(cString: $0) } ?? ""
        self.members = (0..<rd_kafka_ConsumerGroupDescription_member_count(group)).compactMap { index in
            rd_kafka_ConsumerGroupDescription_member(group, index).map { Member(reading: $0) }
        }
    }
}

extension Admin.Group.Member {
    fileprivate init(reading member: OpaquePointer) {
        func text(_ read: (OpaquePointer) -> UnsafePointer<CChar>?) -> String? {
            read(member).map { String(cString: $0) }
        }
        self.id = text { rd_kafka_MemberDescription_consumer_id($0) } ?? ""
        self.client = text { rd_kafka_MemberDescription_client_id($0) } ?? ""
        self.host = text { rd_kafka_MemberDescription_host($0) } ?? ""
        self.instance = text { rd_kafka_MemberDescription_group_instance_id($0) }
        let list = rd_kafka_MemberDescription_assignment(member).flatMap { rd_kafka_MemberAssignment_partitions($0) }
        self.partitions = list.map { CommittedOffset.read($0).map(\.partition) } ?? []
    }
}

extension Admin.Group.State {
    fileprivate init(_ state: rd_kafka_consumer_group_state_t) {
        switch state {
        case RD_KAFKA_CONSUMER_GROUP_STATE_PREPARING_REBALANCE: self = .preparingRebalance
        case RD_KAFKA_CONSUMER_GROUP_STATE_COMPLETING_REBALANCE: self = .completingRebalance
        case RD_KAFKA_CONSUMER_GROUP_STATE_STABLE: self = .stable
        case RD_KAFKA_CONSUMER_GROUP_STATE_DEAD: self = .dead
        case RD_KAFKA_CONSUMER_GROUP_STATE_EMPTY: self = .empty
        default: self = .unknown
        }
    }
}
