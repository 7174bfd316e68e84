import Directory
import SampleTelegrams
import Testing

@testable import Events
@testable import Telegram

/// Whatever is left of a telegram becomes an event: valid JSON, with ranges inside the record.
struct DamagedEventTests {
    private static let directory = Directory()

    private struct Reader: ~Copyable {
        var parser = Parser()
        var encoder = TelegramEncoder(directory: DamagedEventTests.directory, options: EventOptions(provenance: true))

        /// Whether all is well.
        mutating func read(_ octets: [UInt8]) -> Bool {
            var good = true
            var parser = Parser()
            swap(&parser, &self.parser)
            _ = parser.parse(octets.span) { telegram in
                let event = self.encoder.encode(telegram, octets: octets.span, source: nil)
                if !StrictJSON.accepts(Array(event.value)) { good = false }
                for finding in telegram.findings {
                    for range in [finding.range, finding.repair?.was] {
                        if let range, range.start < 0 || range.start > range.end || range.end > octets.count {
                            good = false
                        }
                    }
                    if let now = finding.repair?.now {
                        let limit = now.origin == .record ? octets.count : telegram.made.count
                        if now.range.start < 0 || now.range.end > limit { good = false }
                    }
                }
                for paragraph in telegram.paragraphs
                where paragraph.range.start < 0 || paragraph.range.end > octets.count { good = false }
            }
            swap(&parser, &self.parser)
            return good
        }
    }

    @Test(arguments: Samples.all)
    func cutAnywhere(text: String) {
        var reader = Reader()
        let octets = Array(text.utf8)
        for length in 0...octets.count {
            let head = reader.read(Array(octets[..<length]))
            let tail = reader.read(Array(octets[length...]))
            #expect(head && tail, "\(length)")
        }
    }

    @Test(arguments: 1...30)
    func octetsFlippedDroppedAndInserted(seed: UInt64) {
        var reader = Reader()
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(max(bound, 1)))
        }
        let inserted: [UInt8] = [0x0A, 0x0D, 0x20, 0x2E, 0x28, 0x31, 0x45, 0x58, 0x5A, 0xB6, 0xC3, 0xFF, 0x00]
        for text in Samples.all {
            var octets = Array(text.utf8)
            for _ in 0..<next(20) + 1 where !octets.isEmpty {
                let place = next(octets.count)
                switch next(3) {
                case 0: octets[place] ^= 1 << UInt8(next(8))
                case 1: octets.remove(at: place)
                default: octets.insert(inserted[next(inserted.count)], at: place)
                }
            }
            let good = reader.read(octets)
            #expect(good)
        }
    }
}
