import Assembly
import Directory
import KafkaClient
import SampleTelegrams
import Synchronization
import Testing

@testable import Relay

private func withSectionsInTransactions(_ body: @Sendable (Engine, FakeBroker) async throws -> Void) async throws {
    var configuration = WorkerConfiguration()
    configuration.engine.sections = "telegrams.sections"
    configuration.engine.journal = FakeJournal.topic
    // What is observed of numbers would stand among what is counted here.
    configuration.continuity.watchesChannels = false
    configuration.continuity.addressees = []
    configuration.engine.exactlyOnce = true
    configuration.engine.commitInterval = .milliseconds(5)
    configuration.engine.rebalanceDeadline = .seconds(60)
    var settings = Transactions.Settings()
    settings.pause = .milliseconds(1)
    let broker = FakeBroker()
    let producer = try RenewableProducer { () throws(KafkaError) in FakeTransactionalProducer(broker) }
    let engine = Engine(configuration.engine, producer: producer)
    engine.attach(
        journal: { partitions throws(KafkaError) in broker.state.withLock { $0.journal(of: partitions) } },
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
    /// What a reader of committed records finds there.
    fileprivate func journal(of partitions: Set<Int32>) -> [Int32: JournalReading.Entries] {
        var entries = Dictionary(uniqueKeysWithValues: partitions.map { ($0, JournalReading.Entries()) })
        for record in self.visible where record.topic == FakeJournal.topic {
            guard let partition = record.partition, let key = record.key else { continue }
            entries[partition]?[key] = record.value
        }
        return entries
    }

    fileprivate var remembered: Set<[UInt8]> {
        Set(self.visible.filter { $0.topic == FakeJournal.topic }.compactMap(\.key))
    }

    fileprivate var forwarded: [FakeProducer.Sent] { self.visible.filter { $0.topic == "telegrams.sections" } }
    fileprivate var events: [FakeProducer.Sent] { self.visible.filter { $0.topic == "telegrams.events" } }
}

/// Sections that wait while transactions are aborted and partitions go and come back.
@Suite(.timeLimit(.minutes(1)))
struct SectionTransactionTests {
    private static let input = TopicPartition("telegrams.raw", 0)
    private static let sections = TopicPartition("telegrams.sections", 0)
    private static let serials = 2001...2040

    /// Of forty telegrams, in an order that is the same each time.
    private static let texts: [String] = {
        let parts = serials.flatMap { serial in
            [Samples.s82a, Samples.s82b, Samples.s82c].map {
                String($0.dropLast()).replacing("2468", with: String(serial))
            }
        }
        return parts.indices.sorted { ($0 * 7919 % 1009, $0) < ($1 * 7919 % 1009, $1) }.map { parts[$0] }
    }()

    @Test(arguments: [FakeBroker.Call.flush, .sendOffsets, .commit])
    func eachTelegramIsCompleteOnceWhateverIsAborted(call: FakeBroker.Call) async throws {
        try await withSectionsInTransactions { engine, broker in
            _ = engine.assigned([
                CommittedOffset(Self.input, offset: 0), CommittedOffset(Self.sections, offset: 0),
            ])
            var read = 0
            for start in stride(from: 0, to: Self.texts.count, by: 12) {
                let end = start + 12
                broker.fail(call, .test("abortable", .abortable))
                engine.received(makeBatch(Self.input, from: Int64(start), Array(Self.texts[start..<end])))
                await broker.wait { $0.forwarded.count >= end }
                broker.fail(call, .test("abortable", .abortable))
                let forwarded = broker.state.withLock { $0.forwarded }
                while read < forwarded.count {
                    engine.received(
                        forwarded[read].asBatch(Self.sections, offset: Int64(read), timestamp: WallClock.now))
                    read += 1
                }
                if start % 36 == 24 { read = Self.change(of: engine, broker) }
            }
            let forwarded = broker.state.withLock { $0.forwarded }
            for offset in read..<forwarded.count {
                let record = forwarded[offset]
                engine.received(record.asBatch(Self.sections, offset: Int64(offset), timestamp: WallClock.now))
            }
            await broker.wait { $0.events.count >= Self.serials.count }
            _ = engine.revoked([Self.input, Self.sections], lost: false)
            broker.state.withLock { state in
                #expect(state.takenBack > 5)
                #expect(state.forwarded.count == Self.texts.count)
                #expect(state.events.count == Self.serials.count)
                for serial in Self.serials {
                    let events = state.events.filter {
                        $0.text.contains("\"id\":\"07TBILISI\(serial)\",\"revision\":1")
                    }
                    #expect(events.count == 1 && events.allSatisfy { $0.text.contains("\"received\":[1,2,3]") })
                }
                // Each telegram is remembered by the transaction that released it.
                #expect(state.remembered.count == Self.serials.count)
                #expect(state.visible.filter { $0.topic == FakeJournal.topic }.count == Self.serials.count)
                #expect(state.visible.count == Self.texts.count + 2 * Self.serials.count)
                #expect(state.offsets[Self.sections]?.offset == Int64(Self.texts.count))
                #expect(state.offsets[Self.input]?.offset == Int64(Self.texts.count))
            }
            #expect(engine.ledger.balances)
        }
    }

    /// The partitions go, and come back with what was committed. Answers where the sections are to be read on.
    private static func change(of engine: Engine, _ broker: FakeBroker) -> Int {
        _ = engine.revoked([Self.input, Self.sections], lost: false)
        let committed = broker.state.withLock { state in
            [Self.input, Self.sections].map { state.offsets[$0] ?? CommittedOffset($0, offset: 0) }
        }
        _ = engine.assigned(committed)
        return Int(committed[1].offset)
    }
}
