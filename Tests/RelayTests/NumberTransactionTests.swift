import Assembly
import Directory
import KafkaClient
import Synchronization
import Testing

@testable import Relay

/// Exactly once, with a journal that holds what was committed.
private func withNumbersInTransactions(_ body: @Sendable (Engine, FakeBroker) async throws -> Void) async throws {
    var configuration = WorkerConfiguration()
    configuration.engine.sections = "telegrams.sections"
    configuration.engine.journal = FakeJournal.topic
    configuration.engine.exactlyOnce = true
    configuration.engine.commitInterval = .milliseconds(5)
    configuration.engine.rebalanceDeadline = .seconds(60)
    // Whatever a slow machine takes for a record.
    configuration.engine.stepTime = .seconds(60)
    NumberDeskTests.settings(&configuration)
    var settings = Transactions.Settings()
    settings.pause = .milliseconds(1)
    let broker = FakeBroker()
    let producer = try RenewableProducer { () throws(KafkaError) in FakeTransactionalProducer(broker) }
    let engine = Engine(configuration.engine, producer: producer)
    engine.attach(
        journal: { partitions throws(KafkaError) in
            var entries = Dictionary(uniqueKeysWithValues: partitions.map { ($0, JournalReading.Entries()) })
            for record in broker.state.withLock({ $0.visible }) where record.topic == FakeJournal.topic {
                entries[record.partition ?? -1]?[record.key ?? []] = record.value
            }
            return entries
        },
        records: { _, _ throws(KafkaError) in [:] })
    let transactions = Transactions(engine: engine, producer: producer, member: FakeMember(broker), settings: settings)
    try await transactions.start()
    let handling = configuration
    try await withThrowingTaskGroup { group in
        group.addTask { try? await engine.run { TelegramHandler(handling, directory: Directory()) } }
        group.addTask { try? await transactions.run() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(engine, broker)) } catch { result = .failure(error) }
        await transactions.stop(within: .seconds(60))
        engine.stopLanes()
        try result.get()
    }
}

extension FakeBroker.State {
    fileprivate func on(_ topic: String) -> [FakeProducer.Sent] { self.visible.filter { $0.topic == topic } }
}

/// Numbers while transactions are aborted and partitions go and come back: each alert once.
@Suite(.timeLimit(.minutes(1)))
struct NumberTransactionTests {
    private static let both = [SectionsBroker.input, SectionsBroker.sections]

    @Test(arguments: [FakeBroker.Call.flush, .sendOffsets, .commit])
    func eachGapIsToldOnceWhateverIsAborted(call: FakeBroker.Call) async throws {
        try await withNumbersInTransactions { engine, broker in
            _ = engine.assigned(Self.both.map { CommittedOffset($0, offset: 0) })
            var relay = Relay(engine: engine, broker: broker, call: call)
            for start in stride(from: 400, to: 440, by: 8) {
                let numbers = (start..<start + 8).filter { $0 != 413 && $0 != 427 && $0 != 428 }
                await relay.bring(numbers)
                if start == 424 { relay.change() }
            }
            try await relay.alerts(atLeast: 2)
            await relay.bring([413])
            try await relay.alerts(atLeast: 3)
            await relay.bring([440])
            await relay.settle()
            _ = engine.revoked(Self.both, lost: false)
            broker.state.withLock { state in
                #expect(state.takenBack > 5)
                let alerts = state.on("telegrams.alerts").map(\.text)
                #expect(alerts.count == 3)
                #expect(alerts.count { $0.contains("\"state\":\"open\",\"missing\":[\"0413\"]") } == 1)
                #expect(alerts.count { $0.contains("\"state\":\"open\",\"missing\":[\"0427-0428\"]") } == 1)
                #expect(alerts.last?.contains("\"state\":\"withdrawn\"") ?? false)
                #expect(state.on("telegrams.events").count == relay.count)
                #expect(state.offsets[SectionsBroker.input]?.offset == Int64(relay.count))
                #expect(state.offsets[SectionsBroker.sections]?.offset == Int64(state.on("telegrams.sections").count))
            }
            #expect(engine.ledger.balances)
        }
    }

    /// Nobody told how the commit ended of an alert for which no record stands: the offsets are those of before, and the
    /// group can still tell.
    @Test(arguments: [true, false], [1, 2])
    func aGapWhoseCommitIsInDoubtIsToldOnce(happened: Bool, times: Int) async throws {
        try await withNumbersInTransactions { engine, broker in
            _ = engine.assigned(Self.both.map { CommittedOffset($0, offset: 0) })
            var relay = Relay(engine: engine, broker: broker, call: nil)
            await relay.bring([400, 401, 403, 404])
            await relay.settle()
            for _ in 0..<times { broker.fail(.commit, .test("_TIMED_OUT", .retriable), happened: happened) }
            try await relay.alerts(atLeast: 1)
            await relay.bring([405])
            await relay.settle()
            // What was committed is told apart from it by the next owner, too.
            relay.change()
            await relay.bring([407])
            await relay.settle()
            try await relay.alerts(atLeast: 2)
            _ = engine.revoked(Self.both, lost: false)
            broker.state.withLock { state in
                let alerts = state.on("telegrams.alerts").map(\.text)
                #expect(alerts.count == 2 && state.lives == 1 + times)
                #expect(alerts.count { $0.contains("\"state\":\"open\",\"missing\":[\"0402\"]") } == 1)
                #expect(alerts.count { $0.contains("\"state\":\"open\",\"missing\":[\"0406\"]") } == 1)
                #expect(state.on("telegrams.events").count == relay.count)
            }
            #expect(engine.ledger.balances)
        }
    }

    /// Batches that wait for a lane leave their numbers in one record.
    @Test func whatIsThereSharesAnObservation() async throws {
        try await withNumbersInTransactions { engine, broker in
            _ = engine.assigned([CommittedOffset(SectionsBroker.input, offset: 0)])
            engine.gate?.close()
            for (place, number) in (400..<408).enumerated() {
                engine.received(
                    makeBatch(SectionsBroker.input, from: Int64(place), [NumberDeskTests.telegram(number)]))
            }
            engine.gate?.open()
            await broker.wait { $0.offsets[SectionsBroker.input]?.offset == 8 }
            broker.state.withLock { #expect($0.on("telegrams.sections").count == 1) }
            _ = engine.revoked([SectionsBroker.input], lost: false)
        }
    }

    /// What is known of a series is written once for all that is there.
    @Test func whatIsThereSharesAnEntry() async throws {
        let observed = (400..<408).map { number -> [UInt8] in
            var record = ObservationRecord(partition: 0)
            record.add(
                NumberObservation(
                    series: NumberSeries(.channel, Array("EKI".utf8)), number: number, width: 4, time: 0, identity: [],
                    source: PartSource(partition: 0, offset: Int64(number))))
            return record.octets
        }
        try await withNumbersInTransactions { engine, broker in
            _ = engine.assigned([CommittedOffset(SectionsBroker.sections, offset: 0)])
            engine.gate?.close()
            for (offset, octets) in observed.enumerated() {
                engine.received(
                    octets.withUnsafeBytes { value in
                        RecordBatch(
                            partition: SectionsBroker.sections, epoch: 0, offset: Int64(offset), timestamp: 1, key: nil,
                            value: value, headers: [])
                    })
            }
            engine.gate?.open()
            await broker.wait { $0.offsets[SectionsBroker.sections]?.offset == 8 }
            broker.state.withLock { #expect($0.on(FakeJournal.topic).count == 1) }
            _ = engine.revoked([SectionsBroker.sections], lost: false)
        }
    }

    /// What is sent to `telegrams.sections` and committed comes back.
    private struct Relay {
        let engine: Engine
        let broker: FakeBroker
        let call: FakeBroker.Call?
        /// Telegrams that came in, and observations that came back.
        var count = 0
        var read = 0

        mutating func bring(_ numbers: [Int]) async {
            if let call { self.broker.fail(call, .test("abortable", .abortable)) }
            let texts = numbers.map { NumberDeskTests.telegram($0) }
            self.engine.received(makeBatch(SectionsBroker.input, from: Int64(self.count), texts))
            self.count += numbers.count
            let count = self.count
            await self.broker.wait { state in
                state.offsets[SectionsBroker.input]?.offset == Int64(count)
            }
            if let call { self.broker.fail(call, .test("abortable", .abortable)) }
            self.give()
        }

        private mutating func give() {
            let sent = self.broker.state.withLock { $0.on("telegrams.sections") }
            for record in sent[self.read...] {
                self.engine.received(
                    record.asBatch(SectionsBroker.sections, offset: Int64(self.read), timestamp: WallClock.now))
                self.read += 1
            }
            self.engine.reachedEnd(of: SectionsBroker.sections, at: Int64(self.read))
        }

        /// All that came back is finished.
        func settle() async {
            let count = Int64(self.read)
            await self.broker.wait { $0.offsets[SectionsBroker.sections]?.offset == count }
        }

        /// The partitions go, and come back with what was committed.
        mutating func change() {
            _ = self.engine.revoked(both, lost: false)
            let committed = self.broker.state.withLock { state in
                both.map { state.offsets[$0] ?? CommittedOffset($0, offset: 0) }
            }
            _ = self.engine.assigned(committed)
            self.read = Int(committed[1].offset)
            self.give()
        }

        func alerts(atLeast count: Int) async throws {
            while self.broker.state.withLock({ $0.on("telegrams.alerts").count }) < count {
                try Task.checkCancellation()
                self.engine.state.withLock { $0.nextLook = 0 }
                _ = self.engine.offsetsToCommit()
                await Task.yield()
            }
        }
    }
}
