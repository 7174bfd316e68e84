import Directory
import KafkaClient
import SampleTelegrams
import Synchronization
import Testing

@testable import Relay

/// Copies under exactly-once delivery: what is said and what is remembered come through together, or are made again.
@Suite(.timeLimit(.minutes(1)))
struct CopyTransactionTests {
    private static let input = TopicPartition("telegrams.raw", 0)

    /// Twenty telegrams, each of them three times.
    private static let texts: [String] = (0..<60).map { number in
        String(Samples.s81.dropLast()).replacing("0231", with: String(3001 + number % 20))
            .replacing("EKI0417", with: "EKI\(4000 + number)")
    }

    private static func live(
        _ broker: FakeBroker, _ body: @Sendable (Engine) async throws -> Void
    ) async throws {
        var configuration = WorkerConfiguration()
        configuration.engine.journal = FakeJournal.topic
        configuration.engine.exactlyOnce = true
        configuration.engine.commitInterval = .milliseconds(5)
        configuration.engine.rebalanceDeadline = .seconds(60)
        var settings = Transactions.Settings()
        settings.pause = .milliseconds(1)
        let producer = try RenewableProducer { () throws(KafkaError) in FakeTransactionalProducer(broker) }
        let engine = Engine(configuration.engine, producer: producer)
        // Committed entries alone, as a reader of the topic would find them.
        engine.attach(
            journal: { partitions throws(KafkaError) in [0: broker.state.withLock { $0.journal }] },
            records: { _, _ throws(KafkaError) in [:] })
        let transactions = Transactions(
            engine: engine, producer: producer, member: FakeMember(broker), settings: settings)
        try await transactions.start()
        let handling = configuration
        try await withThrowingTaskGroup { group in
            group.addTask { try? await engine.run { TelegramHandler(handling, directory: Directory()) } }
            group.addTask { try? await transactions.run() }
            let result: Result<Void, any Error>
            do { result = .success(try await body(engine)) } catch { result = .failure(error) }
            await transactions.stop(within: .seconds(60))
            engine.stopLanes()
            try result.get()
        }
    }

    @Test(arguments: [FakeBroker.Call.flush, .sendOffsets, .commit])
    func eachIsPublishedOnceWhateverIsAborted(call: FakeBroker.Call) async throws {
        let broker = FakeBroker()
        // In two lives, each of which is struck in every batch.
        for life in 0..<2 {
            try await Self.live(broker) { engine in
                let begin = broker.state.withLock { $0.offsets[Self.input]?.offset ?? 0 }
                #expect(begin == Int64(life * 30))
                _ = engine.assigned([CommittedOffset(Self.input, offset: begin)])
                for start in stride(from: life * 30, to: life * 30 + 30, by: 10) {
                    broker.fail(call, .test("abortable", .abortable))
                    engine.received(
                        makeBatch(Self.input, from: Int64(start), Array(Self.texts[start..<start + 10])))
                    await broker.wait { $0.events.count + $0.alerts.count >= start + 10 }
                }
                _ = engine.revoked([Self.input], lost: false)
                #expect(engine.ledger.balances)
            }
        }
        broker.state.withLock { state in
            #expect(state.aborts >= 6)
            #expect(state.events.map { $0.offsets } == (0..<20).map { [$0] })
            #expect(state.alerts.map { $0.offsets } == (20..<60).map { [$0, $0 % 20] })
            #expect(state.journal.count == 20)
        }
    }
}

extension FakeBroker.State {
    fileprivate var events: [FakeProducer.Sent] { self.visible.filter { $0.topic == "telegrams.events" } }
    fileprivate var alerts: [FakeProducer.Sent] { self.visible.filter { $0.topic == "telegrams.alerts" } }

    fileprivate var journal: JournalReading.Entries {
        var entries = JournalReading.Entries()
        for record in self.visible where record.topic == FakeJournal.topic {
            if let key = record.key { entries[key] = record.value }
        }
        return entries
    }
}
