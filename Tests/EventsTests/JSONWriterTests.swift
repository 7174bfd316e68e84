import Testing

@testable import Events
@testable import Telegram

struct JSONWriterTests {
    @Test func everyOctetIsEscapedAsJSONWants() {
        for octet in UInt8.min...UInt8.max {
            // At every place of a word, before and behind it.
            for before in 0..<18 {
                for after in [0, 1, 7, 8, 9] {
                    let clean = [UInt8](repeating: UInt8(ascii: "x"), count: before)
                    let tail = [UInt8](repeating: UInt8(ascii: "y"), count: after)
                    let written = self.escaped(clean + [octet] + tail)
                    let expected = clean + self.reference(octet) + tail
                    if written != expected { Issue.record("octet \(octet) behind \(before) before \(after)") }
                }
            }
        }
    }

    @Test func octetsBeyondASCIIThatAreNoUTF8AreWindows1252() {
        #expect(self.string([0x93, 0x48, 0x69, 0x94]) == "\u{201C}Hi\u{201D}")
        #expect(self.string([0x80]) == "\u{20AC}")
        #expect(self.string([0x81]) == "\u{81}")
        #expect(self.string([0xE9]) == "\u{E9}")
        #expect(self.string([0xFF]) == "\u{FF}")
    }

    @Test(arguments: ["é", "ß", "€", "한", "\u{FFFF}", "\u{10FFFF}", "😀", "\u{800}", "\u{7FF}", "\u{D7FF}", "\u{E000}"])
    func validUTF8StaysAndEveryCutOfItIsReadOctetByOctet(_ character: String) {
        let octets = Array(character.utf8)
        #expect(self.escaped(octets) == octets)
        #expect(self.escaped(Array("1234567".utf8) + octets) == Array("1234567".utf8) + octets)
        for count in 1..<octets.count {
            let cut = self.escaped(Array(octets[..<count]))
            #expect(String(validating: cut, as: UTF8.self)?.unicodeScalars.count == count)
        }
    }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80, 0x80], [0xE2, 0x82, 0x41], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func malformedSequencesAreReadOctetByOctet(_ octets: [UInt8]) {
        let written = self.escaped(octets)
        #expect(String(validating: written, as: UTF8.self)?.unicodeScalars.count == octets.count)
    }

    @Test func everyPairAndRandomRunsGiveJSON() {
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...70, using: &generator)
            let octets = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(StrictJSON.accepts([0x22] + self.escaped(octets) + [0x22]))
        }
    }

    @Test func theBufferGrows() {
        var writer = JSONWriter(capacity: 64)
        let octets = [UInt8](repeating: 0x01, count: 5000)
        octets.withUnsafeBytes { writer.escape($0) }
        #expect(writer.count == 30_000)
    }

    @Test(
        arguments: [
            (0, "0"), (7, "7"), (-1, "-1"), (Int64.max, "9223372036854775807"), (Int64.min, "-9223372036854775808"),
        ] as [(Int64, String)])
    func integers(_ value: Int64, _ text: String) {
        var writer = JSONWriter()
        writer.digits(value)
        #expect(writer.text == text)
    }

    @Test(
        arguments: [
            (0, "0,"), (1, "1,"), (0.5, "0.5,"), (0.994, "0.994,"), (0.98, "0.98,"), (0.05, "0.05,"), (0.0001, "0,"),
            (0.9999, "1,"), (.nan, "0,"), (.infinity, "0,"), (-3, "0,"), (7, "0,"),
        ] as [(Float, String)])
    func shares(_ value: Float, _ text: String) {
        var writer = JSONWriter()
        writer.share(value)
        #expect(writer.text == text)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_237_279_320_123, "2009-03-17T08:42:00.123Z"),
            (1_237_279_320_007, "2009-03-17T08:42:00.007Z"), (-1, "1969-12-31T23:59:59Z"),
            (Int64.max, "9999-12-31T23:59:59.807Z"), (Int64.min, "0001-01-01T00:00:00Z"),
        ] as [(Int64, String)])
    func timestamps(_ milliseconds: Int64, _ text: String) {
        var writer = JSONWriter()
        writer.timestamp(milliseconds: milliseconds)
        #expect(writer.text == text)
    }

    private func escaped(_ octets: [UInt8]) -> [UInt8] {
        var writer = JSONWriter(capacity: 64)
        octets.withUnsafeBytes { writer.escape($0) }
        return Array(writer.bytes)
    }

    private func string(_ octets: [UInt8]) -> String { String(decoding: self.escaped(octets), as: UTF8.self) }

    private func reference(_ octet: UInt8) -> [UInt8] {
        switch octet {
        case 0x08: return Array("\\b".utf8)
        case 0x09: return Array("\\t".utf8)
        case 0x0A: return Array("\\n".utf8)
        case 0x0C: return Array("\\f".utf8)
        case 0x0D: return Array("\\r".utf8)
        case 0x22: return Array("\\\"".utf8)
        case 0x5C: return Array("\\\\".utf8)
        case 0..<0x20:
            let digits = String(octet, radix: 16)
            return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
        case 0..<0x80: return [octet]
        default:
            guard let scalar = UnicodeScalar(JSONWriter.windows1252(octet)) else { return [] }
            return Array(String(Character(scalar)).utf8)
        }
    }
}

/// SplitMix64: the same octets from the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { self.state = seed }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var value = self.state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
