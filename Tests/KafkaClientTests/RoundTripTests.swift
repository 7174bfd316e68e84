import KafkaClient
import Synchronization
import Testing

@Suite struct RoundTripTests {
    @Test func carriesEveryKindOfRecord() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("in", partitions: 1)
        try cluster.createTopic("out", partitions: 1)
        let deliveries = Deliveries()
        let producer = try makeProducer(cluster, deliveries)
        let parts: [[UInt8]?] = [nil, [], [0], [0, 255, 0, 1], [UInt8](repeating: 0x41, count: 20_000)]
        var token: UInt64 = 0
        for key in parts {
            for value in parts {
                token += 1
                try producer.send(
                    "in", key: key, value: value, header: value, timestamp: 1_700_000_000_000, token: token)
            }
        }
        try await producer.flush(timeout: .seconds(20))
        #expect(deliveries.count == 25)
        #expect(deliveries.failures.isEmpty)

        let recorder = Recorder()
        recorder.read { $0.keepsBatches = true }
        let consumer = try makeConsumer(cluster, recorder, topics: ["in", "out"])
        async let run: Void = consumer.run()
        let input = TopicPartition("in", 0)
        await eventually("25 records") { recorder.read { $0.records[input]?.count ?? 0 } == 25 }
        await eventually("the end") { recorder.read { $0.ends[input] } == 25 }
        let records = recorder.read { $0.records[input] ?? [] }
        var index = 0
        for key in parts {
            for value in parts {
                let expected = Received(
                    offset: Int64(index), timestamp: 1_700_000_000_000, key: key, value: value,
                    headers: value.map { [Received.Pair(name: "ours", value: $0)] } ?? [])
                #expect(records[index] == expected)
                index += 1
            }
        }

        // A consumed record's headers go along, ours in place of an older one of the same name.
        let batches = recorder.read { $0.batches }
        let slot = try #require(batches.first)[2]
        try producer.send("out", key: nil, value: [1], header: [9], original: slot, token: 100)
        try producer.send("out", key: nil, value: [2], original: slot, token: 101)
        try await producer.flush(timeout: .seconds(20))
        let output = TopicPartition("out", 0)
        await eventually("2 records") { recorder.read { $0.records[output]?.count ?? 0 } == 2 }
        #expect(
            recorder.read { $0.records[output]?.map(\.headers) }
                == [[.init(name: "ours", value: [9])], [.init(name: "ours", value: [0])]])
        recorder.read { $0.batches = [] }
        _ = consume batches
        consumer.stop()
        try await run
        try await producer.close(timeout: .seconds(5))
        #expect(throws: KafkaError.self) { try producer.send("out", key: nil, value: nil) }
    }

    @Test func aFullPartitionHoldsUpNoOther() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 4)
        let deliveries = Deliveries()
        let producer = try makeProducer(cluster, deliveries)
        for number in 0..<2000 {
            try producer.send("t", key: Array("key \(number)".utf8), value: [1], token: UInt64(number))
        }
        try await producer.flush(timeout: .seconds(20))
        let recorder = Recorder()
        let full = TopicPartition("t", 1)
        recorder.read { $0.capacity[full] = 0 }
        let consumer = try makeConsumer(cluster, recorder, topics: ["t"])
        async let run: Void = consumer.run()
        await eventually("three ends") { recorder.read { $0.ends.count } == 3 }
        #expect(recorder.read { $0.records[full] } == nil)
        recorder.read { $0.capacity[full] = 7 }
        consumer.wake()
        await eventually("all records") { recorder.read { $0.records.values.map(\.count).reduce(0, +) } == 2000 }
        let offsets = recorder.read { $0.records[full]?.map(\.offset) ?? [] }
        #expect(offsets == Array(0..<Int64(offsets.count)))
        consumer.stop()
        try await run
        try await producer.close(timeout: .seconds(5))
    }

    @Test func injectedErrorsAreTriedAgain() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let deliveries = Deliveries()
        let producer = try makeProducer(cluster, deliveries, [("retry.backoff.ms", "10")])
        cluster.inject([6, 19, -195], into: .produce)
        for number in 0..<100 { try producer.send("t", key: nil, value: [1], token: UInt64(number)) }
        try await producer.flush(timeout: .seconds(20))
        #expect(deliveries.count == 100)
        #expect(deliveries.failures.isEmpty)
        try await producer.close(timeout: .seconds(5))
    }

    @Test func aFullQueueAsksToWait() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let deliveries = Deliveries()
        let producer = try makeProducer(cluster, deliveries, [("queue.buffering.max.messages", "10")])
        var waits = 0
        for number in 0..<200 {
            while true {
                do throws(KafkaError) {
                    try producer.send("t", key: nil, value: [1], token: UInt64(number))
                    break
                } catch {
                    #expect(error.name == "_QUEUE_FULL" && error.kind == .retriable)
                    waits += 1
                    await producer.waitForRoom()
                }
            }
        }
        #expect(waits > 0)
        try await producer.close(timeout: .seconds(10))
        #expect(deliveries.count == 200)
    }

    @Test func nothingDiesUnreported() async throws {
        let deliveries = Deliveries()
        let producer = try Producer(
            configuration: ClientConfiguration(
                role: .producer, properties: [.init("bootstrap.servers", "127.0.0.1:1")])
        ) { deliveries.add($0) }
        for number in 0..<10 { try producer.send("t", key: nil, value: [1], token: UInt64(number)) }
        await #expect(throws: KafkaError.self) { try await producer.close(timeout: .milliseconds(300)) }
        #expect(deliveries.failures.count == 10)
    }
}
