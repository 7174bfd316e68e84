/// A checker of RFC 8259 that accepts nothing else; strings must be valid UTF-8.
struct StrictJSON {
    private let octets: [UInt8]
    private var offset = 0

    /// Whether the octets are one JSON value, and nothing more.
    static func accepts(_ octets: [UInt8]) -> Bool {
        guard String(validating: octets, as: UTF8.self) != nil else { return false }
        var checker = StrictJSON(octets: octets)
        return checker.value(depth: 0) && checker.offset == octets.count
    }

    private init(octets: [UInt8]) { self.octets = octets }

    private var peek: UInt8? { self.offset < self.octets.count ? self.octets[self.offset] : nil }

    private mutating func take(_ octet: UInt8) -> Bool {
        guard self.peek == octet else { return false }
        self.offset += 1
        return true
    }

    private mutating func word(_ text: StaticString) -> Bool {
        for index in 0..<text.utf8CodeUnitCount {
            if !self.take(text.utf8Start[index]) { return false }
        }
        return true
    }

    private mutating func space() {
        while let octet = self.peek, [0x20, 0x0A, 0x0D, 0x09].contains(octet) { self.offset += 1 }
    }

    private mutating func value(depth: Int) -> Bool {
        guard depth < 32 else { return false }
        self.space()
        defer { self.space() }
        switch self.peek {
        case UInt8(ascii: "{"): return self.members(depth: depth)
        case UInt8(ascii: "["): return self.elements(depth: depth)
        case UInt8(ascii: "\""): return self.string() != nil
        case UInt8(ascii: "t"): return self.word("true")
        case UInt8(ascii: "f"): return self.word("false")
        case UInt8(ascii: "n"): return self.word("null")
        default: return self.number()
        }
    }

    private mutating func members(depth: Int) -> Bool {
        self.offset += 1
        self.space()
        if self.take(UInt8(ascii: "}")) { return true }
        var names: Set<[UInt8]> = []
        while true {
            self.space()
            guard let name = self.string(), names.insert(name).inserted else { return false }
            self.space()
            guard self.take(UInt8(ascii: ":")), self.value(depth: depth + 1) else { return false }
            if self.take(UInt8(ascii: "}")) { return true }
            guard self.take(UInt8(ascii: ",")) else { return false }
        }
    }

    private mutating func elements(depth: Int) -> Bool {
        self.offset += 1
        self.space()
        if self.take(UInt8(ascii: "]")) { return true }
        while true {
            guard self.value(depth: depth + 1) else { return false }
            if self.take(UInt8(ascii: "]")) { return true }
            guard self.take(UInt8(ascii: ",")) else { return false }
        }
    }

    private mutating func string() -> [UInt8]? {
        guard self.take(UInt8(ascii: "\"")) else { return nil }
        let start = self.offset
        while let octet = self.peek {
            self.offset += 1
            switch octet {
            case UInt8(ascii: "\""): return Array(self.octets[start..<self.offset - 1])
            case 0..<0x20: return nil
            case UInt8(ascii: "\\"):
                guard let escape = self.peek else { return nil }
                self.offset += 1
                if escape == UInt8(ascii: "u") {
                    for _ in 0..<4 {
                        guard let digit = self.peek, Character(UnicodeScalar(digit)).isHexDigit else { return nil }
                        self.offset += 1
                    }
                } else if !Array("\"\\/bfnrt".utf8).contains(escape) {
                    return nil
                }
            default: break
            }
        }
        return nil
    }

    private mutating func digits() -> Bool {
        let start = self.offset
        while let octet = self.peek, (0x30...0x39).contains(octet) { self.offset += 1 }
        return self.offset > start
    }

    private mutating func number() -> Bool {
        _ = self.take(UInt8(ascii: "-"))
        if !self.take(UInt8(ascii: "0")), !self.digits() { return false }
        if self.take(UInt8(ascii: ".")), !self.digits() { return false }
        return true
    }
}
