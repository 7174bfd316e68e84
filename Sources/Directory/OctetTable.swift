/// From short octet strings to numbers: open addressing over flat storage, so that a look-up makes no object.
struct OctetTable: Sendable {
    private struct Entry {
        var start: Int32
        var count: Int32
        var value: Int32
    }

    private var keys: [UInt8] = []
    private var entries: [Entry] = []
    /// Index into `entries` plus one; 0 is empty. A power of two, at most half full.
    private var slots = [Int32](repeating: 0, count: 64)

    /// A key met again gets the new value.
    mutating func insert(_ key: [UInt8], _ value: Int) {
        let (slot, found) = key.withUnsafeBufferPointer { self.find(UnsafeRawBufferPointer($0)) }
        if let found {
            self.entries[found].value = Int32(value)
            return
        }
        self.entries.append(Entry(start: Int32(self.keys.count), count: Int32(key.count), value: Int32(value)))
        self.keys += key
        self.slots[slot] = Int32(self.entries.count)
        if self.entries.count * 2 > self.slots.count { self.grow() }
    }

    subscript(_ key: UnsafeRawBufferPointer) -> Int? {
        guard let found = self.find(key).entry else { return nil }
        return Int(self.entries[found].value)
    }

    private mutating func grow() {
        self.slots = [Int32](repeating: 0, count: self.slots.count * 2)
        for index in self.entries.indices {
            let entry = self.entries[index]
            let range = Int(entry.start)..<Int(entry.start + entry.count)
            let slot = self.keys.withUnsafeBytes { self.find(UnsafeRawBufferPointer(rebasing: $0[range])).slot }
            self.slots[slot] = Int32(index + 1)
        }
    }

    private func find(_ key: UnsafeRawBufferPointer) -> (slot: Int, entry: Int?) {
        let mask = self.slots.count - 1
        var slot = Int(truncatingIfNeeded: OctetTable.hash(key)) & mask
        while self.slots[slot] != 0 {
            let index = Int(self.slots[slot]) - 1
            if self.matches(self.entries[index], key) { return (slot, index) }
            slot = (slot + 1) & mask
        }
        return (slot, nil)
    }

    private func matches(_ entry: Entry, _ key: UnsafeRawBufferPointer) -> Bool {
        guard Int(entry.count) == key.count else { return false }
        let start = Int(entry.start)
        for index in key.indices where self.keys[start + index] != key[index] { return false }
        return true
    }

    /// FNV-1a, its high bits mixed in since the mask takes the low ones.
    private static func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for octet in key { hash = (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01B3 }
        return hash ^ (hash >> 29)
    }
}
