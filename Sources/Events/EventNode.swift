/// An encoded event taken apart again, for people. Reads what this module wrote; anything else ends early, nothing traps.
public enum EventNode {
    case object([(name: String, value: EventNode)])
    case list([EventNode])
    case string(String)
    case literal(String)

    /// The value that the octets hold.
    public init(_ json: UnsafeRawBufferPointer) {
        var reader = EventNodeReader(json: json)
        self = reader.value(depth: 0)
    }

    public subscript(_ name: String) -> EventNode? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var elements: [EventNode] {
        guard case .list(let elements) = self else { return [] }
        return elements
    }

    /// An object, or a list of them.
    var isNested: Bool {
        switch self {
        case .object: true
        case .list(let elements): elements.contains { $0.isNested }
        case .string, .literal: false
        }
    }

    /// A string's text, a number's digits.
    public var text: String {
        switch self {
        case .string(let text), .literal(let text): text
        case .object, .list: ""
        }
    }
}

private struct EventNodeReader {
    let json: UnsafeRawBufferPointer
    private var index = 0
    /// Events nest seven deep.
    private static let maximumDepth = 32

    init(json: UnsafeRawBufferPointer) { self.json = json }

    private var peek: UInt8? { self.index < self.json.count ? self.json[self.index] : nil }

    mutating func value(depth: Int) -> EventNode {
        guard depth < EventNodeReader.maximumDepth else {
            self.index = self.json.count
            return .literal("")
        }
        switch self.peek {
        case UInt8(ascii: "{"):
            self.index += 1
            var members: [(name: String, value: EventNode)] = []
            while let octet = self.peek, octet != UInt8(ascii: "}") {
                if octet == UInt8(ascii: ",") { self.index += 1 }
                let name = self.string()
                if self.peek == UInt8(ascii: ":") { self.index += 1 }
                members.append((name, self.value(depth: depth + 1)))
            }
            self.index += 1
            return .object(members)
        case UInt8(ascii: "["):
            self.index += 1
            var elements: [EventNode] = []
            while let octet = self.peek, octet != UInt8(ascii: "]") {
                if octet == UInt8(ascii: ",") { self.index += 1 }
                elements.append(self.value(depth: depth + 1))
            }
            self.index += 1
            return .list(elements)
        case UInt8(ascii: "\""):
            return .string(self.string())
        default:
            return .literal(self.literal())
        }
    }

    private mutating func literal() -> String {
        let start = self.index
        while let octet = self.peek, ![UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(octet) {
            self.index += 1
        }
        // What cannot be a literal is stepped over, so that every round gets on.
        if self.index == start { self.index += 1 }
        return String(decoding: self.json[start..<min(self.index, self.json.count)], as: UTF8.self)
    }

    private mutating func string() -> String {
        var octets: [UInt8] = []
        self.index += 1
        while let octet = self.peek, octet != UInt8(ascii: "\"") {
            self.index += 1
            if octet == UInt8(ascii: "\\"), let escape = self.peek {
                self.index += 1
                switch escape {
                case UInt8(ascii: "n"): octets.append(0x0A)
                case UInt8(ascii: "r"): octets.append(0x0D)
                case UInt8(ascii: "t"): octets.append(0x09)
                case UInt8(ascii: "b"): octets.append(0x08)
                case UInt8(ascii: "f"): octets.append(0x0C)
                case UInt8(ascii: "u"):
                    // We write these for controls only.
                    let end = min(self.index + 4, self.json.count)
                    let digits = String(decoding: self.json[self.index..<end], as: UTF8.self)
                    octets.append(UInt8(truncatingIfNeeded: UInt16(digits, radix: 16) ?? 0x20))
                    self.index = end
                default: octets.append(escape)
                }
            } else {
                octets.append(octet)
            }
        }
        self.index += 1
        return String(decoding: octets, as: UTF8.self)
    }
}
