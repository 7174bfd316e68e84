/// What `SnapshotWriter` wrote. An entry comes from outside: whatever its octets, reading ends, and in bounds.
struct SnapshotReader {
    private var rest: ArraySlice<UInt8>
    let version: UInt8

    init(_ entry: [UInt8], _ form: SnapshotForm) throws(SnapshotError) {
        guard entry.count >= 2, entry[0] == form.rawValue, (1...form.version).contains(entry[1]) else {
            throw .unknownForm
        }
        self.rest = entry[2...]
        self.version = entry[1]
    }

    /// Of what stands behind a beginning that was looked at.
    init(_ rest: ArraySlice<UInt8>, version: UInt8) {
        self.rest = rest
        self.version = version
    }

    /// Nothing may stand behind the last value.
    func finish() throws(SnapshotError) {
        guard self.rest.isEmpty else { throw .malformed }
    }

    mutating func octet() throws(SnapshotError) -> UInt8 {
        guard let octet = self.rest.popFirst() else { throw .malformed }
        return octet
    }

    mutating func flag() throws(SnapshotError) -> Bool {
        switch try self.octet() {
        case 0: false
        case 1: true
        default: throw .malformed
        }
    }

    mutating func unsigned() throws(SnapshotError) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let octet = try self.octet()
            let bits = UInt64(octet & 0x7F)
            guard shift < 63 || bits < 2 else { throw .malformed }
            number |= bits << shift
            if octet < 0x80 { return number }
        }
        throw .malformed
    }

    mutating func signed() throws(SnapshotError) -> Int64 {
        let number = try self.unsigned()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    mutating func number(in range: ClosedRange<Int>) throws(SnapshotError) -> Int {
        guard let number = Int(exactly: try self.signed()), range.contains(number) else { throw .malformed }
        return number
    }

    mutating func text() throws(SnapshotError) -> [UInt8] {
        let count = try self.unsigned()
        guard count <= UInt64(self.rest.count) else { throw .malformed }
        let text = Array(self.rest.prefix(Int(count)))
        self.rest = self.rest.dropFirst(Int(count))
        return text
    }

    /// The same without taking it out.
    mutating func withText(_ body: (UnsafeRawBufferPointer) -> Void) throws(SnapshotError) {
        let count = try self.unsigned()
        guard count <= UInt64(self.rest.count) else { throw .malformed }
        self.rest.prefix(Int(count)).withUnsafeBytes { body($0) }
        self.rest = self.rest.dropFirst(Int(count))
    }

    mutating func optional<Value>(
        _ body: (inout SnapshotReader) throws(SnapshotError) -> Value
    ) throws(SnapshotError) -> Value? {
        try self.flag() ? try body(&self) : nil
    }

    /// Each element takes an octet at least: a count beyond the octets is refused before any room is made for it.
    mutating func list<Element>(
        _ body: (inout SnapshotReader) throws(SnapshotError) -> Element
    ) throws(SnapshotError) -> [Element] {
        let count = try self.unsigned()
        guard count <= UInt64(self.rest.count) else { throw .malformed }
        var list: [Element] = []
        list.reserveCapacity(Int(count))
        for _ in 0..<count { list.append(try body(&self)) }
        return list
    }

    /// Of a series.
    mutating func numbers() throws(SnapshotError) -> ClosedRange<Int> {
        let lower = try self.number(in: 1...9999)
        return lower...(try self.number(in: lower...9999))
    }

    mutating func source() throws(SnapshotError) -> PartSource {
        guard let partition = Int32(exactly: try self.signed()) else { throw .malformed }
        let offset = try self.signed()
        guard let index = Int32(exactly: try self.signed()) else { throw .malformed }
        return PartSource(partition: partition, offset: offset, index: index)
    }

    mutating func word() throws(SnapshotError) -> UInt64 {
        var word: UInt64 = 0
        for _ in 0..<8 { word = word << 8 | UInt64(try self.octet()) }
        return word
    }

    mutating func hash() throws(SnapshotError) -> ContentHash {
        let high = try self.word()
        return ContentHash(high: high, low: try self.word())
    }

    mutating func quality() throws(SnapshotError) -> CopyQuality {
        let isWhole = try self.flag()
        guard let standing = CopyQuality.Standing(rawValue: try self.octet()) else { throw .malformed }
        let garble = try self.number(in: 0...Int(Int32.max))
        let filed = try self.optional { reader throws(SnapshotError) in try reader.signed() }
        return CopyQuality(isWhole: isWhole, standing: standing, garble: garble, filed: filed)
    }
}
