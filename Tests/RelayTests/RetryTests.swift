import KafkaClient
import Synchronization
import Testing

@testable import Relay

/// A word that begins with `fail` fails until it has been tried that often: `fail3`.
private final class FailingHandler: RecordHandler {
    private let attempts: Mutex<[String: Int]>

    init(_ attempts: borrowing Mutex<[String: Int]>) { self.attempts = Mutex(attempts.withLock { $0 }) }

    func handle(
        _ record: RecordBatch.Slot, from partition: TopicPartition, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        let word = record.value.map { String(decoding: $0, as: UTF8.self) } ?? ""
        if word.hasPrefix("fail"), let limit = Int(word.dropFirst(4)) {
            let attempt = self.attempts.withLock { attempts in
                attempts[word, default: 0] += 1
                return attempts[word] ?? 0
            }
            if attempt < limit { return .failed("attempt \(attempt)") }
        }
        try outbox.send(topic: "events", key: nil, value: record.value, headers: [], original: nil)
        return .done
    }

    func deadLetter(
        _ record: RecordBatch.Slot, from partition: TopicPartition, rejection: Rejection, withoutValue: Bool,
        outbox: inout Outbox
    ) throws(KafkaError) {
        try outbox.send(topic: "dead", key: nil, value: record.value, headers: [], original: nil)
    }
}

/// An engine with one lane, whose events are kept.
private func withFailures(
    pause: Duration = .zero,
    _ body: (Engine, FakeProducer, @Sendable () -> [EngineEvent]) async throws -> Void
) async throws {
    var configuration = EngineConfiguration()
    configuration.lanes = 1
    configuration.retryPause = pause
    configuration.attempts = 3
    let producer = FakeProducer()
    let events = Events()
    let engine = Engine(configuration, producer: producer) { event in events.add(event) }
    async let lanes: Void = { try? await engine.run { FailingHandler(Mutex([:])) } }()
    do {
        try await body(engine, producer) { events.all }
    } catch {
        engine.stopLanes()
        await lanes
        throw error
    }
    engine.stopLanes()
    await lanes
}

private final class Events: Sendable {
    private let kept = Mutex<[EngineEvent]>([])

    func add(_ event: EngineEvent) { self.kept.withLock { $0.append(event) } }
    var all: [EngineEvent] { self.kept.withLock { $0 } }
    var stalls: [Stall] { self.all.compactMap { event in if case .stalled(let stall) = event { stall } else { nil } } }
}

struct RetryTests {
    let input = TopicPartition("in", 0)

    private func words(_ sent: [FakeProducer.Sent]) -> [String] {
        sent.map { $0.topic + ":" + String(decoding: $0.value ?? [], as: UTF8.self) }
    }

    @Test func aRecordThatFailsIsTriedAgainAndHoldsUpNoOther() async throws {
        try await withFailures { engine, producer, _ in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok0", "fail3", "ok2"]))
            var sent = await producer.sent(atLeast: 2)
            #expect(self.words(sent) == ["events:ok0", "events:ok2"])
            engine.delivered(sent.map { Delivery(token: $0.token) })
            // The poll thread's tick.
            while producer.state.withLock({ $0.sent.count }) < 3 {
                let commits = engine.offsetsToCommit()
                // What is finished beyond it travels along.
                if let commit = commits.first { #expect(commit.offset == 1 && commit.metadata.hasSuffix(";bB")) }
                await Task.yield()
            }
            sent = await producer.sent(atLeast: 3)
            #expect(self.words(sent).last == "events:fail3")
            engine.delivered([Delivery(token: sent[2].token)])
            #expect(engine.revoked([self.input], lost: false).map(\.offset) == [3])
            #expect(engine.ledger.total.published == 3 && engine.ledger.balances)
        }
    }

    @Test func afterEnoughAttemptsItIsADeadLetter() async throws {
        try await withFailures { engine, producer, events in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["fail9", "ok1"]))
            while producer.state.withLock({ $0.sent.count }) < 2 {
                _ = engine.offsetsToCommit()
                await Task.yield()
            }
            let sent = await producer.sent(atLeast: 2)
            #expect(self.words(sent) == ["events:ok1", "dead:fail9"])
            engine.delivered(sent.map { Delivery(token: $0.token) })
            #expect(engine.revoked([self.input], lost: false).map(\.offset) == [2])
            #expect(engine.ledger.total.deadLettered == 1 && engine.ledger.balances)
            let letters = events().compactMap { event -> Rejection? in
                if case .deadLettered(_, 0, let rejection) = event { rejection } else { nil }
            }
            #expect(letters.map(\.code.description) == ["handler-failed"] && letters.first?.attempts == 3)
        }
    }

    /// Whoever gets the partition next tries it; the drain does not wait for its turn.
    @Test func aDrainDoesNotWaitForTheNextAttempt() async throws {
        try await withFailures(pause: .seconds(3600)) { engine, producer, _ in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["fail9", "ok1"]))
            let sent = await producer.sent(atLeast: 1)
            engine.delivered(sent.map { Delivery(token: $0.token) })
            let commits = engine.revoked([self.input], lost: false)
            #expect(commits.map(\.metadata) == ["tr1;o=0;n=1,0,0,0,1;bB"])
            // The next life does not do the second one again.
            _ = engine.assigned(commits)
            engine.received(makeBatch(self.input, from: 0, ["fail1", "ok1", "ok2"]))
            let more = await producer.sent(atLeast: 3)
            #expect(self.words(more) == ["events:ok1", "events:fail1", "events:ok2"])
            engine.delivered(more[1...].map { Delivery(token: $0.token) })
            #expect(engine.revoked([self.input], lost: false).map(\.metadata) == ["tr1;o=3;n=3,0,0,0,3"])
        }
    }
}

struct PlaceTests {
    let input = TopicPartition("in", 0)

    @Test func theMapStopsIntakeBeforeItOverflows() async throws {
        let events = Events()
        let configuration = EngineConfiguration()
        let engine = Engine(configuration, producer: FakeProducer()) { event in events.add(event) }
        _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
        // No lane runs, so nothing is ever finished; and each record lies far from the last.
        var offset: Int64 = 0
        var taken = 0
        while engine.capacity(for: self.input) > 0, taken < 10_000 {
            engine.received(makeBatch(self.input, from: offset, ["ok"]))
            offset += 1000
            taken += 1
        }
        #expect(taken < 1000)
        #expect(events.all.contains { if case .mapFull(self.input, unfinished: 0) = $0 { true } else { false } })
        #expect(engine.partitions().first?.cause?.contains("metadata") == true)
        _ = engine.revoked([self.input], lost: true)
    }

    @Test func fromMovesAPartitionOnce() async throws {
        var configuration = EngineConfiguration()
        configuration.from = StartPoint(.offsets([0: 40]), offsets: [0: 40])
        let engine = Engine(configuration, producer: FakeProducer())
        let other = TopicPartition("in", 1)
        let starts = engine.assigned([
            CommittedOffset(self.input, offset: 100, metadata: "tr1;o=100;n=7,0,0,0,7;rBB"),
            CommittedOffset(other, offset: 100, metadata: "tr1;o=100;n=7,0,0,0,7"),
        ])
        #expect(starts.map(\.offset) == [40, 100])
        let commits = engine.revoked([self.input, other], lost: false)
        #expect(commits == [CommittedOffset(self.input, offset: 40, metadata: "tr1;o=40;f=0:40")])
        // A second worker, or a later life, with the same option.
        #expect(engine.assigned(commits).map(\.offset) == [40])
        #expect(engine.revoked([self.input], lost: false).isEmpty)
        let later = CommittedOffset(self.input, offset: 60, metadata: "tr1;o=60;n=20,0,0,0,20;f=0:40")
        #expect(engine.assigned([later]).map(\.offset) == [60])
        #expect(engine.revoked([self.input], lost: false).isEmpty)
    }

    @Test func whatRetentionTookIsCountedAndAnotherLogEndsTheWorker() async throws {
        let events = Events()
        let engine = Engine(EngineConfiguration(), producer: FakeProducer()) { event in events.add(event) }
        _ = engine.assigned([CommittedOffset(self.input, offset: 10)])
        #expect(engine.outOfRange(self.input, wanted: 10, low: 25, high: 100) == 25)
        // A fetch that was on its way when the partition was placed there is answered late.
        #expect(engine.outOfRange(self.input, wanted: 25, low: 25, high: 100) == 25)
        #expect(events.all.contains { if case .lost(self.input, from: 10, to: 25) = $0 { true } else { false } })
        #expect(engine.revoked([self.input], lost: false).map(\.metadata) == ["tr1;o=25;n=0,0,0,15,0"])
        _ = engine.assigned([CommittedOffset(self.input, offset: 1000)])
        #expect(engine.outOfRange(self.input, wanted: 1000, low: 0, high: 300) == nil)
        #expect(engine.failure?.kind == .configuration && engine.failure?.detail.contains("--from") == true)
    }

    /// A partition that was added has no commit where others have; `input.start: end` must not pass over its first records.
    @Test func anAddedPartitionBeginsAtItsBeginning() async throws {
        var configuration = EngineConfiguration()
        configuration.start = Offset.end
        let engine = Engine(configuration, producer: FakeProducer())
        let added = TopicPartition("in", 1)
        #expect(engine.assigned([CommittedOffset(self.input, offset: Offset.none)]).map(\.offset) == [Offset.end])
        _ = engine.revoked([self.input], lost: true)
        let both = [CommittedOffset(self.input, offset: 5), CommittedOffset(added, offset: Offset.none)]
        #expect(engine.assigned(both).map(\.offset) == [5, Offset.beginning])
    }

    @Test func metadataOfANewerVersionEndsTheWorkerAndForeignTextIsSaid() async throws {
        let events = Events()
        let engine = Engine(EngineConfiguration(), producer: FakeProducer()) { event in events.add(event) }
        _ = engine.assigned([CommittedOffset(self.input, offset: 5, metadata: "by hand")])
        #expect(events.all.contains { if case .metadataIgnored(self.input, .foreign) = $0 { true } else { false } })
        #expect(engine.failure == nil)
        _ = engine.revoked([self.input], lost: true)
        _ = engine.assigned([CommittedOffset(self.input, offset: 5, metadata: "tr9;o=5")])
        #expect(engine.failure?.kind == .configuration)
    }
}

struct WatchdogTests {
    let input = TopicPartition("in", 0)

    private final class QuietConsumer: WatchedConsumer {
        let end: Int64
        let restarted = Mutex(0)
        let turn = Atomic<Int64>(0)

        init(end: Int64) { self.end = end }

        var lastTurn: Int64 { self.turn.load(ordering: .relaxed) }
        func readableEnd(of partition: TopicPartition) throws(KafkaError) -> Int64 { self.end }
        func restart(_ partition: TopicPartition) { self.restarted.withLock { $0 += 1 } }
    }

    private func watch(
        _ consumer: QuietConsumer, received words: [String] = [], until isOver: (Engine, [Stall]) -> Bool
    ) async -> ([Stall], Engine) {
        let events = Events()
        let engine = Engine(EngineConfiguration(), producer: FakeProducer()) { event in events.add(event) }
        _ = engine.assigned([CommittedOffset(self.input, offset: 10)])
        if !words.isEmpty { engine.received(makeBatch(self.input, from: 10, words)) }
        let watchdog = Watchdog(engine: engine, consumer: consumer, limit: .milliseconds(20))
        await withTaskGroup { group in
            group.addTask { await watchdog.run() }
            while !isOver(engine, events.stalls) { await Task.yield() }
            group.cancelAll()
        }
        return (events.stalls, engine)
    }

    @Test func aSilentPartitionIsFetchedAnewAndThenEndsTheWorker() async {
        let consumer = QuietConsumer(end: 50)
        let (stalls, engine) = await self.watch(consumer) { engine, _ in engine.failure != nil }
        #expect(stalls.count == 2 && stalls.map(\.isDeadly) == [false, true])
        #expect(stalls.first?.cause == "40 records could be read and none comes; it is fetched anew")
        #expect(consumer.restarted.withLock { $0 } == 2 && engine.failure?.kind == .fatal)
    }

    @Test func silenceAtTheEndIsRight() async {
        let consumer = QuietConsumer(end: 10)
        let began = ContinuousClock.now
        let (stalls, engine) = await self.watch(consumer) { _, _ in ContinuousClock.now - began > .milliseconds(200) }
        #expect(stalls.isEmpty && engine.failure == nil && consumer.restarted.withLock { $0 } == 0)
    }

    @Test func aPollThreadThatHangsEndsTheWorker() async {
        let consumer = QuietConsumer(end: 10)
        consumer.turn.store(1, ordering: .relaxed)
        let (stalls, engine) = await self.watch(consumer) { engine, _ in engine.failure != nil }
        #expect(stalls.first?.part == .pollThread && stalls.first?.isDeadly == true && engine.failure != nil)
    }

    /// Nobody takes the batch: the cause is the lane, and waiting for it is no reason to fetch.
    @Test func theCauseIsNamed() async {
        let consumer = QuietConsumer(end: 50)
        let (stalls, _) = await self.watch(consumer, received: ["ok"]) { _, stalls in !stalls.isEmpty }
        #expect(stalls.first?.cause == "offset 10 waits for a lane" && stalls.first?.isDeadly == false)
        #expect(consumer.restarted.withLock { $0 } == 0)
    }
}
