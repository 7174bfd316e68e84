import SampleTelegrams
import Testing

@testable import Telegram

/// A message of the special security system is never downgraded (format 5.4).
struct SpecialClassTests {
    private static let word = "C O N F I D E N T I A L"

    @Test(arguments: [
        (word, Level.confidential), ("TOP SECRET UMBRA", .topSecret), ("S E C R E T", .secret),
        ("C O N F I D E N T I Q L", .confidential), ("C Q 5 F", .topSecret), ("", .topSecret),
    ])
    func level(printed: String, level: Level) throws {
        let reading = try #require(Reading.all(Samples.doi103.replacing(Self.word, with: printed)).first)
        #expect(reading.telegram.layout == .doi103)
        #expect(reading.telegram.classification?.level == level)
        let isUnreadable = printed != Self.word && level == .topSecret && !printed.hasPrefix("TOP")
        #expect(reading.findings.contains(.classificationUnreadable) == isUnreadable)
        #expect(!reading.findings.contains(.classificationMissing))
    }

    /// `CLEAR` has no level of its own; the warning's holds, if it can be read.
    @Test(arguments: [("ZNY CCCCC", Level.confidential), ("ZNY MMABC", .topSecret)])
    func clear(warning: String, level: Level) throws {
        let text = Samples.doi103.replacing(Self.word, with: "CLEAR").replacing("ZNY CCCCC", with: warning)
        let reading = try #require(Reading.all(text).first)
        #expect(reading.telegram.classification?.level == level)
        #expect(reading.findings.contains(.classificationUnreadable) == (level == .topSecret))
    }

    /// Other layouts keep what their warning says.
    @Test func otherLayouts() throws {
        let text = Samples.s83.replacing("S E C R E T DJIBOUTI", with: "5 Q C R E T DJIBOUTI")
        let reading = try #require(Reading.all(text).first)
        #expect(reading.telegram.classification == nil)
        #expect(!reading.findings.contains(.classificationUnreadable))
    }
}
