import SampleTelegrams
import Testing

@testable import Telegram

/// Figures where letters belong: the shift to letters was lost (format 6.4 D11).
struct LostShiftTests {
    private static func reading(_ old: String, _ new: String) throws -> Reading {
        try #require(Reading.all(Samples.s81.replacing(old, with: new)).first)
    }

    @Test(arguments: [
        ("4", Precedence.routine, Precedence?.none), ("9 0", .immediate, .priority), ("O 4", .immediate, .routine),
    ])
    func prosigns(printed: String, action: Precedence, information: Precedence?) throws {
        let reading = try Self.reading("R 170842Z", printed + " 170842Z")
        #expect(reading.telegram.actionPrecedence == action)
        #expect(reading.telegram.informationPrecedence == information)
        #expect(reading.telegram.dateTimeGroup?.instant?.text == "2009-03-17T08:42")
        let repairs = reading.telegram.findings.filter { $0.repair?.rule == .d11 }
        #expect(repairs.count == printed.count { $0.isNumber } && repairs.allSatisfy { $0.confidence == 0.85 })
    }

    @Test func precedenceWord() throws {
        let reading = try Self.reading("WASHDC 1844", "WASHDC 04894856 1844")
        #expect(reading.parties(.action) == ["RUEHC|SECSTATE WASHDC|PRIORITY|1844|"])
    }

    /// The post must be known, whatever the originator.
    @Test(arguments: [("17859 000231", String?("09QUITO231")), ("17858 000231", nil), ("17859", nil)])
    func post(printed: String, key: String?) throws {
        let reading = try Self.reading("BISHKEK 000231", printed)
        let found = reading.telegram.messageReference.map {
            String(decoding: reading.telegram.made[$0.key.start..<$0.key.end], as: UTF8.self)
        }
        #expect(found == key)
    }

    @Test func tags() throws {
        let reading = try Self.reading("ENRG ECON", "0534 3035 0543")
        let codes = reading.telegram.tags.map { tag in
            let octets = tag.origin == .record ? reading.octets : reading.telegram.made
            return String(decoding: octets[tag.code.start..<tag.code.end], as: UTF8.self)
        }
        #expect(codes == ["PTER", "EPET", "0543", "EINV", "PGOV", "KG"])
        #expect(reading.telegram.tags.map(\.kind).prefix(3) == [.subject, .subject, .organization])
    }
}
