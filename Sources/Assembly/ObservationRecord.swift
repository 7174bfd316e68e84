/// Observations on their way to whoever judges them: the octets of one record of `telegrams.sections`. All are of one input
/// partition; each series stands once, in front.
public struct ObservationRecord: PartitionRecord {
    /// An octet that no text of any code begins with, a name, and the version: 2 where answers follow.
    static let beginning: [UInt8] = [0xFF] + Array("TRN".utf8) + [1]

    private let partition: Int32
    private var series: [NumberSeries: UInt64] = [:]
    private var names = SnapshotWriter()
    private var list = SnapshotWriter()
    private var count: UInt64 = 0
    /// Of the few that have any, behind the list.
    private var answers = SnapshotWriter()
    private var answerCount: UInt64 = 0
    /// Of the last one: the next is written as the way from there.
    private var time: Int64 = 0
    private var offset: Int64 = 0

    public init(partition: Int32) { self.partition = partition }

    public var octetCount: Int {
        self.names.octets.count + self.list.octets.count + self.answers.octets.count + 16
    }

    /// The partition of its source is the record's.
    public mutating func add(_ observation: NumberObservation) {
        self.list.write(unsigned: self.index(of: observation.series))
        self.list.write(unsigned: observation.number.map { UInt64(max($0, 0)) + 1 } ?? 0)
        self.list.write(observation.width > 3)
        self.list.write(observation.time &- self.time)
        self.list.write(observation.source.offset &- self.offset)
        self.list.write(Int64(observation.source.index))
        self.list.write(observation.identity.fingerprint) { $0.write(word: $1) }
        if !observation.answered.isEmpty {
            self.answers.write(unsigned: self.count)
            self.answers.write(observation.answered) { $0.write($1) }
            self.answerCount += 1
        }
        self.time = observation.time
        self.offset = observation.source.offset
        self.count += 1
    }

    private mutating func index(of series: NumberSeries) -> UInt64 {
        if let index = self.series[series] { return index }
        let index = UInt64(self.series.count)
        self.series[series] = index
        self.names.write(series.kind.rawValue)
        self.names.write(series.name)
        return index
    }

    public var octets: [UInt8] {
        var head = SnapshotWriter()
        head.write(Int64(self.partition))
        head.write(unsigned: UInt64(self.series.count))
        var octets = Self.beginning.dropLast() + [self.answerCount > 0 ? 2 : 1] + head.octets
        octets += self.names.octets
        var count = SnapshotWriter()
        count.write(unsigned: self.count)
        octets += count.octets
        octets += self.list.octets
        if self.answerCount > 0 {
            var count = SnapshotWriter()
            count.write(unsigned: self.answerCount)
            octets += count.octets + self.answers.octets
        }
        return octets
    }
}

/// What comes from outside: whatever its octets, reading ends, and in bounds.
extension ObservationRecord {
    /// Says so of a later version as well, which `read` refuses.
    public static func isOne(_ octets: UnsafeRawBufferPointer) -> Bool {
        octets.starts(with: Self.beginning.dropLast())
    }

    /// In the order in which they were added. An identity is one that is equal where the identities were.
    public static func read(_ octets: [UInt8]) throws(SnapshotError) -> [NumberObservation] {
        guard octets.starts(with: Self.beginning.dropLast()),
            let version = octets.dropFirst(Self.beginning.count - 1).first, (1...2).contains(version)
        else { throw .unknownForm }
        var reader = SnapshotReader(octets[Self.beginning.count...], version: version)
        guard let partition = Int32(exactly: try reader.signed()) else { throw .malformed }
        let series = try reader.list { reader throws(SnapshotError) in
            guard let kind = NumberSeries.Kind(rawValue: try reader.octet()) else { throw .malformed }
            let name = try reader.text()
            guard (1...NumberObservation.nameLimit).contains(name.count) else { throw .malformed }
            return NumberSeries(kind, name)
        }
        var time: Int64 = 0
        var offset: Int64 = 0
        var observations = try reader.list { reader throws(SnapshotError) in
            let index = try reader.unsigned()
            guard index < UInt64(series.count) else { throw .malformed }
            let number = try reader.unsigned()
            guard number <= 10_000 else { throw .malformed }
            let width = try reader.flag() ? 4 : 3
            // What overflows comes round again, as it did when it was written.
            time &+= try reader.signed()
            offset &+= try reader.signed()
            guard let place = Int32(exactly: try reader.signed()), place >= 0, offset >= 0 else { throw .malformed }
            let identity = try reader.optional { reader throws(SnapshotError) in try reader.word() }
            return NumberObservation(
                series: series[Int(index)], number: number > 0 ? Int(number) - 1 : nil, width: width, time: time,
                identity: identity.map { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } } ?? [],
                source: PartSource(partition: partition, offset: offset, index: place))
        }
        if reader.version > 1 {
            let answers = try reader.list { reader throws(SnapshotError) in
                let index = try reader.unsigned()
                guard index < UInt64(observations.count) else { throw .malformed }
                let answered = try reader.list { reader throws(SnapshotError) in try reader.numbers() }
                guard answered.count <= NumberObservation.answerLimit else { throw .malformed }
                return (Int(index), answered)
            }
            for (index, answered) in answers { observations[index].answered = answered }
        }
        try reader.finish()
        return observations
    }
}
