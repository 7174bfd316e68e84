import Assembly
import KafkaClient
import SampleTelegrams
import Testing

@testable import Relay

/// Copies of whole telegrams on different partitions of the input: told where both are known, over restarts.
@Suite(.timeLimit(.minutes(1)))
struct CopyDeskTests {
    private static let telegram = String(Samples.s81.dropLast())
    private static let copy = telegram.replacing("VZCZCEKI0417", with: "VZCZCCSA0093")
    private static let other = TopicPartition(SectionsBroker.input.topic, 1)

    private static func live(
        _ journal: FakeJournal, input: Int64 = 0, sections: Int64 = 0,
        _ body: @Sendable (SectionsBroker) async throws -> Void
    ) async throws {
        let change = { @Sendable (configuration: inout WorkerConfiguration) in configuration.engine.partitions = 2 }
        try await withSections(change, end: sections, memory: journal) { broker in
            _ = broker.engine.assigned([
                CommittedOffset(SectionsBroker.input, offset: input), CommittedOffset(Self.other, offset: input),
                CommittedOffset(SectionsBroker.sections, offset: sections),
            ])
            try await body(broker)
        }
    }

    /// Whatever is sent is acknowledged, and kept where it is an entry; until there was one of notices, or an alert.
    private static func relay(
        _ broker: SectionsBroker, _ journal: FakeJournal, untilAlert: Bool = false
    ) async throws -> [FakeProducer.Sent] {
        var sent: [FakeProducer.Sent] = []
        var isThere = false
        while !isThere || broker.hasUnseen {
            try Task.checkCancellation()
            if broker.hasUnseen {
                let one = await broker.relay(1)[0]
                journal.keep(one)
                if one.topic == FakeJournal.topic {
                    isThere = isThere || !untilAlert && (one.key ?? []).starts(with: Array("copies|".utf8))
                } else {
                    sent.append(one)
                    isThere = isThere || untilAlert && one.topic == "telegrams.alerts"
                }
            }
            broker.look()
            await Task.yield()
        }
        return sent
    }

    private static func bring(
        _ text: String, on partition: TopicPartition, _ broker: SectionsBroker, at offset: Int64 = 0
    ) {
        broker.engine.received(makeBatch(partition, from: offset, [text]))
    }

    @Test func aCopyOnAnotherPartitionIsTold() async throws {
        let journal = FakeJournal()
        try await Self.live(journal) { broker in
            Self.bring(Self.telegram, on: SectionsBroker.input, broker)
            let first = try await Self.relay(broker, journal)
            #expect(first.map(\.topic) == ["telegrams.events", "telegrams.sections"])
            #expect(first[1].key == nil && first[1].headers.isEmpty && first[1].partition != nil)
            Self.bring(Self.copy, on: Self.other, broker)
            let second = try await Self.relay(broker, journal)
            #expect(second.map(\.topic) == ["telegrams.events", "telegrams.sections", "telegrams.alerts"])
            #expect(second[0].identifier == first[0].identifier)
            let alert = second[2].text
            #expect(alert.hasPrefix("{\"code\":\"duplicate\"") && alert.contains("\"subject\":\"09BISHKEK231\""))
            let event = second[0].identifier
            #expect(
                alert.contains(
                    "\"details\":{\"event\":\"\(event)\",\"verdict\":\"duplicate\",\"other\":\"\(event)\",\"channel\":\"CSA0093\"}"
                ))
            let sources = try #require(alert.firstRange(of: "\"sources\":")).upperBound
            #expect(
                alert[sources...]
                    == "[{\"topic\":\"telegrams.raw\",\"partition\":1,\"offset\":0},{\"topic\":\"telegrams.raw\",\"partition\":0,\"offset\":0}]}"
            )
            #expect(broker.engine.ledger.balances)
        }
    }

    /// Read again, it leads to the same.
    @Test func itIsKnownAfterARestart() async throws {
        let journal = FakeJournal()
        try await Self.live(journal) { broker in
            Self.bring(Self.telegram, on: SectionsBroker.input, broker)
            _ = try await Self.relay(broker, journal)
        }
        var alerts: Set<String> = []
        for life in 0..<2 {
            let collected = Collected()
            try await Self.live(journal, sections: 1) { broker in
                Self.bring(Self.copy, on: Self.other, broker)
                let sent = try await Self.relay(broker, journal, untilAlert: life > 0)
                for alert in sent where alert.topic == "telegrams.alerts" { collected.append(alert.identifier) }
            }
            #expect(collected.texts.count == 1)
            alerts.formUnion(collected.texts)
        }
        #expect(alerts.count == 1)
    }

    /// Another text: both have an event, and the alert says which is to be read.
    @Test func anotherTextIsTold() async throws {
        let journal = FakeJournal()
        let correction = Self.copy.replacing(
            "UNCLAS BISHKEK 000231\n", with: "UNCLAS BISHKEK 000231\n\nC O R R E C T E D  C O P Y (PARA 3 DATE)\n"
        )
        .replacing("BY MARCH 27", with: "BY MARCH 29")
        try await Self.live(journal) { broker in
            Self.bring(Self.telegram, on: SectionsBroker.input, broker)
            let first = try await Self.relay(broker, journal)
            Self.bring(correction, on: Self.other, broker)
            let second = try await Self.relay(broker, journal)
            #expect(!second.contains { $0.text.contains("differenceCount") })
            #expect(second[0].text.contains("\"revision\":1") && second[0].identifier != first[0].identifier)
            let alert = try #require(second.last { $0.text.contains("\"verdict\"") }).text
            #expect(alert.hasPrefix("{\"code\":\"superseded\"") && alert.contains("\"verdict\":\"supersedes\""))
            #expect(alert.contains("this one's is to be read in place of the other's"))
            #expect(alert.contains("\"other\":\"\(first[0].identifier)\""))
        }
    }

    /// Retention has taken the first.
    @Test func whatIsGoneIsTold() async throws {
        let journal = FakeJournal()
        let garbled = Self.copy.replacing("UNCLAS BISHKEK 000231", with: "UNCLAS BISHKEK 00231")
        try await Self.live(journal) { broker in
            Self.bring(Self.telegram, on: SectionsBroker.input, broker)
            _ = try await Self.relay(broker, journal)
            journal.holds(makeBatch(Self.other, from: 0, [garbled]))
            Self.bring(garbled, on: Self.other, broker)
            let alert = try #require(await Self.relay(broker, journal).last { $0.text.contains("\"verdict\"") }).text
            #expect(alert.contains("\"verdict\":\"worse\"") && !alert.contains("differenceCount"))
            #expect(alert.contains("\"differences\":[{\"code\":\"source-expired\",\"severity\":\"warning\""))
            #expect(alert.contains("\"confidence\":1.0}]},\"sources\":["))
        }
    }

    /// Both are read again, and what is to be read stands beside what the other has.
    @Test(arguments: [true, false])
    func whatDiffersIsTold(_ isLaterBetter: Bool) async throws {
        let journal = FakeJournal()
        let garbled = Self.copy.replacing("UNCLAS BISHKEK 000231", with: "UNCLAS BISHKEK 00231")
        let texts = isLaterBetter ? [garbled, Self.telegram] : [Self.telegram, garbled]
        try await Self.live(journal) { broker in
            for (text, partition) in zip(texts, [SectionsBroker.input, Self.other]) {
                journal.holds(makeBatch(partition, from: 0, [text]))
                Self.bring(text, on: partition, broker)
                let sent = try await Self.relay(broker, journal)
                guard partition == Self.other else { continue }
                let alert = try #require(sent.last { $0.text.contains("\"verdict\"") }).text
                #expect(alert.contains("\"verdict\":\"\(isLaterBetter ? "better" : "worse")\""))
                #expect(alert.contains("\"differenceCount\":1,\"differences\":[{\"code\":\"copies-differ\""))
                #expect(alert.contains("\"repair\":{\"was\":\"00231\",\"now\":\"000231\",\"rule\":\"4.1\"}"))
            }
        }
    }

    /// By a service message on another partition than the telegram.
    @Test func whatIsWithdrawnIsTold() async throws {
        let journal = FakeJournal()
        let service =
            "VZCZCEKI0602\nRR RUEHC\nDE RUEHEK #0440 0760930\nZNR UUUUU\nBT\nUNCLAS SVC ZFR RUEHEK 0231 0760842\nBT\n#0440\nNNNN\n"
        try await Self.live(journal) { broker in
            Self.bring(Self.telegram, on: SectionsBroker.input, broker)
            let first = try await Self.relay(broker, journal)
            Self.bring(service, on: Self.other, broker)
            var sent: [FakeProducer.Sent] = []
            while !sent.contains(where: { $0.text.contains("\"subject\":\"09BISHKEK231\"") }) {
                sent += try await Self.relay(broker, journal, untilAlert: true)
            }
            // To both partitions, and an alert of its own partition, which knows nothing of it.
            #expect(
                sent.prefix(4).map(\.topic) == [
                    "telegrams.service", "telegrams.alerts", "telegrams.sections", "telegrams.sections",
                ])
            #expect(sent[1].text.contains("\"subject\":\"RUEHEK 0231 0760842\""))
            let alert = try #require(sent.last)
            #expect(alert.text.hasPrefix("{\"code\":\"cancelled\"") && alert.text.contains("\"verdict\":\"cancelled\""))
            #expect(alert.text.contains("\"event\":\"\(sent[0].identifier)\""))
            #expect(alert.text.contains("\"other\":\"\(first[0].identifier)\""))
            #expect(broker.engine.ledger.balances)
        }
    }

    /// A copy that its own partition knows has no event, and no notice either.
    @Test func copiesOfOnePartitionAreNotNoticed() async throws {
        let journal = FakeJournal()
        try await Self.live(journal) { broker in
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.telegram, Self.copy]))
            let sent = try await Self.relay(broker, journal)
            #expect(sent.map(\.topic) == ["telegrams.events", "telegrams.alerts", "telegrams.sections"])
            #expect(try CopyNoticeRecord.read(sent[2].value ?? []).copies.count == 1)
        }
    }

    @Test func noticesThatCannotBeReadAreDeadLetters() async throws {
        let journal = FakeJournal()
        try await Self.live(journal) { broker in
            let octets: [UInt8] = [0xFF] + Array("TRC".utf8) + [9]
            broker.engine.received(
                octets.withUnsafeBytes { value in
                    RecordBatch(
                        partition: SectionsBroker.sections, epoch: 0, offset: 0, timestamp: 1, key: nil, value: value,
                        headers: [])
                })
            let letter = await broker.relay(1)[0]
            #expect(letter.topic == "telegrams.dead-letters" && letter.value == octets)
        }
    }
}
