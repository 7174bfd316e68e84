import Foundation
import KafkaClient
import Testing

/// Waits for a condition that another thread makes true; records an issue when it does not come.
func eventually(
    _ what: Comment, within limit: Duration = .seconds(120), location: SourceLocation = #_sourceLocation,
    _ condition: () -> Bool
) async {
    let end = ContinuousClock.now + limit
    while !condition() {
        if ContinuousClock.now > end {
            Issue.record(what, sourceLocation: location)
            return
        }
        try? await Task.sleep(for: .milliseconds(10))
    }
}

/// What several threads change. `Mutex` would do, but for the thread sanitizer, which cannot see how one that is waited for
/// changes hands, and takes that for a race.
///
/// `@unchecked`: the content is touched with the lock held only.
final class Guarded<Content>: @unchecked Sendable {
    private let lock = NSLock()
    private var content: Content

    init(_ content: Content) {
        self.content = content
    }

    func withLock<Value>(_ body: (inout Content) -> Value) -> Value {
        self.lock.lock()
        defer { self.lock.unlock() }
        return body(&self.content)
    }
}

/// A record as it arrived, copied.
struct Received: Equatable {
    var offset: Int64
    var timestamp: Int64
    var key: [UInt8]?
    var value: [UInt8]?
    var headers: [Pair]

    struct Pair: Equatable {
        var name: String
        var value: [UInt8]?
    }
}

/// Notes everything and takes what it has room for.
final class Recorder: PollDelegate {
    struct State {
        var records: [TopicPartition: [Received]] = [:]
        var batches: [RecordBatch] = []
        var capacity: [TopicPartition: Int] = [:]
        /// What is received takes room away for good.
        var isCapacityUsedUp = false
        var assigned: [[CommittedOffset]] = []
        var revoked: [(partitions: [TopicPartition], lost: Bool)] = []
        var order: [Change] = []
        var isOver = false
        var commitOnRevoke: [CommittedOffset] = []
        var toCommit: [CommittedOffset] = []
        var commits: [(offsets: [CommittedOffset], error: KafkaError?)] = []
        var ends: [TopicPartition: Int64] = [:]
        var endCounts: [TopicPartition: Int] = [:]
        var stops: [TopicPartition: Int64] = [:]
        /// Where the first records begin, by partition; else as the group committed.
        var starts: [TopicPartition: Int64] = [:]
        var lost: [Lost] = []
        var answer: (@Sendable (Lost) -> Int64?)?
        /// Called before anything else on the poll thread.
        var onReceive: (@Sendable () -> Void)?
        var onRevoke: (@Sendable () -> Void)?
        var failures: [(error: KafkaError, partition: TopicPartition?)] = []
        var keepsBatches = false
    }

    enum Change {
        case assigned([TopicPartition])
        case revoked([TopicPartition])
    }

    /// An offset that was not there.
    struct Lost: Equatable {
        var partition: TopicPartition
        var wanted: Int64
        var low: Int64
        var high: Int64
    }

    let state = Guarded(State())

    func read<Value>(_ body: (inout State) -> Value) -> Value { self.state.withLock(body) }

    func capacity(for partition: TopicPartition) -> Int { self.state.withLock { $0.capacity[partition] ?? 1000 } }

    func received(_ batch: RecordBatch) {
        self.state.withLock { $0.onReceive }?()
        let records = (0..<batch.count).map { index in
            let slot = batch[index]
            return Received(
                offset: slot.offset, timestamp: slot.timestamp, key: slot.key.map { [UInt8]($0) },
                value: slot.value.map { [UInt8]($0) },
                headers: slot.headers.map {
                    Received.Pair(name: String(decoding: $0.name, as: UTF8.self), value: $0.value.map { [UInt8]($0) })
                })
        }
        self.state.withLock {
            $0.records[batch.partition, default: []] += records
            if $0.isCapacityUsedUp { $0.capacity[batch.partition]? -= batch.count }
            if $0.keepsBatches { $0.batches.append(batch) }
        }
    }

    func assigned(_ partitions: [CommittedOffset]) -> [CommittedOffset] {
        let starts = self.state.withLock {
            $0.assigned.append(partitions)
            $0.order.append(.assigned(partitions.map(\.partition)))
            return $0.starts
        }
        return partitions.map {
            var start = $0
            start.offset = starts[start.partition] ?? start.offset
            if start.offset == Offset.none { start.offset = Offset.beginning }
            return start
        }
    }

    func revoked(_ partitions: [TopicPartition], lost: Bool) -> [CommittedOffset] {
        self.state.withLock { $0.onRevoke }?()
        return self.state.withLock {
            $0.revoked.append((partitions, lost))
            $0.order.append(.revoked(partitions))
            return $0.commitOnRevoke
        }
    }

    func offsetsToCommit() -> [CommittedOffset] {
        self.state.withLock {
            let offsets = $0.toCommit
            $0.toCommit = []
            return offsets
        }
    }

    func commitEnded(_ offsets: [CommittedOffset], error: KafkaError?) {
        self.state.withLock { $0.commits.append((offsets, error)) }
    }

    func reachedEnd(of partition: TopicPartition, at offset: Int64) {
        self.state.withLock {
            $0.ends[partition] = offset
            $0.endCounts[partition, default: 0] += 1
        }
    }

    func stop(of partition: TopicPartition) -> Int64? { self.state.withLock { $0.stops[partition] } }

    func outOfRange(_ partition: TopicPartition, wanted: Int64, low: Int64, high: Int64) -> Int64? {
        let lost = Lost(partition: partition, wanted: wanted, low: low, high: high)
        let answer = self.state.withLock {
            $0.lost.append(lost)
            return $0.answer
        }
        return answer?(lost)
    }

    func failed(_ error: KafkaError, partition: TopicPartition?) {
        self.state.withLock { $0.failures.append((error, partition)) }
    }
}

/// Deliveries by token.
final class Deliveries: Sendable {
    let ended = Guarded([UInt64: KafkaError?]())

    func add(_ deliveries: [Delivery]) {
        self.ended.withLock { for delivery in deliveries { $0[delivery.token] = .some(delivery.error) } }
    }

    var count: Int { self.ended.withLock { $0.count } }
    var failures: [KafkaError] { self.ended.withLock { $0.values.compactMap { $0 } } }
}

func settings(_ cluster: MockCluster, _ more: [(String, String)] = []) -> [ClientConfiguration.Property] {
    // The mock answers an empty fetch only after the whole wait, and a changed group waits for nearly a session.
    ([("bootstrap.servers", cluster.bootstrapServers), ("fetch.wait.max.ms", "5"), ("session.timeout.ms", "6000")]
        + more).map {
            ClientConfiguration.Property($0.0, $0.1)
        }
}

func makeConsumer(
    _ cluster: MockCluster, _ delegate: Recorder, topics: [String], group: String = "g", _ more: [(String, String)] = []
) throws -> Consumer {
    try Consumer(
        configuration: ClientConfiguration(
            role: .consumer, properties: settings(cluster, [("group.id", group)] + more)),
        topics: topics, delegate: delegate)
}

func makeProducer(
    _ cluster: MockCluster, _ deliveries: Deliveries, _ more: [(String, String)] = []
) throws -> Producer {
    try Producer(configuration: ClientConfiguration(role: .producer, properties: settings(cluster, more))) {
        deliveries.add($0)
    }
}

extension Producer {
    /// Sends arrays, waiting for room when there is none.
    func send(
        _ topic: String, key: [UInt8]?, value: [UInt8]?, header: [UInt8]? = nil, timestamp: Int64 = 0,
        original: RecordBatch.Slot? = nil, token: UInt64 = 0
    ) throws(KafkaError) {
        func raw(_ octets: [UInt8]?) -> UnsafeRawBufferPointer? {
            guard let octets else { return nil }
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: octets.count, alignment: 1)
            copy.copyBytes(from: octets)
            return UnsafeRawBufferPointer(copy)
        }
        let (keyBytes, valueBytes, headerBytes) = (raw(key), raw(value), raw(header))
        defer {
            keyBytes?.deallocate()
            valueBytes?.deallocate()
            headerBytes?.deallocate()
        }
        try self.send(
            topic: topic, key: keyBytes, value: valueBytes, headers: headerBytes.map { [Header("ours", $0)] } ?? [],
            timestamp: timestamp, original: original, token: token)
    }
}

/// Runs calls that block on a thread of their own: the pool has one a core, and tests run side by side.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}

/// What the call throws; nil and an issue when it throws nothing.
func failure(location: SourceLocation = #_sourceLocation, of body: () throws -> Void) -> KafkaError? {
    do {
        try body()
        Issue.record("no error", sourceLocation: location)
        return nil
    } catch {
        return error as? KafkaError
    }
}

extension GroupMember {
    /// Whether it gives its metadata out.
    func isMember() -> Bool {
        do throws(KafkaError) {
            _ = try self.groupMetadata()
            return true
        } catch {
            return false
        }
    }
}
