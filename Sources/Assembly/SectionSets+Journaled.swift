/// Parts that wait are read again after a restart; what they do not tell stands in entries, one a set: that and how a set
/// was released, and of one that waits, what copies said that wait no more.
extension SectionSets: Journaled {
    public func snapshot(of key: [UInt8]) -> [UInt8]? { self.entries[key].flatMap { self.pools[$0]?.snapshot } }

    /// Before the parts that wait are given again, and these in the order and with the times of their first arrival.
    public mutating func restore(_ key: [UInt8], from entry: [UInt8]?) throws(SnapshotError) {
        self.changedKeys = []
        let id = self.nextID
        var pool: SectionPool?
        if let entry {
            let read = try SectionPool(id: id, from: entry)
            guard read.keys.contains(key) else { throw .malformed }
            pool = read
        }
        if let old = self.entries[key] { _ = self.remove(old) }
        guard var pool else { return }
        self.nextID += 1
        let (keys, kin) = (pool.keys, pool.kin)
        pool.keys = []
        pool.kin = []
        pool.entryKey = key
        self.insert(pool)
        self.entries[key] = id
        // Entries that were one set when the last of them was written: the others should have been deleted.
        let others = Set(keys.compactMap { self.index[$0] })
        self.register(id, keys: keys, kin: kin)
        for other in others { self.mergeRestored(other, into: id) }
        self.keepReleasedBounds()
    }

    private mutating func mergeRestored(_ other: Int, into id: Int) {
        let count = self.decisions.count
        self.merge(other, into: id)
        self.decisions.removeSubrange(count...)
        guard let pool = self.pools[id] else { return }
        if pool.releasedAt == nil {
            self.awaitOthers(id)
        } else {
            // It was released as it is now, or a release will come with the next change.
            self.pools[id]?.published = SectionReading(pool).published
        }
        self.keep(id)
    }

    /// Writes down what the pool knows. A pool without keys is found by nobody.
    mutating func keep(_ id: Int) {
        guard let pool = self.pools[id], let key = pool.entryKey ?? pool.keys.first else { return }
        if pool.entryKey == nil {
            self.pools[id]?.entryKey = key
            self.entries[key] = id
        }
        self.changedKeys.insert(key)
    }
}
