import Testing

@testable import Assembly

/// However observations are shuffled within the time that they may take, what is missing at last is what was lost.
struct ContinuityShuffleTests {
    /// What a channel sent, and what of it was lost.
    fileprivate struct Traffic {
        var series: NumberSeries
        var sent: [NumberObservation] = []
        /// Day or cycle, and number: those between the first and the last of it that came.
        var lost: [Int] = []
        /// Of each of these, which of those that were sent shows that it is missing.
        var shown: [Int] = []
    }

    private static let settling: Int64 = 5000

    /// Some days from 001 on, of as many messages as there come.
    private static func daily(_ name: Int, _ random: inout SplitMix) -> Traffic {
        var traffic = Traffic(series: NumberSeries(.channel, Array("D\(name)".utf8)))
        for day in 0..<Int64(4) {
            let count = random.below(10) == 0 ? 1 + random.below(4) : 1 + random.below(120)
            let first = day == 0 ? 1 + random.below(300) : 1
            let numbers = first..<first + count
            // Behind a short day, a day whose first message is lost cannot be told from more of the last one.
            let isTold = day == 0 || (traffic.sent.last?.number ?? 0) > 2 * NumberTrack.resetSpan
            let kept = numbers.filter { $0 == first && !isTold || random.below(50) > 0 }
            // What is lost at the end of a day nobody can know, nor at the start of the first.
            guard let last = kept.last, day == 0 || kept[0] <= NumberTrack.resetSpan else { continue }
            let known = day == 0 ? kept[0]...last : 1...last
            for number in known.filter({ !kept.contains($0) }) {
                traffic.lost.append(number)
                traffic.shown.append(traffic.sent.count + (kept.firstIndex { $0 > number } ?? 0))
            }
            var time = day * Observations.day + 1000
            for number in kept {
                time += Int64(random.below(random.below(20) == 0 ? 300_000 : 2000))
                time = min(time, (day + 1) * Observations.day - 20 * 60_000)
                traffic.send(number, time, width: 3, &random)
            }
        }
        return traffic
    }

    /// Through cycles of 999 or 9999, whatever the day.
    private static func cyclic(_ name: Int, _ random: inout SplitMix) -> Traffic {
        var traffic = Traffic(series: NumberSeries(.channel, Array("C\(name)".utf8)))
        let width = random.below(2) == 0 ? 3 : 4
        let cycle = width == 3 ? 999 : 9999
        let start = random.below(200)
        let end = start + 500 + random.below(1000)
        var lost: [Int] = []
        var time: Int64 = 43_200_000
        for place in start..<end {
            time += Int64(random.below(120_000))
            if random.below(50) == 0, place > start {
                lost.append(place % cycle + 1)
                continue
            }
            traffic.lost += lost
            traffic.shown += lost.map { _ in traffic.sent.count }
            lost = []
            traffic.send(place % cycle + 1, time, width: width, &random)
        }
        return traffic
    }

    /// In the order in which they arrive, and when: each within the settling time, and none of its partition overtakes.
    private static func shuffled(
        _ sent: [NumberObservation], _ random: inout SplitMix
    ) -> [(observation: NumberObservation, at: Int64)] {
        var last: [Int32: Int64] = [:]
        var arrivals = sent.map { observation in
            let partition = observation.source.partition
            let arrival = max(last[partition] ?? .min, observation.time + Int64(random.below(Int(Self.settling))))
            last[partition] = arrival
            return (observation: observation, at: arrival)
        }
        arrivals.sort { ($0.at, $0.observation.source.offset) < ($1.at, $1.observation.source.offset) }
        return arrivals
    }

    /// What was reported and not withdrawn, by series.
    private struct Reported {
        var numbers: [NumberSeries: [Int: Int]] = [:]
        var others = 0

        mutating func note(_ decisions: [ContinuityDecision]) {
            for decision in decisions {
                switch decision {
                case .gap(let gap):
                    for number in gap.missing.joined() {
                        self.numbers[gap.series, default: [:]][number, default: 0] += 1
                    }
                case .closed(let gap, let number, _):
                    self.numbers[gap.series, default: [:]][number, default: 0] -= 1
                case .answered(let gap, let numbers, _):
                    for number in numbers.joined() {
                        self.numbers[gap.series, default: [:]][number, default: 0] -= 1
                    }
                case .late, .repeated, .unnumbered: self.others += 1
                case .known, .reset: break
                }
            }
        }

        func lost(_ series: NumberSeries) -> [Int] {
            (self.numbers[series] ?? [:]).flatMap { Array(repeating: $0.key, count: max($0.value, 0)) }.sorted()
        }
    }

    private static func run(_ cuts: Bool) {
        var long = LongRun("continuity, \(cuts ? "cut" : "whole")")
        let seed = long.seed
        var random = SplitMix(state: seed)
        var settings = ContinuitySettings()
        settings.openRanges = 1000
        settings.channel.later = 10_000
        while long.goesOn {
            var traffic = (0..<4).map { Self.daily($0, &random) } + (0..<2).map { Self.cyclic($0, &random) }
            for index in traffic.indices { traffic[index].answer(within: Self.settling, &random) }
            var sent = traffic.flatMap(\.sent).sorted { $0.time < $1.time }
            for index in sent.indices { sent[index].source.offset = Int64(index) }
            let arrivals = Self.shuffled(sent, &random)
            var watch = ContinuityWatch(settings: settings)
            var reported = Reported()
            var journal = Journal()
            for (index, arrival) in arrivals.enumerated() {
                if cuts, random.below(400) == 0 {
                    watch = ContinuityWatch(settings: settings)
                    journal.restore(into: &watch, using: &random)
                    // What was not committed is read again.
                    for again in arrivals[max(0, index - random.below(30))..<index] {
                        let decisions = watch.observationArrived(again.observation, at: arrival.at)
                        #expect(decisions.contains(.known(again.observation.source)))
                        reported.note(decisions)
                        journal.note(watch)
                    }
                }
                reported.note(watch.observationArrived(arrival.observation, at: arrival.at))
                if cuts { journal.note(watch) }
                if random.below(20) == 0 {
                    let again = watch.observationArrived(arrival.observation, at: arrival.at)
                    #expect(again == [.known(arrival.observation.source)])
                    #expect(watch.changedKeys.isEmpty)
                }
            }
            reported.note(watch.inputEnded())
            traffic.sort { $0.series.name.lexicographicallyPrecedes($1.series.name) }
            for channel in traffic where reported.lost(channel.series) != channel.lost.sorted() {
                let name = String(decoding: channel.series.name, as: UTF8.self)
                #expect(reported.lost(channel.series) == channel.lost.sorted(), "seed \(seed), channel \(name)")
                return
            }
            #expect(reported.others == 0, "seed \(seed)")
            #expect(watch.nextDeadline == nil)
            long.made(arrivals.count)
        }
        long.tell()
    }

    @Test func whatIsLostIsMissing() { Self.run(false) }

    @Test func aRestartChangesNothing() { Self.run(true) }

    /// Where time tells nothing (all arrive at once), the number of those that came later does.
    @Test func aBoundedDisorderIsNoAlarm() {
        var long = LongRun("continuity, counted")
        let seed = long.seed
        var random = SplitMix(state: seed)
        while long.goesOn {
            let traffic = Self.cyclic(0, &random)
            // Each at most 64 places behind where it belongs.
            let order = traffic.sent.indices.map { $0 + random.below(64) }
            let arrivals = traffic.sent.indices.sorted { (order[$0], $0) < (order[$1], $1) }
            var watch = ContinuityWatch()
            var reported = Reported()
            for index in arrivals {
                var observation = traffic.sent[index]
                observation.source = PartSource(partition: Int32(index % 64), offset: Int64(index))
                reported.note(watch.observationArrived(observation, at: 0))
            }
            reported.note(watch.inputEnded())
            #expect(reported.lost(traffic.series) == traffic.lost.sorted(), "seed \(seed)")
            #expect(reported.numbers.values.allSatisfy { $0.values.allSatisfy { $0 > 0 } }, "seed \(seed)")
            long.made(arrivals.count)
        }
        long.tell()
    }

    @Test func damagedEntriesAreRefused() {
        var watch = ContinuityWatch()
        for (offset, number) in [411, 414, 416, 1, 3].enumerated() {
            let time = Int64(offset) * 20_000_000
            _ = watch.observationArrived(Observations.of(number, at: Int64(offset), time: time), at: time)
        }
        let answers = [2...2, 410...410, 412...412, 415...415]
        let time: Int64 = 90_000_000
        _ = watch.observationArrived(Observations.of(417, at: 5, time: time, answered: answers), at: time)
        _ = watch.observationArrived(Observations.of(nil, at: 6, time: time, answered: answers), at: time + 5000)
        let key = Observations.channel.key
        guard let entry = watch.snapshot(of: key) else {
            Issue.record("no entry")
            return
        }
        var random = SplitMix(state: 3)
        Journal.damage(key, entry, using: &random) { ContinuityWatch() }
        var other = ContinuityWatch()
        #expect(throws: SnapshotError.malformed) { try other.restore(Array("elsewhere".utf8), from: entry) }
        try? other.restore(key, from: entry)
        #expect(other.snapshot(of: key) == entry)
        try? other.restore(key, from: nil)
        #expect(other.count == 0)
    }
}

extension ContinuityShuffleTests.Traffic {
    fileprivate mutating func send(_ number: Int, _ time: Int64, width: Int, _ random: inout SplitMix) {
        let source = PartSource(partition: Int32(random.below(6)), offset: 0)
        // No two of one moment: which of them comes first nobody knows.
        let time = max(time, (self.sent.last?.time ?? .min) + 1)
        self.sent.append(
            NumberObservation(
                series: self.series, number: number, width: width, time: time,
                identity: Array("\(self.sent.count)".utf8), source: source))
    }

    /// Some of what is lost is answered for: by a message of the channel, or over another one, and then even a little before
    /// it can be known that it is missing. So is some of what came.
    mutating func answer(within settling: Int64, _ random: inout SplitMix) {
        guard let first = self.sent.first else { return }
        var answers: [NumberObservation] = []
        for place in self.lost.indices.reversed() where random.below(3) == 0 {
            let number = self.lost.remove(at: place)
            var index = self.shown[place]
            let day = self.sent[index].time / Observations.day
            for _ in 0..<random.below(10)
            where index + 1 < self.sent.count && self.sent[index + 1].time / Observations.day == day { index += 1 }
            let time = self.sent[index].time - Int64(random.below(2 * Int(settling) - 1))
            if random.below(2) == 0 || time < first.time + 2 * settling {
                self.sent[index].answered.append(number...number)
            } else {
                let source = PartSource(partition: Int32(random.below(6)), offset: 0)
                answers.append(
                    NumberObservation(
                        series: self.series, number: nil, width: 3, time: time, identity: [], source: source,
                        answered: [number...number]))
            }
        }
        for index in self.sent.indices where random.below(100) == 0 {
            if let number = self.sent[index].number { self.sent[index].answered.append(number...number) }
        }
        self.sent += answers
    }
}
