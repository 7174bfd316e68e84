import SampleTelegrams
import Testing

@testable import Telegram

/// No input traps, and none is slow out of proportion.
struct HostileInputTests {
    private static func read(_ octets: [UInt8], _ parser: inout Parser) -> Outcome {
        parser.parse(octets.span) { telegram in
            // Ranges stay inside the record.
            for claim in [telegram.range] + telegram.unexplained + telegram.stations {
                precondition(claim.start >= 0 && claim.start <= claim.end && claim.end <= octets.count)
            }
            for piece in telegram.pieces where piece.origin == .record {
                precondition(piece.range.start >= 0 && piece.range.start <= piece.range.end)
                precondition(piece.range.end <= octets.count)
            }
            precondition(telegram.explainedCount >= 0 && telegram.explainedCount <= telegram.octetCount)
        }
    }

    @Test func everyPrefixAndSuffix() {
        var parser = Parser()
        for sample in Samples.all {
            let octets = Array(sample.utf8)
            for length in 0...octets.count {
                _ = Self.read(Array(octets[..<length]), &parser)
                _ = Self.read(Array(octets[length...]), &parser)
            }
        }
    }

    @Test(arguments: 1...40)
    func flippedOctets(seed: UInt64) {
        var parser = Parser()
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        for sample in Samples.all {
            var octets = Array(sample.utf8)
            for _ in 0..<Int(next() % 24) + 1 {
                let place = Int(next() % UInt64(octets.count))
                switch next() % 4 {
                case 0: octets[place] = UInt8(truncatingIfNeeded: next())
                case 1: octets.remove(at: place)
                case 2: octets.insert([0x0A, 0x0D, 0x20, 0x2F, 0x39, 0x45][Int(next() % 6)], at: place)
                default: octets[place] ^= 1 << UInt8(next() % 8)
                }
                if octets.isEmpty { octets = [0] }
            }
            _ = Self.read(octets, &parser)
        }
    }

    @Test func randomOctets() {
        var parser = Parser()
        var generator = SystemRandomNumberGenerator()
        for length in [0, 1, 2, 3, 10, 1000, 5000] {
            _ = Self.read((0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }, &parser)
        }
        for byte in UInt8.min...UInt8.max { _ = Self.read([UInt8](repeating: byte, count: 300), &parser) }
    }

    @Test(arguments: [
        ("one line", "A", 2_000_000), ("blank lines", "\n", 300_000), ("returns", "\r", 300_000),
        ("FL1", "VZCZCEKI0417\n", 30_000), ("FL2", "RR RUEHC\n", 30_000), ("stations", "RUEHC\n", 50_000),
        ("FL3", "DE RUEHEK #0231 0760842\n", 20_000), ("FL5", "R 170842Z MAR 09\nFM X\n", 20_000),
        ("signals", "ZNR UUUUU\n", 30_000), ("addressees", "RUEHC/AMEMBASSY BISHKEK 1844\n", 30_000),
        ("exempted", "XMT A,B\n", 30_000), ("offices", "//A", 200_000), ("ends", "NNNN\n", 50_000),
        ("glued ends", "NNNNA", 50_000), ("separations", "BT\n", 50_000), ("errors", "E E E E E E E E X ", 50_000),
        ("corrections", "C WA A B\n", 50_000), ("commas", ",", 300_000),
        ("garble", "5#3 9'&53-:A1 ,8$\n", 30_000), ("half garble", "5#3 9'&53-:A1 ,8$ THE PLAIN TEXT\n", 20_000),
        ("redactions", "XXXXX ", 100_000), ("identifiers", "VZCZCABC123 ", 50_000),
        ("sections", "UNCLAS SECTION 02 OF 03 A 001\n", 20_000), ("pilcrows", "11. (U) 12009 AND 1234\n", 20_000),
        ("tables", "A   B   C\n", 50_000), ("runs of E", "EEEEEEEE X ", 20_000), ("marks", "(C) HEADING\n\n", 30_000),
        ("entities", "&#38", 50_000), ("open tags", "<br ", 50_000), ("backslashes", "\\\n", 50_000),
        ("spaced errors", "E   ", 50_000), ("blanks between E", "E" + String(repeating: " ", count: 999), 200),
        ("labels again", "TAGS: A\n", 20_000), ("numbers for letters", "0534 ", 20_000),
        ("page lines", "A 00002468 001.2 OF 003\n", 30_000),
    ])
    func repetition(name: String, unit: String, count: Int) {
        var parser = Parser()
        let head = "VZCZCEKI0417\nRR RUEHC\nDE RUEHEK #0231 0760842\nR 170842Z MAR 09\nFM A\nTO B COLLECTIVE\n"
        let many = [UInt8](String(repeating: unit, count: count).utf8)
        let clock = ContinuousClock()
        let time = clock.measure {
            _ = Self.read(many, &parser)
            _ = Self.read(Array(head.utf8) + many, &parser)
            _ = Self.read(Array((head + "BT\nUNCLAS\n").utf8) + many, &parser)
            _ = Self.read(Array(head.utf8.prefix(13)) + many, &parser)
        }
        #expect(time < .seconds(120), "\(name): \(time)")
    }
}
