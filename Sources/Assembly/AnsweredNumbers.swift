/// Numbers of a series that somebody answered for and that have not come.
struct AnsweredNumbers: Hashable {
    struct Entry: Hashable {
        var numbers: ClosedRange<Int>
        /// Nil for numbers that were missing. Others may be soon, where the answer overtook what shows so: a gap that
        /// opens up to this time is without them. Not longer: an answer may as well speak of yesterday's number.
        var until: Int64?
    }

    /// Beyond so many the oldest is forgotten.
    static let limit = 64

    var entries: [Entry] = []

    var isEmpty: Bool { self.entries.isEmpty }

    mutating func add(_ numbers: ClosedRange<Int>, until: Int64?) {
        self.entries.append(Entry(numbers: numbers, until: until))
        self.keepBound()
    }

    private mutating func keepBound() {
        if self.entries.count > Self.limit { self.entries.removeFirst(self.entries.count - Self.limit) }
    }

    /// What is over at this time.
    mutating func expire(at time: Int64) {
        if self.entries.isEmpty { return }
        self.entries.removeAll { $0.until.map { $0 < time } ?? false }
    }

    /// It came after all; says whether it had been missing.
    mutating func remove(_ number: Int) -> Bool {
        guard self.entries.contains(where: { $0.numbers.contains(number) }) else { return false }
        let wasMissing = self.entries.contains { $0.numbers.contains(number) && $0.until == nil }
        self.remove(number...number) { _ in true }
        return wasMissing
    }

    /// The series comes by these numbers once more.
    mutating func pass(_ numbers: ClosedRange<Int>) { self.remove(numbers) { $0.until == nil } }

    /// The series starts again.
    mutating func restart() { self.entries.removeAll { $0.until == nil } }

    /// Those of a gap that opens now; from now on they were missing.
    mutating func take(from gap: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        let taken = self.entries.flatMap { entry in
            entry.until == nil ? [] : gap.filter(entry.numbers.overlaps).map(entry.numbers.clamped(to:))
        }
        for numbers in taken {
            self.remove(numbers) { _ in true }
            self.add(numbers, until: nil)
        }
        return taken
    }

    private mutating func remove(_ numbers: ClosedRange<Int>, where isMeant: (Entry) -> Bool) {
        guard self.entries.contains(where: { $0.numbers.overlaps(numbers) }) else { return }
        self.entries = self.entries.flatMap { entry in
            isMeant(entry) ? entry.numbers.without(numbers).map { Entry(numbers: $0, until: entry.until) } : [entry]
        }
        // One may have become two.
        self.keepBound()
    }
}

extension ClosedRange<Int> {
    /// What is left on both sides.
    func without(_ other: ClosedRange<Int>) -> [ClosedRange<Int>] {
        guard self.overlaps(other) else { return [self] }
        var rest: [ClosedRange<Int>] = []
        if self.lowerBound < other.lowerBound { rest.append(self.lowerBound...other.lowerBound - 1) }
        if self.upperBound > other.upperBound { rest.append(other.upperBound + 1...self.upperBound) }
        return rest
    }
}
