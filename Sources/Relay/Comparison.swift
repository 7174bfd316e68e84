internal import CXxhash
internal import KafkaClient

/// What this version makes of a range, against what stands on the output topics: digests by identity, a few dozen octets an
/// event.
struct Comparison: Sendable {
    /// An event is the same where topic, source and `ce_id` are; a dead letter where topic and source are.
    struct Identity: Hashable, Sendable {
        var topic: Int32
        var partition: Int32
        var offset: Int64
        var index: Int32
        var high: UInt64 = 0
        var low: UInt64 = 0
    }

    private struct Made: Sendable {
        var digest: UInt64
        /// Has been met on the topic.
        var isThere = false
        var differs = false
    }

    /// One that differs, as it stands.
    struct Difference: Sendable {
        var identity: Identity
        var standing: [UInt8]
    }

    private var made: [Identity: Made] = [:]
    private(set) var madeCount = 0
    /// Standing, and not made by this version.
    private(set) var superfluous: [Identity] = []
    private(set) var superfluousCount = 0
    /// Met more than once; not a difference, at least once allows it.
    private(set) var againCount = 0
    /// The first of those that differ.
    private(set) var differences: [Difference] = []

    /// How many are named and not only counted.
    static let named = 20

    mutating func makes(_ identity: Identity, _ value: UnsafeRawBufferPointer?) {
        self.madeCount += 1
        self.made[identity] = Made(digest: Comparison.digest(value))
    }

    mutating func stands(_ identity: Identity, _ value: UnsafeRawBufferPointer?) {
        guard var made = self.made[identity] else {
            self.superfluousCount += 1
            if self.superfluous.count < Comparison.named { self.superfluous.append(identity) }
            return
        }
        if made.isThere { self.againCount += 1 }
        made.isThere = true
        if made.digest != Comparison.digest(value), !made.differs {
            made.differs = true
            if self.differences.count < Comparison.named {
                self.differences.append(
                    Difference(identity: identity, standing: value.map { [UInt8]($0) } ?? []))
            }
        }
        self.made[identity] = made
    }

    var sameCount: Int { self.made.values.count { $0.isThere && !$0.differs } }
    var differingCount: Int { self.made.values.count { $0.differs } }
    var missingCount: Int { self.made.values.count { !$0.isThere } }

    /// The first of them, by source.
    var missing: [Identity] {
        let missing = self.made.filter { !$0.value.isThere }.keys.sorted {
            ($0.partition, $0.offset, $0.topic) < ($1.partition, $1.offset, $1.topic)
        }
        return Array(missing.prefix(Comparison.named))
    }

    private static func digest(_ value: UnsafeRawBufferPointer?) -> UInt64 {
        guard let value else { return 0 }
        return XXH3_64bits(value.baseAddress, value.count)
    }
}

extension Comparison.Identity {
    /// `digits`: the `ce_id`, 32 hexadecimal digits; nil for anything else, as a dead letter has none.
    init(topic: Int32, source: OutputRecord.Source, digits: UnsafeRawBufferPointer?) {
        self.init(topic: topic, partition: source.partition, offset: source.offset, index: source.index)
        guard let digits, digits.count == 32 else { return }
        for (index, digit) in digits.enumerated() {
            let value: UInt64 =
                switch digit {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
                case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a")) + 10
                default: 0
                }
            if index < 16 { self.high = self.high << 4 | value } else { self.low = self.low << 4 | value }
        }
    }

    /// The `ce_id` again; empty for a dead letter.
    var digits: String {
        if self.high == 0, self.low == 0 { return "" }
        return [self.high, self.low].map { half in
            let text = String(half, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}
