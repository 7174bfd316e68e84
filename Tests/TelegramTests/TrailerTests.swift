import SampleTelegrams
import Testing

@testable import Telegram

/// Where a stream may be cut behind `NNNN` (format 5.5, 5.8).
struct TrailerTests {
    private static let page = Samples.s85.replacing("\nNNN\n", with: "\nNNNN\n")
    private static let attributes = "\nMessage Attributes\n\nDocument Number: 1975PRETOR02217\nSubject: VISIT\n"
    private static let general = Samples.general.replacing("NNNN\nUNCLASSIFIED//\n", with: "NNNN\n")
    private static let secret = Self.general.replacing("UNCLASSIFIED//", with: "SECRET//")
    private static let blank = String(repeating: "\n", count: 12)

    /// A telegram up to `NNNN`, what is its own behind that, and what is not; whether the end is certain.
    struct Case: Sendable {
        var telegram: String
        var own = ""
        var behind = ""
        var isCertain = true
        /// What stands before it in the file, which the cutter has passed.
        var before = ""
    }

    static let cases = [
        Case(telegram: Samples.s81, isCertain: true),
        Case(telegram: Samples.s81, behind: "UNCLASSIFIED//\n" + Self.general),
        Case(telegram: Self.general, isCertain: false),
        Case(telegram: Self.general, own: "UNCLASSIFIED//\n", isCertain: false),
        Case(telegram: Self.general, own: "\n\nUNCLASSIFIED//\n", behind: Samples.s81),
        Case(telegram: Self.general, own: "UNCLASSIFIED//\n", behind: "\n" + Samples.general),
        Case(telegram: Self.general, own: "UNCLASSIFIED//\n", behind: "\nCONFIDENTIAL\n\nROUTINE\n" + Samples.s84),
        Case(telegram: Self.general, behind: Samples.general),
        Case(telegram: Self.general, behind: Samples.s81),
        Case(telegram: Self.general, behind: "SECRET//\n" + Samples.s84),
        Case(telegram: Self.general, own: Self.blank + "UNCLASSIFIED//\n", behind: Samples.s81),
        Case(telegram: Self.general, behind: Self.blank + "\nUNCLASSIFIED//\n" + Samples.s81),
        Case(
            telegram: "UNCLASSIFIED//\n" + Self.secret, own: "SECRET//\n", behind: Samples.s81, before: Self.general),
        Case(
            telegram: "UNCLASSIFIED//\n" + Self.secret, behind: "UNCLASSIFIED//\n" + Samples.s84, before: Self.general),
        Case(telegram: Self.page, isCertain: false),
        Case(telegram: Self.page, own: Self.attributes, isCertain: false),
        Case(telegram: Self.page, own: Self.attributes, behind: "UNCLASSIFIED\n" + Samples.s81),
        Case(telegram: Self.page, behind: Samples.s81),
        Case(telegram: Self.page, behind: "MESSAGE ATTRIBUTE\n"),
        Case(telegram: Samples.s81 + Self.general, own: "UNCLASSIFIED//\n", behind: Samples.s81),
    ]

    @Test(arguments: Self.cases.indices)
    func end(index: Int) {
        let given = Self.cases[index]
        let octets = Array((given.telegram + given.own + given.behind).utf8)
        // Samples may end in blank lines.
        let closed = 5 + (given.telegram.utf8.indexOfLast("NNNN") ?? 0)
        let expected = given.telegram.utf8.count + given.own.utf8.count
        var parser = Parser()
        var isKnown = false
        for count in closed...octets.count where count == closed || octets[count - 1] == 0x0A {
            guard let end = parser.endOfTelegram(octets.span.extracting(0..<count), closed: closed) else {
                #expect(!isKnown)
                continue
            }
            isKnown = true
            #expect(end == (given.own.isEmpty ? closed : expected), "after \(count) of \(octets.count)")
        }
        #expect(isKnown == given.isCertain)
    }

    /// What is cut there reads as the same telegrams.
    @Test(arguments: Self.cases.indices)
    func partsReadAsTheWhole(index: Int) throws {
        let given = Self.cases[index]
        let own = given.before + given.telegram + given.own
        let whole = Reading.all(own + given.behind)
        let parts = Reading.all(own) + Reading.all(given.behind)
        #expect(whole.map(\.telegram.contentHash.0) == parts.map(\.telegram.contentHash.0))
        #expect(whole.map(\.telegram.range.count) == parts.map(\.telegram.range.count))
    }
}

extension String.UTF8View {
    fileprivate func indexOfLast(_ text: String) -> Int? {
        let wanted = Array(text.utf8)
        let octets = Array(self)
        return octets.indices.last { octets[$0...].starts(with: wanted) }
    }
}
