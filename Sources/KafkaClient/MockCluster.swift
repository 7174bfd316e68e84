internal import CRdkafka
internal import Synchronization

/// librdkafka's own broker inside this process, for tests and demonstrations: groups, commits with metadata, idempotent
/// producers. It keeps 5 MiB per partition and drops the oldest silently, knows no transactions worth the name, and
/// nothing outlives the process.
///
/// `@unchecked`: the pointers do not change, and librdkafka locks the cluster itself.
package final class MockCluster: @unchecked Sendable {
    /// Requests that errors can be injected into; the raw value is Kafka's API key.
    package enum Request: Int16, Sendable {
        case produce = 0
        case fetch = 1
        case listOffsets = 2
        case metadata = 3
        case offsetCommit = 8
        case offsetFetch = 9
        case findCoordinator = 10
        case joinGroup = 11
        case heartbeat = 12
        case leaveGroup = 13
        case syncGroup = 14
        case initProducerId = 22
        case addPartitionsToTxn = 24
        case addOffsetsToTxn = 25
        case endTxn = 26
        case txnOffsetCommit = 28
    }

    /// What clients take as `bootstrap.servers`.
    package let bootstrapServers: String
    private let client: ClientHandle
    private let cluster: OpaquePointer
    /// The port of a broker that is away, which librdkafka binds anew when it comes back: given to another socket of
    /// this machine meanwhile, it would end the process (an assertion).
    private let ports = Mutex<[Int32: ReservedPort]>([:])

    package init(brokers: Int = 1) throws(KafkaError) {
        self.client = try ClientHandle(
            ClientConfiguration(role: .admin, properties: [ClientConfiguration.Property]()), type: RD_KAFKA_PRODUCER,
            events: 0, reports: ClientReports())
        guard let cluster = rd_kafka_mock_cluster_new(self.client.raw, Int32(clamping: max(brokers, 1))),
            let servers = rd_kafka_mock_cluster_bootstraps(cluster)
        else {
            throw KafkaError.configuration("no mock cluster could be made", during: "create mock cluster")
        }
        self.cluster = cluster
        self.bootstrapServers = String(cString: servers)
    }

    deinit {
        rd_kafka_mock_cluster_destroy(self.cluster)
        _ = self.client.destroy(until: .after(milliseconds: 2000))
    }

    /// Topics can be made here only: the cluster does not know the request for it.
    package func createTopic(_ name: String, partitions: Int) throws(KafkaError) {
        try check(
            rd_kafka_mock_topic_create(self.cluster, name, Int32(clamping: partitions), 1), during: "create topic")
    }

    /// The next requests of this kind get these errors, one each (`rd_kafka_resp_err_t`; -195 drops the connection).
    package func inject(_ errors: [Int32], into request: Request) {
        let codes = errors.map { rd_kafka_resp_err_t(rawValue: $0) }
        rd_kafka_mock_push_request_errors_array(self.cluster, request.rawValue, codes.count, codes)
    }

    /// Takes a broker (numbered from 1) off the network, or back.
    package func setBroker(_ number: Int32, reachable: Bool) throws(KafkaError) {
        if reachable {
            // Kept until librdkafka has it again; never brought back without, whatever became of it meanwhile.
            let kept = self.ports.withLock { $0.removeValue(forKey: number) }
            let port = if let kept { kept } else { try self.reservePort(of: number) }
            try check(rd_kafka_mock_broker_set_up(self.cluster, number), during: "change mock cluster")
            withExtendedLifetime(port) {}
        } else {
            try check(rd_kafka_mock_broker_set_down(self.cluster, number), during: "change mock cluster")
            let port = try self.reservePort(of: number)
            self.ports.withLock { $0[number] = port }
        }
    }

    private func reservePort(of number: Int32) throws(KafkaError) -> ReservedPort {
        let server = self.bootstrapServers.split(separator: ",")[Int(number) - 1]
        guard let port = UInt16(server.drop { $0 != ":" }.dropFirst()), let reserved = ReservedPort(port) else {
            throw KafkaError.configuration(
                "the port of \(server) was given to another socket", during: "change mock cluster")
        }
        return reserved
    }

    /// Every answer of the broker comes so much later.
    package func setBroker(_ number: Int32, delay: Duration) throws(KafkaError) {
        try check(
            rd_kafka_mock_broker_set_rtt(self.cluster, number, delay.milliseconds), during: "change mock cluster")
    }
}
