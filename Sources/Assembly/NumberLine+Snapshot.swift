extension NumberLine {
    var snapshot: [UInt8] {
        var writer = SnapshotWriter(.series)
        writer.write(self.heard)
        writer.write(self.marks.sorted { $0.key < $1.key }) { writer, mark in
            writer.write(Int64(mark.key))
            writer.write(mark.value.offset)
            writer.write(Int64(mark.value.index))
        }
        writer.write(self.waiting) { writer, arrival in
            writer.write(arrival.time)
            writer.write(arrival.number) { $0.write($1) }
            writer.write(arrival.width > 3)
            writer.write(arrival.fingerprint) { $0.write(word: $1) }
            writer.write(arrival.source)
            writer.write(arrival.answered) { $0.write($1) }
        }
        self.track.write(&writer)
        return writer.octets
    }

    /// What waits is due at once, until the watch says when.
    init(_ series: NumberSeries, from entry: [UInt8]) throws(SnapshotError) {
        var reader = try SnapshotReader(entry, .series)
        self.init(series, heard: try reader.signed())
        let marks = try reader.list { reader throws(SnapshotError) in
            guard let partition = Int32(exactly: try reader.signed()) else { throw .malformed }
            let offset = try reader.signed()
            guard let index = Int32(exactly: try reader.signed()) else { throw .malformed }
            return (partition, Mark(offset: offset, index: index))
        }
        guard marks.count <= Self.markLimit else { throw .malformed }
        self.marks = [Int32: Mark](marks, uniquingKeysWith: max)
        self.waiting = try reader.list { reader throws(SnapshotError) in
            let time = try reader.signed()
            let number = try reader.optional { reader throws(SnapshotError) in try reader.number(in: 0...9999) }
            let width = try reader.flag() ? 4 : 3
            let fingerprint = try reader.optional { reader throws(SnapshotError) in try reader.word() }
            let source = try reader.source()
            let answered = try reader.ifAnswered { reader throws(SnapshotError) in try reader.numbers() }
            return NumberTrack.Arrival(
                time: time, number: number, width: width, fingerprint: fingerprint, source: source,
                answered: answered, due: .min)
        }
        self.waiting.sort()
        try self.track.read(&reader)
        try reader.finish()
    }
}

extension NumberTrack {
    fileprivate func write(_ writer: inout SnapshotWriter) {
        writer.write(self.width > 3)
        writer.write(self.last) { $0.write($1) }
        writer.write(self.period)
        writer.write(self.hasCrossed)
        writer.write(self.covered)
        writer.write(self.gaps) { writer, gap in
            writer.write(gap.stretches) { writer, stretch in
                writer.write(stretch.numbers)
                writer.write(stretch.isReported)
            }
            writer.write(gap.after)
            writer.write(gap.before)
            writer.write(gap.width > 3)
            writer.write(gap.time)
            writer.write(gap.sourceAfter)
            writer.write(gap.sourceBefore)
        }
        writer.write(self.recent) { $0.write($1) }
        writer.write(self.previous) { writer, previous in
            writer.write(previous.last)
            writer.write(previous.until)
        }
        writer.write(self.stray) { $0.write($1) }
        writer.write(self.strayCount)
        writer.write(self.answered.entries) { writer, entry in
            writer.write(entry.numbers)
            writer.write(entry.until) { $0.write($1) }
        }
        writer.write(self.lastTime)
    }

    fileprivate mutating func read(_ reader: inout SnapshotReader) throws(SnapshotError) {
        self.width = try reader.flag() ? 4 : 3
        self.last = try reader.optional { reader throws(SnapshotError) in try reader.seen() }
        self.period = try reader.signed()
        self.hasCrossed = try reader.flag()
        self.covered = try reader.number(in: 0...10_000)
        self.gaps = try reader.list { reader throws(SnapshotError) in
            let stretches = try reader.list { reader throws(SnapshotError) in
                let numbers = try reader.numbers()
                return OpenGap.Stretch(numbers: numbers, isReported: try reader.flag())
            }
            let after = try reader.number(in: 0...9999)
            let before = try reader.number(in: 0...9999)
            let width = try reader.flag() ? 4 : 3
            let time = try reader.signed()
            let source = try reader.source()
            return OpenGap(
                stretches: stretches, after: after, before: before, width: width, time: time, sourceAfter: source,
                sourceBefore: try reader.source())
        }
        self.recent = try reader.list { reader throws(SnapshotError) in try reader.seen() }
        guard self.recent.count <= Self.memory else { throw .malformed }
        self.previous = try reader.optional { reader throws(SnapshotError) in
            Previous(last: try reader.seen(), until: try reader.signed())
        }
        self.stray = try reader.optional { reader throws(SnapshotError) in try reader.number(in: 0...9999) }
        self.strayCount = try reader.number(in: 0...Self.strayLimit - 1)
        self.answered.entries = try reader.ifAnswered { reader throws(SnapshotError) in
            let numbers = try reader.numbers()
            let until = try reader.optional { reader throws(SnapshotError) in try reader.signed() }
            return AnsweredNumbers.Entry(numbers: numbers, until: until)
        }
        guard self.answered.entries.count <= AnsweredNumbers.limit else { throw .malformed }
        if reader.version > 1 { self.lastTime = try reader.signed() }
    }
}

extension SnapshotWriter {
    fileprivate mutating func write(_ seen: NumberTrack.Seen) {
        self.write(seen.number)
        self.write(seen.fingerprint) { $0.write(word: $1) }
        self.write(seen.source)
    }
}

extension SnapshotReader {
    /// Before version 2 nothing was said of answers, nor of when the last number came.
    fileprivate mutating func ifAnswered<Element>(
        _ body: (inout SnapshotReader) throws(SnapshotError) -> Element
    ) throws(SnapshotError) -> [Element] {
        self.version > 1 ? try self.list(body) : []
    }

    fileprivate mutating func seen() throws(SnapshotError) -> NumberTrack.Seen {
        let number = try self.number(in: 0...9999)
        let fingerprint = try self.optional { reader throws(SnapshotError) in try reader.word() }
        return NumberTrack.Seen(number: number, fingerprint: fingerprint, source: try self.source())
    }
}
