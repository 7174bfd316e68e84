import SampleTelegrams
import Telegram
import Testing

@testable import Assembly

/// Which transmissions are parts, and by what they know each other (format 3.4).
struct SectionPartTests {
    private static func parts(_ text: String) -> [SectionPart?] {
        var parser = Parser()
        var parts: [SectionPart?] = []
        let octets = Array(text.utf8)
        _ = parser.parse(octets.span) { telegram in
            parts.append(
                SectionPart(
                    telegram, octets: octets.span, source: PartSource(partition: 0, offset: Int64(parts.count))))
        }
        return parts
    }

    private static func part(_ text: String) throws -> SectionPart { try #require(Self.parts(text).first ?? nil) }

    @Test func theSectionsOfATelegramShareTheirKeys() throws {
        let parts = try [Samples.s82a, Samples.s82b, Samples.s82c].map { try Self.part($0) }
        #expect(Set(parts.map(\.keys)).count == 1)
        #expect(parts.map(\.section) == [1, 3, 2])
        #expect(parts.map(\.count) == [3, 3, 3])
        #expect(parts.allSatisfy { $0.level == .confidential && $0.precedence == .priority })
        #expect(Set(parts.map(\.content)).count == 3)
        #expect(parts.allSatisfy { $0.quality.isWhole && $0.quality.filed == 1_191_503_700 })
        let key = parts[0].keys.station.map { String(decoding: $0, as: UTF8.self) }
        #expect(key == "station|RUEHSI|2468|4 13 15 90 10 2007")
        #expect(
            parts[0].keys.reference.map { String(decoding: $0, as: UTF8.self) }
                == "reference|07TBILISI2468|4 13 15 90 10 2007")
    }

    /// Where each section has a serial of its own, the next section has the next.
    @Test func alliedSectionsShareTheirFirstSerial() throws {
        let first = try Self.part(Samples.s811)
        let second = Samples.s811.replacing("SECTION 1 OF 2", with: "FINAL SECTION OF 2")
        let next = try Self.part(second.replacing("042A", with: "043A"))
        #expect(first.keys.station == next.keys.station)
        #expect(first.keys.station != nil)
        #expect(next.section == 2)
        #expect(next.count == 2)
        let other = try Self.part(second.replacing("042A", with: "047A"))
        #expect(other.keys.station != first.keys.station)
        let elsewhere = try Self.part(
            second.replacing("042A", with: "043A").replacing("FICTON", with: "ELSEWHERE"))
        #expect(elsewhere.keys.station != first.keys.station)
    }

    @Test(arguments: [
        ("041315Z OCT", "041316Z OCT"), ("DE RUEHSI #2468/01", "DE RUEHSI #2469/01"), ("DE RUEHSI", "DE RUEHSX"),
    ])
    func anotherHeadingIsAnotherStationKey(old: String, new: String) throws {
        let part = try Self.part(Samples.s82a.replacing(old, with: new))
        #expect(try part.keys.station != Self.part(Samples.s82a).keys.station)
    }

    @Test(arguments: [
        Samples.s81, Samples.s83, Samples.s87a, Samples.s810, Samples.s812,
        Samples.s82a.replacing("SECTION 01 OF 03", with: "SECTION 01 OF 01"),
        // Without its date-time group nothing joins it.
        Samples.s82a.replacing("P 041315Z OCT 07\n", with: ""),
    ])
    func wholeTelegramsAreNoParts(text: String) {
        let parts = Self.parts(text)
        #expect(parts.count == 1)
        #expect(parts.allSatisfy { $0 == nil })
    }

    @Test func whatACopyIsWorth() throws {
        let sound = try Self.part(Samples.s82c)
        let torn = try Self.part(Samples.s82c.replacing("BT\n#2468\nNNNN\n", with: ""))
        let corrected = try Self.part(
            Samples.s82c.replacing("SIPDIS\n", with: "SIPDIS\nC O R R E C T E D  C O P Y (PARA 4)\n"))
        let suspected = try Self.part(Samples.s82c.replacing("ZNY CCCCC ZZH", with: "ZNY CCCCC ZZH ZFD RUEHSI"))
        #expect(torn.quality < sound.quality)
        #expect(sound.quality < corrected.quality)
        #expect(suspected.isSuspected && !sound.isSuspected)
    }

    /// `/02` tells the section where the class line is damaged, and nobody tells the count.
    @Test func theSerialTellsTheSection() throws {
        let part = try Self.part(Samples.s82c.replacing(" SECTION 02 OF 03", with: ""))
        #expect(part.section == 2)
        #expect(part.count == nil)
        #expect(part.keys.reference != nil)
    }
}
