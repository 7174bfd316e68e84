import KafkaClient
import Testing

@Suite struct GroupTests {
    @Test func commitsWithMetadataAndReadsThemBack() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 2)
        let recorder = Recorder()
        let first = TopicPartition("t", 0)
        let second = TopicPartition("t", 1)
        recorder.read { $0.commitOnRevoke = [CommittedOffset(second, offset: 5, metadata: "on revoke")] }
        let consumer = try makeConsumer(cluster, recorder, topics: ["t"])
        async let run: Void = consumer.run()
        await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
        #expect(recorder.read { $0.assigned.first?.map(\.offset) } == [Offset.none, Offset.none])
        #expect(consumer.epoch == 1)
        let long = String(repeating: "x", count: 4096)
        recorder.read { $0.toCommit = [CommittedOffset(first, offset: 3, metadata: long)] }
        await eventually("a commit") { recorder.read { $0.commits.count } == 1 }
        #expect(recorder.read { $0.commits.first?.error } == nil)
        #expect(
            recorder.read { $0.commits.first?.offsets } == [CommittedOffset(first, offset: 3, metadata: long)])
        recorder.read {
            $0.toCommit = [CommittedOffset(first, offset: 4, metadata: String(repeating: "x", count: 40_000))]
        }
        await eventually("a refused commit") { recorder.read { $0.commits.count } == 2 }
        #expect(recorder.read { $0.commits.last?.error?.name } == "OFFSET_METADATA_TOO_LARGE")
        consumer.stop()
        try await run
        #expect(recorder.read { $0.revoked.count } == 1)
        #expect(recorder.read { $0.revoked.first?.lost } == false)

        let admin = try Admin(configuration: ClientConfiguration(role: .admin, properties: settings(cluster)))
        let committed = try await admin.committed(group: "g", partitions: [first, second])
        #expect(
            committed.sorted { $0.partition.partition < $1.partition.partition } == [
                CommittedOffset(first, offset: 3, metadata: long),
                CommittedOffset(second, offset: 5, metadata: "on revoke"),
            ])
        try await admin.close()

        let again = Recorder()
        let successor = try makeConsumer(cluster, again, topics: ["t"])
        async let secondRun: Void = successor.run()
        await eventually("an assignment") { again.read { $0.assigned.count } == 1 }
        #expect(again.read { $0.assigned.first?.first { $0.partition == first }?.metadata } == long)
        successor.stop()
        try await secondRun
    }

    @Test func twoConsumersShare() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 4)
        let recorders = [Recorder(), Recorder()]
        let consumers = try recorders.map { try makeConsumer(cluster, $0, topics: ["t"]) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await consumers[0].run() }
            await eventually("the whole") { recorders[0].read { $0.assigned.last?.count } == 4 }
            group.addTask { try await consumers[1].run() }
            await eventually("half", within: .seconds(120)) {
                recorders.allSatisfy { $0.read { $0.assigned.last?.count } == 2 }
            }
            #expect(recorders[0].read { $0.revoked.first?.partitions.count } == 4)
            // One for each assignment; a slow machine may see one more round of the group before both have joined.
            #expect(consumers[0].epoch == recorders[0].read { $0.assigned.count })
            consumers[1].stop()
            await eventually("the whole again", within: .seconds(120)) {
                recorders[0].read { $0.assigned.last?.count } == 4
            }
            consumers[0].stop()
            try await group.waitForAll()
        }
    }

    @Test(arguments: [0, 1, 20, 200])
    func stopsRightAfterTheStart(milliseconds: Int) async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let recorder = Recorder()
        let consumer = try makeConsumer(cluster, recorder, topics: ["t"])
        let start = ContinuousClock.now
        async let run: Void = consumer.run()
        try await Task.sleep(for: .milliseconds(milliseconds))
        consumer.stop()
        try await run
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func stopsWhenCancelled() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let consumer = try makeConsumer(cluster, Recorder(), topics: ["t"])
        let task = Task { try await consumer.run() }
        task.cancel()
        try await task.value
    }

    @Test func anOffsetOutOfRangeIsSaidNotSkipped() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 1)
        let recorder = Recorder()
        let partition = TopicPartition("t", 0)
        let consumer = try makeConsumer(cluster, recorder, topics: ["t"])
        async let run: Void = consumer.run()
        await eventually("an assignment") { recorder.read { $0.assigned.count } == 1 }
        recorder.read { $0.toCommit = [CommittedOffset(partition, offset: 1000)] }
        await eventually("a commit") { recorder.read { $0.commits.count } == 1 }
        consumer.stop()
        try await run
        let again = Recorder()
        let successor = try makeConsumer(cluster, again, topics: ["t"])
        async let secondRun: Void = successor.run()
        await eventually("the error") {
            again.read { $0.failures.contains { $0.error.name == "_AUTO_OFFSET_RESET" && $0.partition == partition } }
        }
        successor.stop()
        try await secondRun
    }
}
