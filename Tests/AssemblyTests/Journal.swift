import Testing

@testable import Assembly

/// A compacted topic: the last entry of each key.
struct Journal {
    private(set) var entries: [[UInt8]: [UInt8]] = [:]

    mutating func note(_ machine: some Journaled) {
        for key in machine.changedKeys { self.entries[key] = machine.snapshot(of: key) }
    }

    /// In any order.
    func restore(into machine: inout some Journaled, using random: inout SplitMix) {
        let sorted = self.entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        for (key, entry) in sorted.shuffled(using: &random) {
            #expect(throws: Never.self) { try machine.restore(key, from: entry) }
        }
    }

    /// Whatever is cut off or changed in an entry is refused or read to an end; nothing traps.
    static func damage(
        _ key: [UInt8], _ entry: [UInt8], using random: inout SplitMix, machine: () -> some Journaled
    ) {
        for count in 0..<entry.count {
            var machine = machine()
            #expect(throws: SnapshotError.self) { try machine.restore(key, from: Array(entry.prefix(count))) }
        }
        for _ in 0..<500 {
            var damaged = entry
            for _ in 0...random.below(3) { damaged[random.below(entry.count)] = UInt8(random.below(256)) }
            var machine = machine()
            try? machine.restore(key, from: damaged)
            for key in machine.changedKeys { _ = machine.snapshot(of: key) }
        }
    }
}
