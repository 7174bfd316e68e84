/// What one partition's records of a range became, as bits: all that an audit remembers.
struct AuditTally: Sendable {
    /// Events of one topic by the place of their telegram in the record.
    private struct Seen: Sendable {
        var layers: [Int32: OffsetBits] = [:]

        /// False where that event was seen before.
        mutating func insert(_ source: OutputRecord.Source) -> Bool {
            self.layers[source.index, default: OffsetBits()].insert(source.offset)
        }
    }

    private struct Place: Hashable {
        var kind: OutputRecord.Kind
        var topic: Int
    }

    /// Offsets of the range that hold a record.
    private(set) var records = OffsetBits()
    /// Named by an output, and no record of the range: compaction took it since.
    private(set) var absent = OffsetBits()
    private var seen: [Place: Seen] = [:]
    private(set) var twice = OffsetBits()
    /// Sections of longer telegrams that wait.
    private var waiting = OffsetBits()

    mutating func exists(_ offset: Int64) { self.records.insert(offset) }

    /// An output on the topic of this number names the record as its source.
    mutating func found(_ source: OutputRecord.Source, _ kind: OutputRecord.Kind, topic: Int) {
        guard self.records.contains(source.offset) else {
            self.absent.insert(source.offset)
            return
        }
        let isNew = self.seen[Place(kind: kind, topic: topic), default: Seen()].insert(source)
        // A telegram may have several alerts, which these bits do not tell apart.
        if !isNew, kind != .alert { self.twice.insert(source.offset) }
    }

    /// The record holds a section that waits for others.
    mutating func foundWaiting(_ offset: Int64) { self.waiting.insert(offset) }

    /// What is unfinished for the group: everything from its offset on that is not in its map. Nil: nothing is.
    struct Unfinished: Sendable {
        var from: Int64
        var finished: OffsetRuns

        func contains(_ offset: Int64) -> Bool { offset >= self.from && !self.finished.contains(offset) }
    }

    /// `topics`: by kind the numbers of those that each event of it must stand on.
    func line(_ topics: [OutputRecord.Kind: [Int]], _ unfinished: Unfinished?) -> AuditLine {
        var line = AuditLine()
        line.records = self.records.count
        line.twice = self.twice.count
        line.absent = self.absent.count
        var anything = OffsetBits()
        var several = OffsetBits()
        var gaps: [Int: OffsetBits] = [:]
        for kind in OutputRecord.Kind.allCases {
            let numbers = topics[kind] ?? []
            let layers = self.layers(of: kind)
            var count = 0
            for (index, layer) in layers {
                count += layer.count
                if kind != .alert { anything.formUnion(layer) }
                if kind == .telegram || kind == .service, index > 0 { several.formUnion(layer) }
                for number in numbers {
                    let there = self.seen[Place(kind: kind, topic: number)]?.layers[index] ?? OffsetBits()
                    gaps[number, default: OffsetBits()].formUnion(layer.subtracting(there))
                }
            }
            line.counts[kind] = count
        }
        line.several = several.count
        let unseen = self.records.subtracting(anything)
        let held = unseen.subtracting(unseen.subtracting(self.waiting))
        line.held = held.count
        line.missing = self.missing(unseen.subtracting(held), unfinished, &line.inFlight)
        // What no output takes leaves no trace on any topic.
        if topics[.telegram]?.isEmpty ?? true || topics[.service]?.isEmpty ?? true {
            line.unrouted = line.missing.runs.reduce(0) { $0 + $1.count }
            line.missing = OffsetRuns()
        }
        for (number, gap) in gaps {
            var inFlight = 0
            let runs = self.missing(gap, unfinished, &inFlight)
            if !runs.isEmpty { line.missingOn[number] = runs }
        }
        return line
    }

    /// Over all topics.
    private func layers(of kind: OutputRecord.Kind) -> [Int32: OffsetBits] {
        var layers: [Int32: OffsetBits] = [:]
        for (place, seen) in self.seen where place.kind == kind {
            for (index, layer) in seen.layers { layers[index, default: OffsetBits()].formUnion(layer) }
        }
        return layers
    }

    private func missing(_ unseen: OffsetBits, _ unfinished: Unfinished?, _ inFlight: inout Int) -> OffsetRuns {
        var runs = OffsetRuns()
        unseen.visit { offset in
            if unfinished?.contains(offset) ?? false { inFlight += 1 } else { runs.append(offset..<offset + 1) }
        }
        return runs
    }
}

/// What became of one partition's records.
package struct AuditLine: Sendable, Equatable {
    /// Offsets of the range that hold one.
    package var records = 0
    /// Different events and dead letters; of alerts, the telegrams that they speak of.
    package var counts: [OutputRecord.Kind: Int] = [:]
    /// Records that gave several events.
    package var several = 0
    /// Records of which some event or dead letter stands more than once on one topic.
    package var twice = 0
    /// Sections that wait for others.
    package var held = 0
    /// The group has not finished them, and nothing of them is seen yet.
    package var inFlight = 0
    /// Nothing of them is seen, and there is a kind of event that no output takes.
    package var unrouted = 0
    /// Named by some output, and not on the input any more.
    package var absent = 0
    /// Finished, and nothing of them is seen.
    var missing = OffsetRuns()
    /// Seen on one topic of its kind and not on another: by number of the topic.
    var missingOn: [Int: OffsetRuns] = [:]

    package init() {}

    package var missingRuns: [Range<Int64>] { self.missing.runs }
    package var missingRunsOn: [Int: [Range<Int64>]] { self.missingOn.mapValues(\.runs) }
    package var isWhole: Bool { self.missing.isEmpty && self.missingOn.isEmpty }

    package var missingCount: Int64 { self.missing.runs.reduce(0) { $0 + Int64($1.count) } }
}
