import KafkaClient
import Testing

@Suite(.enabled(if: RealBroker.isThere)) struct RealBrokerTests {
    @Test func looksWithoutMakingAndMakesWhenTold() async throws {
        let admin = try Admin(configuration: RealBroker.configuration(.admin))
        let name = RealBroker.newName()
        for _ in 0..<3 { #expect(try await admin.topicExists(name) == false) }
        let topic = Admin.NewTopic(
            name, partitions: 3, replicas: 1,
            settings: [.init("max.message.bytes", "123456"), .init("cleanup.policy", "compact")])
        #expect(try await admin.create([topic]).isEmpty)
        #expect(try await admin.create([topic])[name]?.name == "TOPIC_ALREADY_EXISTS")
        #expect(try await admin.topic(name)?.partitions == 3)
        let settings = try await admin.settings(ofTopic: name)
        #expect(settings["max.message.bytes"] == "123456")
        #expect(settings["cleanup.policy"] == "compact")
        #expect(try await admin.settings(ofBroker: 1)["offset.metadata.max.bytes"] == "4096")
        let refused = try await admin.create([Admin.NewTopic("no/such name", partitions: 1, replicas: 1)])
        #expect(refused["no/such name"]?.kind == .configuration)
        try await admin.close()
    }

    @Test func consumersComeAndGoAndLoseNothing() async throws {
        let admin = try Admin(configuration: RealBroker.configuration(.admin))
        let name = RealBroker.newName()
        #expect(try await admin.create([.init(name, partitions: 6, replicas: 1)]).isEmpty)
        let deliveries = Deliveries()
        let producer = try Producer(configuration: RealBroker.configuration(.producer)) { deliveries.add($0) }
        let total = 20_000
        for number in 0..<total {
            try producer.send(name, key: Array("key \(number)".utf8), value: [1], header: [2], token: UInt64(number))
        }
        try await producer.flush(timeout: .seconds(20))
        #expect(deliveries.count == total)
        let recorders = [Recorder(), Recorder()]
        let consumers = try recorders.map {
            try Consumer(
                configuration: RealBroker.configuration(.consumer, [("group.id", name)]), topics: [name], delegate: $0)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await consumers[0].run() }
            await eventually("all records") {
                recorders[0].read { $0.records.values.map(\.count).reduce(0, +) } == total
            }
            let commits = (0..<6).map { number in
                let partition = TopicPartition(name, Int32(number))
                return CommittedOffset(
                    partition, offset: Int64(recorders[0].read { $0.records[partition]?.count ?? 0 }),
                    metadata: "m\(number)")
            }
            recorders[0].read { $0.commitOnRevoke = commits }
            group.addTask { try await consumers[1].run() }
            await eventually("half", within: .seconds(120)) {
                recorders.allSatisfy { $0.read { $0.assigned.last?.count } == 3 }
            }
            for start in recorders[1].read({ $0.assigned.last ?? [] }) { #expect(commits.contains(start)) }
            recorders[0].read { $0.commitOnRevoke = [] }
            consumers[1].stop()
            await eventually("the whole again", within: .seconds(120)) {
                recorders[0].read { $0.assigned.last?.count } == 6
            }
            consumers[0].stop()
            try await group.waitForAll()
        }
        #expect(recorders[1].read { $0.records.isEmpty })
        #expect(recorders[0].read { $0.failures }.isEmpty)
        let committed = try await admin.committed(group: name, partitions: (0..<6).map { TopicPartition(name, $0) })
        #expect(Set(committed.map(\.metadata)) == Set((0..<6).map { "m\($0)" }))
        let marks = try await admin.watermarks(of: TopicPartition(name, 0))
        #expect(marks.high == committed.first { $0.partition.partition == 0 }?.offset)
        try await admin.close()
        try await producer.close(timeout: .seconds(5))
    }

    @Test func aRecordTooLargeIsTheRecordsFault() async throws {
        let admin = try Admin(configuration: RealBroker.configuration(.admin))
        let name = RealBroker.newName()
        let small = Admin.NewTopic(name, partitions: 1, replicas: 1, settings: [.init("max.message.bytes", "1000")])
        #expect(try await admin.create([small]).isEmpty)
        let deliveries = Deliveries()
        let producer = try Producer(configuration: RealBroker.configuration(.producer)) { deliveries.add($0) }
        try producer.send(name, key: nil, value: [UInt8](repeating: 1, count: 5000), token: 1)
        try await producer.flush(timeout: .seconds(20))
        #expect(deliveries.failures.map(\.kind) == [.record])
        do throws(KafkaError) {
            try producer.send(name, key: nil, value: [UInt8](repeating: 1, count: 2_000_000), token: 2)
            Issue.record("taken")
        } catch {
            #expect(error.kind == .record)
        }
        try producer.send(name, key: nil, value: [1], token: 3)
        try await producer.flush(timeout: .seconds(20))
        #expect(deliveries.failures.count == 1)
        #expect(deliveries.count == 2)
        try await producer.close(timeout: .seconds(5))
        try await admin.close()
    }

    /// Trap 48: the newer member wins; the older one is told by a fatal error and must end.
    @Test func aFencedStaticMemberEnds() async throws {
        let admin = try Admin(configuration: RealBroker.configuration(.admin))
        let name = RealBroker.newName()
        #expect(try await admin.create([.init(name, partitions: 2, replicas: 1)]).isEmpty)
        let recorders = [Recorder(), Recorder()]
        let consumers = try recorders.map {
            try Consumer(
                configuration: RealBroker.configuration(.consumer, [("group.id", name), ("group.instance.id", "one")]),
                topics: [name], delegate: $0)
        }
        let older = Task { try await consumers[0].run() }
        await eventually("an assignment") { recorders[0].read { $0.assigned.count } == 1 }
        let newer = Task { try await consumers[1].run() }
        await eventually("an assignment") { recorders[1].read { $0.assigned.count } == 1 }
        do {
            try await older.value
            Issue.record("no error")
        } catch {
            #expect((error as? KafkaError)?.isFatal == true)
            #expect((error as? KafkaError)?.name == "FENCED_INSTANCE_ID")
        }
        #expect(recorders[0].read { $0.revoked.count } == 1)
        consumers[1].stop()
        try await newer.value
        // A static member that leaves keeps its partitions (trap 47): its return makes no rebalance, and nobody waits for the
        // end of a session (45 s).
        let recorder = Recorder()
        let again = try Consumer(
            configuration: RealBroker.configuration(.consumer, [("group.id", name), ("group.instance.id", "one")]),
            topics: [name], delegate: recorder)
        let run = Task { try await again.run() }
        await eventually("an assignment", within: .seconds(30)) { recorder.read { $0.assigned.count } == 1 }
        again.stop()
        try await run.value
        try await admin.close()
    }
}
