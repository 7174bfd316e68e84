@testable import Assembly

/// Observations as the tests write them down.
enum Observations {
    static let day: Int64 = 86_400_000
    static let channel = NumberSeries(.channel, Array("QKA".utf8))

    /// Message `offset` of partition 0, a minute behind the one before it.
    static func of(
        _ number: Int?, at offset: Int64, series: NumberSeries = channel, width: Int = 3, time: Int64? = nil,
        identity: String? = nil, partition: Int32 = 0, answered: [ClosedRange<Int>] = []
    ) -> NumberObservation {
        NumberObservation(
            series: series, number: number, width: width, time: time ?? 43_200_000 + offset * 60_000,
            identity: Array((identity ?? "message \(offset)").utf8),
            source: PartSource(partition: partition, offset: offset), answered: answered)
    }

    static func source(_ offset: Int64) -> PartSource { PartSource(partition: 0, offset: offset) }
}

extension ContinuityWatch {
    /// Each when it is sent, and then nothing for long.
    mutating func arrive(_ observations: [NumberObservation]) -> [ContinuityDecision] {
        observations.flatMap { self.observationArrived($0, at: $0.time) } + self.inputEnded()
    }

    mutating func arrive(_ numbers: [Int], width: Int = 3) -> [ContinuityDecision] {
        self.arrive(numbers.enumerated().map { Observations.of($1, at: Int64($0), width: width) })
    }
}

extension [ContinuityDecision] {
    var gaps: [NumberGap] { self.compactMap { if case .gap(let gap) = $0 { gap } else { nil } } }
    var missing: [[ClosedRange<Int>]] { self.gaps.map(\.missing) }
    /// What gaps still miss behind each answer.
    var answered: [[ClosedRange<Int>]] {
        self.compactMap { if case .answered(let gap, _, _) = $0 { gap.missing } else { nil } }
    }
    var resets: [Int] { self.compactMap { if case .reset(_, _, let number, _, _) = $0 { number } else { nil } } }
    var repeats: [Int] { self.compactMap { if case .repeated(_, let number, _, _, _) = $0 { number } else { nil } } }
    var late: [Int] { self.compactMap { if case .late(_, let number, _) = $0 { number } else { nil } } }
}
