import KafkaClient
import Synchronization
import Testing

@testable import Relay

@Suite struct LaneQueueTests {
    private let input = TopicPartition("raw", 0)

    /// Octets of a batch belong to a whole fetch response: kept by a queue that is never empty, they were the whole backlog.
    @Test func whatIsTakenIsLetGoWhileOthersWait() async {
        let released = Released()
        let queue = LaneQueue()
        for number in 0..<3 { queue.push(self.item(number, released)) }
        for number in 0..<100 {
            // Always three behind, as a lane with a backlog.
            queue.push(self.item(number + 3, released))
            await self.take(number, from: queue)
            #expect(released.count == number + 1)
        }
        queue.finish()
        #expect(released.count == 103)
        if await queue.next() != nil { Issue.record("a queue that is finished gives something") }
    }

    private func take(_ number: Int, from queue: LaneQueue) async {
        guard case .batch(let work) = await queue.next() else {
            Issue.record("nothing waits")
            return
        }
        #expect(work.firstSequence == UInt64(number))
    }

    private func item(_ number: Int, _ released: Released) -> LaneQueue.Item {
        let batch = RecordBatch(partition: self.input, epoch: 1, slots: []) { released.add() }
        return .batch(LaneQueue.Work(slot: 0, firstSequence: UInt64(number), batch: batch))
    }
}

private final class Released: Sendable {
    private let held = Mutex(0)
    var count: Int { self.held.withLock { $0 } }
    func add() { self.held.withLock { $0 += 1 } }
}
