/// Headers of one record and their octets, written one after the other.
struct HeaderStorage: ~Copyable {
    private var writer: JSONWriter
    private var ranges: [(name: StaticString, range: Range<Int>)] = []

    /// `capacity` in octets; it grows.
    init(capacity: Int) { self.writer = JSONWriter(capacity: capacity) }

    /// Valid while this value is, and until it changes.
    var list: HeaderList {
        var list = HeaderList()
        for (name, range) in self.ranges {
            list.append(name, UnsafeRawBufferPointer(rebasing: self.writer.bytes[range]))
        }
        return list
    }

    mutating func set(_ name: StaticString, _ value: String) {
        var value = value
        value.withUTF8 { octets in self.set(name) { $0.append(UnsafeRawBufferPointer(octets)) } }
    }

    mutating func set(_ name: StaticString, _ write: (inout JSONWriter) -> Void) {
        let start = self.writer.count
        write(&self.writer)
        self.ranges.append((name, start..<self.writer.count))
    }
}
