import KafkaClient
import Synchronization
import Testing

/// Leaving must end whatever state it meets (traps 1 to 4, 8, 9).
@Suite struct ClosingTests {
    @Test func leavesWithUnreadRecordsInItsQueues() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 2)
        let producer = try makeProducer(cluster, Deliveries())
        for number in 0..<500 { try producer.send("t", key: Array("\(number)".utf8), value: [1]) }
        try await producer.flush(timeout: .seconds(20))
        let recorder = Recorder()
        recorder.read { $0.capacity = [TopicPartition("t", 0): 0, TopicPartition("t", 1): 3] }
        let consumer = try makeConsumer(cluster, recorder, topics: ["t"])
        async let run: Void = consumer.run()
        await eventually("some records") { !recorder.read { $0.records.isEmpty } }
        let start = ContinuousClock.now
        consumer.stop()
        try await run
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(recorder.read { $0.revoked.count } == 1)
        try await producer.close(timeout: .seconds(5))
    }

    @Test func aBatchKeptTooLongIsReportedAndStaysReadable() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let producer = try makeProducer(cluster, Deliveries())
        try producer.send("t", key: nil, value: [1, 2, 3])
        try await producer.flush(timeout: .seconds(20))
        let recorder = Recorder()
        recorder.read { $0.keepsBatches = true }
        let consumer = try Consumer(
            configuration: ClientConfiguration(
                role: .consumer, properties: settings(cluster, [("group.id", "g")])),
            topics: ["t"], delegate: recorder, closeTimeout: .milliseconds(500))
        let run = Task { try await consumer.run() }
        await eventually("a batch") { recorder.read { $0.batches.count } == 1 }
        consumer.stop()
        await #expect(throws: KafkaError.self) { try await run.value }
        #expect(recorder.read { $0.batches[0][0].value.map { [UInt8]($0) } } == [1, 2, 3])
        recorder.read { $0.batches = [] }
        try await producer.close(timeout: .seconds(5))
    }

    @Test func leavesWhileTheBrokerIsAway() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let recorder = Recorder()
        let partition = TopicPartition("t", 0)
        recorder.read { $0.commitOnRevoke = [CommittedOffset(partition, offset: 1)] }
        let consumer = try Consumer(
            configuration: ClientConfiguration(
                role: .consumer, properties: settings(cluster, [("group.id", "g")])),
            topics: ["t"], delegate: recorder, closeTimeout: .seconds(2))
        let run = Task { try await consumer.run() }
        await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
        try cluster.setBroker(1, reachable: false)
        await eventually("an error") { !recorder.read { $0.failures }.isEmpty }
        let start = ContinuousClock.now
        consumer.stop()
        try? await run.value
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(recorder.read { $0.revoked.count } == 1)
        #expect(recorder.read { $0.commits.last?.error } != nil)
    }

    @Test func goesOnWhenTheBrokerComesBack() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let deliveries = Deliveries()
        let producer = try makeProducer(cluster, deliveries, [("reconnect.backoff.max.ms", "200")])
        let recorder = Recorder()
        let consumer = try makeConsumer(
            cluster, recorder, topics: ["t"], group: "g", [("reconnect.backoff.max.ms", "200")])
        async let run: Void = consumer.run()
        let partition = TopicPartition("t", 0)
        await eventually("the end") { recorder.read { $0.ends[partition] } == 0 }
        try cluster.setBroker(1, reachable: false)
        for number in 0..<100 { try producer.send("t", key: nil, value: [1], token: UInt64(number)) }
        await eventually("an error") { !recorder.read { $0.failures }.isEmpty }
        #expect(deliveries.count == 0)
        try cluster.setBroker(1, reachable: true)
        await eventually("all records") { recorder.read { $0.records[partition]?.count } == 100 }
        #expect(deliveries.failures.isEmpty)
        #expect(!recorder.read { $0.failures.contains { $0.error.isFatal } })
        consumer.stop()
        try await run
        try await producer.close(timeout: .seconds(5))
    }

    @Test func reportsStatisticsAndLogs() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let statistics = Mutex<[UInt8]>([])
        let logs = Mutex(0)
        let reports = ClientReports(
            log: { _, facility, message in
                if !facility.isEmpty, !message.isEmpty { logs.withLock { $0 += 1 } }
            },
            statistics: { octets in statistics.withLock { $0 = [UInt8](octets) } })
        let consumer = try Consumer(
            configuration: ClientConfiguration(
                role: .consumer,
                properties: settings(
                    cluster, [("group.id", "g"), ("statistics.interval.ms", "100"), ("debug", "cgrp")])),
            topics: ["t"], delegate: Recorder(), reports: reports)
        async let run: Void = consumer.run()
        await eventually("statistics") {
            statistics.withLock { $0.first == UInt8(ascii: "{") && $0.last == UInt8(ascii: "}") }
        }
        await eventually("logs") { logs.withLock { $0 } > 0 }
        #expect(consumer.lastTurn > 0)
        consumer.stop()
        try await run
    }
}
