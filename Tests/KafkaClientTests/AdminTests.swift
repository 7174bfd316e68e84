import KafkaClient
import Testing

@Suite struct AdminTests {
    @Test func looksAtTheCluster() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 3)
        let admin = try Admin(configuration: ClientConfiguration(role: .admin, properties: settings(cluster)))
        #expect(try await admin.topic("t") == Admin.Topic(name: "t", partitions: 3, replicas: 1))
        #expect(try await admin.metadata().brokers.count == 1)
        #expect(try await admin.watermarks(of: TopicPartition("t", 0)) == Admin.Watermarks(low: 0, high: 0))
        try await admin.close()
    }

    @Test func anUnreachableBrokerIsSaidInTime() async throws {
        let admin = try Admin(
            configuration: ClientConfiguration(
                role: .admin, properties: [.init("bootstrap.servers", "127.0.0.1:1")]), timeout: .seconds(1))
        for attempt in 0..<4 {
            let start = ContinuousClock.now
            do throws(KafkaError) {
                switch attempt {
                case 0: _ = try await admin.topic("t")
                case 1: _ = try await admin.watermarks(of: TopicPartition("t", 0))
                case 2: _ = try await admin.settings(ofTopic: "t")
                default: _ = try await admin.committed(group: "g", partitions: [TopicPartition("t", 0)])
                }
                Issue.record("no error")
            } catch {
                #expect(error.kind == .retriable)
                #expect(["_TRANSPORT", "_TIMED_OUT"].contains(error.name), "\(error)")
            }
            #expect(ContinuousClock.now - start < .seconds(60))
        }
        try await admin.close()
    }

    @Test func anUnreachableBrokerStopsNoConsumerFromLeaving() async throws {
        let recorder = Recorder()
        let consumer = try Consumer(
            configuration: ClientConfiguration(
                role: .consumer, properties: [.init("bootstrap.servers", "127.0.0.1:1"), .init("group.id", "g")]),
            topics: ["t"], delegate: recorder, closeTimeout: .seconds(3))
        async let run: Void = consumer.run()
        await eventually("an error") { recorder.read { $0.failures.contains { $0.error.kind == .retriable } } }
        let start = ContinuousClock.now
        consumer.stop()
        try? await run
        #expect(ContinuousClock.now - start < .seconds(60))
    }
}
