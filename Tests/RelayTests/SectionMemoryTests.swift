import Assembly
import KafkaClient
import SampleTelegrams
import Synchronization
import Testing

@testable import Relay

/// What a worker knows of released telegrams outlives it.
@Suite(.timeLimit(.minutes(1)))
struct SectionMemoryTests {
    private static let one = String(Samples.s82a.dropLast())
    private static let three = String(Samples.s82b.dropLast())
    private static let two = String(Samples.s82c.dropLast())

    private static func assign(_ broker: SectionsBroker, at offset: Int64 = 0) {
        _ = broker.engine.assigned([
            CommittedOffset(SectionsBroker.input, offset: offset),
            CommittedOffset(SectionsBroker.sections, offset: offset),
        ])
    }

    private static let both = [SectionsBroker.input, SectionsBroker.sections]

    /// Sections of partition 0 come in, and are forwarded.
    private static func bring(_ texts: [String], from offset: Int64, _ broker: SectionsBroker, _ journal: FakeJournal)
        async
    {
        let batch = makeBatch(SectionsBroker.input, from: offset, texts)
        journal.holds(batch)
        broker.engine.received(batch)
        await broker.relay(texts.count)
    }

    /// The event is acknowledged before the entry is written, and the entry before the sections finish.
    private static func release(_ broker: SectionsBroker, _ journal: FakeJournal, outputs: Int = 1) async throws {
        await broker.relay(outputs)
        broker.look()
        let entry = await broker.relay(1)[0]
        #expect(entry.topic == FakeJournal.topic && entry.partition == 0 && entry.headers.isEmpty)
        journal.keep(entry)
        broker.look()
    }

    @Test func theEntryComesBehindTheEvent() async throws {
        let journal = FakeJournal()
        try await withSections(memory: journal) { broker in
            Self.assign(broker)
            await Self.bring([Self.one, Self.three, Self.two], from: 0, broker, journal)
            let sent = await broker.producer.sent(atLeast: 4)
            #expect(sent[3].topic == "telegrams.events")
            // Not acknowledged: whatever is looked at, nothing is written.
            for _ in 0..<3 {
                broker.look()
                await Task.yield()
            }
            try await broker.settled { $0.held >= 2 }
            #expect(broker.producer.state.withLock { $0.sent.count } == 4)
            await broker.relay(1)
            broker.look()
            let entry = await broker.producer.sent(atLeast: 5)[4]
            #expect(entry.topic == FakeJournal.topic)
            #expect(String(decoding: entry.key ?? [], as: UTF8.self).hasPrefix("set|"))
            #expect(broker.engine.ledger.lines[SectionsBroker.sections]?.published == 0)
            await broker.relay(1)
            try await broker.settledAfterLooks { $0.published == 3 }
            #expect(broker.engine.ledger.balances)
            #expect(Set(broker.engine.revoked(Self.both, lost: false).map(\.offset)) == [3])
        }
    }

    /// A drain ends the steps too.
    @Test func aRevokeWaitsForTheEntry() async throws {
        let journal = FakeJournal()
        try await withSections(memory: journal) { broker in
            Self.assign(broker)
            await Self.bring([Self.one, Self.three, Self.two], from: 0, broker, journal)
            _ = await broker.producer.sent(atLeast: 4)
            let engine = broker.engine
            async let commits = Self.revoke(engine)
            await broker.relay(1)
            await broker.relay(1)
            #expect(Set(await commits.map(\.offset)) == [3])
        }
    }

    private static func revoke(_ engine: Engine) async -> [CommittedOffset] {
        await withCheckedContinuation { continuation in
            _ = OwnThread.start { continuation.resume(returning: engine.revoked(Self.both, lost: false)) }
        }
    }

    @Test func aCopyThatComesAfterARestartIsReported() async throws {
        let journal = FakeJournal()
        try await withSections(memory: journal) { broker in
            Self.assign(broker)
            await Self.bring([Self.one, Self.three, Self.two], from: 0, broker, journal)
            try await Self.release(broker, journal)
            try await broker.settledAfterLooks { $0.published == 3 }
        }
        #expect(journal.count == 1)
        try await withSections(end: 3, memory: journal) { broker in
            Self.assign(broker, at: 3)
            await Self.bring([Self.two], from: 3, broker, journal)
            let alert = await broker.relay(1)[0]
            #expect(alert.topic == "telegrams.alerts" && alert.text.contains("\"code\":\"duplicate\""))
            #expect(alert.text.contains("\"offset\":3") && alert.text.contains("\"offset\":2"))
            broker.look()
            journal.keep(await broker.relay(1)[0])
            try await broker.settledAfterLooks { $0.published == 1 }
            #expect(broker.engine.ledger.balances)
        }
    }

    private static let settings = { @Sendable (configuration: inout WorkerConfiguration) in
        configuration.sections.priority = .seconds(60)
    }

    /// Released without its second section; then another life, and the section.
    private static func late(
        _ journal: FakeJournal, _ body: @Sendable @escaping (SectionsBroker) async throws -> Void
    ) async throws {
        try await withSections(Self.settings, memory: journal) { broker in
            Self.assign(broker)
            let batch = makeBatch(SectionsBroker.input, from: 0, [Self.one, Self.three])
            journal.holds(batch)
            broker.engine.received(batch)
            await broker.relay(2, timestamp: WallClock.now - 61_000)
            try await broker.settled { $0.held == 2 }
            broker.reachEnd()
            broker.look()
            try await Self.release(broker, journal, outputs: 2)
            try await broker.settledAfterLooks { $0.published == 2 }
        }
        try await withSections(Self.settings, end: 2, memory: journal) { broker in
            Self.assign(broker, at: 2)
            try await body(broker)
        }
    }

    @Test func aLateSectionReadsTheOthersAgain() async throws {
        let journal = FakeJournal()
        try await Self.late(journal) { broker in
            await Self.bring([Self.two], from: 2, broker, journal)
            let (event, alert) = await broker.relay(2).pair
            #expect(event.text.contains("\"revision\":2") && event.text.contains("\"received\":[1,2,3]"))
            #expect(event.text.contains("\"offset\":0") && event.text.contains("\"offset\":1"))
            #expect(event.text.contains("\"complete\":true"))
            #expect(alert.text.contains("\"code\":\"section-late\""))
            broker.look()
            journal.keep(await broker.relay(1)[0])
            try await broker.settledAfterLooks { $0.published == 1 }
        }
    }

    /// Retention has taken one of them.
    @Test func whatCannotBeReadAgainIsAFinding() async throws {
        let journal = FakeJournal()
        try await Self.late(journal) { broker in
            journal.lose(0)
            await Self.bring([Self.two], from: 2, broker, journal)
            let event = await broker.relay(1)[0]
            #expect(event.text.contains("\"revision\":2") && event.text.contains("\"received\":[2,3],\"missing\":[1]"))
            #expect(event.text.contains("\"code\":\"source-expired\""))
            #expect(event.text.contains("\"complete\":false"))
        }
    }
}
