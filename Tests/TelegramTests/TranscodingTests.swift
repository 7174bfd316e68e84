import SampleTelegrams
import Testing

@testable import Telegram

/// Five-unit code and parity (format 6.1, 6.3).
struct TranscodingTests {
    private static let codes: [Character: UInt8] = [
        "A": 0x03, "B": 0x19, "C": 0x0E, "D": 0x09, "E": 0x01, "F": 0x0D, "G": 0x1A, "H": 0x14, "I": 0x06, "J": 0x0B,
        "K": 0x0F, "L": 0x12, "M": 0x1C, "N": 0x0C, "O": 0x18, "P": 0x16, "Q": 0x17, "R": 0x0A, "S": 0x05, "T": 0x10,
        "U": 0x07, "V": 0x1E, "W": 0x13, "X": 0x1D, "Y": 0x15, "Z": 0x11,
    ]
    private static let figures: [Character: Character] = [
        "-": "A", "?": "B", ":": "C", "3": "E", "8": "I", "(": "K", ")": "L", ".": "M", ",": "N", "9": "O", "0": "P",
        "1": "Q", "4": "R", "5": "T", "7": "U", "2": "W", "/": "X", "6": "Y", "#": "H", ";": "V", "\"": "Z", "$": "D",
        "&": "G",
    ]

    /// As a teletype would send it, with the shifts.
    static func fiveUnit(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        var shifted = false
        for character in text {
            switch character {
            case "\n": result += [0x08, 0x08, 0x02]
            case " ": result.append(0x04)
            default:
                let isFigure = Self.codes[character] == nil
                if isFigure != shifted {
                    result.append(isFigure ? 0x1B : 0x1F)
                    shifted = isFigure
                }
                let letter = isFigure ? Self.figures[character] ?? "?" : character
                result.append(Self.codes[letter] ?? 0)
            }
        }
        return result + [UInt8](repeating: 0x1F, count: 12)
    }

    static func parity(_ text: String) -> [UInt8] {
        text.utf8.map { $0.nonzeroBitCount.isMultiple(of: 2) ? $0 : $0 | 0x80 }
    }

    @Test(arguments: [false, true])
    func readsWhatTheCharactersSay(isFiveUnit: Bool) throws {
        let plain = try #require(Reading.all(Samples.s81).first)
        let octets = isFiveUnit ? Self.fiveUnit(Samples.s81) : Self.parity(Samples.s81)
        let readings = Reading.all(octets)
        #expect(readings.count == 1)
        var reading = try #require(readings.first)
        let telegram = reading.telegram
        reading.octets = telegram.decoded
        #expect(telegram.decoded.filter { $0 > 0x20 } == Array(Samples.s81.utf8).filter { $0 > 0x20 })
        #expect(reading.stations == plain.stations)
        #expect(reading[telegram.subject] == plain[plain.telegram.subject])
        #expect(reading[telegram.signature] == "HALVORSEN")
        #expect(telegram.paragraphs.count == 4)
        #expect(telegram.contentHash == plain.telegram.contentHash)
        #expect(telegram.findings.map(\.code) == [.transcoded])
        #expect(telegram.range.start == 0 && telegram.range.end <= octets.count)
        // The subject lies where its letters stand in the record.
        let range = telegram.recordRange(telegram.pieces[Int(telegram.subject.first)].range)
        let piece = isFiveUnit ? Self.fiveUnit("SMALL HYDRO").prefix(11) : Self.parity("SMALL HYDRO").prefix(11)
        #expect(Array(octets[range.start..<range.start + 11]) == Array(piece))
    }

    @Test func aRecordOfCharactersForgetsTheOther() {
        var parser = Parser()
        _ = parser.parse(Self.fiveUnit(Samples.s81).span) { _ in }
        var decoded: Int?
        _ = parser.parse(Array(Samples.s81.utf8).span) { decoded = $0.decoded.count }
        #expect(decoded == 0)
    }

    @Test(arguments: [
        ([UInt8](repeating: 0x20, count: 40), false), (Array("\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n".utf8), false),
        (Array("Ключ и замок, дом и сад, мост и река, лес и поле".utf8), false),
        ([UInt8](repeating: 0x03, count: 40), false), ([0x03], false), ([], false),
        (TranscodingTests.fiveUnit("ALL WELL HERE AT POST AND NOTHING TO REPORT\n"), true),
        (TranscodingTests.parity("ALL WELL HERE AT POST AND NOTHING TO REPORT\n"), true),
    ])
    func others(octets: [UInt8], isDecoded: Bool) {
        #expect((octets.span.transcoding() != nil) == isDecoded)
    }
}
