import Assembly
import KafkaClient
import SampleTelegrams
import Synchronization
import Testing

@testable import Relay

/// Numbers of channels on their way: observed on the input, judged on `telegrams.sections`, remembered in the journal.
@Suite(.timeLimit(.minutes(1)))
struct NumberDeskTests {
    /// A telegram without findings, under this number of the channel EKI.
    static func telegram(_ number: Int, _ change: (String) -> String = { $0 }) -> String {
        let text = TelegramHandlerTests.plain.replacing("EKI0418", with: "EKI0\(number)")
            .replacing("0232", with: "0\(number)")
        return change(text)
    }

    static let settings = { @Sendable (configuration: inout WorkerConfiguration) in
        configuration.versions = nil
        configuration.continuity.watchesChannels = true
        configuration.continuity.channel.time = .milliseconds(200)
        // The telegrams of these tests are old.
        configuration.continuity.patience = .zero
    }

    private static func assign(_ broker: SectionsBroker, input: Int64 = 0, sections: Int64 = 0) {
        _ = broker.engine.assigned([
            CommittedOffset(SectionsBroker.input, offset: input),
            CommittedOffset(SectionsBroker.sections, offset: sections),
        ])
    }

    /// Telegrams come in as one batch; their events and what was observed go out, and that comes back. Answers the
    /// observations.
    @discardableResult
    private static func bring(
        _ numbers: [Int], from offset: Int64, _ broker: SectionsBroker
    ) async -> FakeProducer.Sent {
        broker.engine.received(makeBatch(SectionsBroker.input, from: offset, numbers.map { Self.telegram($0) }))
        let sent = await broker.relay(numbers.count + 1)
        #expect(sent.dropLast().allSatisfy { $0.topic == "telegrams.events" })
        return sent[numbers.count]
    }

    /// The next that is sent, acknowledged; an entry is kept.
    private static func next(_ broker: SectionsBroker, _ journal: FakeJournal) async -> FakeProducer.Sent {
        let sent = await broker.relay(1)[0]
        journal.keep(sent)
        broker.look()
        return sent
    }

    /// Entries that come before the next alert are kept.
    private static func alert(_ broker: SectionsBroker, _ journal: FakeJournal) async throws -> FakeProducer.Sent {
        broker.reachEnd()
        while true {
            let before = broker.producer.state.withLock { $0.sent.count }
            broker.look()
            if broker.hasUnseen {
                let sent = await Self.next(broker, journal)
                if sent.topic == "telegrams.alerts" { return sent }
            }
            try Task.checkCancellation()
            if broker.producer.state.withLock({ $0.sent.count }) == before { await Task.yield() }
        }
    }

    /// What follows an alert: from then on it is remembered.
    private static func remember(_ broker: SectionsBroker, _ journal: FakeJournal) async throws {
        while !broker.hasUnseen {
            try Task.checkCancellation()
            broker.look()
            await Task.yield()
        }
        let entry = await Self.next(broker, journal)
        #expect(entry.topic == FakeJournal.topic)
    }

    /// Whatever is sent is acknowledged until the record of observations is finished.
    private static func settle(_ broker: SectionsBroker, _ journal: FakeJournal, published: Int64) async throws {
        while broker.engine.ledger.lines[SectionsBroker.sections]?.published ?? 0 < published || broker.hasUnseen {
            if broker.hasUnseen { _ = await Self.next(broker, journal) }
            try Task.checkCancellation()
            broker.look()
            await Task.yield()
        }
    }

    private static func identifier(_ alert: FakeProducer.Sent) -> [UInt8]? {
        alert.headers.first { $0.name.description == "ce_id" }?.value
    }

    @Test func observationsGoOutOnceABatch() async throws {
        let journal = FakeJournal()
        try await withSections(Self.settings, memory: journal) { broker in
            Self.assign(broker)
            let sent = await Self.bring([411, 412, 413], from: 0, broker)
            #expect(sent.topic == "telegrams.sections" && sent.partition == 0)
            #expect(sent.key == nil && sent.headers.isEmpty)
            let observations = try ObservationRecord.read(sent.value ?? [])
            #expect(observations.map(\.number) == [411, 412, 413])
            #expect(observations.map(\.source.offset) == [0, 1, 2])
            #expect(Set(observations.map(\.identity)).count == 3)
            let entry = await Self.next(broker, journal)
            #expect(entry.topic == FakeJournal.topic && entry.key == Array("channel|EKI".utf8))
            #expect(broker.engine.ledger.lines[SectionsBroker.sections]?.published == 0)
            try await Self.settle(broker, journal, published: 1)
            // Neither is an event.
            #expect(broker.engine.ledger.total.events == 3)
            #expect(broker.engine.ledger.lines[SectionsBroker.input]?.published == 3)
            #expect(broker.engine.ledger.balances)
        }
    }

    /// The producer's queue is full when the events have gone.
    @Test func whatIsObservedWaitsForRoom() async throws {
        let journal = FakeJournal()
        try await withSections(Self.settings, memory: journal) { broker in
            Self.assign(broker)
            broker.producer.makeRoom(3)
            let texts = [411, 412, 413].map { Self.telegram($0) }
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, texts))
            await broker.relay(3)
            while broker.producer.state.withLock({ $0.asked }) == 0 {
                try Task.checkCancellation()
                await Task.yield()
            }
            broker.producer.makeRoom(.max)
            let observed = await broker.relay(1)[0]
            #expect(observed.topic == "telegrams.sections")
            try await Self.settle(broker, journal, published: 1)
            #expect(broker.engine.ledger.lines[SectionsBroker.input]?.published == 3)
            #expect(broker.engine.ledger.balances)
        }
    }

    /// Records finish only when what was observed of them is with the broker.
    @Test func aBatchWaitsForItsObservations() async throws {
        try await withSections(Self.settings, memory: FakeJournal()) { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.telegram(411)]))
            await broker.relay(1)
            _ = await broker.producer.sent(atLeast: 2)
            for _ in 0..<20 {
                broker.look()
                await Task.yield()
            }
            #expect(broker.engine.ledger.lines[SectionsBroker.input]?.published == 0)
            await broker.relay(1)
            while broker.engine.ledger.lines[SectionsBroker.input]?.published == 0 {
                try Task.checkCancellation()
                broker.look()
                await Task.yield()
            }
        }
    }

    /// The gap is told when its time is over, and the journal knows so afterwards; another life withdraws it.
    @Test func aGapIsToldAndWithdrawnOverARestart() async throws {
        let journal = FakeJournal()
        try await withSections(Self.settings, memory: journal) { broker in
            Self.assign(broker)
            await Self.bring([411, 414], from: 0, broker)
            let alert = try await Self.alert(broker, journal)
            #expect(alert.key == Array("EKI".utf8))
            #expect(alert.text.contains("\"code\":\"channel-gap\"") && alert.text.contains("\"state\":\"open\""))
            #expect(alert.text.contains("\"missing\":[\"0412-0413\"]"))
            #expect(alert.text.contains("\"draft\":\"UNCLAS SVC INT ZDK EKI0412 EKI0413\""))
            try await Self.remember(broker, journal)
        }
        try await withSections(Self.settings, end: 1, memory: journal) { broker in
            Self.assign(broker, input: 2, sections: 1)
            await Self.bring([413], from: 2, broker)
            let narrowed = try await Self.alert(broker, journal)
            #expect(narrowed.text.contains("\"state\":\"narrowed\",\"missing\":[\"0412\"]"))
            try await Self.remember(broker, journal)
            await Self.bring([412], from: 3, broker)
            let withdrawn = try await Self.alert(broker, journal)
            #expect(withdrawn.text.contains("\"state\":\"withdrawn\",\"missing\":[]"))
            #expect(Set([narrowed, withdrawn].map { Self.identifier($0) }).count == 2)
            try await Self.settle(broker, journal, published: 2)
            #expect(broker.engine.ledger.balances)
        }
    }

    /// By a service message over the channel itself; over another one it would be no answer.
    @Test func anAnswerWithdraws() async throws {
        let journal = FakeJournal()
        try await withSections(Self.settings, memory: journal) { broker in
            Self.assign(broker)
            await Self.bring([411, 413], from: 0, broker)
            let gap = try await Self.alert(broker, journal)
            #expect(gap.text.contains("\"missing\":[\"0412\"]"))
            try await Self.remember(broker, journal)
            let text = "VZCZCEKI0414\nRR RUEHC\nDE RUEHEK 17/1611Z\nZFX EKI0412\nNNNN"
            broker.engine.received(
                makeBatch(SectionsBroker.input, from: 2, [text.replacing("EKI0414", with: "QKA0007"), text]))
            let sent = await broker.relay(3)
            #expect(sent.map(\.topic).dropLast() == ["telegrams.service", "telegrams.service"])
            let withdrawn = try await Self.alert(broker, journal)
            #expect(withdrawn.text.contains("\"state\":\"withdrawn\",\"missing\":[]"))
            #expect(withdrawn.text.contains("\"by\":\"answer\"") && withdrawn.text.contains("\"offset\":3"))
            #expect(Self.identifier(gap) != Self.identifier(withdrawn))
        }
    }

    /// The alert came through and the entry did not: the next life says the same again.
    @Test func aCrashBetweenAlertAndEntryTellsTheSame() async throws {
        let journal = FakeJournal()
        let told = Mutex<[[UInt8]?]>([])
        try await withSections(Self.settings, memory: journal) { broker in
            Self.assign(broker)
            await Self.bring([411, 413], from: 0, broker)
            let alert = try await Self.alert(broker, journal)
            told.withLock { $0.append(Self.identifier(alert)) }
        }
        // The record of the observations ended with its first entry.
        try await withSections(Self.settings, end: 1, memory: journal) { broker in
            Self.assign(broker, input: 2, sections: 1)
            let alert = try await Self.alert(broker, journal)
            told.withLock { $0.append(Self.identifier(alert)) }
            #expect(alert.text.contains("\"missing\":[\"0412\"]"))
            // From now on it is known.
            try await Self.remember(broker, journal)
            await Self.bring([414], from: 2, broker)
            try await Self.settle(broker, journal, published: 1)
        }
        told.withLock { #expect($0.count == 2 && $0[0] != nil && $0[0] == $0[1]) }
        try await withSections(Self.settings, end: 2, memory: journal) { broker in
            Self.assign(broker, input: 3, sections: 2)
            await Self.bring([416], from: 3, broker)
            let alert = try await Self.alert(broker, journal)
            #expect(alert.text.contains("\"missing\":[\"0415\"]"))
        }
    }

    /// All is read again from the beginning: nothing of it is a repeat.
    @Test func whatIsReadAgainIsKnown() async throws {
        let journal = FakeJournal()
        for life in 0..<2 {
            try await withSections(Self.settings, end: Int64(life), memory: journal) { broker in
                Self.assign(broker, sections: Int64(life))
                await Self.bring([411, 412], from: 0, broker)
                try await Self.settle(broker, journal, published: 1)
            }
        }
        try await withSections(Self.settings, end: 2, memory: journal) { broker in
            Self.assign(broker, input: 2, sections: 2)
            await Self.bring([412], from: 2, broker)
            let alert = try await Self.alert(broker, journal)
            #expect(alert.text.contains("\"code\":\"channel-repeat\"") && alert.text.contains("\"number\":\"0412\""))
            #expect(alert.text.contains("\"sameMessage\":true"))
            #expect(alert.text.contains("\"offset\":2}") && alert.text.contains("\"offset\":1}"))
        }
    }

    /// Sections and service messages are numbered like any other; sections go where the others are.
    @Test func sectionsAreObservedToo() async throws {
        try await withSections(Self.settings, memory: FakeJournal()) { broker in
            Self.assign(broker)
            let texts = [Samples.s82a, Samples.s82b, Samples.s87a].map { String($0.dropLast()) }
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, texts))
            let sent = await broker.producer.sent(atLeast: 4)
            #expect(
                sent.map(\.topic).prefix(3).sorted() == [
                    "telegrams.sections", "telegrams.sections", "telegrams.service",
                ])
            let last = try #require(sent.last { $0.headers.isEmpty })
            let observations = try ObservationRecord.read(last.value ?? [])
            #expect(observations.count == 3 && Set(observations.map(\.identity)).count == 3)
        }
    }

    /// Without an output for alerts all would be for nothing.
    @Test func withoutAlertsNothingIsObserved() async throws {
        let settings = { @Sendable (configuration: inout WorkerConfiguration) in
            Self.settings(&configuration)
            configuration.routes.alerts = []
        }
        try await withSections(settings, memory: FakeJournal()) { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.telegram(411), Self.telegram(413)]))
            await broker.relay(2)
            while broker.engine.ledger.lines[SectionsBroker.input]?.published != 2 {
                try Task.checkCancellation()
                await Task.yield()
            }
            #expect(
                broker.producer.state.withLock { $0.sent.map(\.topic) } == ["telegrams.events", "telegrams.events"])
        }
    }

    private static func record(_ octets: [UInt8]) -> FakeProducer.Sent {
        octets.withUnsafeBytes {
            FakeProducer.Sent(
                topic: "telegrams.sections", partition: 0, key: nil, value: $0, headers: [], original: nil, token: 0)
        }
    }

    @Test func whoWatchesNothingPassesObservationsOver() async throws {
        var observations = ObservationRecord(partition: 0)
        observations.add(
            NumberObservation(
                series: NumberSeries(.channel, Array("EKI".utf8)), number: 1, width: 3, time: 0, identity: [],
                source: PartSource(partition: 0, offset: 0)))
        let octets = observations.octets
        for memory in [nil, FakeJournal()] {
            try await withSections(memory: memory) { broker in
                Self.assign(broker)
                broker.receive(Self.record(octets))
                try await broker.settledAfterLooks { $0.published == 1 }
                #expect(broker.producer.state.withLock { $0.sent.isEmpty })
            }
        }
    }

    @Test func whatCannotBeReadIsADeadLetter() async throws {
        let cases: [([UInt8], String)] = [
            ([0xFF] + Array("TRN".utf8) + [1, 0, 9], "malformed-observations"),
            ([0xFF] + Array("TRN".utf8) + [2], "malformed-observations"), (Array("VZCZC".utf8), "no-source"),
        ]
        for (octets, code) in cases {
            try await withSections(Self.settings, memory: FakeJournal()) { broker in
                Self.assign(broker)
                broker.receive(Self.record(octets))
                let letter = await broker.relay(1)[0]
                #expect(letter.topic == "telegrams.dead-letters" && letter.value == octets)
                #expect(letter.headers.contains { $0.value == Array(code.utf8) })
                try await broker.settledAfterLooks { $0.deadLettered == 1 }
            }
        }
    }
}
