/// One entry a series: the last number, what is open, what waits, and how far each input partition was read.
extension ContinuityWatch: Journaled {
    public func snapshot(of key: [UInt8]) -> [UInt8]? {
        NumberSeries(key: key).flatMap { self.ids[$0] }.flatMap { self.lines[$0]?.snapshot }
    }

    public mutating func restore(_ key: [UInt8], from entry: [UInt8]?) throws(SnapshotError) {
        guard let series = NumberSeries(key: key) else { throw .malformed }
        let line: NumberLine? = if let entry { try NumberLine(series, from: entry) } else { nil }
        self.changedKeys = []
        if let id = self.ids[series] { self.remove(id) }
        guard let line else { return }
        let id = self.insert(line)
        if self.lines[id] != nil { self.restored.insert(id) }
    }
}
