/// The name of a post as message references print it: capitals, without spaces, hyphens and apostrophes (format 2.2).
struct PostKey {
    /// The longest name of the tables is half as long; what is longer names no post.
    private static let capacity = 64
    private var octets: [64 of UInt8] = .init(repeating: 0)
    private var count = 0

    /// Nil where the name holds anything but letters, digits and what keys leave out, or is too long.
    init?(_ name: UnsafeRawBufferPointer) {
        for octet in name {
            switch octet {
            case 0x41...0x5A, 0x30...0x39:
                guard self.append(octet) else { return nil }
            case 0x61...0x7A:
                guard self.append(octet - 0x20) else { return nil }
            case 0x20, 0x0D, 0x0A, UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "."):
                continue
            default:
                return nil
            }
        }
        guard self.count > 0 else { return nil }
    }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        self.octets.span.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<self.count])) }
    }

    private mutating func append(_ octet: UInt8) -> Bool {
        guard self.count < PostKey.capacity else { return false }
        self.octets[self.count] = octet
        self.count += 1
        return true
    }

    /// Words before the city in plain language addresses (format 1.7), longest first.
    private static let prefixes: [StaticString] = [
        "USMISSION", "AMEMBASSY", "AMCONSUL", "AMCONGEN", "USOFFICE", "AMEMB", "USINT", "USDEL", "USLO",
    ]

    /// How many octets of a key are such a word.
    static func prefixCount(_ key: UnsafeRawBufferPointer) -> Int? {
        for prefix in self.prefixes {
            let count = prefix.utf8CodeUnitCount
            if key.count > count, key.starts(with: UnsafeRawBufferPointer(start: prefix.utf8Start, count: count)) {
                return count
            }
        }
        return nil
    }
}
