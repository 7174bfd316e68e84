/// Words that stand in one copy of a telegram and otherwise, or not at all, in another (format 4.1).
public struct CopyDifference: Hashable, Sendable {
    /// More octets of it are not shown.
    static let textLimit = 240

    /// In the characters of this copy; empty where it lacks what the other has.
    public var range: OctetRange
    /// As this copy has them, with one blank between words.
    public var here: [UInt8]
    /// As the other has them.
    public var there: [UInt8]
}

extension CopyText {
    /// In the order of the text; lines that are only broken otherwise are no difference.
    ///
    /// The cost is bounded by the lengths: texts that have too little in common are one difference between the words with which
    /// both begin and those with which both end.
    public func differences(from other: CopyText) -> [CopyDifference] {
        var comparison = WordComparison(self, other)
        return comparison.changes().compactMap { change in
            if self.says(change.here, as: other, change.there) { return nil }
            return CopyDifference(
                range: self.range(of: change.here), here: self.text(of: change.here),
                there: other.text(of: change.there))
        }
    }
}

/// The fewest words that make one text of the other (E. W. Myers, An O(ND) Difference Algorithm, 1986).
private struct WordComparison {
    struct Change {
        var here: Range<Int>
        var there: Range<Int>
    }

    /// Words added and left out, at most; the memory grows with the square.
    private static let changeLimit = 1000
    /// What short texts may always cost.
    private static let leastBudget = 200_000

    private let here: CopyText
    private let there: CopyText
    /// Words with which both begin, and behind which both are the same.
    private let start: Int
    private let hereEnd: Int
    private let thereEnd: Int
    /// Words that may still be compared.
    private var budget: Int

    init(_ here: CopyText, _ there: CopyText) {
        self.here = here
        self.there = there
        let shorter = min(here.words.count, there.words.count)
        var start = 0
        while start < shorter, here.says(start, as: there, start) { start += 1 }
        var same = 0
        while same < shorter - start,
            here.says(here.words.count - 1 - same, as: there, there.words.count - 1 - same)
        {
            same += 1
        }
        self.start = start
        self.hereEnd = here.words.count - same
        self.thereEnd = there.words.count - same
        self.budget = 4 * (here.words.count + there.words.count) + Self.leastBudget
    }

    mutating func changes() -> [Change] {
        if self.start == self.hereEnd, self.start == self.thereEnd { return [] }
        let whole = Change(here: self.start..<self.hereEnd, there: self.start..<self.thereEnd)
        guard let trace = self.search() else { return [whole] }
        return self.follow(trace)
    }

    /// How far each diagonal reaches with so many changes, from none to as many as it takes; nil where that is too many.
    private mutating func search() -> [[Int32]]? {
        let (rows, columns) = (self.hereEnd - self.start, self.thereEnd - self.start)
        var trace: [[Int32]] = []
        for count in 0...Self.changeLimit {
            var reach = [Int32](repeating: 0, count: count + 1)
            for index in 0...count {
                // Diagonals of this count are two apart; index 0 is that of words left out alone.
                let diagonal = 2 * index - count
                var row = self.row(diagonal, count, trace.last)
                var column = row - diagonal
                while row < rows, column < columns, row >= 0, column >= 0,
                    self.here.says(self.start + row, as: self.there, self.start + column)
                {
                    row += 1
                    column += 1
                    self.budget -= 1
                }
                self.budget -= 1
                reach[index] = Int32(truncatingIfNeeded: row)
                if row >= rows, column >= columns {
                    trace.append(reach)
                    return trace
                }
            }
            if self.budget < 0 { return nil }
            trace.append(reach)
        }
        return nil
    }

    /// Where a diagonal starts with so many changes, behind those of one less. A word of `here` goes a diagonal up, one of `there`
    /// one down.
    private func row(_ diagonal: Int, _ count: Int, _ last: [Int32]?) -> Int {
        guard let last else { return 0 }
        return self.comesFromBelow(diagonal, count, last)
            ? Int(last[Self.index(diagonal - 1, count - 1)]) + 1 : Int(last[Self.index(diagonal + 1, count - 1)])
    }

    private func comesFromBelow(_ diagonal: Int, _ count: Int, _ last: [Int32]) -> Bool {
        if diagonal == -count { return false }
        if diagonal == count { return true }
        return last[Self.index(diagonal - 1, count - 1)] >= last[Self.index(diagonal + 1, count - 1)]
    }

    private static func index(_ diagonal: Int, _ count: Int) -> Int { (diagonal + count) / 2 }

    /// From the end back to the start; changes without a word between them are one.
    private func follow(_ trace: [[Int32]]) -> [Change] {
        var changes: [Change] = []
        var row = self.hereEnd - self.start
        var column = self.thereEnd - self.start
        for count in trace.indices.dropFirst().reversed() {
            let last = trace[count - 1]
            let diagonal = row - column
            let fromBelow = self.comesFromBelow(diagonal, count, last)
            let before = fromBelow ? diagonal - 1 : diagonal + 1
            let reached = Int(last[Self.index(before, count - 1)])
            let (oldRow, oldColumn) = (reached, reached - before)
            let here = oldRow..<(fromBelow ? oldRow + 1 : oldRow)
            let there = oldColumn..<(fromBelow ? oldColumn : oldColumn + 1)
            if let next = changes.last, next.here.lowerBound == here.upperBound,
                next.there.lowerBound == there.upperBound
            {
                changes[changes.count - 1] = Change(
                    here: here.lowerBound..<next.here.upperBound, there: there.lowerBound..<next.there.upperBound)
            } else {
                changes.append(Change(here: here, there: there))
            }
            (row, column) = (oldRow, oldColumn)
        }
        return changes.reversed().map { change in
            Change(
                here: change.here.lowerBound + self.start..<change.here.upperBound + self.start,
                there: change.there.lowerBound + self.start..<change.there.upperBound + self.start)
        }
    }
}
