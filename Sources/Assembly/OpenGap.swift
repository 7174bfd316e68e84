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

    /// Says whether the number had been reported as missing; nil where it is not missing.
    mutating func close(_ number: Int) -> Bool? {
        guard let index = self.stretches.firstIndex(where: { $0.numbers.contains(number) }) else { return nil }
        let isReported = self.stretches[index].isReported
        self.remove(number...number)
        return isReported
    }

    func overlaps(_ numbers: ClosedRange<Int>) -> Bool { self.stretches.contains { $0.numbers.overlaps(numbers) } }

    mutating func remove(_ numbers: ClosedRange<Int>) {
        guard self.overlaps(numbers) else { return }
        self.stretches = self.stretches.flatMap { stretch -> [Stretch] in
            guard stretch.numbers.overlaps(numbers) else { return [stretch] }
            var rest: [Stretch] = []
            let (lower, upper) = (stretch.numbers.lowerBound, stretch.numbers.upperBound)
            if lower < numbers.lowerBound {
                rest.append(Stretch(numbers: lower...numbers.lowerBound - 1, isReported: stretch.isReported))
            }
            if upper > numbers.upperBound {
                rest.append(Stretch(numbers: numbers.upperBound + 1...upper, isReported: stretch.isReported))
            }
            return rest
        }
    }

    /// What is to be reported now: all that was not yet, but for numbers that have come and are only not judged.
    mutating func report(_ series: NumberSeries, without waiting: [Int]) -> NumberGap? {
        guard self.stretches.contains(where: { !$0.isReported }) else { return nil }
        var missing: [ClosedRange<Int>] = []
        self.stretches = self.stretches.flatMap { stretch -> [Stretch] in
            if stretch.isReported { return [stretch] }
            var parts: [Stretch] = []
            var next = stretch.numbers.lowerBound
            for number in waiting where stretch.numbers.contains(number) && number >= next {
                if number > next { parts.append(Stretch(numbers: next...number - 1, isReported: true)) }
                parts.append(Stretch(numbers: number...number))
                next = number + 1
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
