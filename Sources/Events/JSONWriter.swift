internal import Glibc

/// JSON into one reused stretch of memory.
///
/// Every value and every member is written with a comma behind it; closing an object or list turns the last comma into
/// the bracket. So no writer needs to know whether it is the first.
public struct JSONWriter: ~Copyable {
    var base: UnsafeMutablePointer<UInt8>
    public private(set) var capacity: Int
    /// Octets written so far.
    public internal(set) var count = 0

    public init(capacity: Int = 16_384) {
        self.capacity = max(capacity, 64)
        self.base = .allocate(capacity: self.capacity)
    }

    deinit { self.base.deallocate() }

    /// What was written; valid until the next write.
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: self.base, count: self.count) }

    /// Forgets what was written and keeps the memory.
    public mutating func removeAll() { self.count = 0 }

    @inline(__always)
    mutating func reserve(_ additional: Int) {
        if self.capacity - self.count < additional { self.grow(additional) }
    }

    @inline(never)
    private mutating func grow(_ additional: Int) {
        let capacity = max(self.capacity * 2, self.count + additional)
        let base = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        base.update(from: self.base, count: self.count)
        self.base.deallocate()
        self.base = base
        self.capacity = capacity
    }

    @inline(__always)
    mutating func append(_ octet: UInt8) {
        self.reserve(1)
        self.base[self.count] = octet
        self.count += 1
    }

    /// As it is, without escapes.
    @inline(__always)
    mutating func append(_ octets: UnsafeRawBufferPointer) {
        guard let start = octets.baseAddress else { return }
        self.reserve(octets.count)
        memcpy(self.base + self.count, start, octets.count)
        self.count += octets.count
    }

    /// As it is: JSON syntax and names that need no escape.
    @inline(__always)
    mutating func append(_ text: StaticString) {
        self.append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Ends an object or list, and separates it from what follows.
    @inline(__always)
    mutating func close(_ bracket: UInt8) {
        self.reserve(2)
        if self.count > 0, self.base[self.count - 1] == UInt8(ascii: ",") { self.count -= 1 }
        self.base[self.count] = bracket
        self.base[self.count + 1] = UInt8(ascii: ",")
        self.count += 2
    }

    /// Drops the comma behind the outermost value.
    mutating func finish() {
        if self.count > 0, self.base[self.count - 1] == UInt8(ascii: ",") { self.count -= 1 }
    }

    /// `"name":`
    @inline(__always)
    mutating func name(_ name: StaticString) {
        let count = name.utf8CodeUnitCount
        self.reserve(count + 3)
        let place = self.base + self.count
        place[0] = UInt8(ascii: "\"")
        memcpy(place + 1, name.utf8Start, count)
        place[count + 1] = UInt8(ascii: "\"")
        place[count + 2] = UInt8(ascii: ":")
        self.count += count + 3
    }

    /// A whole string value, comma included.
    @inline(__always)
    package mutating func string(_ octets: UnsafeRawBufferPointer) {
        self.append(UInt8(ascii: "\""))
        self.escape(octets)
        self.append("\",")
    }

    /// A string value of our own, which needs no escape.
    @inline(__always)
    mutating func string(_ text: StaticString) {
        let count = text.utf8CodeUnitCount
        self.reserve(count + 3)
        let place = self.base + self.count
        place[0] = UInt8(ascii: "\"")
        memcpy(place + 1, text.utf8Start, count)
        place[count + 1] = UInt8(ascii: "\"")
        place[count + 2] = UInt8(ascii: ",")
        self.count += count + 3
    }

    /// For people and for tests.
    public var text: String { String(decoding: self.bytes, as: UTF8.self) }
}
