/// What earlier lives of a replay have finished, gathered from the headers of what they published.
struct ReplayProgress: Sendable {
    private struct Place: Hashable {
        var partition: Int32
        var offset: Int64
    }

    let identifier: String
    /// When the latest beginning was; nil where nothing was found.
    private(set) var start: Int64?
    private var done: [Int32: OffsetBits] = [:]
    /// Outputs seen of input records that have several, until the last one is.
    private var partial: [Place: Set<Int32>] = [:]

    init(identifier: String) { self.identifier = identifier }

    /// One output record. What an earlier beginning published counts for nothing once a later one is known.
    mutating func found(_ headers: OriginHeaders) {
        guard let octets = headers.replay, let stamp = ReplayStamp(octets, of: self.identifier),
            let partition = headers.partition, let offset = headers.offset
        else { return }
        if stamp.start < self.start ?? .min { return }
        if stamp.start > self.start ?? .min {
            self.start = stamp.start
            self.done = [:]
            self.partial = [:]
        }
        // A dead letter ends its record whatever else was sent for it.
        if let part = headers.part, headers.errorCode == nil {
            let place = Place(partition: partition, offset: offset)
            self.partial[place, default: []].insert(part.number)
            guard self.partial[place]?.count == Int(part.count) else { return }
            self.partial[place] = nil
        }
        self.done[partition, default: OffsetBits()].insert(offset)
    }

    var finished: [Int32: OffsetRuns] { self.done.mapValues(\.runs) }
    var count: Int { self.done.values.reduce(0) { $0 + $1.count } }
}
