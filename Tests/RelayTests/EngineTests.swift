import KafkaClient
import Synchronization
import Testing

@testable import Relay

/// Each record is a text: `ok` gives one event, `two` two, `none` none, `bad` a dead letter.
struct WordHandler: RecordHandler {
    mutating func handle(
        _ record: RecordBatch.Slot, from partition: TopicPartition, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        let word = record.value.map { String(decoding: $0, as: UTF8.self) } ?? ""
        if word.hasPrefix("bad") { return .rejected(Rejection(code: "no-telegram", message: "none")) }
        if word.hasPrefix("none") { return .done }
        for _ in 0..<(word.hasPrefix("two") ? 2 : 1) {
            try outbox.send(topic: "events", key: nil, value: record.value, headers: [], original: nil)
        }
        return .done
    }

    mutating func deadLetter(
        _ record: RecordBatch.Slot, from partition: TopicPartition, rejection: Rejection, withoutValue: Bool,
        outbox: inout Outbox
    ) throws(KafkaError) {
        try outbox.send(
            topic: "dead", key: nil, value: withoutValue ? nil : record.value, headers: [], original: nil)
    }

    var refusalAlertCount: Int { 1 }

    mutating func alert(
        on record: RecordBatch.Slot, from partition: TopicPartition, refused rejection: Rejection, outbox: inout Outbox
    ) throws(KafkaError) {
        try outbox.send(topic: "alerts", key: nil, value: record.value, headers: [], original: nil)
    }
}

/// Records of one partition in memory of the test's own.
func makeBatch(_ partition: TopicPartition, from offset: Int64, _ words: [String]) -> RecordBatch {
    let buffers = words.map { word in
        let bytes = [UInt8](word.utf8)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
        memory.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(rebasing: memory[0..<bytes.count])
    }
    let slots = buffers.enumerated().map { index, buffer in
        RecordBatch.Slot(offset: offset + Int64(index), timestamp: 0, key: nil, value: buffer, message: nil)
    }
    nonisolated(unsafe) let memory = buffers
    return RecordBatch(partition: partition, epoch: 1, slots: slots) { for buffer in memory { buffer.deallocate() } }
}

/// An engine whose lanes run for as long as the body does.
func withEngine(
    _ configuration: EngineConfiguration = EngineConfiguration(),
    _ body: @Sendable (Engine, FakeProducer) async throws -> Void
) async throws {
    let producer = FakeProducer()
    let engine = Engine(configuration, producer: producer)
    try await withThrowingTaskGroup { group in
        group.addTask { try? await engine.run { WordHandler() } }
        defer { engine.stopLanes() }
        try await body(engine, producer)
    }
}

struct EngineTests {
    let input = TopicPartition("in", 0)

    @Test func commitsTheLowestUnfinishedOffset() async throws {
        try await withEngine { engine, producer in
            _ = engine.assigned([CommittedOffset(self.input, offset: 10)])
            engine.received(makeBatch(self.input, from: 10, ["ok1", "ok2", "ok3"]))
            let sent = await producer.sent(atLeast: 3)
            #expect(sent.map { $0.value.map { String(decoding: $0, as: UTF8.self) } } == ["ok1", "ok2", "ok3"])
            engine.delivered([Delivery(token: sent[2].token), Delivery(token: sent[1].token)])
            #expect(engine.revoked([self.input], lost: true).isEmpty)
            #expect(engine.ledger.balances)
        }
    }

    @Test func drainsBeforeItGivesAPartitionUp() async throws {
        try await withEngine { engine, producer in
            _ = engine.assigned([CommittedOffset(self.input, offset: 10)])
            engine.received(makeBatch(self.input, from: 10, ["ok1", "two2", "none3", "bad4"]))
            let sent = await producer.sent(atLeast: 4)
            #expect(sent.map(\.topic) == ["events", "events", "events", "dead"])
            engine.delivered(sent.reversed().map { Delivery(token: $0.token) })
            #expect(engine.revoked([self.input], lost: false).map(\.offset) == [14])
            let line = engine.ledger.total
            #expect(line.consumed == 4 && line.published == 2 && line.unrouted == 1 && line.deadLettered == 1)
            #expect(line.events == 3 && line.inFlight == 0 && engine.ledger.balances)
        }
    }

    @Test func aDeadlineCommitsOnlyWhatIsFinished() async throws {
        var configuration = EngineConfiguration()
        configuration.rebalanceDeadline = .milliseconds(1)
        try await withEngine(configuration) { engine, producer in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok", "ok", "ok"]))
            let sent = await producer.sent(atLeast: 3)
            engine.delivered([Delivery(token: sent[0].token), Delivery(token: sent[2].token)])
            #expect(engine.revoked([self.input], lost: false).map(\.offset) == [1])
            #expect(engine.ledger.total.givenUp == 1 && engine.ledger.balances)
            // Late reports of the old assignment change nothing.
            _ = engine.assigned([CommittedOffset(self.input, offset: 1)])
            engine.delivered([Delivery(token: sent[1].token)])
            #expect(engine.ledger.total.published == 2 && engine.ledger.balances)
        }
    }

    /// And are told of once. The record ends with the last of both, whichever that is.
    @Test(arguments: [true, false])
    func refusedEventsBecomeDeadLetters(isToldFirst: Bool) async throws {
        try await withEngine { engine, producer in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["two"]))
            var sent = await producer.sent(atLeast: 2)
            let error = KafkaError.test("MSG_SIZE_TOO_LARGE", .record)
            engine.delivered([
                Delivery(token: sent[0].token, error: error), Delivery(token: sent[1].token, error: error),
            ])
            sent = await producer.sent(atLeast: 4)
            #expect(sent[2].topic == "dead" && sent[2].value == [UInt8]("two".utf8))
            #expect(sent[3].topic == "alerts" && sent[3].value == [UInt8]("two".utf8))
            engine.delivered([Delivery(token: sent[2].token, error: error)])
            sent = await producer.sent(atLeast: 5)
            #expect(sent[4].topic == "dead" && sent[4].value == nil && sent.count == 5)
            engine.delivered([Delivery(token: sent[isToldFirst ? 3 : 4].token)])
            #expect(engine.ledger.total.deadLettered == 0)
            engine.delivered([Delivery(token: sent[isToldFirst ? 4 : 3].token)])
            #expect(engine.revoked([self.input], lost: false).map(\.offset) == [1])
            #expect(engine.ledger.total.deadLettered == 1 && engine.ledger.balances)
        }
    }

    @Test func refusedAtOnceBecomesADeadLetterToo() async throws {
        try await withEngine { engine, producer in
            producer.state.withLock {
                $0.refuse = { $0.topic == "events" ? .test("MSG_SIZE_TOO_LARGE", .record) : nil }
            }
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok"]))
            let sent = await producer.sent(atLeast: 2)
            #expect(sent.map(\.topic) == ["dead", "alerts"])
            engine.delivered(sent.map { Delivery(token: $0.token) })
            #expect(engine.revoked([self.input], lost: false).map(\.offset) == [1])
        }
    }

    @Test func aFullQueueHoldsTheLaneAndKeepsOrder() async throws {
        try await withEngine { engine, producer in
            producer.state.withLock { $0.room = 2 }
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, (0..<6).map { "ok\($0)" }))
            _ = await producer.sent(atLeast: 2)
            producer.makeRoom(100)
            let sent = await producer.sent(atLeast: 6)
            #expect(sent.map { String(decoding: $0.value ?? [], as: UTF8.self) } == (0..<6).map { "ok\($0)" })
        }
    }

    @Test func intakeRestsAtTheLimit() async throws {
        var configuration = EngineConfiguration()
        configuration.inFlightRecords = 8
        configuration.batchSize = 4
        try await withEngine(configuration) { engine, producer in
            let woken = Mutex(0)
            engine.attach(wake: { woken.withLock { $0 += 1 } }, stop: {})
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            #expect(engine.capacity(for: self.input) == 4)
            engine.received(makeBatch(self.input, from: 0, Array(repeating: "ok", count: 8)))
            #expect(engine.capacity(for: self.input) == 0)
            let sent = await producer.sent(atLeast: 8)
            engine.delivered([Delivery(token: sent[0].token)])
            #expect(engine.capacity(for: self.input) == 0)
            engine.delivered([Delivery(token: sent[1].token)])
            #expect(woken.withLock { $0 } >= 1)
            engine.commitEnded(engine.offsetsToCommit(), error: nil)
            #expect(engine.capacity(for: self.input) == 2)
        }
    }

    /// What is acknowledged and not committed would come twice after a crash: intake waits for the commit.
    @Test func intakeRestsWhereCommitsDoNotCome() async throws {
        var configuration = EngineConfiguration()
        configuration.inFlightRecords = 4
        configuration.commitInterval = .seconds(3600)
        try await withEngine(configuration) { engine, producer in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            _ = engine.offsetsToCommit()  // the interval begins
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
            engine.delivered(await producer.sent(atLeast: 1).map { Delivery(token: $0.token) })
            #expect(engine.capacity(for: self.input) == 3)
            #expect(engine.offsetsToCommit().isEmpty)
            engine.received(makeBatch(self.input, from: 1, ["ok2"]))
            engine.delivered(await producer.sent(atLeast: 2)[1...].map { Delivery(token: $0.token) })
            // Half of the limit: sooner than its interval.
            let late = KafkaError(
                code: 7, name: "REQUEST_TIMED_OUT", kind: .retriable, operation: "commit", detail: "")
            let first = engine.offsetsToCommit()
            #expect(first.map(\.offset) == [2])
            engine.received(makeBatch(self.input, from: 2, ["ok3", "ok4"]))
            engine.delivered(await producer.sent(atLeast: 4)[2...].map { Delivery(token: $0.token) })
            #expect(engine.capacity(for: self.input) == 0)
            // One at a time.
            #expect(engine.offsetsToCommit().isEmpty)
            engine.commitEnded(first, error: late)
            #expect(engine.capacity(for: self.input) == 0)
            let second = engine.offsetsToCommit()
            #expect(second.map(\.offset) == [4])
            engine.commitEnded(second, error: nil)
            #expect(engine.capacity(for: self.input) == 4)
        }
    }

    @Test func lostPartitionsCommitNothing() async throws {
        try await withEngine { engine, producer in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok"]))
            let sent = await producer.sent(atLeast: 1)
            engine.delivered([Delivery(token: sent[0].token)])
            #expect(engine.revoked([self.input], lost: true).isEmpty)
        }
    }

    @Test func aBrokenOutputStopsTheEngineAndLeavesTheOffset() async throws {
        try await withEngine { engine, producer in
            let stopped = Mutex(false)
            engine.attach(wake: {}, stop: { stopped.withLock { $0 = true } })
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok"]))
            let sent = await producer.sent(atLeast: 1)
            engine.delivered([
                Delivery(token: sent[0].token, error: .test("TOPIC_AUTHORIZATION_FAILED", .configuration))
            ])
            #expect(stopped.withLock { $0 })
            #expect(engine.revoked([self.input], lost: false).isEmpty)
            #expect(engine.ledger.total.givenUp == 1 && engine.ledger.balances)
        }
    }

    @Test func idleEndsOnlyWhenAllIsReadAndAcknowledged() async throws {
        var configuration = EngineConfiguration()
        configuration.untilIdle = true
        try await withEngine(configuration) { engine, producer in
            let stopped = Mutex(false)
            engine.attach(wake: {}, stop: { stopped.withLock { $0 = true } })
            _ = engine.offsetsToCommit()
            #expect(!stopped.withLock { $0 })
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok"]))
            engine.reachedEnd(of: self.input, at: 3)
            _ = engine.offsetsToCommit()
            #expect(!stopped.withLock { $0 })
            let sent = await producer.sent(atLeast: 1)
            // The lane may still have to say that it is through: the drain below waits for it.
            engine.delivered([Delivery(token: sent[0].token)])
            // Nothing is in flight then, so the holes up to the end lie behind too.
            #expect(engine.revoked([self.input], lost: false).map(\.offset) == [3])
        }
    }
}
