import KafkaClient
import Testing

/// Starts a consumer, waits for what the body waits for, and ends it.
func running(_ consumer: Consumer, _ body: () async throws -> Void) async throws {
    async let run: Void = consumer.run()
    do {
        try await body()
    } catch {
        consumer.stop()
        try? await run
        throw error
    }
    consumer.stop()
    try await run
}

extension Recorder {
    func offsets(of partition: TopicPartition) -> [Int64] { self.read { $0.records[partition] ?? [] }.map(\.offset) }
}

@Suite struct RangeTests {
    /// Ten records in the one partition of each topic.
    private func fill(_ cluster: MockCluster, _ topics: [String]) async throws {
        let producer = try makeProducer(cluster, Deliveries())
        for topic in topics {
            try cluster.createTopic(topic, partitions: 1)
            for number in 0..<10 { try producer.send(topic, key: nil, value: [UInt8(number)]) }
        }
        try await producer.close(timeout: .seconds(20))
    }

    private func makeReader(
        _ cluster: MockCluster, _ recorder: Recorder, _ parts: [RangePart], _ more: [(String, String)] = []
    ) throws -> Consumer {
        try Consumer(
            configuration: ClientConfiguration(role: .consumer, properties: settings(cluster, more)),
            source: .range(parts), delegate: recorder)
    }

    @Test func readsItsPartsAndNothingBeyond() async throws {
        let cluster = try MockCluster()
        try await self.fill(cluster, ["a", "b", "c", "d"])
        let recorder = Recorder()
        let places = ["a", "b", "c", "d"].map { TopicPartition($0, 0) }
        recorder.read { $0.toCommit = [CommittedOffset(places[0], offset: 3)] }
        let parts = [
            RangePart(places[0], start: 3, end: 7), RangePart(places[1], start: Offset.beginning, end: nil),
            RangePart(places[2], start: 4, end: 4), RangePart(places[3], start: 8, end: 10),
        ]
        let consumer = try self.makeReader(cluster, recorder, parts, [("group.id", "g"), ("group.instance.id", "i")])
        try await running(consumer) {
            await eventually("four ends") { recorder.read { $0.ends.count } == 4 }
            #expect(throws: KafkaError.self) { try consumer.committed([places[0]], timeout: .seconds(1)) }
        }
        #expect(recorder.offsets(of: places[0]) == [3, 4, 5, 6])
        #expect(recorder.offsets(of: places[1]) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
        #expect(recorder.offsets(of: places[2]).isEmpty)
        #expect(recorder.offsets(of: places[3]) == [8, 9])
        #expect(places.map { place in recorder.read { $0.ends[place] } } == [7, 10, 4, 10])
        #expect(places.map { place in recorder.read { $0.endCounts[place] } } == [1, 1, 1, 1])
        #expect(recorder.read { $0.assigned }.first?.map(\.offset) == parts.map(\.start))
        #expect(recorder.read { $0.revoked.map(\.lost) } == [false])
        #expect(recorder.read { $0.revoked.first.map { Set($0.partitions) } } == Set(places))
        #expect(recorder.read { $0.commits.compactMap(\.error).isEmpty })
        let admin = try Admin(configuration: ClientConfiguration(role: .admin, properties: settings(cluster)))
        for group in ["g", "no-group"] {
            #expect(
                try await admin.committed(group: group, partitions: [places[0]]).map(\.offset) == [Offset.none])
        }
        try await admin.close()
    }

    @Test func goesOnFromWhereTheDelegateSays() async throws {
        let cluster = try MockCluster()
        try await self.fill(cluster, ["a"])
        let place = TopicPartition("a", 0)
        let recorder = Recorder()
        recorder.read {
            $0.starts = [place: 6]
            $0.stops = [place: 8]
        }
        try await running(try self.makeReader(cluster, recorder, [RangePart(place, start: 2, end: 9)])) {
            await eventually("the end") { recorder.read { $0.ends[place] } == 8 }
        }
        #expect(recorder.offsets(of: place) == [6, 7])
    }

    /// Who may read the topic need not be allowed any group.
    @Test func needsNoRightToAGroup() async throws {
        let cluster = try MockCluster()
        try await self.fill(cluster, ["a"])
        let place = TopicPartition("a", 0)
        cluster.inject([Int32](repeating: 30, count: 1000), into: .findCoordinator)
        let recorder = Recorder()
        try await running(try self.makeReader(cluster, recorder, [RangePart(place, start: 0, end: 10)])) {
            await eventually("the end") { recorder.read { $0.ends[place] } == 10 }
        }
        #expect(recorder.offsets(of: place).count == 10)
        #expect(recorder.read { $0.failures }.isEmpty)
    }

    @Test func takesEachPartitionOnce() async throws {
        let cluster = try MockCluster()
        let part = RangePart(TopicPartition("a", 0), start: 0, end: nil)
        #expect(throws: KafkaError.self) { _ = try self.makeReader(cluster, Recorder(), [part, part]) }
    }

    @Test func aGroupsMemberStopsWhereItIsTold() async throws {
        let cluster = try MockCluster()
        try await self.fill(cluster, ["a"])
        let place = TopicPartition("a", 0)
        let recorder = Recorder()
        recorder.read { $0.stops = [place: 4] }
        try await running(try makeConsumer(cluster, recorder, topics: ["a"])) {
            await eventually("the end") { recorder.read { $0.ends[place] } == 4 }
        }
        #expect(recorder.offsets(of: place) == [0, 1, 2, 3])
        #expect(recorder.read { $0.endCounts[place] } == 1)
    }
}

@Suite(.enabled(if: RealBroker.isThere)) struct RealRangeTests {
    private func read(_ part: RangePart) async throws -> Recorder {
        let recorder = Recorder()
        let consumer = try Consumer(
            configuration: RealBroker.configuration(.consumer), source: .range([part]), delegate: recorder)
        try await running(consumer) {
            await eventually("the end") { recorder.read { $0.endCounts[part.partition] } == 1 }
        }
        #expect(recorder.read { $0.ends[part.partition] } == part.end)
        return recorder
    }

    /// Offsets 3 and 6 are markers, 4 and 5 are aborted: nothing there can be seen, and yet the end must be reached.
    @Test func anEndWithinAHoleIsReached() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 1)
        let place = TopicPartition(topic, 0)
        let producer = try Producer(
            configuration: RealBroker.configuration(.producer, [("transactional.id", topic)])
        ) { _ in }
        try await blocking {
            try producer.initTransactions(timeout: .seconds(30))
            for round in 0..<2 {
                try producer.beginTransaction()
                for number in 0..<3 - round { try producer.send(topic, key: nil, value: [UInt8(number)]) }
                try producer.flushNow(timeout: .seconds(30))
                if round == 0 {
                    try producer.commitTransaction(timeout: .seconds(30))
                } else {
                    try producer.abortTransaction(timeout: .seconds(30))
                }
            }
        }
        for end: Int64 in 3...7 {
            let recorder = try await self.read(RangePart(place, start: 0, end: end))
            #expect(recorder.offsets(of: place) == [0, 1, 2])
        }
        #expect(try await self.read(RangePart(place, start: 4, end: 6)).offsets(of: place).isEmpty)
        try await blocking {
            try producer.beginTransaction()
            for number in 0..<3 { try producer.send(topic, key: nil, value: [UInt8(number)]) }
            try producer.commitTransaction(timeout: .seconds(30))
        }
        // Now something lies beyond.
        for (end, last) in [(Int64(5), Int64(2)), (7, 2), (8, 7), (10, 9), (11, 9)] {
            #expect(try await self.read(RangePart(place, start: 1, end: end)).offsets(of: place).last == last)
        }
        try await producer.close(timeout: .seconds(5))
    }

    @Test func anEndWithinACompactedStretchIsReached() async throws {
        let topic = try await RealBroker.makeTopic(
            partitions: 1,
            [
                ("cleanup.policy", "compact"), ("segment.bytes", "1048576"), ("min.cleanable.dirty.ratio", "0.01"),
                ("max.compaction.lag.ms", "100"), ("segment.ms", "100"),
            ])
        let place = TopicPartition(topic, 0)
        let producer = try Producer(configuration: RealBroker.configuration(.producer)) { _ in }
        for number in 0..<20 { try producer.send(topic, key: [1], value: [UInt8(number)]) }
        try await producer.flush(timeout: .seconds(20))
        // The cleaner looks every 15 s; a new segment begins with a record that comes late enough.
        var left: [Int64] = []
        for _ in 0..<60 {
            try await Task.sleep(for: .seconds(1))
            try producer.send(topic, key: [2], value: [1])
            try await producer.flush(timeout: .seconds(20))
            left = try await self.read(RangePart(place, start: 0, end: 19)).offsets(of: place)
            if left.count < 10 { break }
        }
        #expect(left.isEmpty)
        #expect(try await self.read(RangePart(place, start: 5, end: 12)).offsets(of: place).isEmpty)
        try await producer.close(timeout: .seconds(5))
    }

    @Test(.enabled(if: RealBroker.hasTools)) func noGroupAppears() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 1)
        let place = TopicPartition(topic, 0)
        let producer = try Producer(configuration: RealBroker.configuration(.producer)) { _ in }
        try producer.send(topic, key: nil, value: [1])
        try await producer.close(timeout: .seconds(20))
        let live = RealBroker.newName()
        let member = Recorder()
        let recorder = Recorder()
        let settings = RealBroker.configuration(.consumer, [("group.id", live)])
        member.read { $0.commitOnRevoke = [CommittedOffset(place, offset: 1)] }
        try await running(try Consumer(configuration: settings, topics: [topic], delegate: member)) {
            await eventually("a record") { member.offsets(of: place) == [0] }
            let before = try await RealBroker.tool("groups", "--list")
            let range = RangePart(place, start: 0, end: 1)
            recorder.read { $0.toCommit = [CommittedOffset(place, offset: 0)] }
            try await running(try Consumer(configuration: settings, source: .range([range]), delegate: recorder)) {
                await eventually("the record") { recorder.offsets(of: place) == [0] }
                let groups = try await RealBroker.tool("groups", "--list").split(separator: "\n")
                #expect(groups.contains(Substring(live)))
                #expect(!groups.contains("no-group"))
                #expect(before.split(separator: "\n").contains(Substring(live)))
                let members = try await RealBroker.tool("groups", "--describe", "--members", "--group", live)
                #expect(members.split(separator: "\n").count { $0.hasPrefix(live) } == 1, "\(members)")
            }
        }
        #expect(member.read { $0.assigned.count } == 1)
        let table = try await RealBroker.tool("groups", "--describe", "--group", live)
        let line = table.split(separator: "\n").first { $0.contains(topic) }
        #expect(line?.split(separator: " ").dropFirst(3).first == "1", "\(table)")
        #expect(try await RealBroker.tool("groups", "--list").contains("no-group") == false)
    }
}
