import KafkaClient
import Testing

/// Partitions that come and go one by one. Offsets are committed by transactions, not by the consumer (trap 10).
private func makeMember(_ configuration: ClientConfiguration, _ topic: String, _ recorder: Recorder) throws -> Consumer
{
    var configuration = configuration
    configuration.properties.append(.init("partition.assignment.strategy", "cooperative-sticky"))
    configuration.commitsThroughConsumer = false
    return try Consumer(configuration: configuration, topics: [topic], delegate: recorder)
}

extension Recorder {
    /// What is held now.
    var held: Set<TopicPartition> {
        self.read { state in
            var held: Set<TopicPartition> = []
            for event in state.order {
                switch event {
                case .assigned(let partitions): held.formUnion(partitions)
                case .revoked(let partitions): held.subtract(partitions)
                }
            }
            return held
        }
    }
}

@Suite struct CooperativeTests {
    private func configuration(_ cluster: MockCluster) -> ClientConfiguration {
        ClientConfiguration(role: .consumer, properties: settings(cluster, [("group.id", "g")]))
    }

    @Test func whatStaysIsReadOn() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 4)
        let producer = try makeProducer(cluster, Deliveries())
        let recorders = [Recorder(), Recorder()]
        let consumers = try recorders.map { try makeMember(self.configuration(cluster), "t", $0) }
        try await running(consumers[0]) {
            await eventually("the whole") { recorders[0].held.count == 4 }
            #expect(consumers[0].isMember())
            try await running(consumers[1]) {
                await eventually("half", within: .seconds(120)) { recorders.allSatisfy { $0.held.count == 2 } }
                #expect(recorders[0].held.isDisjoint(with: recorders[1].held))
                #expect(recorders[0].read { $0.revoked.map(\.partitions.count) } == [2])
                #expect(recorders[0].read { $0.assigned.count } == 1)
                #expect(consumers.allSatisfy { $0.isMember() })
                for number in 0..<200 { try producer.send("t", key: Array("\(number)".utf8), value: [1]) }
                try await producer.flush(timeout: .seconds(20))
                await eventually("all records") {
                    recorders.map { $0.read { $0.records.values.map(\.count).reduce(0, +) } }.reduce(0, +) == 200
                }
                for recorder in recorders { #expect(Set(recorder.read { $0.records.keys }) == recorder.held) }
            }
            await eventually("the whole again", within: .seconds(120)) { recorders[0].held.count == 4 }
            // What stayed was not given anew; what came back has a new epoch.
            #expect(recorders[0].read { $0.assigned.map(\.count) } == [4, 2])
            #expect(consumers[0].epoch == 2)
        }
        #expect(recorders[0].held.isEmpty)
        #expect(recorders[0].read { $0.revoked.last?.partitions.count } == 4)
        #expect(recorders.allSatisfy { !$0.read { $0.revoked.contains(where: \.lost) } })
        #expect(recorders.allSatisfy { $0.read { $0.failures.isEmpty } })
        try await producer.close(timeout: .seconds(5))
    }

    /// Traps 3 and 4.
    @Test(arguments: [0, 1, 20, 200, 2900, 3100])
    func stopsRightAfterTheStart(milliseconds: Int) async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 4)
        let consumer = try makeMember(self.configuration(cluster), "t", Recorder())
        let start = ContinuousClock.now
        async let run: Void = consumer.run()
        try await Task.sleep(for: .milliseconds(milliseconds))
        consumer.stop()
        try await run
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    /// Trap 4: between joining and the first assignment, which a slow broker makes long, librdkafka 2.0.2 would abort the process.
    @Test(arguments: [3600, 3800, 3900, 4000, 4100, 4200, 4300, 4500])
    func leavesBetweenJoiningAndTheFirstAssignment(milliseconds: Int) async throws {
        let cluster = try MockCluster()
        try cluster.createTopic("t", partitions: 4)
        try cluster.setBroker(1, delay: .milliseconds(200))
        let consumer = try makeMember(self.configuration(cluster), "t", Recorder())
        async let run: Void = consumer.run()
        try await Task.sleep(for: .milliseconds(milliseconds))
        consumer.stop()
        try await run
    }
}

@Suite(.enabled(if: RealBroker.isThere)) struct RealCooperativeTests {
    /// Members come and go while one commits by transactions all the time: no assignment is lost (trap 10 is about other
    /// commits). What is sent under an older generation is refused, and the producer goes on.
    @Test func transactionsDisturbNoRebalance() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 6)
        let settings = RealBroker.configuration(
            .consumer, [("group.id", topic), ("heartbeat.interval.ms", "300"), ("session.timeout.ms", "10000")])
        let steady = Recorder()
        let member = try makeMember(settings, topic, steady)
        let producer = try Producer(
            configuration: RealBroker.configuration(.producer, [("transactional.id", topic)])
        ) { _ in }
        let ends = TransactionEnds()
        let committing = Task {
            try await commitAllTheTime(producer, member, ends, until: { steady.read { $0.isOver } }) {
                steady.held.map { CommittedOffset($0, offset: 0) }
            }
        }
        try await running(member) {
            await eventually("the whole") { steady.held.count == 6 }
            for _ in 0..<4 {
                let guest = Recorder()
                try await running(try makeMember(settings, topic, guest)) {
                    await eventually("half", within: .seconds(120)) { steady.held.count == 3 && guest.held.count == 3 }
                    let before = ends[""]
                    await eventually("a commit") { ends[""] > before }
                }
                await eventually("the whole", within: .seconds(120)) { steady.held.count == 6 }
                #expect(guest.read { !$0.revoked.contains(where: \.lost) })
            }
            let before = ends[""]
            await eventually("a commit") { ends[""] > before }
            steady.read { $0.isOver = true }
            try await committing.value
        }
        let names = ends.names
        #expect(names.isSubset(of: ["", "ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID", "REBALANCE_IN_PROGRESS"]))
        #expect(steady.read { !$0.revoked.contains(where: \.lost) })
        #expect(steady.read { $0.failures }.isEmpty)
        try await producer.close(timeout: .seconds(5))
    }

    /// Traps 3 to 5: leaving within a rebalance, one's own or another's.
    @Test func leavingWithinARebalanceHangsNobody() async throws {
        let topic = try await RealBroker.makeTopic(partitions: 6)
        let settings = RealBroker.configuration(
            .consumer, [("group.id", topic), ("heartbeat.interval.ms", "300"), ("session.timeout.ms", "10000")])
        let steady = Recorder()
        try await running(try makeMember(settings, topic, steady)) {
            await eventually("the whole") { steady.held.count == 6 }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<3 {
                    group.addTask {
                        for round in 0..<8 {
                            let guest = Recorder()
                            try await running(try makeMember(settings, topic, guest)) {
                                // Spread over the half second that a rebalance takes here, and a few at once.
                                try await Task.sleep(for: .milliseconds((round * 3 + number) * 41 % 600))
                            }
                            #expect(guest.held.isEmpty)
                        }
                    }
                }
                try await group.waitForAll()
            }
            await eventually("the whole again", within: .seconds(120)) { steady.held.count == 6 }
        }
        #expect(steady.held.isEmpty)
        #expect(steady.read { $0.failures }.isEmpty)
    }
}
