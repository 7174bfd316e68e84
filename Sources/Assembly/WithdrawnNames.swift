/// What service messages have withdrawn lately, by name: a telegram of another partition may be heard of a little later than
/// what withdraws it.
struct WithdrawnNames: Sendable {
    private struct Entry {
        var cancellation: CancellationNotice
        /// The number of the first copy that was heard of later.
        var next: UInt32
        var time: Int64
    }

    private var entries: [OctetKey: [Entry]] = [:]
    /// In the order in which they came.
    private var order: [(time: Int64, name: OctetKey)] = []

    /// Names come again: what is heard of later than this is something else.
    static let time: Int64 = 3_600_000
    private static let limit = 4096

    var isEmpty: Bool { self.order.isEmpty }

    mutating func add(_ cancellation: CancellationNotice, before next: UInt32, at time: Int64) {
        let name = OctetKey(cancellation.name)
        self.entries[name, default: []].append(Entry(cancellation: cancellation, next: next, time: time))
        self.order.append((time, name))
        self.expire(at: time)
    }

    /// What withdraws the copy of this number; where it is told again it hears of no more than it did.
    func cancellations(of copy: CopyNotice, _ number: UInt32, at time: Int64) -> [CancellationNotice] {
        var found: [CancellationNotice] = []
        for name in copy.names {
            for entry in self.entries[OctetKey(Array(name))] ?? []
            where Int32(bitPattern: number &- entry.next) >= 0 && entry.time >= time.addingClamped(-Self.time)
                && entry.cancellation.source.partition != copy.source.partition
                && !found.contains(where: { $0.source == entry.cancellation.source })
            {
                found.append(entry.cancellation)
            }
        }
        return found
    }

    private mutating func expire(at now: Int64) {
        let limit = now.addingClamped(-2 * Self.time)
        let count = max(self.order.firstIndex { $0.time >= limit } ?? 0, self.order.count - Self.limit)
        for (_, name) in self.order.prefix(count) {
            self.entries[name]?.removeFirst()
            if self.entries[name]?.isEmpty ?? false { self.entries[name] = nil }
        }
        self.order.removeFirst(count)
    }
}
