internal import KafkaClient
internal import Synchronization

/// What the journal says of partitions that were assigned together: read once, by the lane that needs it first, behind
/// whatever was written before (architecture, "Who judges what").
final class JournalReading: Sendable {
    /// The last entry of each key.
    typealias Entries = [[UInt8]: [UInt8]]
    /// By partition; one that the journal has not got is left out.
    typealias Read = @Sendable (Set<Int32>) async throws(KafkaError) -> [Int32: Entries]

    private struct State {
        var isBegun = false
        var result: Result<[Int32: Entries], KafkaError>?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let partitions: Set<Int32>
    private let read: Read
    private let state = Mutex(State())

    init(_ partitions: Set<Int32>, read: @escaping Read) {
        self.partitions = partitions
        self.read = read
    }

    /// Nil where the journal has no such partition: then nothing of it can be kept.
    func entries(of partition: Int32) async throws(KafkaError) -> Entries? {
        let isFirst = self.state.withLock { state in
            defer { state.isBegun = true }
            return !state.isBegun
        }
        if isFirst {
            self.end(await self.readAll())
        } else {
            await self.waitForResult()
        }
        return try self.state.withLock { $0.result }?.get()[partition]
    }

    private func readAll() async -> Result<[Int32: Entries], KafkaError> {
        do throws(KafkaError) { return .success(try await self.read(self.partitions)) } catch { return .failure(error) }
    }

    private func end(_ result: Result<[Int32: Entries], KafkaError>) {
        let waiting = self.state.withLock { state in
            state.result = result
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func waitForResult() async {
        await withCheckedContinuation { continuation in
            let isThere = self.state.withLock { state in
                if state.result != nil { return true }
                state.waiting.append(continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
