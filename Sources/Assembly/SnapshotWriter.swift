/// Values as few octets: a kind and a version, then numbers of seven bits an octet, the lowest first.
struct SnapshotWriter {
    private(set) var octets: [UInt8]

    /// `capacity`: octets for which room is made at once.
    init(_ form: SnapshotForm, capacity: Int = 0) {
        self.octets = []
        self.octets.reserveCapacity(capacity)
        self.octets.append(form.rawValue)
        self.octets.append(form.version)
    }

    /// Of what stands within something else.
    init() { self.octets = [] }

    mutating func write(_ octet: UInt8) { self.octets.append(octet) }

    mutating func write(_ isTrue: Bool) { self.octets.append(isTrue ? 1 : 0) }

    mutating func write(unsigned number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            self.octets.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        self.octets.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Small where the number is near zero, on either side.
    mutating func write(_ number: Int64) {
        self.write(unsigned: UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }

    mutating func write(_ number: Int) { self.write(Int64(number)) }

    mutating func write(_ text: [UInt8]) {
        self.write(unsigned: UInt64(text.count))
        self.octets += text
    }

    mutating func write<Value>(_ value: Value?, _ body: (inout SnapshotWriter, Value) -> Void) {
        self.write(value != nil)
        if let value { body(&self, value) }
    }

    mutating func write<List: Collection>(_ list: List, _ body: (inout SnapshotWriter, List.Element) -> Void) {
        self.write(unsigned: UInt64(list.count))
        for element in list { body(&self, element) }
    }

    mutating func write(_ numbers: ClosedRange<Int>) {
        self.write(numbers.lowerBound)
        self.write(numbers.upperBound)
    }

    mutating func write(_ source: PartSource) {
        self.write(Int64(source.partition))
        self.write(source.offset)
        self.write(Int64(source.index))
    }

    /// Hashes have no small values.
    mutating func write(word: UInt64) {
        withUnsafeBytes(of: word.bigEndian) { self.octets.append(contentsOf: $0) }
    }

    mutating func write(_ hash: ContentHash) {
        self.write(word: hash.high)
        self.write(word: hash.low)
    }

    mutating func write(_ quality: CopyQuality) {
        self.write(quality.isWhole)
        self.write(quality.standing.rawValue)
        self.write(quality.garble)
        self.write(quality.filed) { $0.write($1) }
    }
}

/// The first octet of an entry: whose it is. The second is the version; earlier ones are still read.
enum SnapshotForm: UInt8 {
    case sectionSet = 0x53
    case versions = 0x56
    case series = 0x4E
    case notices = 0x43

    /// 2 of a series: with answers.
    var version: UInt8 { self == .series ? 2 : 1 }
}
