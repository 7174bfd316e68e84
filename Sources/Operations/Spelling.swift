/// Finds what somebody probably meant.
package enum Spelling {
    /// The known word nearest to `word`, at most two edits away, or nil; of equals the first in `known`.
    ///
    /// Words longer than 128 bytes are not compared: nobody mistypes those, and the cost grows with the product.
    package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        guard word.utf8.count <= 128 else { return nil }
        let typed = Array(word.utf8)
        var best: (word: String, distance: Int)?
        for candidate in known {
            let target = Array(candidate.utf8)
            guard abs(target.count - typed.count) <= 2 else { continue }
            let distance = Self.distance(typed, target)
            // A word of three letters is two edits from nearly everything.
            guard distance <= 2, distance < max(target.count, typed.count) - 1 else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
        }
        return best?.word
    }

    /// Levenshtein distance, with a swap of neighbours counted as one edit.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        var current = previous
        for row in left.indices {
            current[0] = row + 1
            for column in right.indices {
                let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
                var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current[column + 1] = cost
            }
            (beforePrevious, previous, current) = (previous, current, beforePrevious)
        }
        return previous[right.count]
    }
}
