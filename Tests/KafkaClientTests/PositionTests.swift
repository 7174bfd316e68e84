import Foundation
import KafkaClient
import Testing

/// What is read and how: each has a way of its own to place a partition anew.
enum Reading: CaseIterable {
    case eager, cooperative, range

    func makeConsumer(
        _ configuration: ClientConfiguration, _ topic: String, partitions: Int, _ recorder: Recorder
    ) throws -> Consumer {
        var configuration = configuration
        var source = ConsumerSource.group(topics: [topic])
        switch self {
        case .eager: break
        case .cooperative:
            configuration.properties.append(.init("partition.assignment.strategy", "cooperative-sticky"))
            configuration.commitsThroughConsumer = false
        case .range:
            source = .range(
                (0..<Int32(partitions)).map {
                    RangePart(TopicPartition(topic, $0), start: Offset.beginning, end: nil)
                })
        }
        return try Consumer(configuration: configuration, source: source, delegate: recorder)
    }
}

extension Recorder {
    /// Each record of these partitions once and in order.
    fileprivate func hasEach(_ counts: [TopicPartition: Int]) -> Bool {
        counts.allSatisfy { self.offsets(of: $0.key) == (0..<Int64($0.value)).map { $0 } }
    }
}

/// A topic `t` with records in each partition; the answer counts them.
private func fill(_ cluster: MockCluster, partitions: Int, count: Int) async throws -> [TopicPartition: Int] {
    try cluster.createTopic("t", partitions: partitions)
    let producer = try makeProducer(cluster, Deliveries())
    for number in 0..<count { try producer.send("t", key: Array("\(number)".utf8), value: [1]) }
    try await producer.close(timeout: .seconds(20))
    let admin = try Admin(configuration: ClientConfiguration(role: .admin, properties: settings(cluster)))
    let marks = try await admin.watermarks(ofAll: "t")
    try await admin.close()
    #expect(marks.count == partitions && marks.values.allSatisfy { $0.high > 0 })
    return Dictionary(uniqueKeysWithValues: marks.map { (TopicPartition("t", $0.key), Int($0.value.high)) })
}

/// Trap 33: what is asked for is not there.
@Suite struct PositionTests {
    private func configuration(_ cluster: MockCluster) -> ClientConfiguration {
        ClientConfiguration(role: .consumer, properties: settings(cluster, [("group.id", "g")]))
    }

    /// The other partition has given a few records when the first is placed anew: it repeats none and leaves none out.
    @Test(arguments: Reading.allCases)
    func goesOnWhereTheDelegateSays(reading: Reading) async throws {
        let cluster = try MockCluster()
        let places = try await fill(cluster, partitions: 2, count: 100)
        let (lost, other) = (TopicPartition("t", 0), TopicPartition("t", 1))
        let recorder = Recorder()
        recorder.read {
            $0.starts = [lost: 1000]
            $0.answer = { $0.low }
            $0.isCapacityUsedUp = true
            $0.capacity = [lost: 0, other: 5]
        }
        let consumer = try reading.makeConsumer(self.configuration(cluster), "t", partitions: 2, recorder)
        try await running(consumer) {
            await eventually("five records") { recorder.offsets(of: other).count == 5 }
            recorder.read { $0.capacity[lost] = 1000 }
            consumer.wake()
            await eventually("all of the one") { recorder.offsets(of: lost).count == places[lost] }
            recorder.read { $0.capacity[other] = 1000 }
            consumer.wake()
            await eventually("the ends") { recorder.read { $0.ends.count } == 2 }
        }
        #expect(recorder.hasEach(places))
        #expect(
            recorder.read { $0.lost } == [
                Recorder.Lost(partition: lost, wanted: 1000, low: 0, high: Int64(places[lost] ?? 0))
            ])
        #expect(recorder.read { $0.failures }.isEmpty)
    }

    @Test func asksAgainUntilTheBrokerAnswers() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let place = TopicPartition("t", 0)
        let recorder = Recorder()
        recorder.read {
            $0.starts = [place: 7]
            $0.answer = { $0.high }
        }
        // Throttled, which librdkafka does not try again by itself.
        cluster.inject([89, 89], into: .listOffsets)
        try await running(try makeConsumer(cluster, recorder, topics: ["t"])) {
            await eventually("the end") { recorder.read { $0.ends[place] } == 0 }
        }
        #expect(recorder.read { $0.lost.count } == 1)
        let names = recorder.read { $0.failures.map(\.error.name) }
        #expect(!names.isEmpty && names.allSatisfy { $0 == "THROTTLING_QUOTA_EXCEEDED" })
    }

    @Test(arguments: Reading.allCases)
    func aRestartLosesNothingAndRepeatsNothing(reading: Reading) async throws {
        let cluster = try MockCluster()
        let places = try await fill(cluster, partitions: 4, count: 4000)
        let recorder = Recorder()
        recorder.read { $0.capacity = places.mapValues { _ in 0 } }
        let consumer = try reading.makeConsumer(self.configuration(cluster), "t", partitions: 4, recorder)
        try await running(consumer) {
            await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
            recorder.read { $0.isCapacityUsedUp = true }
            for round in 0..<20 {
                for place in places.keys where round.isMultiple(of: 2) || place.partition == 1 {
                    consumer.restart(place)
                }
                recorder.read { $0.capacity = places.mapValues { _ in 37 } }
                consumer.wake()
                await eventually("records") { recorder.read { $0.capacity.values.allSatisfy { $0 == 0 } } }
            }
            consumer.restart(TopicPartition("t", 99))
            recorder.read { $0.capacity = [:] }
            consumer.wake()
            await eventually("all records") {
                recorder.read { $0.records.values.map(\.count).reduce(0, +) } >= 4000
            }
            await eventually("the ends") { recorder.read { $0.ends.count } == 4 }
            for place in places { #expect(consumer.highWatermark(of: place.key) == Int64(place.value)) }
        }
        #expect(recorder.hasEach(places))
        #expect(recorder.read { $0.failures }.isEmpty)
        #expect(consumer.highWatermark(of: TopicPartition("t", 0)) == nil)
    }
}

@Suite(.enabled(if: RealBroker.hasTools)) struct RealPositionTests {
    private func fill(_ topic: String, _ count: Int) async throws {
        let producer = try Producer(configuration: RealBroker.configuration(.producer)) { _ in }
        for _ in 0..<count { try producer.send(topic, key: nil, value: [1]) }
        try await producer.close(timeout: .seconds(20))
    }

    private func deleteRecords(_ place: TopicPartition, before offset: Int64) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(place.topic).json")
        let parts = #"[{"topic":"\#(place.topic)","partition":\#(place.partition),"offset":\#(offset)}]"#
        try Data(#"{"version":1,"partitions":\#(parts)}"#.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let answer = try await RealBroker.tool("delete-records", "--offset-json-file", file.path)
        #expect(answer.contains("low_watermark: \(offset)"), "\(answer)")
    }

    @Test(arguments: Reading.allCases)
    func whatIsDeletedIsAskedAboutAndReadingGoesOn(reading: Reading) async throws {
        let topic = try await RealBroker.makeTopic(partitions: 1)
        let place = TopicPartition(topic, 0)
        try await self.fill(topic, 10)
        try await self.deleteRecords(place, before: 6)
        let recorder = Recorder()
        recorder.read {
            $0.starts = [place: 3]
            $0.answer = { $0.low }
        }
        let settings = RealBroker.configuration(.consumer, [("group.id", topic)])
        let consumer = try reading.makeConsumer(settings, topic, partitions: 1, recorder)
        try await running(consumer) {
            await eventually("what is left") { recorder.offsets(of: place) == [6, 7, 8, 9] }
            // The partition is alive again.
            try await self.fill(topic, 5)
            await eventually("what came") { recorder.offsets(of: place).last == 14 }
            #expect(consumer.highWatermark(of: place) == 15)
        }
        #expect(recorder.read { $0.lost } == [Recorder.Lost(partition: place, wanted: 3, low: 6, high: 10)])
        #expect(recorder.read { $0.failures }.isEmpty)
    }

    /// The old position lies beyond the topic that is there now (measurements 7.8).
    @Test func aTopicMadeAnewIsReadFromWhereTheDelegateSays() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 1)
        let place = TopicPartition(topic, 0)
        try await self.fill(topic, 10)
        let recorder = Recorder()
        recorder.read { $0.answer = { $0.low } }
        let settings = RealBroker.configuration(
            .consumer, [("group.id", topic), ("topic.metadata.refresh.interval.ms", "500")])
        let consumer = try Consumer(
            configuration: settings, topics: [topic], delegate: recorder, closeTimeout: .seconds(4))
        let run = Task { try await consumer.run() }
        await eventually("all") { recorder.offsets(of: place).count == 10 }
        _ = try await RealBroker.tool("topics", "--delete", "--topic", topic)
        await eventually("the revoke", within: .seconds(120)) { recorder.read { $0.revoked.count } == 1 }
        // A position of the topic that was.
        recorder.read {
            $0.records = [:]
            $0.starts = [place: 10]
        }
        _ = try await RealBroker.tool("topics", "--create", "--topic", topic, "--partitions", "1")
        try await self.fill(topic, 4)
        await eventually("the new ones", within: .seconds(120)) { recorder.offsets(of: place) == [0, 1, 2, 3] }
        try await self.fill(topic, 1)
        await eventually("the newest") { recorder.offsets(of: place).last == 4 }
        consumer.stop()
        // Trap 2: after a topic has gone, one in four clients cannot be destroyed (measured).
        try await withKnownIssue(isIntermittent: true) {
            try await run.value
        } when: {
            !ClientLibrary.isAtLeast(2, 1)
        } matching: {
            ($0.error as? KafkaError)?.operation == "destroy client"
        }
        #expect(recorder.read { $0.lost.map(\.wanted) } == [10])
        // The broker has dropped what was committed.
        #expect(recorder.read { $0.assigned.map { $0.map(\.offset) } } == [[Offset.none], [Offset.none]])
    }

    /// Restarts while members come and go: the eager protocol assigns the whole anew, maybe just as it is taken away.
    @Test(arguments: [Reading.eager, .cooperative])
    func restartsDisturbNoRebalance(reading: Reading) async throws {
        let topic = try await RealBroker.makeTopic(partitions: 6)
        try await self.fill(topic, 3000)
        let settings = RealBroker.configuration(
            .consumer, [("group.id", topic), ("heartbeat.interval.ms", "300"), ("session.timeout.ms", "10000")])
        let steady = Recorder()
        let consumer = try reading.makeConsumer(settings, topic, partitions: 6, steady)
        let restarting = Task {
            while !steady.read({ $0.isOver }) {
                for number in 0..<6 { consumer.restart(TopicPartition(topic, Int32(number))) }
                try await Task.sleep(for: .milliseconds(3))
            }
        }
        try await running(consumer) {
            await eventually("the whole") { steady.held.count == 6 }
            for _ in 0..<5 {
                let guest = Recorder()
                let other = try reading.makeConsumer(settings, topic, partitions: 6, guest)
                try await running(other) {
                    await eventually("half", within: .seconds(120)) { steady.held.count == 3 && guest.held.count == 3 }
                }
                await eventually("the whole", within: .seconds(120)) { steady.held.count == 6 }
            }
            steady.read {
                $0.isOver = true
                $0.records = [:]
            }
            try await restarting.value
            try await self.fill(topic, 600)
            await eventually("what came") {
                steady.read { $0.records.values.joined().count { $0.offset >= 0 } } >= 600
            }
        }
        #expect(steady.read { !$0.revoked.contains(where: \.lost) })
        #expect(steady.read { $0.failures }.isEmpty)
    }
}

@Suite(.enabled(if: RealBroker.isThere)) struct LateAnswerTests {
    /// An answer about the beginning that comes when the partition has gone and come again moves nobody there. It is late
    /// since the broker answers in order, and first a request for records that waits for some.
    @Test func noLateAnswerMovesAPartition() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 2)
        let producer = try Producer(configuration: RealBroker.configuration(.producer)) { _ in }
        func send(_ keys: Range<Int>) async throws {
            for key in keys { try producer.send(topic, key: Array("\(key)".utf8), value: [1]) }
            try await producer.flush(timeout: .seconds(60))
        }
        try await send(0..<100)
        let settings = RealBroker.configuration(
            .consumer, [("group.id", topic), ("fetch.wait.max.ms", "2000"), ("heartbeat.interval.ms", "50")])
        func besideAnother(_ body: () async throws -> Void) async throws {
            let other = Recorder()
            try await running(try Consumer(configuration: settings, topics: [topic], delegate: other)) {
                await eventually("an assignment") { other.read { !$0.assigned.isEmpty } }
                try await body()
            }
        }
        let recorder = Recorder()
        let places = [TopicPartition(topic, 0), TopicPartition(topic, 1)]
        // Absolute: the client learns nothing of the partition that it does not get.
        recorder.read { $0.starts = [places[0]: 0, places[1]: 0] }
        // What came under an earlier assignment is none of a later one's.
        recorder.read { $0.onRevoke = { recorder.read { $0.records = [:] } } }
        let consumer = try Consumer(configuration: settings, topics: [topic], delegate: recorder)
        func holds(_ count: Int) async {
            await eventually("\(count) partitions") { recorder.read { $0.order.last?.assigned } == count }
        }
        var run: Task<Void, any Error>?
        try await besideAnother {
            run = Task { try await consumer.run() }
            await holds(1)
            await eventually("its end") { recorder.read { $0.ends.count } == 1 }
            recorder.read { $0.starts = $0.ends }
        }
        await holds(2)
        recorder.read { state in state.starts = Dictionary(uniqueKeysWithValues: places.map { ($0, 5) }) }
        try await besideAnother { await holds(1) }
        await holds(2)
        // librdkafka would ask again half a second after the late answer.
        let end = ContinuousClock.now + .seconds(4)
        var sent = 100
        while ContinuousClock.now < end {
            try await send(sent..<sent + 10)
            sent += 10
        }
        let total = sent
        await eventually("all records") {
            recorder.read { $0.records.values.reduce(0) { $0 + $1.count } } >= total - 10
        }
        consumer.stop()
        recorder.read { $0.onRevoke = nil }
        try await run?.value
        for place in places {
            let offsets = recorder.offsets(of: place)
            #expect(offsets == (5..<5 + Int64(offsets.count)).map { $0 })
        }
        #expect(recorder.read { $0.failures.map(\.error.name) }.isEmpty)
        try await producer.close(timeout: .seconds(20))
    }
}

extension Recorder.Change {
    /// How many partitions came; nil when some went.
    fileprivate var assigned: Int? {
        if case .assigned(let partitions) = self { partitions.count } else { nil }
    }
}
