internal import Assembly
internal import Events

/// What decisions on numbers say to an operator (contract 5).
///
/// A gap is told with the transmissions on both sides as its sources. When numbers of it come, it is told again: the same code
/// and subject, the same two sources first and behind them the transmission that brought the last one; `state` and `missing` say
/// how it stands since then. Where that one did not bring it, but answered for it, `by` is `answer`.
struct NumberAlerts {
    private let input: String
    private let time: Int64
    private let width: (NumberSeries) -> Int

    /// `width`: digits of a series' numbers.
    init(input: String, at time: Int64, width: @escaping (NumberSeries) -> Int) {
        self.input = input
        self.time = time
        self.width = width
    }

    /// In their order. Of a gap that several numbers close, only how it stands after the last that came and after the last
    /// answer.
    func of(_ decisions: [ContinuityDecision]) -> [Alert] {
        var alerts: [Alert] = []
        var told = Told()
        for decision in decisions.reversed() {
            if let alert = self.alert(on: decision, &told) { alerts.append(alert) }
        }
        return alerts.reversed()
    }

    /// By which transmission a gap was closed.
    private struct Told {
        var arrivals: Set<NumberGap.Name> = []
        var answers: [NumberGap.Name: PartSource] = [:]
    }

    /// The last decision comes first.
    private func alert(on decision: ContinuityDecision, _ told: inout Told) -> Alert? {
        switch decision {
        case .gap(let gap): return self.alert(on: gap)
        case .closed(let gap, _, let source):
            // What brings one number and answers for others is told of once: the alerts would have one identity.
            guard told.answers[gap.name] != source, told.arrivals.insert(gap.name).inserted else { return nil }
            return self.alert(on: gap, closedBy: source, isAnswer: false)
        case .answered(let gap, _, let source):
            guard told.answers[gap.name] == nil else { return nil }
            told.answers[gap.name] = source
            return self.alert(on: gap, closedBy: source, isAnswer: true)
        case .repeated(let series, let number, let source, let other, let isSame):
            if series.kind == .pair { return nil }
            return self.alert(onRepeated: number, of: series, source, other, isSame: isSame)
        case .reset(let series, let last, let number, let source, let isExpected):
            if series.kind == .pair || isExpected { return nil }
            return self.alert(onReset: number, after: last, of: series, source)
        case .known, .late, .unnumbered: return nil
        }
    }

    private func alert(on gap: NumberGap) -> Alert {
        self.alert(
            on: gap, "open", sources: [],
            message: gap.count == 1 ? "A number is missing." : "\(gap.count) numbers are missing.")
    }

    private func alert(on gap: NumberGap, closedBy source: PartSource, isAnswer: Bool) -> Alert {
        let isClosed = gap.missing.isEmpty
        return self.alert(
            on: gap, isClosed ? "withdrawn" : "narrowed", sources: [source], isAnswer: isAnswer,
            message: isClosed
                ? "No number of the gap is missing any more." : "Some numbers of the gap are still missing.")
    }

    private func alert(
        on gap: NumberGap, _ state: String, sources: [PartSource], isAnswer: Bool = false, message: String
    ) -> Alert {
        func text(_ number: Int) -> String { number.printed(gap.width) }
        var before = Source(gap.sourceBefore, on: self.input)
        before.timestamp = gap.time > 0 ? gap.time : nil
        return Alert(
            gap.series.kind == .pair ? .continuityGap : .channelGap, subject: gap.series.text,
            sources: [Source(gap.sourceAfter, on: self.input), before]
                + sources.map { Source($0, on: self.input) },
            at: self.time, message: message,
            details: [
                "series": .text("\(gap.series.kind)"), "state": .text(state),
                "missing": .texts(
                    gap.missing.map {
                        $0.count == 1 ? text($0.lowerBound) : text($0.lowerBound) + "-" + text($0.upperBound)
                    }),
                "count": .integer(gap.count), "after": .text(text(gap.after)), "before": .text(text(gap.before)),
                "draft": gap.draft.map { .text(String(decoding: $0, as: UTF8.self)) },
                "by": isAnswer ? .text("answer") : nil,
            ])
    }

    private func alert(
        onRepeated number: Int, of series: NumberSeries, _ source: PartSource, _ other: PartSource?, isSame: Bool
    ) -> Alert {
        Alert(
            .channelRepeat, subject: series.text,
            sources: [source, other].compactMap { $0.map { Source($0, on: self.input) } }, at: self.time,
            message: isSame ? "One message came twice under one number." : nil,
            details: [
                "series": .text("\(series.kind)"), "number": .text(number.printed(self.width(series))),
                "sameMessage": .flag(isSame),
            ])
    }

    private func alert(onReset number: Int, after last: Int, of series: NumberSeries, _ source: PartSource) -> Alert {
        func text(_ number: Int) -> String { number.printed(self.width(series)) }
        return Alert(
            .channelReset, subject: series.text, sources: [Source(source, on: self.input)], at: self.time,
            details: [
                "series": .text("\(series.kind)"), "after": .text(text(last)), "number": .text(text(number)),
            ])
    }
}

extension NumberGap {
    fileprivate struct Name: Hashable {
        var series: NumberSeries
        var after: PartSource
        var before: PartSource
    }

    fileprivate var name: Name { Name(series: self.series, after: self.sourceAfter, before: self.sourceBefore) }
}

extension NumberSeries {
    fileprivate var text: String { String(decoding: self.name, as: UTF8.self) }
}

extension Int {
    /// With the zeros of a circuit's numbers: three digits or four.
    fileprivate func printed(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max((width > 3 ? 4 : 3) - digits.count, 0)) + digits
    }
}
