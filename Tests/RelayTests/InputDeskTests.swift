import Assembly
import Directory
import KafkaClient
import SampleTelegrams
import Synchronization
import Testing

@testable import Relay

/// Copies, corrections and cancellations of whole telegrams on one partition, over restarts.
@Suite(.timeLimit(.minutes(1)))
struct InputDeskTests {
    private static let telegram = String(Samples.s81.dropLast())
    /// Another number on another channel; the text is the same.
    private static let copy = telegram.replacing("VZCZCEKI0417", with: "VZCZCCSA0093")
    private static let suspected = String(Samples.s88.dropLast())
    private static let correction = telegram.replacing(
        "UNCLAS BISHKEK 000231\n", with: "UNCLAS BISHKEK 000231\n\nC O R R E C T E D  C O P Y (PARA 3 DATE)\n"
    ).replacing("BY MARCH 27", with: "BY MARCH 29")
    private static let cancellation = """
        VZCZCEKI0455
        RR RUEHC
        DE RUEHEK #0240 0760930
        ZNR UUUUU
        BT
        UNCLAS SVC ZFR RUEHEK 0231 0760842
        BT
        #0240
        NNNN
        """

    /// A life of a worker that reads from `offset` on.
    private static func live(
        from offset: Int64, _ journal: FakeJournal, _ change: (inout WorkerConfiguration) -> Void = { _ in },
        _ body: @Sendable (SectionsBroker) async throws -> Void
    ) async throws {
        try await withSections(change, memory: journal) { broker in
            _ = broker.engine.assigned([CommittedOffset(SectionsBroker.input, offset: offset)])
            try await body(broker)
        }
    }

    /// They can be read again later.
    private static func bring(
        _ texts: [String], from offset: Int64, _ broker: SectionsBroker, _ journal: FakeJournal
    ) {
        let batch = makeBatch(SectionsBroker.input, from: offset, texts)
        journal.holds(batch)
        broker.engine.received(batch)
    }

    /// What was sent is acknowledged, and then what is remembered of it.
    private static func remember(_ entries: Int, _ broker: SectionsBroker, _ journal: FakeJournal) async {
        broker.look()
        for entry in await broker.relay(entries) {
            #expect(entry.topic == FakeJournal.topic && entry.partition == 0)
            #expect(String(decoding: entry.key ?? [], as: UTF8.self).hasPrefix("version|"))
            journal.keep(entry)
        }
        broker.look()
    }

    private static func finished(_ count: Int, _ broker: SectionsBroker) async throws {
        while broker.engine.ledger.lines[SectionsBroker.input]?.published ?? 0 < count {
            try Task.checkCancellation()
            broker.look()
            await Task.yield()
        }
        #expect(broker.engine.ledger.balances)
    }

    /// The telegram is published, remembered and finished.
    private static func publishFirst(_ broker: SectionsBroker, _ journal: FakeJournal) async throws {
        Self.bring([Self.telegram], from: 0, broker, journal)
        await broker.relay(1)
        await Self.remember(1, broker, journal)
        try await Self.finished(1, broker)
    }

    @Test func anExactCopyIsToldAndNotPublished() async throws {
        let journal = FakeJournal()
        try await Self.live(from: 0, journal) { broker in
            Self.bring([Self.telegram, Self.copy], from: 0, broker, journal)
            let (event, alert) = await broker.relay(2).pair
            #expect(event.topic == "telegrams.events" && event.text.contains("\"revision\":1"))
            #expect(alert.topic == "telegrams.alerts" && alert.text.hasPrefix("{\"code\":\"duplicate\""))
            #expect(alert.text.contains("\"details\":{\"verdict\":\"duplicate\",\"other\":\"\(event.identifier)\""))
            #expect(alert.text.contains("\"channel\":\"CSA0093\""))
            #expect(alert.offsets == [1, 0])
            // One entry for both.
            await Self.remember(1, broker, journal)
            try await Self.finished(2, broker)
        }
    }

    /// Neither record finishes before what is remembered of it is written, and that waits for what was said.
    @Test func recordsFinishBehindTheirEntry() async throws {
        let journal = FakeJournal()
        try await Self.live(from: 0, journal) { broker in
            Self.bring([Self.telegram], from: 0, broker, journal)
            _ = await broker.producer.sent(atLeast: 1)
            for _ in 0..<3 {
                broker.look()
                await Task.yield()
            }
            #expect(broker.producer.state.withLock { $0.sent.count } == 1)
            await broker.relay(1)
            broker.look()
            _ = await broker.producer.sent(atLeast: 2)
            #expect(broker.engine.ledger.lines[SectionsBroker.input]?.published == 0)
            await Self.remember(1, broker, journal)
            try await Self.finished(1, broker)
        }
    }

    @Test func aCopyIsKnownAfterARestart() async throws {
        let journal = FakeJournal()
        try await Self.live(from: 0, journal) { broker in
            try await Self.publishFirst(broker, journal)
        }
        try await Self.live(from: 1, journal) { broker in
            Self.bring([Self.suspected, Self.correction], from: 1, broker, journal)
            let sent = await broker.relay(3)
            #expect(sent[0].text.contains("\"verdict\":\"suspected-duplicate\"") && sent[0].offsets == [1, 0])
            let other = sent[0].text.firstRange(of: "\"other\":\"").map { sent[0].text[$0.upperBound...].prefix(32) }
            #expect(
                sent[1].text.contains("\"revision\":2") && sent[1].text.contains("\"supersedes\":\"\(other ?? "")\""))
            #expect(sent[2].text.contains("{\"code\":\"superseded\"") && sent[2].offsets == [2, 0])
            #expect(
                sent[2].text.contains("\"details\":{\"event\":\"\(sent[1].identifier)\",\"verdict\":\"supersedes\""))
            await Self.remember(1, broker, journal)
            try await Self.finished(2, broker)
        }
        // The uncorrected one again, late.
        try await Self.live(from: 3, journal) { broker in
            Self.bring([Self.copy], from: 3, broker, journal)
            let alert = await broker.relay(1)[0]
            #expect(alert.text.contains("\"verdict\":\"duplicate\"") && alert.offsets == [3, 0])
        }
    }

    private static let garbled = telegram.replacing("IN JUNE, NOT APRIL", with: "IN J#NE, N%T &PRIL").replacing(
        "UNCLAS BISHKEK 000231", with: "UNCLAS BISHKEK 00231")

    private static func difference(_ was: String, _ now: String) -> String {
        "\"repair\":{\"was\":\"\(was)\",\"now\":\"\(now)\",\"rule\":\"4.1\"}"
    }

    /// From what was read before, or from the input once more: what the corrected copy changes stands in its event and in the
    /// alert; `now` is what is to be read.
    @Test(arguments: [true, false])
    func whatDiffersIsShown(_ isOneBatch: Bool) async throws {
        let journal = FakeJournal()
        try await Self.live(from: 0, journal) { broker in
            let texts = [[Self.telegram], [Self.correction, Self.copy]]
            if isOneBatch {
                Self.bring(texts.flatMap { $0 }, from: 0, broker, journal)
            } else {
                Self.bring(texts[0], from: 0, broker, journal)
                Self.bring(texts[1], from: 1, broker, journal)
            }
            let sent = await broker.relay(4)
            let changes = [("", "C O R R E C T E D C O P Y (PARA 3 DATE)"), ("27.", "29.")].map(Self.difference)
            let (event, alert) = (sent[1].text, sent[2].text)
            #expect(event.contains("\"revision\":2") && alert.contains("\"verdict\":\"supersedes\""))
            #expect(
                alert.contains(
                    "\"differenceCount\":2,\"differences\":[{\"code\":\"copies-differ\",\"severity\":\"note\""))
            for text in [event, alert] { #expect(changes.allSatisfy { text.contains($0) }) }
            #expect(event.contains("{\"code\":\"copies-differ\",\"severity\":\"note\",\"paragraph\":3,"))
            // The same text as the first: there is nothing to compare.
            #expect(sent[3].text.contains("\"verdict\":\"duplicate\"") && !sent[3].text.contains("differences"))
            await Self.remember(1, broker, journal)
            try await Self.finished(3, broker)
        }
    }

    @Test func aWorseCopyIsToldWithWhatItHasOtherwise() async throws {
        let journal = FakeJournal()
        try await Self.live(from: 0, journal) { broker in
            Self.bring([Self.telegram, Self.garbled], from: 0, broker, journal)
            let alert = await broker.relay(2)[1].text
            #expect(alert.contains("\"verdict\":\"worse\"") && alert.contains("\"differenceCount\":2"))
            #expect(alert.contains(Self.difference("J#NE, N%T &PRIL.", "JUNE, NOT APRIL.")))
            #expect(alert.contains(Self.difference("00231", "000231")))
            await Self.remember(1, broker, journal)
            try await Self.finished(2, broker)
        }
    }

    @Test func aReadingThatFailsHoldsNothingUp() async throws {
        let journal = FakeJournal()
        try await Self.live(from: 0, journal) { broker in
            try await Self.publishFirst(broker, journal)
            journal.failReadings(.interrupted)
            Self.bring([Self.correction, Self.copy], from: 1, broker, journal)
            let sent = await broker.relay(3).map(\.text)
            #expect(sent[0].contains("\"revision\":2") && sent[1].contains("\"verdict\":\"supersedes\""))
            #expect(!sent.contains { $0.contains("copies-differ") || $0.contains("source-expired") })
            #expect(sent[2].contains("\"verdict\":\"duplicate\""))
            await Self.remember(1, broker, journal)
            try await Self.finished(3, broker)
        }
    }

    /// What retention has taken, and what is another record than that which is remembered.
    @Test(arguments: [nil, correction])
    func whatIsGoneIsNotCompared(_ other: String?) async throws {
        let journal = FakeJournal()
        try await Self.live(from: 0, journal) { broker in
            try await Self.publishFirst(broker, journal)
            journal.lose(0)
            if let other { journal.holds(makeBatch(SectionsBroker.input, from: 0, [other])) }
            Self.bring([Self.correction], from: 1, broker, journal)
            let sent = await broker.relay(3)
            #expect(sent[0].text.contains("{\"code\":\"source-expired\",\"severity\":\"warning\""))
            #expect(sent[1].text.hasPrefix("{\"code\":\"source-expired\""))
            #expect(sent[2].text.contains("\"differences\":[{\"code\":\"source-expired\""))
            #expect(!sent[2].text.contains("differenceCount"))
        }
    }

    /// What comes before it in the record is sent once, and what comes behind it after it.
    @Test func ofSeveralTelegramsOneMayWait() async throws {
        let journal = FakeJournal()
        let other = Self.telegram.replacing("0231", with: "0232")
        try await Self.live(from: 0, journal) { broker in
            Self.bring([Self.telegram, other], from: 0, broker, journal)
            await broker.relay(2)
            await Self.remember(2, broker, journal)
            let correction = other.replacing("BY MARCH 27", with: "BY MARCH 28").replacing(
                "UNCLAS BISHKEK 000232\n", with: "UNCLAS BISHKEK 000232\n\nC O R R E C T E D  C O P Y\n")
            let last = Self.telegram.replacing("0231", with: "0233")
            Self.bring([[Self.correction, correction, last].joined(separator: "\n")], from: 2, broker, journal)
            let sent = await broker.relay(5).map(\.text)
            #expect(sent.map { $0.contains("copies-differ") } == [true, true, true, true, false])
            #expect(sent[0].contains("29.") && sent[2].contains("28.") && sent[4].contains("09BISHKEK233"))
            await Self.remember(3, broker, journal)
            try await Self.finished(3, broker)
        }
    }

    /// Each is read from the beginning of its record: of one with very many, that would be their square.
    @Test func ofVeryManyTelegramsSomeAreCompared() async throws {
        let journal = FakeJournal()
        let texts = (0..<20).map { Self.telegram.replacing("MARCH 27", with: "MARCH \($0)") }
        try await Self.live(from: 0, journal) { broker in
            Self.bring([texts.joined(separator: "\n")], from: 0, broker, journal)
            var sent: [String] = []
            while sent.filter({ $0.contains("\"verdict\"") }).count < 19 {
                sent += await broker.relay(1).map(\.text)
            }
            #expect(sent.filter { $0.contains("differenceCount") }.count == 16)
            #expect(sent.filter { $0.contains("\"verdict\"") }.prefix(16).allSatisfy { $0.contains("differenceCount") })
        }
    }

    /// Read again, each record leads to what it led to; nothing is a copy of itself.
    @Test func aCrashRepeatsWhatWasSaid() async throws {
        let texts = [Self.telegram, Self.copy, Self.correction, Self.cancellation, Self.suspected]
        let journal = FakeJournal()
        var lives: [[String]] = []
        // The first life dies before anything is remembered of it, the second before its offsets are committed.
        for isRemembered in [false, true, true] {
            let sent = try await Self.everything(texts, journal, isRemembered)
            lives.append(sent)
        }
        #expect(lives[0].count == 7)
        #expect(lives[1] == lives[0])
        #expect(lives[2] == lives[0])
    }

    private static func everything(
        _ texts: [String], _ journal: FakeJournal, _ isRemembered: Bool
    ) async throws -> [String] {
        let sent = Collected()
        try await Self.live(from: 0, journal) { broker in
            Self.bring(texts, from: 0, broker, journal)
            for record in await broker.relay(7) { sent.append(record.text) }
            if isRemembered, journal.count == 0 { await Self.remember(1, broker, journal) }
        }
        return sent.texts
    }

    @Test func aServiceMessageWithdrawsATelegram() async throws {
        let journal = FakeJournal()
        try await Self.live(from: 0, journal) { broker in
            Self.bring([Self.telegram, Self.cancellation, Self.copy, Self.correction], from: 0, broker, journal)
            let sent = await broker.relay(6)
            #expect(
                sent.map(\.topic).map { $0.dropFirst(10) } == [
                    "events", "service", "alerts", "alerts", "events", "alerts",
                ])
            #expect(sent[2].text.hasPrefix("{\"code\":\"cancelled\"") && sent[2].offsets == [1, 0])
            #expect(sent[2].text.contains("\"subject\":\"09BISHKEK231\""))
            #expect(sent[2].text.contains("\"details\":{\"event\":\"\(sent[1].identifier)\""))
            #expect(sent[2].text.contains("\"name\":\"RUEHEK 0231 0760842\""))
            // A copy is not published any more; a correction is a telegram again.
            #expect(sent[3].text.hasPrefix("{\"code\":\"cancelled\"") && sent[3].offsets == [2, 1, 0])
            #expect(sent[3].text.contains("\"details\":{\"verdict\":\"cancelled\""))
            #expect(sent[4].text.contains("\"revision\":2"))
            await Self.remember(1, broker, journal)
            try await Self.finished(4, broker)
        }
    }

    @Test func ofSeveralTelegramsOfARecordEachIsItsOwnSource() async throws {
        let journal = FakeJournal()
        try await Self.live(from: 0, journal) { broker in
            Self.bring([Self.telegram + "\n" + Self.copy], from: 0, broker, journal)
            let alert = await broker.relay(2)[1]
            #expect(alert.text.contains("\"offset\":0,\"index\":1}"))
            #expect(alert.offsets == [0, 0])
            await Self.remember(1, broker, journal)
            try await Self.finished(1, broker)
        }
    }

    /// Nobody would be told of a copy: each is published.
    @Test func withoutAlertsNothingIsJudged() async throws {
        let journal = FakeJournal()
        let change = { @Sendable (configuration: inout WorkerConfiguration) in configuration.routes.alerts = [] }
        try await Self.live(from: 0, journal, change) { broker in
            Self.bring([Self.telegram, Self.copy], from: 0, broker, journal)
            let (first, second) = await broker.relay(2).pair
            #expect(first.topic == "telegrams.events" && second.topic == "telegrams.events")
            #expect(first.identifier == second.identifier)
            try await Self.finished(2, broker)
        }
        #expect(journal.count == 0)
    }

    @Test func theBoundIsSharedOut() async throws {
        let journal = FakeJournal()
        let change = { @Sendable (configuration: inout WorkerConfiguration) in
            configuration.versions?.telegrams = 3
            configuration.engine.partitions = 3
        }
        let other = Self.telegram.replacing("0231", with: "0232")
        try await Self.live(from: 0, journal, change) { broker in
            Self.bring([Self.telegram, other], from: 0, broker, journal)
            let places = ["09BISHKEK231", "09BISHKEK232"].map { KeyPlace.partition(of: Array($0.utf8), among: 3) }
            // With the notices for other partitions.
            await broker.relay(2 + Set(places).count)
            await Self.remember(2, broker, journal)
            try await Self.finished(2, broker)
        }
        #expect(journal.count == 1)
        try await Self.live(from: 2, journal, change) { broker in
            Self.bring([other, Self.copy], from: 2, broker, journal)
            let (alert, event) = await broker.relay(2).pair
            #expect(alert.topic == "telegrams.alerts" && event.topic == "telegrams.events")
        }
    }

    /// A worker that stops does not wait for the other copy: both are told of all the same.
    @Test func whoStopsTellsOfACopyWithoutTheOther() throws {
        let producer = FakeProducer()
        var configuration = WorkerConfiguration()
        configuration.engine.journal = FakeJournal.topic
        let desk = InputDesk(
            handler: TelegramHandler(configuration, directory: Directory()),
            copies: CopyJudge(settings: VersionSettings()), observations: nil)
        var outbox = Outbox(producer: producer)
        for (offset, text) in [Self.telegram, Self.correction].enumerated() {
            let batch = makeBatch(SectionsBroker.input, from: Int64(offset), [text])
            #expect(try desk.arrived(batch, 0, sequence: UInt64(offset), outbox: &outbox) == .done)
        }
        #expect(desk.wanted.map(\.source) == [PartSource(partition: 0, offset: 0)])
        #expect(producer.state.withLock { $0.sent.count } == 1)
        try desk.goWithoutWanted(outbox: &outbox)
        let sent = producer.state.withLock { $0.sent.map(\.text) }
        #expect(desk.wanted.isEmpty && sent.count == 3)
        #expect(sent[1].contains("\"revision\":2") && !sent[1].contains("copies-differ"))
        #expect(sent[2].contains("\"verdict\":\"supersedes\"") && !sent[2].contains("differences"))
    }

    @Test func anEntryThatCannotBeReadCountsForNothing() {
        let desk = InputDesk(
            handler: TelegramHandler(WorkerConfiguration(), directory: Directory()),
            copies: CopyJudge(settings: VersionSettings()), observations: nil)
        #expect(!desk.restore(Array("version|09BISHKEK231".utf8), from: [1, 2, 3]))
        // Somebody else's.
        #expect(desk.restore(Array("set|09BISHKEK231".utf8), from: [1, 2, 3]))
        #expect(desk.takeEntries().isEmpty)
    }
}
