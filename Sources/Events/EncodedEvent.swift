/// One header of an event.
public struct EventHeader {
    public var name: StaticString
    public var value: UnsafeRawBufferPointer
}

/// The headers of one event: few, in a fixed place, so that a record makes no object.
public struct HeaderList {
    private var headers: [12 of EventHeader] = .init(
        repeating: EventHeader(name: "", value: UnsafeRawBufferPointer(start: nil, count: 0)))
    public private(set) var count = 0

    public subscript(index: Int) -> EventHeader { self.headers[index] }

    public var indices: Range<Int> { 0..<self.count }

    mutating func append(_ name: StaticString, _ value: UnsafeRawBufferPointer) {
        precondition(self.count < 12, "an event has at most 12 headers of its own")
        self.headers[self.count] = EventHeader(name: name, value: value)
        self.count += 1
    }

    mutating func append(_ name: StaticString, _ value: StaticString) {
        self.append(name, UnsafeRawBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
    }
}

/// An event ready to be produced. Its octets are the encoder's: valid until the encoder's next event.
public struct EncodedEvent {
    public var key: UnsafeRawBufferPointer
    public var value: UnsafeRawBufferPointer
    /// CloudEvents 1.0 in binary mode; in structured mode the content type alone.
    public var headers: HeaderList
    /// Hexadecimal, 32 digits.
    public var identifier: UnsafeRawBufferPointer
}
