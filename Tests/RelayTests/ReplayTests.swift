import KafkaClient
import Synchronization
import Testing

@testable import Relay

/// Headers in memory of the test's own.
func withHeaders<Value>(_ headers: [(String, String?)], _ body: (OriginHeaders) throws -> Value) rethrows -> Value {
    let memory = headers.map { name, value in
        (Array(name.utf8), value.map { Array($0.utf8) })
    }
    var buffers: [(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?)] = []
    for (name, value) in memory { buffers.append((copied(name), value.map { copied($0) })) }
    defer {
        for (name, value) in buffers {
            name.deallocate()
            value?.deallocate()
        }
    }
    return try body(OriginHeaders(buffers))
}

private func copied(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
    memory.copyBytes(from: bytes)
    return UnsafeRawBufferPointer(rebasing: memory[..<bytes.count])
}

struct ReplayTests {
    private let identifier = "0123456789abcdef"

    private func headers(
        _ start: Int64, _ partition: Int32, _ offset: Int64, part: String? = nil, identifier: String? = nil,
        error: String? = nil
    ) -> [(String, String?)] {
        [
            ("content-type", "application/json"), ("taperelay-replay", "\(identifier ?? self.identifier) \(start)"),
            ("taperelay-source-partition", "\(partition)"), ("taperelay-source-offset", "\(offset)"),
            ("taperelay-replay-part", part), ("taperelay-error-code", error),
        ]
    }

    private func progress(_ records: [[(String, String?)]]) -> ReplayProgress {
        var progress = ReplayProgress(identifier: self.identifier)
        for record in records { withHeaders(record) { progress.found($0) } }
        return progress
    }

    @Test func theSameRequestHasTheSameIdentifier() {
        var request = ReplayRequest(from: .beginning, to: .offsets([1: 5, 0: 9]))
        let same = ReplayRequest(from: .beginning, to: .offsets([0: 9, 1: 5]))
        #expect(request.identifier(of: "in") == same.identifier(of: "in"))
        #expect(request.identifier(of: "in").utf8.count == 16)
        var others: Set<String> = [same.identifier(of: "in"), same.identifier(of: "other")]
        others.insert(ReplayRequest(from: .beginning, to: nil).identifier(of: "in"))
        others.insert(ReplayRequest(from: .timestamp(5), to: .offsets([0: 9, 1: 5])).identifier(of: "in"))
        request.prefix = "a."
        others.insert(request.identifier(of: "in"))
        #expect(others.count == 5)
        request.rate = 7
        request.startsAnew = true
        #expect(others.contains(request.identifier(of: "in")), "how fast says nothing of what")
    }

    @Test func findsWhatItPublished() {
        let progress = self.progress([
            self.headers(5, 0, 7), self.headers(5, 0, 8), self.headers(5, 3, 1),
            self.headers(5, 0, 9, identifier: "fedcba9876543210"), self.headers(5, 0, 10, error: "no-telegram"),
        ])
        #expect(progress.finished.mapValues(\.runs) == [0: [7..<9, 10..<11], 3: [1..<2]])
        #expect(progress.start == 5)
    }

    @Test func theLatestBeginningCounts() {
        let progress = self.progress([
            self.headers(5, 0, 7), self.headers(9, 0, 8), self.headers(5, 0, 9), self.headers(9, 0, 1),
        ])
        #expect(progress.finished.mapValues(\.runs) == [0: [1..<2, 8..<9]])
        #expect(progress.start == 9)
    }

    @Test func aRecordIsDoneWhenAllItsOutputsAreThere() {
        let progress = self.progress([
            self.headers(5, 0, 1, part: "1/3"), self.headers(5, 0, 1, part: "3/3"),
            self.headers(5, 0, 2, part: "2/2"), self.headers(5, 0, 2, part: "1/2"),
            self.headers(5, 0, 3, part: "1/2"), self.headers(5, 0, 3, part: "1/2"),
            self.headers(5, 0, 4, part: "1/2"), self.headers(5, 0, 4, error: "output-refused"),
        ])
        #expect(progress.finished.mapValues(\.runs) == [0: [2..<3, 4..<5]])
    }

    @Test(arguments: [
        "", "0123456789abcdef", "0123456789abcdef ", "0123456789abcdef x", "0123456789abcdef 99999999999999999999",
        "0123456789abcdeg 5", "0123456789abcdef5", "0123456789abcdef -5",
    ])
    func anotherStampIsNotRead(text: String) {
        let progress = self.progress([
            [("taperelay-replay", text), ("taperelay-source-partition", "0"), ("taperelay-source-offset", "1")]
        ])
        #expect(progress.count == 0 && progress.start == nil)
    }

    @Test(arguments: ["", "1", "/", "0/2", "3/2", "1/", "/2", "a/b", "1/99999999999", "-1/2"])
    func aDamagedPartMakesARecordDone(text: String) {
        // It is not of ours: the record is taken for a whole one.
        withHeaders([("taperelay-replay-part", text)]) { #expect($0.part == nil) }
    }

    @Test func headersThatAreNotNumbersAreNotSources() {
        withHeaders([("taperelay-source-partition", "99999999999"), ("taperelay-source-offset", "12x")]) {
            #expect($0.partition == nil && $0.offset == nil)
        }
        withHeaders([("taperelay-source-partition", nil), ("taperelay-source-offset", "9223372036854775807")]) {
            #expect($0.partition == nil && $0.offset == .max)
        }
    }

    @Test func whatTheMarkWritesIsReadBack() {
        let mark = ReplayMark(ReplayStamp(identifier: self.identifier, start: 17), countsOutputs: true)
        for (part, expected) in [
            (ReplayPart(number: 1, count: 1), nil),
            (ReplayPart(number: .max - 1, count: .max), ReplayPart(number: .max - 1, count: .max)),
        ] {
            var headers: [Header] = []
            mark.append(to: &headers, partition: .max, offset: .max, part: part)
            let read = OriginHeaders(headers.map { ($0.name.octets, $0.value) })
            #expect(read.partition == .max && read.offset == .max && read.part == expected)
            let stamp = read.replay.flatMap { ReplayStamp($0, of: self.identifier) }
            #expect(stamp == ReplayStamp(identifier: self.identifier, start: 17))
        }
    }

    // MARK: - The engine

    @Test func whatAnEarlierLifeFinishedIsNotDoneAgain() async throws {
        let input = TopicPartition("in", 0)
        try await withEngine { engine, producer in
            var runs = OffsetRuns()
            runs.append(10..<12)
            runs.append(13..<14)
            engine.carry([0: runs])
            let starts = engine.assigned([CommittedOffset(input, offset: 10)])
            #expect(starts.map(\.offset) == [12])
            engine.received(makeBatch(input, from: 12, ["ok2", "ok3", "ok4"]))
            let sent = await producer.sent(atLeast: 2)
            #expect(sent.map { $0.value.map { String(decoding: $0, as: UTF8.self) } } == ["ok2", "ok4"])
            engine.delivered(sent.map { Delivery(token: $0.token) })
            _ = engine.revoked([input], lost: false)
            #expect(engine.ledger.total.consumed == 2 && engine.ledger.total.published == 2)
        }
    }

    @Test func theCapHoldsTheIntake() async throws {
        var configuration = EngineConfiguration()
        configuration.rate = 8
        let input = TopicPartition("in", 0)
        try await withEngine(configuration) { engine, producer in
            _ = engine.assigned([CommittedOffset(input, offset: 0)])
            #expect(engine.capacity(for: input) == 2)
            engine.received(makeBatch(input, from: 0, ["ok0", "ok1", "ok2", "ok3", "ok4", "ok5", "ok6", "ok7"]))
            // Six too many: three quarters of a second without any.
            #expect(engine.capacity(for: input) == 0)
            _ = await producer.sent(atLeast: 8)
        }
    }

    /// A rival with the same request has its own look at what is done: whoever is fenced must not go on.
    @Test func withoutAGroupAFencedProducerEndsTheReplay() async throws {
        var configuration = EngineConfiguration()
        configuration.exactlyOnce = true
        configuration.commitInterval = .milliseconds(5)
        let input = TopicPartition("in", 0)
        let broker = FakeBroker()
        let producer = try RenewableProducer { () throws(KafkaError) in FakeTransactionalProducer(broker) }
        let engine = Engine(configuration, producer: producer)
        let transactions = Transactions(engine: engine, producer: producer, member: nil)
        let stopped = AsyncStream<Void>.makeStream()
        engine.attach(wake: {}, stop: { stopped.continuation.finish() })
        try await transactions.start()
        await withDiscardingTaskGroup { group in
            group.addTask { try? await engine.run { WordHandler() } }
            group.addTask { try? await transactions.run() }
            broker.fail(.commit, .test("_FENCED", .fatal))
            _ = engine.assigned([CommittedOffset(input, offset: 0)])
            engine.received(makeBatch(input, from: 0, ["ok0"]))
            for await _ in stopped.stream {}
            _ = engine.revoked([input], lost: false)
            await transactions.stop(within: .seconds(60))
            engine.stopLanes()
        }
        #expect(engine.failure?.name == "_FENCED")
        broker.state.withLock { #expect($0.lives == 1 && $0.visible.isEmpty) }
    }

    @Test func aPartitionThatWasReadToItsStopIsNotCalledSilent() async throws {
        var configuration = EngineConfiguration()
        configuration.to = [0: 12, 1: 12]
        let (done, open) = (TopicPartition("in", 0), TopicPartition("in", 1))
        try await withEngine(configuration) { engine, _ in
            _ = engine.assigned([CommittedOffset(done, offset: 12), CommittedOffset(open, offset: 10)])
            engine.reachedEnd(of: done, at: 12)
            #expect(engine.quietPartitions(longerThan: .seconds(-1)).map(\.partition) == [open])
        }
    }
}
