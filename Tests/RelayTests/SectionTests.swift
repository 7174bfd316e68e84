import Assembly
import KafkaClient
import SampleTelegrams
import Synchronization
import Testing

@testable import Relay

@Suite(.timeLimit(.minutes(1)))
struct SectionTests {
    private static let one = SectionTests.trimmed(Samples.s82a)
    private static let three = SectionTests.trimmed(Samples.s82b)
    private static let two = SectionTests.trimmed(Samples.s82c)

    /// The line end behind `NNNN` is no part of a transmission.
    private static func trimmed(_ text: String) -> String { String(text.dropLast()) }

    private static func assign(_ broker: SectionsBroker, _ committed: CommittedOffset? = nil) {
        _ = broker.engine.assigned([
            CommittedOffset(SectionsBroker.input, offset: 0),
            committed ?? CommittedOffset(SectionsBroker.sections, offset: 0),
        ])
    }

    private static let both = [SectionsBroker.input, SectionsBroker.sections]

    @Test func sectionsWaitForEachOtherAndAreOneEvent() async throws {
        try await withSections { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one, Self.three]))
            let forwarded = await broker.relay(2)
            #expect(forwarded.map(\.topic) == ["telegrams.sections", "telegrams.sections"])
            #expect(forwarded.map(\.text) == [Self.one, Self.three])
            try await broker.settled { $0.held == 2 }
            #expect(broker.engine.ledger.balances)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 2, [Self.two]))
            await broker.relay(1)
            let event = await broker.relay(1)[0]
            #expect(event.topic == "telegrams.events")
            #expect(event.text.contains("\"id\":\"07TBILISI2468\""))
            #expect(event.text.contains("\"sections\":{\"expected\":3,\"received\":[1,2,3],\"missing\":[]}"))
            #expect(event.text.contains("\"source\":{\"topic\":\"telegrams.raw\",\"partition\":0,\"offset\":2"))
            try await broker.settled { $0.published == 3 }
            let commits = broker.engine.revoked(Self.both, lost: false)
            #expect(Set(commits.map(\.offset)) == [3])
            #expect(broker.engine.ledger.balances && broker.engine.ledger.total.held == 0)
        }
    }

    /// Format 4.2: asked for and sent again by a relay, in front of what it had been, or with the signal in FL4.
    @Test(arguments: [
        "VZCZCXRO3340\nPP RUEHNO\nZNY CCCCC ZDK XRO3313\n\n" + two,
        two.replacing("XRO3313", with: "XRO3340").replacing("CCCCC ZZH", with: "CCCCC ZZH ZDK XRO3313"),
    ])
    func aSectionThatIsSentAgainOnRequestIsOneLikeOthers(again: String) async throws {
        try await withSections { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one, Self.three]))
            await broker.relay(2)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 2, [again]))
            await broker.relay(1)
            let event = await broker.relay(1)[0]
            #expect(event.text.contains("\"sections\":{\"expected\":3,\"received\":[1,2,3],\"missing\":[]}"))
            #expect(event.text.contains("\"complete\":true") && !event.text.contains("section-"))
            #expect(
                event.text.contains("\"signal\":\"ZDK\"") && event.text.contains("\"channel\":\"XRO\",\"number\":3340"))
            try await broker.settled { $0.published == 3 }
            // What it had been comes after all: a copy, which contradicts nothing.
            broker.engine.received(makeBatch(SectionsBroker.input, from: 3, [Self.two]))
            await broker.relay(1)
            let alert = await broker.relay(1)[0]
            #expect(alert.topic == "telegrams.alerts" && alert.text.contains("\"code\":\"duplicate\""))
            try await broker.settled { $0.published == 4 }
        }
    }

    /// The offset of what waits is not committed, and what is finished behind it is known: nothing is published twice.
    @Test func whatWaitsIsReadAgainByTheNextOwner() async throws {
        let committed = Mutex<CommittedOffset?>(nil)
        let waiting = Mutex<[FakeProducer.Sent]>([])
        let other = Self.one.replacing("2468", with: "2469").replacing("041315Z", with: "041415Z")
        let otherTwo = Self.two.replacing("2468", with: "2469").replacing("041315Z", with: "041415Z")
            .replacing("02 OF 03", with: "02 OF 02")
        try await withSections { broker in
            Self.assign(broker)
            broker.engine.received(
                makeBatch(
                    SectionsBroker.input, from: 0,
                    [Self.one, other.replacing("01 OF 03", with: "01 OF 02"), otherTwo, Self.three]))
            let forwarded = await broker.relay(4)
            waiting.withLock { $0 = forwarded }
            let event = await broker.relay(1)[0]
            #expect(event.text.contains("07TBILISI2469"))
            try await broker.settled { $0.held == 2 && $0.published == 2 }
            let commit = broker.engine.revoked(Self.both, lost: false).first { $0.partition == SectionsBroker.sections }
            #expect(commit?.offset == 0)
            let metadata = try CommitMetadata(commit?.metadata ?? "", offset: 0)
            #expect(metadata.finished == [1..<3])
            committed.withLock { $0 = commit }
            #expect(broker.engine.ledger.balances)
        }
        try await withSections { broker in
            Self.assign(broker, committed.withLock { $0 })
            for record in waiting.withLock({ $0 }) { broker.receive(record) }
            broker.engine.received(makeBatch(SectionsBroker.input, from: 4, [Self.two]))
            await broker.relay(1)
            let event = await broker.relay(1)[0]
            #expect(event.text.contains("\"received\":[1,2,3]"))
            try await broker.settled { $0.published == 3 && $0.held == 0 }
            #expect(Set(broker.engine.revoked(Self.both, lost: false).map(\.offset)) == [5])
        }
    }

    @Test func aDeadlineReleasesWhatIsThereOnAnIdleTopic() async throws {
        try await withSections { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one, Self.three]))
            // PRIORITY waits six hours.
            await broker.relay(2, timestamp: WallClock.now - 6 * 3_600_000 - 1000)
            try await broker.settled { $0.held == 2 }
            // As long as the end was not reached, what is missing may come.
            _ = broker.engine.offsetsToCommit()
            #expect(broker.engine.ledger.lines[SectionsBroker.sections]?.held == 2)
            broker.reachEnd()
            broker.engine.state.withLock { $0.nextLook = 0 }
            _ = broker.engine.offsetsToCommit()
            let (event, alert) = await broker.relay(2).pair
            #expect(event.text.contains("\"complete\":false"))
            #expect(alert.topic == "telegrams.alerts" && alert.text.contains("\"code\":\"section-missing\""))
            #expect(alert.text.contains("\"subject\":\"07TBILISI2468\""))
            #expect(alert.text.contains("\"details\":{\"expected\":3,\"missing\":[2]}"))
            #expect(event.text.contains("\"sections\":{\"expected\":3,\"received\":[1,3],\"missing\":[2]}"))
            try await broker.settled { $0.published == 2 }
            broker.engine.received(makeBatch(SectionsBroker.input, from: 2, [Self.two]))
            await broker.relay(1)
            let (late, lateAlert) = await broker.relay(2).pair
            #expect(lateAlert.text.contains("\"code\":\"section-late\""))
            #expect(late.text.contains("\"revision\":2") && late.text.contains("\"received\":[1,2,3]"))
            try await broker.settled { $0.published == 3 }
            #expect(broker.engine.ledger.balances)
        }
    }

    /// A worker whose clock is a week ahead has forwarded something: others are not late for that.
    @Test func aClockThatIsAheadReleasesNothing() async throws {
        try await withSections { broker in
            Self.assign(broker)
            let other = Self.one.replacing("2468", with: "2469").replacing("041315Z", with: "041415Z")
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one]))
            await broker.relay(1)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 1, [other]))
            await broker.relay(1, timestamp: WallClock.now + 7 * 86_400_000)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 2, [Self.two, Self.three]))
            await broker.relay(2)
            let event = await broker.relay(1)[0]
            #expect(event.text.contains("\"id\":\"07TBILISI2468\",\"revision\":1"))
            #expect(event.text.contains("\"received\":[1,2,3]"))
            try await broker.settled { $0.held == 1 && $0.published == 3 }
        }
    }

    /// The end that the consumer met there may be of before.
    @Test func itIsNotIdleBeforeWhatWasForwardedIsRead() async throws {
        let change = { (configuration: inout WorkerConfiguration) in configuration.engine.untilIdle = true }
        try await withSections(change) { broker in
            let end = Mutex<Int64>(0)
            let stopped = Mutex(false)
            broker.engine.attach(
                wake: {}, stop: { stopped.withLock { $0 = true } },
                ends: { partitions in
                    #expect(partitions == [SectionsBroker.sections])
                    return [SectionsBroker.sections: end.withLock { $0 }]
                })
            Self.assign(broker)
            broker.reachEnd()
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one]))
            let forwarded = await broker.producer.sent(atLeast: 1)
            broker.engine.delivered([Delivery(token: forwarded[0].token, error: nil)])
            broker.engine.reachedEnd(of: SectionsBroker.input, at: 1)
            end.withLock { $0 = 1 }
            while broker.engine.ledger.lines[SectionsBroker.input]?.published != 1 { await Task.yield() }
            _ = broker.engine.offsetsToCommit()
            #expect(!stopped.withLock { $0 })
            broker.receive(forwarded[0])
            try await broker.settled { $0.held == 1 }
            broker.reachEnd()
            _ = broker.engine.offsetsToCommit()
            #expect(stopped.withLock { $0 })
        }
    }

    /// Forwarded again after a crash: the newer record stands for it.
    @Test func theSameSectionAgainIsNoCopy() async throws {
        try await withSections { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one, Self.three]))
            let forwarded = await broker.relay(2)
            broker.receive(forwarded[0])
            try await broker.settled { $0.held == 2 && $0.published == 1 }
            broker.engine.received(makeBatch(SectionsBroker.input, from: 2, [Self.two]))
            await broker.relay(1)
            await broker.relay(1)
            try await broker.settled { $0.published == 4 && $0.held == 0 }
            broker.receive(forwarded[1])
            try await broker.settled { $0.published == 5 && $0.held == 0 }
            #expect(Set(broker.engine.revoked(Self.both, lost: false).map(\.offset)) == [3, 5])
        }
    }

    /// Another record with the same text: no part of the telegram, and an alert that names both.
    @Test func aCopyIsReported() async throws {
        try await withSections { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one, Self.one]))
            await broker.relay(2)
            let alert = await broker.relay(1)[0]
            #expect(alert.topic == "telegrams.alerts" && alert.text.contains("\"code\":\"duplicate\""))
            #expect(alert.text.contains("\"subject\":\"07TBILISI2468\""))
            #expect(alert.text.contains("\"offset\":0") && alert.text.contains("\"offset\":1"))
            try await broker.settled { $0.held == 1 && $0.published == 1 }
            #expect(broker.engine.ledger.balances)
        }
    }

    /// Two partitions may have two sets together: one each.
    @Test func beyondItsShareThePartitionReleasesTheOldest() async throws {
        let change = { (configuration: inout WorkerConfiguration) in
            configuration.engine.partitions = 2
            configuration.sections.open.sets = 2
        }
        try await withSections(change) { broker in
            Self.assign(broker)
            let other = Self.one.replacing("2468", with: "2469").replacing("041315Z", with: "041415Z")
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one, other]))
            await broker.relay(2)
            let (event, alert) = await broker.relay(2).pair
            #expect(event.text.contains("\"id\":\"07TBILISI2468\""))
            #expect(event.text.contains("\"received\":[1],\"missing\":[2,3]"))
            #expect(alert.text.contains("\"code\":\"section-missing\""))
            try await broker.settled { $0.held == 1 && $0.published == 1 }
            #expect(broker.engine.ledger.balances)
        }
    }

    @Test func anEventThatIsRefusedMakesDeadLettersOfItsSections() async throws {
        try await withSections { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one, Self.three, Self.two]))
            await broker.relay(3)
            await broker.relay(1, .test("MSG_SIZE_TOO_LARGE", .record))
            let sent = await broker.relay(6)
            let letters = sent.filter { $0.topic == "telegrams.dead-letters" }
            #expect(letters.count == 3 && Set(letters.map(\.text)) == [Self.one, Self.two, Self.three])
            let alerts = sent.filter { $0.topic == "telegrams.alerts" }.map(\.text)
            #expect(alerts.count == 3 && alerts.allSatisfy { $0.contains("\"code\":\"output-refused\"") })
            for offset in 0..<3 {
                #expect(alerts.contains { $0.contains("\"subject\":\"telegrams.raw[0]@\(offset)\"") })
            }
            try await broker.settled { $0.deadLettered == 3 }
            #expect(Set(broker.engine.revoked(Self.both, lost: false).map(\.offset)) == [3])
            #expect(broker.engine.ledger.balances)
        }
    }

    @Test func whatWaitsIsWrittenAgainAtTheEnd() async throws {
        try await withSections { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one, Self.three]))
            let arrived = WallClock.now - 60_000
            await broker.relay(2, timestamp: arrived)
            try await broker.settled { $0.held == 2 }
            let slot = broker.engine.state.withLock { $0.slotNumbers[SectionsBroker.sections] ?? -1 }
            broker.engine.lane(of: slot).push(.look(Engine.Look(slot: slot, now: .min, moveBelow: 1)))
            let moved = await broker.relay(1, timestamp: arrived + 1000)[0]
            #expect(moved.topic == "telegrams.sections" && moved.text == Self.one)
            let first = moved.headers.first { $0.name.description == "taperelay-first-arrived" }
            #expect(first?.value == [UInt8](String(arrived).utf8))
            try await broker.settled { $0.held == 2 && $0.published == 1 }
            broker.engine.received(makeBatch(SectionsBroker.input, from: 2, [Self.two]))
            await broker.relay(1)
            let event = await broker.relay(1)[0]
            #expect(event.text.contains("\"received\":[1,2,3]"))
            try await broker.settled { $0.published == 4 && $0.held == 0 }
            #expect(Set(broker.engine.revoked(Self.both, lost: false).map(\.offset)) == [3, 4])
        }
    }

    /// The time is over while no record stands for the telegram, and another section is read before one does.
    @Test func revisionsComeInOrder() async throws {
        try await withSections { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.input, from: 0, [Self.one]))
            await broker.relay(1)
            try await broker.settled { $0.held == 1 }
            let slot = broker.engine.state.withLock { $0.slotNumbers[SectionsBroker.sections] ?? -1 }
            let lane = broker.engine.lane(of: slot)
            lane.push(.look(Engine.Look(slot: slot, now: .min, moveBelow: 1)))
            let moved = await broker.producer.sent(atLeast: 2)[1]
            lane.push(.look(Engine.Look(slot: slot, now: WallClock.now + 7 * 86_400_000, moveBelow: nil)))
            broker.engine.received(makeBatch(SectionsBroker.input, from: 1, [Self.two]))
            let forwarded = await broker.producer.sent(atLeast: 3)[2]
            broker.engine.delivered([moved, forwarded].map { Delivery(token: $0.token, error: nil) })
            broker.receive(forwarded)
            let sent = await broker.producer.sent(atLeast: 7)[3...]
            broker.engine.delivered(sent.map { Delivery(token: $0.token, error: nil) })
            let events = sent.filter { $0.topic == "telegrams.events" }.map(\.text)
            #expect(events.count == 2)
            #expect(events.first?.contains("\"revision\":1") ?? false && events[0].contains("\"received\":[1]"))
            #expect(events.last?.contains("\"revision\":2") ?? false && events[1].contains("\"received\":[1,2]"))
            let alerts = sent.filter { $0.topic == "telegrams.alerts" }.map(\.text)
            #expect(alerts.count == 2 && alerts[0].contains("section-missing") && alerts[1].contains("section-late"))
            // Read at last, it says nothing more.
            broker.receive(moved)
            try await broker.settled { $0.held == 0 && $0.published == 3 }
            #expect(broker.engine.ledger.balances)
            #expect(broker.producer.state.withLock { $0.sent.count } == 7)
        }
    }

    /// A look that was due when its partition began to go is dropped; steps of the journal still get theirs.
    @Test func aPartitionThatIsGoingIsLookedAfterAgain() async throws {
        try await withSections { broker in
            Self.assign(broker)
            let engine = broker.engine
            let slot = engine.state.withLock { $0.slotNumbers[SectionsBroker.sections] ?? -1 }
            engine.state.withLock { state in
                state.slots[slot]?.draining = true
                state.slots[slot]?.isLookedAfter = true
            }
            #expect(!engine.begin(Engine.Look(slot: slot, now: 1, moveBelow: nil)))
            #expect(engine.state.withLock { $0.slots[slot]?.isLookedAfter } == false)
            let look = Engine.Look(slot: slot, now: .min, moveBelow: nil)
            #expect(engine.begin(look))
            engine.post([], slot: slot, items: 1)
            engine.end(look)
        }
    }

    @Test func whatSaysNoSourceIsADeadLetter() async throws {
        try await withSections { broker in
            Self.assign(broker)
            broker.engine.received(makeBatch(SectionsBroker.sections, from: 0, [Self.one]))
            let letter = await broker.relay(1)[0]
            #expect(letter.topic == "telegrams.dead-letters" && letter.text == Self.one)
        }
    }
}
