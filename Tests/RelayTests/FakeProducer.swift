import Events
import KafkaClient
import Synchronization

@testable import Relay

/// A producer whose deliveries the test decides.
final class FakeProducer: RecordProducer {
    struct Sent: Sendable {
        var topic: String
        /// Named, or nil: where the key leads.
        var partition: Int32?
        var key: [UInt8]?
        var value: [UInt8]?
        var token: UInt64
        var headers: [(name: StaticString, value: [UInt8])]

        /// Of what an original carries, the headers of sections alone.
        init(
            topic: String, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
            headers: [Header], original: RecordBatch.Slot?, token: UInt64
        ) {
            self.topic = topic
            self.partition = partition
            self.key = key.map { [UInt8]($0) }
            self.value = value.map { [UInt8]($0) }
            self.token = token
            let carried = original?.headers.compactMap { name, value -> (name: StaticString, value: [UInt8])? in
                guard let value, let known = SectionHeaders.names.first(where: { name.says($0) }) else { return nil }
                return (known, [UInt8](value))
            }
            self.headers = (carried ?? []) + headers.map { (name: $0.name, value: [UInt8]($0.value)) }
        }
    }

    struct State {
        var sent: [Sent] = []
        var room = Int.max
        var refuse: (@Sendable (Sent) -> KafkaError?)?
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var waitingForRoom: [CheckedContinuation<Void, Never>] = []
        var asked = 0
    }

    let state = Mutex(State())

    func send(
        topic: String, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        headers: [Header], timestamp: Int64, original: RecordBatch.Slot?, token: UInt64
    ) throws(KafkaError) {
        let sent = Sent(
            topic: topic, partition: partition, key: key, value: value, headers: headers, original: original,
            token: token)
        let result = self.state.withLock { state -> Result<[CheckedContinuation<Void, Never>], KafkaError> in
            if let error = state.refuse?(sent) { return .failure(error) }
            if state.room <= 0 { return .failure(.test("_QUEUE_FULL", .retriable)) }
            state.room -= 1
            state.sent.append(sent)
            let ready = state.waiting.filter { $0.count <= state.sent.count }
            state.waiting.removeAll { $0.count <= state.sent.count }
            return .success(ready.map(\.continuation))
        }
        for continuation in try result.get() { continuation.resume() }
    }

    func waitForRoom() async {
        await withCheckedContinuation { continuation in
            let now = self.state.withLock { state in
                state.asked += 1
                if state.room > 0 { return true }
                state.waitingForRoom.append(continuation)
                return false
            }
            if now { continuation.resume() }
        }
    }

    func makeRoom(_ count: Int) {
        let waiting = self.state.withLock { state in
            state.room = count
            defer { state.waitingForRoom = [] }
            return state.waitingForRoom
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns once so many records have been sent in all.
    func sent(atLeast count: Int) async -> [Sent] {
        await withCheckedContinuation { continuation in
            let now = self.state.withLock { state in
                if state.sent.count >= count { return true }
                state.waiting.append((count, continuation))
                return false
            }
            if now { continuation.resume() }
        }
        return self.state.withLock { $0.sent }
    }
}

extension KafkaError {
    static func test(_ name: String, _ kind: Kind) -> KafkaError {
        KafkaError(code: 1, name: name, kind: kind, operation: "produce", detail: "test")
    }
}
