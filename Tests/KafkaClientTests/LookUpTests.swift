import KafkaClient
import Synchronization
import Testing

/// The mock knows neither times (measurements 1) nor groups from outside.
@Suite(.enabled(if: RealBroker.isThere)) struct LookUpTests {
    @Test func findsOffsetsByTime() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 3, [("retention.ms", "-1")])
        let producer = try Producer(configuration: RealBroker.configuration(.producer)) { _ in }
        let start: Int64 = 1_700_000_000_000
        for number in 0..<300 {
            try producer.send(topic, key: Array("\(number)".utf8), value: [1], timestamp: start + Int64(number))
        }
        try await producer.close(timeout: .seconds(20))
        let recorder = Recorder()
        let places = (0..<3).map { TopicPartition(topic, $0) }
        let whole = places.map { RangePart($0, start: Offset.beginning, end: nil) }
        let settings = RealBroker.configuration(.consumer)
        let consumer = try Consumer(configuration: settings, source: .range(whole), delegate: recorder)
        let readable = Mutex<[TopicPartition: Int64]>([:])
        try await running(consumer) {
            await eventually("the ends") { recorder.read { $0.ends.count } == 3 }
            let found = try consumer.readableEnds(of: places, timeout: .seconds(10))
            readable.withLock { $0 = found }
        }
        let admin = try Admin(configuration: RealBroker.configuration(.admin))
        let ends = try await admin.watermarks(ofAll: topic)
        #expect(ends.values.map(\.high).reduce(0, +) == 300 && ends.values.allSatisfy { $0.low == 0 })
        #expect(places.allSatisfy { place in readable.withLock { $0[place] } == ends[place.partition]?.high })
        for time in [-1, 0, start, start + 150, start + 299, start + 300] {
            let found = try await admin.offsets(of: topic, at: time)
            for number: Int32 in 0..<3 {
                let records = recorder.read { $0.records[TopicPartition(topic, number)] ?? [] }
                let first = records.first { $0.timestamp >= time }?.offset
                #expect(found[number] == first ?? ends[number]?.high)
            }
        }
        await #expect(throws: KafkaError.self) { _ = try await admin.offsets(of: RealBroker.newName(), at: 0) }
        await #expect(throws: KafkaError.self) { _ = try await admin.watermarks(ofAll: RealBroker.newName()) }
        try await admin.close()
    }

    @Test func looksAtAGroupWithoutTouchingIt() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 2)
        let places = (0..<2).map { TopicPartition(topic, $0) }
        let admin = try Admin(configuration: RealBroker.configuration(.admin))
        #expect(try await admin.groupState(topic) == .dead)
        #expect(try await admin.committed(group: topic, topic: topic).map(\.offset) == [Offset.none, Offset.none])
        let recorder = Recorder()
        let text = String(repeating: "é", count: CommittedOffset.metadataLimit / 2)
        recorder.read { $0.commitOnRevoke = [CommittedOffset(places[1], offset: 7, metadata: text)] }
        let settings = RealBroker.configuration(
            .consumer, [("group.id", topic), ("client.id", "here"), ("group.instance.id", "one")])
        try await running(try Consumer(configuration: settings, topics: [topic], delegate: recorder)) {
            await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
            let group = try await admin.group(topic)
            #expect(group.state == .stable && group.assignor == "range")
            #expect(group.members.map(\.client) == ["here"])
            #expect(group.members.map(\.instance) == ["one"])
            #expect(group.members.map { Set($0.partitions) } == [Set(places)])
        }
        let committed = try await admin.committed(group: topic, topic: topic)
        #expect(
            Set(committed) == [
                CommittedOffset(places[0], offset: Offset.none), CommittedOffset(places[1], offset: 7, metadata: text),
            ])
        #expect(recorder.read { $0.assigned.count } == 1)
        try await admin.close()
    }
}
