/// What a desk has decided and is to remember, at least once: an entry is written when everything that was sent before it is
/// acknowledged, and the records that it speaks of finish when the entry is. So a crash may repeat what was said, and never
/// leaves it unsaid and remembered.
///
/// In transactions both come through together, and there are no steps.
struct JournalSteps {
    struct Step {
        /// In tokens of what was sent for no record, and of its entries.
        var number: UInt64
        /// Records that carry what was sent before, and how much.
        var carriers: [(sequence: UInt64, sent: Int)] = []
        /// Sent for no record.
        var sent = 0
        var entries: [JournalEntry]
        /// How its records end, once all is written.
        var results: [Lane.Result] = []
        var isWritten = false

        /// Acknowledgements under its own number that it waits for.
        var expected: Int { self.sent + (self.isWritten ? self.entries.count : 0) }
    }

    private var steps: [Step] = []
    /// Of the step that is added next.
    private(set) var nextNumber: UInt64 = 0

    var isEmpty: Bool { self.steps.isEmpty }
    /// Number of the first that has not ended.
    var oldest: UInt64? { self.steps.first?.number }

    mutating func add(_ step: Step) {
        self.nextNumber = step.number + 1
        self.steps.append(step)
    }

    /// The next step whose entries are to be written now: `isAcknowledged` says so of what was sent before. In the order of
    /// the decisions: a later entry of a key must not come before an earlier one.
    mutating func writable(where isAcknowledged: (Step) -> Bool) -> Step? {
        guard let index = self.steps.firstIndex(where: { !$0.isWritten }), isAcknowledged(self.steps[index]) else {
            return nil
        }
        self.steps[index].isWritten = true
        return self.steps[index]
    }

    /// The next step that is through.
    mutating func ended(where isAcknowledged: (Step) -> Bool) -> Step? {
        guard let first = self.steps.first, first.isWritten, isAcknowledged(first) else { return nil }
        return self.steps.removeFirst()
    }
}
