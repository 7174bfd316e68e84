import KafkaClient
import Testing

@testable import Relay

struct JournalStepsTests {
    private static func step(_ number: UInt64, sent: Int = 0) -> JournalSteps.Step {
        JournalSteps.Step(
            number: number, sent: sent, entries: [JournalEntry(key: [UInt8(number)], value: [1])],
            results: [Lane.Result(sequence: number, sent: 0, outcome: .published)])
    }

    /// Entries in the order of the decisions, whatever is acknowledged first.
    @Test func anEntryWaitsForThoseBeforeIt() {
        var steps = JournalSteps()
        steps.add(Self.step(0, sent: 1))
        steps.add(Self.step(1, sent: 1))
        #expect(steps.nextNumber == 2 && steps.oldest == 0)
        #expect(steps.writable { $0.number == 1 } == nil)
        #expect(steps.writable { _ in true }?.number == 0)
        // The first one's entry is on its way: the second one's may follow it.
        #expect(steps.writable { _ in true }?.number == 1)
        #expect(steps.writable { _ in true } == nil)
        #expect(steps.ended { $0.number == 1 } == nil)
        #expect(steps.ended { _ in true }?.results.first?.sequence == 0)
        #expect(steps.oldest == 1)
        #expect(steps.ended { _ in true }?.number == 1)
        #expect(steps.isEmpty && steps.oldest == nil && steps.nextNumber == 2)
    }

    @Test func whatIsNotWrittenDoesNotEnd() {
        var steps = JournalSteps()
        steps.add(Self.step(0))
        #expect(steps.ended { _ in true } == nil)
        #expect(Self.step(0, sent: 2).expected == 2)
        #expect(steps.writable { _ in true }?.expected == 1)
    }
}
