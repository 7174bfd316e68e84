import Assembly
import Directory
import KafkaClient
import Synchronization

@testable import Relay

/// Sections through the engine: what is forwarded comes back as a record of `telegrams.sections`, as a broker would give it.
final class SectionsBroker: Sendable {
    static let input = TopicPartition("telegrams.raw", 0)
    static let sections = TopicPartition("telegrams.sections", 0)

    let engine: Engine
    let producer: FakeProducer
    private let state = Mutex((seen: 0, end: Int64(0)))

    init(_ engine: Engine, _ producer: FakeProducer, end: Int64 = 0) {
        self.engine = engine
        self.producer = producer
        self.state.withLock { $0.end = end }
    }

    /// Returns once so many further records were sent; acknowledges them, and gives sections back.
    @discardableResult
    func relay(
        _ count: Int, _ error: KafkaError? = nil, timestamp: Int64 = WallClock.now
    ) async -> [FakeProducer.Sent] {
        let start = self.state.withLock { $0.seen }
        let sent = await self.producer.sent(atLeast: start + count)[start..<start + count]
        self.state.withLock { $0.seen += count }
        self.engine.delivered(sent.map { Delivery(token: $0.token, error: error) })
        for record in sent where record.topic == Self.sections.topic { self.receive(record, timestamp: timestamp) }
        return Array(sent)
    }

    /// Something was sent that `relay` has not taken yet.
    var hasUnseen: Bool {
        let seen = self.state.withLock { $0.seen }
        return self.producer.state.withLock { $0.sent.count } > seen
    }

    func receive(_ record: FakeProducer.Sent, timestamp: Int64 = WallClock.now) {
        let offset = self.state.withLock { state in
            state.end += 1
            return state.end - 1
        }
        self.engine.received(record.asBatch(Self.sections, offset: offset, timestamp: timestamp))
    }

    /// As the poll loop does on its turns.
    func look() {
        self.engine.state.withLock { $0.nextLook = 0 }
        _ = self.engine.offsetsToCommit()
    }

    /// The same, with looks between.
    func settledAfterLooks(_ condition: @Sendable (LedgerLine) -> Bool) async throws {
        while !condition(self.engine.ledger.lines[Self.sections] ?? LedgerLine()) {
            try Task.checkCancellation()
            self.look()
            await Task.yield()
        }
    }

    func reachEnd() { self.engine.reachedEnd(of: Self.sections, at: self.state.withLock { $0.end }) }

    /// Returns once the ledger of the sections says so.
    func settled(_ condition: @Sendable (LedgerLine) -> Bool) async throws {
        while !condition(self.engine.ledger.lines[Self.sections] ?? LedgerLine()) {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}

extension FakeProducer.Sent {
    /// As the broker gives it to whoever reads the topic.
    func asBatch(_ partition: TopicPartition, offset: Int64, timestamp: Int64) -> RecordBatch {
        let value = self.value ?? []
        let flat = self.headers.flatMap(\.value)
        return value.withUnsafeBytes { value in
            flat.withUnsafeBytes { flat in
                var start = 0
                var headers: [Header] = []
                for header in self.headers {
                    let end = start + header.value.count
                    headers.append(Header(header.name, UnsafeRawBufferPointer(rebasing: flat[start..<end])))
                    start = end
                }
                return RecordBatch(
                    partition: partition, epoch: 1, offset: offset, timestamp: timestamp, key: nil, value: value,
                    headers: headers)
            }
        }
    }

    var text: String { String(decoding: self.value ?? [], as: UTF8.self) }

    /// `ce_id`.
    var identifier: String {
        self.headers.first { $0.name == "ce_id" }.map { String(decoding: $0.value, as: UTF8.self) } ?? ""
    }

    /// Of the input records that it names as its sources, in order.
    var offsets: [Int64] {
        var offsets: [Int64] = []
        (self.value ?? []).withUnsafeBytes { value in
            _ = SourceReader(topic: SectionsBroker.input.topic).read(OriginHeaders([]), value: value) {
                offsets.append($0.offset)
            }
        }
        return offsets
    }
}

/// Texts from whatever thread.
final class Collected: Sendable {
    private let kept = Mutex<[String]>([])

    var texts: [String] { self.kept.withLock { $0 } }
    func append(_ text: String) { self.kept.withLock { $0.append(text) } }
}

extension [FakeProducer.Sent] {
    var pair: (FakeProducer.Sent, FakeProducer.Sent) { (self[0], self[1]) }
}

func withSections(
    _ change: (inout WorkerConfiguration) -> Void = { _ in }, end: Int64 = 0, memory: FakeJournal? = nil,
    _ body: @Sendable (SectionsBroker) async throws -> Void
) async throws {
    var configuration = WorkerConfiguration()
    configuration.engine.sections = "telegrams.sections"
    if memory != nil { configuration.engine.journal = FakeJournal.topic }
    // What is observed of numbers would stand between what these tests look at.
    configuration.continuity.watchesChannels = false
    configuration.continuity.addressees = []
    change(&configuration)
    let producer = FakeProducer()
    let engine = Engine(configuration.engine, producer: producer)
    memory?.attach(to: engine)
    let broker = SectionsBroker(engine, producer, end: end)
    let settings = configuration
    try await withThrowingTaskGroup { group in
        group.addTask { try? await engine.run { TelegramHandler(settings, directory: Directory()) } }
        defer { engine.stopLanes() }
        try await body(broker)
    }
}
