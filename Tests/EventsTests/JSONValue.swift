/// A JSON value, read from what `StrictJSON` accepted.
indirect enum JSONValue: Equatable, CustomStringConvertible {
    case null
    case boolean(Bool)
    /// As written.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Nil where the octets are no JSON.
    init?(_ octets: [UInt8]) {
        guard StrictJSON.accepts(octets) else { return nil }
        var reader = Reader(octets: octets)
        self = reader.value()
    }

    init?(_ text: String) { self.init(Array(text.utf8)) }

    subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    var string: String? {
        guard case .string(let string) = self else { return nil }
        return string
    }

    var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    var double: Double? {
        guard case .number(let text) = self else { return nil }
        return Double(text)
    }

    var description: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let text): text
        case .string(let string): "\"\(string)\""
        case .array(let elements): "[\(elements.map(\.description).joined(separator: ", "))]"
        case .object(let members):
            "{\(members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
        }
    }

    /// Without what the directory and the table of findings add, at any depth.
    var plain: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.plain))
        case .object(let members):
            var kept: [String: JSONValue] = [:]
            for (name, value) in members {
                if case .object = value, name == "post" { continue }
                if name == "title", members["code"] != nil { continue }
                if ["meaning", "message", "range", "coverage", "revision", "provenance"].contains(name) { continue }
                kept[name] = value.plain
            }
            return .object(kept)
        default: return self
        }
    }

    private struct Reader {
        let octets: [UInt8]
        var offset = 0

        private mutating func space() {
            while [0x20, 0x0A, 0x0D, 0x09].contains(self.peek) { self.offset += 1 }
        }

        private var peek: UInt8 { self.offset < self.octets.count ? self.octets[self.offset] : 0 }

        mutating func value() -> JSONValue {
            self.space()
            defer { self.space() }
            switch self.peek {
            case UInt8(ascii: "{"): return self.object()
            case UInt8(ascii: "["): return self.array()
            case UInt8(ascii: "\""): return .string(self.string())
            case UInt8(ascii: "t"):
                self.offset += 4
                return .boolean(true)
            case UInt8(ascii: "f"):
                self.offset += 5
                return .boolean(false)
            case UInt8(ascii: "n"):
                self.offset += 4
                return .null
            default:
                let start = self.offset
                while Array("0123456789+-.eE".utf8).contains(self.peek) { self.offset += 1 }
                return .number(String(decoding: self.octets[start..<self.offset], as: UTF8.self))
            }
        }

        private mutating func object() -> JSONValue {
            var members: [String: JSONValue] = [:]
            self.offset += 1
            self.space()
            while self.peek != UInt8(ascii: "}") {
                self.space()
                let name = self.string()
                self.space()
                self.offset += 1
                members[name] = self.value()
                if self.peek == UInt8(ascii: ",") { self.offset += 1 }
            }
            self.offset += 1
            return .object(members)
        }

        private mutating func array() -> JSONValue {
            var elements: [JSONValue] = []
            self.offset += 1
            self.space()
            while self.peek != UInt8(ascii: "]") {
                elements.append(self.value())
                if self.peek == UInt8(ascii: ",") { self.offset += 1 }
            }
            self.offset += 1
            return .array(elements)
        }

        private mutating func string() -> String {
            self.offset += 1
            var units: [UInt16] = []
            var raw: [UInt8] = []
            func flush() -> String { String(decoding: raw, as: UTF8.self) + String(decoding: units, as: UTF16.self) }
            var result = ""
            while self.peek != UInt8(ascii: "\"") {
                let octet = self.peek
                self.offset += 1
                guard octet == UInt8(ascii: "\\") else {
                    if !units.isEmpty {
                        result += flush()
                        units = []
                        raw = []
                    }
                    raw.append(octet)
                    continue
                }
                if !raw.isEmpty {
                    result += flush()
                    raw = []
                    units = []
                }
                let escape = self.peek
                self.offset += 1
                switch escape {
                case UInt8(ascii: "u"):
                    let digits = String(decoding: self.octets[self.offset..<self.offset + 4], as: UTF8.self)
                    units.append(UInt16(digits, radix: 16) ?? 0xFFFD)
                    self.offset += 4
                case UInt8(ascii: "n"): units.append(0x0A)
                case UInt8(ascii: "r"): units.append(0x0D)
                case UInt8(ascii: "t"): units.append(0x09)
                case UInt8(ascii: "b"): units.append(0x08)
                case UInt8(ascii: "f"): units.append(0x0C)
                default: units.append(UInt16(escape))
                }
            }
            self.offset += 1
            return result + flush()
        }
    }
}
