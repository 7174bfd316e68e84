import SampleTelegrams
import Testing

@testable import Telegram

/// What two copies of one telegram have otherwise (format 4.1).
struct CopyTextTests {
    private static func text(_ telegram: String) throws -> (CopyText, [UInt8]) {
        let reading = try #require(Reading.all(telegram).first)
        return (CopyText(reading.telegram, octets: reading.octets.span), reading.octets)
    }

    /// `here|there` of each.
    private static func differences(_ here: String, _ there: String) throws -> [String] {
        let (own, octets) = try Self.text(here)
        return try own.differences(from: Self.text(there).0).map { difference in
            let range = difference.range
            let shown = String(decoding: difference.here, as: UTF8.self)
            let place = octets[range.start..<range.end].split(whereSeparator: { $0 <= 0x20 })
            #expect(place.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") == shown)
            return "\(shown)|\(String(decoding: difference.there, as: UTF8.self))"
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var here: String
        var there: String
        var differences: [String]

        init(_ name: String, _ here: String, _ there: String, _ differences: [String]) {
            self.testDescription = name
            self.here = here
            self.there = there
            self.differences = differences
        }
    }

    private static func s81(_ was: String, _ now: String) -> String {
        precondition(Samples.s81.contains(was))
        return Samples.s81.replacing(was, with: now)
    }

    private static let garble = "SM&LL #YD%O?OW$R S)T/S I9 J*NE, N+T A;RIL."
    private static let cases = [
        Case("the same", Samples.s81, Samples.s81, []),
        Case("another word", s81("MARCH 27", "MARCH 29"), Samples.s81, ["29.|27."]),
        Case(
            "a garbled stretch", Samples.s81, s81("SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.", garble),
            ["SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.|\(garble)"]),
        Case(
            "the other way round", s81("SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.", garble), Samples.s81,
            ["\(garble)|SMALL HYDROPOWER SITES IN JUNE, NOT APRIL."]),
        Case("words that are lacking", s81(" ON MARCH 16\n", "\n"), Samples.s81, ["|ON MARCH 16"]),
        Case("words that the other lacks", Samples.s81, s81(" ON MARCH 16\n", "\n"), ["ON MARCH 16|"]),
        Case(
            "two places", s81("WERE WRONG", "WERE RIGHT").replacing("NOT POLITICAL", with: "POLITICAL"), Samples.s81,
            ["RIGHT|WRONG", "|NOT"]),
        Case(
            "an addressee", s81("RUCPDOC/DEPT OF COMMERCE", "RUCPDOC/DEPT OF ENERGY"), Samples.s81, ["ENERGY|COMMERCE"]),
        // What the hash leaves out tells no copies apart.
        Case("another channel", s81("VZCZCEKI0417", "VZCZCCSA0093"), Samples.s81, []),
        Case("a caption", s81("SENSITIVE\nSIPDIS\n", "SENSITIVE\n"), Samples.s81, []),
        Case("a line broken otherwise", s81("FOR FOUR\nSMALL", "FOR FO\nUR SMALL"), Samples.s81, []),
        Case("small letters", s81("DEPUTY MINISTER", "Deputy Minister"), Samples.s81, []),
    ]

    @Test(arguments: cases)
    func copiesDiffer(_ example: Case) throws {
        #expect(try Self.differences(example.here, example.there) == example.differences)
    }

    @Test func whatIsLongIsCutShort() throws {
        let long = String(repeating: "WORD ", count: 500)
        let here = Self.s81("WERE WRONG", "WERE \(long)")
        let (text, _) = try Self.text(here)
        let difference = try #require(text.differences(from: Self.text(Samples.s81).0).first)
        #expect(difference.here.count == CopyDifference.textLimit + 2 && difference.there == Array("WRONG".utf8))
        #expect(String(decoding: difference.here, as: UTF8.self).hasSuffix("WORD…"))
        #expect(difference.range.count > 2000)
    }

    /// Put in the place of this copy's words, the other's give the other's text.
    @Test func differencesTurnOneTextIntoTheOther() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let vocabulary = Int.random(in: 2...20, using: &random)
            func words(_ count: Int) -> [String] {
                (0..<count).map { _ in "W\(Int.random(in: 0..<vocabulary, using: &random))" }
            }
            let own = words(Int.random(in: 1...40, using: &random))
            var other = own
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 0...other.count, using: &random)
                let end = min(other.count, place + Int.random(in: 0...3, using: &random))
                other.replaceSubrange(place..<end, with: words(Int.random(in: 0...3, using: &random)))
            }
            let heading = "R 170842Z MAR 09\nFM AMEMBASSY BISHKEK\nTO SECSTATE WASHDC\nBT\nUNCLAS BISHKEK 000231\n\n1. "
            func telegram(_ words: [String]) -> String {
                heading + words.joined(separator: " ") + "\nBT\n#0231\nNNNN\n"
            }
            let (here, octets) = try Self.text(telegram(own))
            let (there, _) = try Self.text(telegram(other))
            var made = octets
            for difference in here.differences(from: there).reversed() {
                made.replaceSubrange(
                    difference.range.start..<difference.range.end, with: [0x20] + difference.there + [0x20])
            }
            let remade = try Self.text(String(decoding: made, as: UTF8.self)).0
            #expect(remade.differences(from: there).isEmpty, "\(own) \(other)")
        }
    }

    /// Texts that have nothing in common are one difference, and cost no more than their length.
    @Test func differentTextsAreOneDifference() throws {
        func telegram(_ word: String) -> String {
            let lines = (0..<4000).map { "\(word)\($0) \(word)\($0 &* 7) \(word)\($0 &* 13)" }
            return Self.s81("THAT FLOW DATA FOR THE NARYN SITES WERE WRONG (REF A).", lines.joined(separator: "\n"))
        }
        let differences = try Self.text(telegram("A")).0.differences(from: Self.text(telegram("B")).0)
        #expect(differences.count == 1 && differences[0].range.count > 50_000)
    }
}
