import KafkaClient
import Synchronization
import Testing

@testable import Relay

/// An engine with exactly-once delivery on a broker in memory.
private func withTransactions(
    interval: Duration = .milliseconds(5), renewals: Int = 5,
    refuse: @escaping @Sendable (FakeProducer.Sent) -> KafkaError? = { _ in nil },
    _ body: @Sendable (Engine, FakeBroker, Transactions) async throws -> Void
) async throws {
    var configuration = EngineConfiguration()
    configuration.exactlyOnce = true
    configuration.commitInterval = interval
    configuration.rebalanceDeadline = .seconds(60)
    var settings = Transactions.Settings()
    settings.pause = .milliseconds(1)
    settings.renewals = renewals
    let broker = FakeBroker()
    let producer = try RenewableProducer { () throws(KafkaError) in
        FakeTransactionalProducer(broker, refuse: refuse)
    }
    let engine = Engine(configuration, producer: producer)
    let transactions = Transactions(engine: engine, producer: producer, member: FakeMember(broker), settings: settings)
    try await transactions.start()
    try await withThrowingTaskGroup { group in
        group.addTask { try? await engine.run { WordHandler() } }
        group.addTask { try? await transactions.run() }
        do {
            try await body(engine, broker, transactions)
        } catch {
            await transactions.stop(within: .seconds(60))
            engine.stopLanes()
            throw error
        }
        await transactions.stop(within: .seconds(60))
        engine.stopLanes()
    }
}

extension FakeBroker.State {
    /// What a reader sees, in order.
    var words: [String] {
        self.visible.map { $0.topic + ":" + ($0.value.map { String(decoding: $0, as: UTF8.self) } ?? "") }
    }
}

struct TransactionTests {
    let input = TopicPartition("in", 0)
    let other = TopicPartition("in", 1)

    @Test func outputsAndOffsetsAppearTogether() async throws {
        try await withTransactions { engine, broker, _ in
            _ = engine.assigned([CommittedOffset(self.input, offset: 10)])
            engine.received(makeBatch(self.input, from: 10, ["ok1", "two2", "none3", "bad4"]))
            await broker.wait { $0.visible.count == 4 }
            broker.state.withLock { state in
                #expect(state.words == ["events:ok1", "events:two2", "events:two2", "dead:bad4"])
                #expect(state.offsets[self.input]?.offset == 14)
                #expect(state.offsets[self.input]?.metadata == "tr1;o=14;n=2,1,1,0,3")
            }
            #expect(engine.revoked([self.input], lost: false).isEmpty)
            let line = engine.ledger.total
            #expect(line.published == 2 && line.deadLettered == 1 && line.unrouted == 1 && line.events == 3)
            #expect(line.inFlight == 0 && line.givenUp == 0 && engine.ledger.balances)
        }
    }

    @Test(arguments: [FakeBroker.Call.flush, .sendOffsets, .commit])
    func anAbortMakesAllOfItAgainInOrder(call: FakeBroker.Call) async throws {
        try await withTransactions { engine, broker, _ in
            for _ in 0..<3 { broker.fail(call, .test("abortable", .abortable)) }
            _ = engine.assigned([CommittedOffset(self.input, offset: 0), CommittedOffset(self.other, offset: 5)])
            let words = (0..<600).map { "ok\($0)" }
            engine.received(makeBatch(self.input, from: 0, Array(words[0..<256])))
            engine.received(makeBatch(self.other, from: 5, ["ok-other"]))
            engine.received(makeBatch(self.input, from: 256, Array(words[256..<600])))
            await broker.wait { $0.visible.count >= 601 }
            _ = engine.revoked([self.input, self.other], lost: false)
            broker.state.withLock { state in
                // The second of three flushes that fail is that before the abort.
                #expect(state.takenBack == (call == .flush ? 2 : 3))
                #expect(state.words.filter { $0 != "events:ok-other" } == words.map { "events:" + $0 })
                #expect(state.offsets[self.input]?.offset == 600 && state.offsets[self.other]?.offset == 6)
            }
            #expect(engine.ledger.total.published == 601 && engine.ledger.balances)
        }
    }

    /// Nobody told how the commit ended, or it is said to have failed and nothing is there that could be aborted: the group's
    /// offsets tell.
    @Test(arguments: [true, false], [true, false])
    func aCommitInDoubtIsLookedUp(happened: Bool, isAbortRefused: Bool) async throws {
        try await withTransactions { engine, broker, _ in
            let error = isAbortRefused ? KafkaError.test("UNKNOWN", .abortable) : .test("_TIMED_OUT", .retriable)
            broker.fail(.commit, error, happened: happened)
            if isAbortRefused { broker.fail(.abort, .test("INVALID_TXN_STATE", .fatal)) }
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok1", "ok2"]))
            engine.received(makeBatch(self.input, from: 2, ["ok3"]))
            await broker.wait { $0.visible.count >= 3 }
            _ = engine.revoked([self.input], lost: false)
            broker.state.withLock { state in
                #expect(state.lives == 2)
                #expect(state.words == ["events:ok1", "events:ok2", "events:ok3"])
                #expect(state.offsets[self.input]?.offset == 3)
            }
            #expect(engine.ledger.total.published == 3 && engine.ledger.balances)
        }
    }

    @Test func aFencedProducerIsRenewed() async throws {
        try await withTransactions { engine, broker, _ in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            broker.fail(.sendOffsets, .test("_FENCED", .fatal))
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
            await broker.wait { $0.visible.count >= 1 }
            _ = engine.revoked([self.input], lost: false)
            broker.state.withLock { state in #expect(state.lives == 2 && state.words == ["events:ok1"]) }
        }
    }

    @Test func aRivalEndsTheWorkerWithASentence() async throws {
        try await withTransactions { engine, broker, _ in
            for _ in 0..<6 { broker.fail(.sendOffsets, .test("_FENCED", .fatal)) }
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            let stopped = AsyncStream<Void>.makeStream()
            engine.attach(wake: {}, stop: { stopped.continuation.finish() })
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
            for await _ in stopped.stream {}
            #expect(engine.failure?.kind == .configuration)
            #expect(engine.failure?.detail.contains("kafka.transactional.id") == true)
            broker.state.withLock { #expect($0.visible.isEmpty && $0.offsets.isEmpty) }
            _ = engine.revoked([self.input], lost: false)
            // What still comes to a lane finds the gate open: or the lanes, and with them the worker, would never end.
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
        }
    }

    /// Neither an attempt nor a producer more would help.
    @Test func aMissingRightEndsTheWorkerWithItsName() async throws {
        try await withTransactions { engine, broker, _ in
            broker.state.withLock {
                $0.transactionFailure = .test("TOPIC_AUTHORIZATION_FAILED", .configuration)
            }
            broker.fail(.flush, .test("_STATE", .abortable))
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            let stopped = AsyncStream<Void>.makeStream()
            engine.attach(wake: {}, stop: { stopped.continuation.finish() })
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
            for await _ in stopped.stream {}
            #expect(engine.failure?.name == "TOPIC_AUTHORIZATION_FAILED")
            broker.state.withLock { #expect($0.lives == 1 && $0.visible.isEmpty && $0.offsets.isEmpty) }
            _ = engine.revoked([self.input], lost: false)
        }
    }

    /// What a lost assignment has sent must never be committed, and what comes after it must.
    @Test func aLossTakesItsTransactionWithIt() async throws {
        try await withTransactions(interval: .seconds(3600)) { engine, broker, _ in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
            engine.received(makeBatch(self.input, from: 1, ["ok2"]))
            while !engine.hasUncommitted { await Task.yield() }
            _ = engine.revoked([self.input], lost: true)
            await broker.wait { $0.aborts == 1 }
            let line = engine.ledger.total
            #expect(line.givenUp == 2 && line.published == 0 && engine.ledger.balances, "\(line)")
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
            while !engine.hasUncommitted { await Task.yield() }
            // Not lost: the drain commits.
            _ = engine.revoked([self.input], lost: false)
            broker.state.withLock { state in
                #expect(state.words == ["events:ok1"] && state.offsets[self.input]?.offset == 1)
            }
        }
    }

    /// A producer that was about to send something once more must not go on after an abort: a broker that has the first would
    /// take what comes next under its numbers for it.
    @Test func whatIsOnItsWayTakesTheProducerWithIt() async throws {
        try await withTransactions(interval: .seconds(3600)) { engine, broker, _ in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
            while !engine.hasUncommitted { await Task.yield() }
            broker.fail(.flush, .test("_TIMED_OUT", .retriable))
            _ = engine.revoked([self.input], lost: true)
            await broker.wait { $0.lives == 2 }
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
            while !engine.hasUncommitted { await Task.yield() }
            _ = engine.revoked([self.input], lost: false)
            broker.state.withLock { state in
                #expect(state.aborts == 0 && state.words == ["events:ok1"])
            }
        }
    }

    /// It was stopped for longer than its session: no transaction takes its offsets, and the drain need not last to its
    /// deadline, which is a minute here.
    @Test(.timeLimit(.minutes(1))) func aMemberThatTheGroupHasForgottenDrainsNoLonger() async throws {
        try await withTransactions { engine, broker, _ in
            let expelled = KafkaError(
                code: 25, name: "UNKNOWN_MEMBER_ID", kind: .abortable, operation: "send offsets", detail: "test")
            for _ in 0..<10_000 { broker.fail(.sendOffsets, expelled) }
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
            _ = engine.revoked([self.input], lost: false)
            #expect(engine.ledger.total.givenUp == 1 && engine.ledger.balances)
            broker.state.withLock { state in
                #expect(state.visible.isEmpty)
                state.failures = [:]
            }
            // Its next assignment counts.
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok1"]))
            await broker.wait { $0.visible.count == 1 }
            _ = engine.revoked([self.input], lost: false)
            #expect(broker.state.withLock { $0.offsets[self.input]?.offset } == 1)
        }
    }

    @Test func aRecordRefusedInItsReportIsADeadLetterOfTheNextAttempt() async throws {
        try await withTransactions { engine, broker, _ in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            let token = Token(slot: 0, sequence: 1, stage: .event)
            broker.state.withLock {
                $0.duringFlush = {
                    engine.delivered([Delivery(token: token.rawValue, error: .test("MSG_SIZE_TOO_LARGE", .record))])
                }
            }
            engine.received(makeBatch(self.input, from: 0, ["ok1", "ok2"]))
            await broker.wait { $0.offsets[self.input]?.offset == 2 }
            _ = engine.revoked([self.input], lost: false)
            broker.state.withLock { state in
                #expect(state.words == ["events:ok1", "dead:ok2", "alerts:ok2"])
                // An abort would wait for what librdkafka holds back behind it (trap 36).
                #expect(state.lives == 2 && state.aborts == 0)
            }
        }
    }

    /// A topic of alerts that takes none does not hold the record for ever.
    @Test func anAlertThatIsRefusedIsNotToldAgain() async throws {
        try await withTransactions { engine, broker, _ in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            // What is made again has another slot.
            @Sendable func refuse(_ stage: Token.Stage, _ slot: Int) {
                let token = Token(slot: slot, sequence: 0, stage: stage)
                engine.delivered([Delivery(token: token.rawValue, error: .test("MSG_SIZE_TOO_LARGE", .record))])
            }
            broker.state.withLock {
                $0.duringFlush = {
                    refuse(.event, 0)
                    broker.state.withLock { $0.duringFlush = { refuse(.deadLetter, 1) } }
                }
            }
            engine.received(makeBatch(self.input, from: 0, ["ok"]))
            await broker.wait { $0.offsets[self.input]?.offset == 1 }
            _ = engine.revoked([self.input], lost: false)
            broker.state.withLock { #expect($0.words == ["dead:"]) }
        }
    }

    @Test func aRecordRefusedAtOnceTakesNothingWithIt() async throws {
        let refuse = { @Sendable (sent: FakeProducer.Sent) -> KafkaError? in
            sent.topic == "events" && sent.value == [UInt8]("ok2".utf8) ? .test("MSG_SIZE_TOO_LARGE", .record) : nil
        }
        try await withTransactions(refuse: refuse) { engine, broker, _ in
            _ = engine.assigned([CommittedOffset(self.input, offset: 0)])
            engine.received(makeBatch(self.input, from: 0, ["ok1", "ok2", "ok3"]))
            await broker.wait { $0.offsets[self.input]?.offset == 3 }
            broker.state.withLock { state in
                #expect(state.words == ["events:ok1", "dead:ok2", "alerts:ok2", "events:ok3"] && state.aborts == 0)
            }
        }
    }

    /// Each call fails at random, and everything still appears once and in order.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func anyFailuresLeaveEachOutputOnce(seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        let calls: [FakeBroker.Call] = [.flush, .sendOffsets, .commit, .commit, .abort, .initialise]
        var faults: [(FakeBroker.Call, KafkaError, Bool)] = []
        for _ in 0..<30 {
            let call = calls[Int(random.next() % UInt64(calls.count))]
            let kinds: [KafkaError.Kind] = call == .initialise ? [.retriable] : [.abortable, .retriable, .fatal]
            let kind = kinds[Int(random.next() % UInt64(kinds.count))]
            faults.append((call, .test("fault", kind), call == .commit && kind == .retriable && random.next() % 2 == 0))
        }
        let frozen = faults
        try await withTransactions(interval: .milliseconds(1), renewals: 100) { engine, broker, _ in
            for (call, error, happened) in frozen { broker.fail(call, error, happened: happened) }
            _ = engine.assigned([CommittedOffset(self.input, offset: 0), CommittedOffset(self.other, offset: 0)])
            for step in 0..<40 {
                let words = (0..<10).map { "ok\(step * 10 + $0)" }
                engine.received(makeBatch(self.input, from: Int64(step * 10), words))
                engine.received(makeBatch(self.other, from: Int64(step * 10), words.map { "ok-" + $0.dropFirst(2) }))
                await Task.yield()
            }
            await broker.wait { $0.offsets[self.input]?.offset == 400 && $0.offsets[self.other]?.offset == 400 }
            broker.state.withLock { state in
                let words = state.words.map { $0.dropFirst("events:ok".count) }
                #expect(words.filter { !$0.hasPrefix("-") } == (0..<400).map { "\($0)" })
                #expect(words.filter { $0.hasPrefix("-") } == (0..<400).map { "-\($0)" })
            }
            _ = engine.revoked([self.input, self.other], lost: false)
            #expect(engine.ledger.total.published == 800 && engine.ledger.balances)
        }
    }
}
