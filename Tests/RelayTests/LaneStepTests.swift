import KafkaClient
import Synchronization
import Testing

@testable import Relay

/// A desk that remembers one entry a record, and whose records wait until they may come.
private final class SlowDesk: RecordDesk {
    private let partition: Int32
    private let doors: Doors
    private var entries: [JournalEntry] = []

    init(_ partition: Int32, _ doors: Doors) {
        self.partition = partition
        self.doors = doors
    }

    func arrived(
        _ batch: RecordBatch, _ index: Int, sequence: UInt64, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        self.doors.pass(self.partition, batch[index].offset)
        self.entries.append(JournalEntry(key: Array("\(self.partition)|\(sequence)".utf8), value: [1]))
        return .done
    }

    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool { true }

    func takeEntries() -> [JournalEntry] {
        defer { self.entries = [] }
        return self.entries
    }
}

/// Where records wait for the test.
private final class Doors: Sendable {
    private struct State {
        var closed: Set<Int32> = []
        var passed: [Int32: Int] = [:]
        var isWaiting = false
    }

    private let state = Mutex(State())

    func close(_ partition: Int32) { self.state.withLock { _ = $0.closed.insert(partition) } }
    func open(_ partition: Int32) { self.state.withLock { _ = $0.closed.remove(partition) } }
    var isWaiting: Bool { self.state.withLock { $0.isWaiting } }
    func passed(_ partition: Int32) -> Int { self.state.withLock { $0.passed[partition] ?? 0 } }

    func pass(_ partition: Int32, _ offset: Int64) {
        while true {
            let isOpen = self.state.withLock { state in
                state.isWaiting = state.closed.contains(partition)
                if !state.isWaiting { state.passed[partition, default: 0] += 1 }
                return !state.isWaiting
            }
            if isOpen { return }
        }
    }
}

private struct SlowHandler: RecordHandler {
    let doors: Doors

    func handle(
        _ record: RecordBatch.Slot, from partition: TopicPartition, outbox: inout Outbox
    ) throws(KafkaError) -> Handled { .done }

    func deadLetter(
        _ record: RecordBatch.Slot, from partition: TopicPartition, rejection: Rejection, withoutValue: Bool,
        outbox: inout Outbox
    ) throws(KafkaError) {}

    func makeDesk(for partition: TopicPartition, slot: Int, partitions: Int) -> (any RecordDesk)? {
        SlowDesk(partition.partition, self.doors)
    }
}

/// Work on several partitions that a lane does before it waits again, and that is remembered together.
@Suite(.timeLimit(.minutes(1)))
struct LaneStepTests {
    private static let one = TopicPartition("telegrams.raw", 0)
    private static let other = TopicPartition("telegrams.raw", 1)

    /// The step of one partition ends while the lane is at a record of another: that record's own entry is not written yet.
    @Test func whatEndsIsOfItsOwnPartition() async throws {
        var configuration = EngineConfiguration()
        configuration.lanes = 1
        configuration.sections = "telegrams.sections"
        configuration.journal = FakeJournal.topic
        // Whatever a slow machine takes for a record.
        configuration.stepTime = .seconds(60)
        let producer = FakeProducer()
        let engine = Engine(configuration, producer: producer)
        FakeJournal().attach(to: engine)
        let doors = Doors()
        try await withThrowingTaskGroup { group in
            group.addTask { try? await engine.run { SlowHandler(doors: doors) } }
            defer {
                doors.open(1)
                engine.stopLanes()
            }
            _ = engine.assigned([CommittedOffset(Self.one, offset: 0), CommittedOffset(Self.other, offset: 0)])
            engine.received(makeBatch(Self.one, from: 0, ["A"]))
            let first = await producer.sent(atLeast: 1)[0]
            #expect(first.key == Array("0|0".utf8))
            doors.close(1)
            engine.received(makeBatch(Self.other, from: 0, ["B"]))
            try await Self.wait { doors.isWaiting }
            // The lane is to look at the first partition's step right behind the record.
            engine.delivered([Delivery(token: first.token, error: nil)])
            doors.open(1)
            let second = await producer.sent(atLeast: 2)[1]
            #expect(second.key == Array("1|0".utf8))
            // The lane has left all that behind.
            engine.received(makeBatch(Self.other, from: 1, ["C"]))
            _ = await producer.sent(atLeast: 3)
            try await Self.wait { engine.ledger.lines[Self.one]?.unrouted == 1 }
            #expect(engine.ledger.lines[Self.other]?.unrouted == 0)
            engine.delivered([Delivery(token: second.token, error: nil)])
            try await Self.wait { engine.ledger.lines[Self.other]?.unrouted == 1 }
            #expect(engine.ledger.balances)
        }
    }

    /// What is sent for no record may be acknowledged before its step is over, and a look come between.
    @Test func anEarlyAcknowledgementCounts() throws {
        var configuration = EngineConfiguration()
        configuration.sections = "telegrams.sections"
        configuration.journal = FakeJournal.topic
        let engine = Engine(configuration, producer: FakeProducer())
        FakeJournal().attach(to: engine)
        _ = engine.assigned([CommittedOffset(Self.one, offset: 0)])
        let slot = try #require(engine.state.withLock { $0.slotNumbers[Self.one] })
        let desk = SlowDesk(0, Doors())
        engine.delivered([Delivery(token: Token(slot: slot, sequence: 3, stage: .step).rawValue, error: nil)])
        engine.note(desk, slot: slot, oldestStep: nil, nextStep: 3)
        let step = JournalSteps.Step(number: 3, sent: 1, entries: [])
        #expect(engine.isAcknowledged(step, slot: slot))
        // Of steps that are over nothing is kept.
        engine.note(desk, slot: slot, oldestStep: nil, nextStep: 4)
        #expect(!engine.isAcknowledged(step, slot: slot))
    }

    private static func wait(_ condition: () -> Bool) async throws {
        while !condition() {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
