/// A gap whose numbers may still come.
struct OpenGap: Hashable {
    struct Stretch: Hashable {
        var numbers: ClosedRange<Int>
        var isReported = false
    }

    var stretches: [Stretch]
    var after: Int
    var before: Int
    var width: Int
    var time: Int64
    var sourceAfter: PartSource
    var sourceBefore: PartSource
    /// Not reported before: the observation behind it was judged early, when too many waited, and others may still come.
    var due: Int64 = .min

    var isReported: Bool { self.stretches.allSatisfy(\.isReported) }

    var isEmpty: Bool { self.stretches.isEmpty }

    func contains(_ number: Int) -> Bool { self.stretches.contains { $0.numbers.contains(number) } }

    /// Those of the numbers that were missing and no longer are.
    mutating func take(_ numbers: ClosedRange<Int>) -> [Stretch] {
        let taken = self.stretches.filter { $0.numbers.overlaps(numbers) }.map { stretch in
            Stretch(numbers: stretch.numbers.clamped(to: numbers), isReported: stretch.isReported)
        }
        self.remove(numbers)
        return taken
    }

    func overlaps(_ numbers: ClosedRange<Int>) -> Bool { self.stretches.contains { $0.numbers.overlaps(numbers) } }

    mutating func remove(_ numbers: ClosedRange<Int>) {
        guard self.overlaps(numbers) else { return }
        self.stretches = self.stretches.flatMap { stretch in
            stretch.numbers.without(numbers).map { Stretch(numbers: $0, isReported: stretch.isReported) }
        }
    }

    /// What is to be reported now: all that was not yet, but for numbers that have come, or were answered for, and are
    /// only not judged; the lower ones first.
    mutating func report(_ series: NumberSeries, without waiting: [ClosedRange<Int>]) -> NumberGap? {
        guard self.stretches.contains(where: { !$0.isReported }) else { return nil }
        var missing: [ClosedRange<Int>] = []
        self.stretches = self.stretches.flatMap { stretch -> [Stretch] in
            if stretch.isReported { return [stretch] }
            var parts: [Stretch] = []
            var next = stretch.numbers.lowerBound
            for numbers in waiting where stretch.numbers.overlaps(numbers) && numbers.upperBound >= next {
                // Of those that overlap each other the first may have taken all.
                if next > stretch.numbers.upperBound { break }
                let known = numbers.clamped(to: next...stretch.numbers.upperBound)
                if known.lowerBound > next {
                    parts.append(Stretch(numbers: next...known.lowerBound - 1, isReported: true))
                }
                parts.append(Stretch(numbers: known))
                next = known.upperBound + 1
            }
            if next <= stretch.numbers.upperBound {
                parts.append(Stretch(numbers: next...stretch.numbers.upperBound, isReported: true))
            }
            missing += parts.filter(\.isReported).map(\.numbers)
            return parts
        }
        return missing.isEmpty ? nil : self.view(series, missing)
    }

    /// As far as it has been reported.
    func view(_ series: NumberSeries) -> NumberGap {
        self.view(series, self.stretches.filter(\.isReported).map(\.numbers))
    }

    private func view(_ series: NumberSeries, _ missing: [ClosedRange<Int>]) -> NumberGap {
        NumberGap(
            series: series, missing: missing, after: self.after, before: self.before, width: self.width,
            time: self.time, sourceAfter: self.sourceAfter, sourceBefore: self.sourceBefore)
    }
}
