import Directory
import Testing

@testable import Events
@testable import Telegram

struct RenderingTests {
    private static let directory = Directory()

    private func page(_ samples: [Sample]) -> String {
        var encoder = TelegramEncoder(directory: Self.directory, options: EventOptions(provenance: true))
        var page = Page(title: "A & B")
        for sample in samples {
            let event = encoder.encode(sample.telegram, octets: sample.octets.span, source: nil)
            page.add(event: event.value, octets: sample.octets.span, range: OctetRange(0, sample.octets.count))
        }
        return String(decoding: page.finish(), as: UTF8.self)
    }

    @Test func theSummaryShowsATelegramAtAGlance() {
        var sample = Sample()
        sample.telegram.findings = [
            Finding(.serialMismatch), Finding(.portionAboveClassification, paragraph: 1), Finding(.missingElement),
        ]
        sample.telegram.missing = [sample.made("NNNN")]
        let text = Summary().text(sample.telegram, octets: sample.octets.span)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.first == "09BISHKEK231  UNCLASSIFIED  ROUTINE  acp127")
        #expect(lines.contains("  from     AMEMBASSY BISHKEK"))
        #expect(lines.contains("  info     CIS COLLECTIVE, DEPT OF COMMERCE WASHDC"))
        #expect(lines.contains("  tags     ENRG ECON EINV PGOV KG"))
        #expect(lines.contains { $0.hasPrefix("  2.       (SBU) DEPUTY MINISTER") && $0.count <= 100 })
        #expect(lines.suffix(3).first?.hasPrefix("  critical") == true)
        #expect(lines.suffix(3).first?.hasSuffix("(paragraph 2)") == true)
        #expect(lines.last?.hasSuffix("(NNNN)") == true)
        #expect(!text.contains("\u{1B}"))
        #expect(
            Summary(isColored: true).text(sample.telegram, octets: sample.octets.span).contains("\u{1B}[1m09BISHKEK231")
        )
    }

    @Test func aSummaryNeverSteersTheTerminal() {
        var sample = Sample()
        for index in sample.octets.indices { sample.octets[index] = index % 2 == 0 ? 0x1B : 0x9B }
        let text = Summary().text(sample.telegram, octets: sample.octets.span)
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) || $0 == "\n" })
    }

    @Test(arguments: [
        ("{}", "{}"), ("[]", "[]"),
        ("{\"a\":[1,2],\"b\":{\"c\":\"x,{\\\"\"}}", "{\n  \"a\": [1, 2],\n  \"b\": {\n    \"c\": \"x,{\\\"\"\n  }\n}"),
        ("[{\"a\":1},\"b\"]", "[\n  {\n    \"a\": 1\n  },\n  \"b\"\n]"), ("\"abc", "\"abc"), ("]}", "\n]\n}"),
    ])
    func jsonIsIndented(_ json: String, _ expected: String) {
        let indented = Array(json.utf8).withUnsafeBytes { PrettyJSON.indented($0) }
        #expect(String(decoding: indented, as: UTF8.self) == expected)
    }

    @Test func theEventStaysJSONWhenIndented() {
        let indented = Array(Golden.sample.utf8).withUnsafeBytes { PrettyJSON.indented($0) }
        #expect(StrictJSON.accepts(indented))
    }

    @Test func thePageJoinsTextAndFields() {
        let html = self.page([Sample(), Sample(preamble: 3)])
        #expect(html.contains("<title>A &amp; B</title>"))
        #expect(html.components(of: "<section").count == 3)
        #expect(html.contains(">AMEMBASSY BISHKEK</span>"))
        #expect(html.contains("title=\"from.name\""))
        #expect(!html.contains("<dt>provenance</dt>"))
        #expect(
            !html.contains("http://") && !html.contains("https://") && !html.contains("src=") && !html.contains("href=")
        )
    }

    /// The gravest stands first, each with its octets, whatever the order in which they were found.
    @Test func thePageShowsFindingsFirst() throws {
        var sample = Sample()
        let range = sample.range("AMEMBASSY BISHKEK")
        let place = OctetRange(range.end, range.end)
        sample.telegram.findings = [
            Finding(.wordRestored, range: range, confidence: 0.9, repair: Repair(was: range, now: nil, rule: .d8)),
            Finding(.paragraphNumberLost, range: place), Finding(.serialMismatch),
            Finding(.portionAboveClassification, range: sample.range("SBU")),
        ]
        let html = self.page([sample])
        let list = try #require(html.components(of: "<pre").first)
        let text = String(decoding: list, as: UTF8.self)
        let severities = ["<b class=\"critical\">", "<b class=\"note\">"]
        #expect(text.components(of: severities[0]).count == 2 && text.components(of: severities[1]).count == 4)
        let critical = try #require(text.components(of: severities[0]).first?.count)
        let note = try #require(text.components(of: severities[1]).first?.count)
        #expect(critical < note)
        #expect(text.contains("<code>AMEMBASSY BISHKEK</code> \u{2192} nothing <small>D8, 90 % certain</small>"))
        #expect(text.contains("3 notes and repairs"))
        // The octets carry both the field's colour and the finding's tint; what has no place is no link.
        #expect(html.contains(" f note\" data-f=\"") && html.contains(" f critical\" data-f=\""))
        #expect(text.components(of: "<span tabindex=\"0\"").count == 4)
        #expect(!html.contains("<dt>findings</dt>"))
    }

    @Test func aPageWithoutFindingsSaysSo() {
        var sample = Sample()
        sample.telegram.findings = []
        #expect(self.page([sample]).contains("No findings."))
    }

    @Test func nothingOfARecordBecomesMarkup() {
        var sample = Sample()
        let evil = Array("<script>alert(1)</script>\"'&\u{0}".utf8)
        for index in sample.octets.indices { sample.octets[index] = evil[index % evil.count] }
        let html = self.page([sample])
        #expect(html.components(of: "<script>").count == 2)
        #expect(html.components(of: "</script>").count == 2)
        #expect(!html.contains("\u{0}"))
    }

    @Test(arguments: 0..<20)
    func anyOctetsGiveAPage(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var sample = Sample()
        for index in sample.octets.indices { sample.octets[index] = UInt8.random(in: 0...255, using: &generator) }
        let html = self.page([sample])
        #expect(html.hasSuffix("</html>\n"))
        #expect(html.components(of: "<span").count == html.components(of: "</span>").count)
        let noise = sample.octets
        _ = noise.withUnsafeBytes { EventNode($0) }
        _ = Summary().text(sample.telegram, octets: sample.octets.span)
    }
}

extension String {
    /// Cut by octets: a combining mark behind a tag must not hide the tag.
    fileprivate func components(of separator: String) -> [ArraySlice<UInt8>] {
        Array(self.utf8).split(separator: Array(separator.utf8), omittingEmptySubsequences: false)
    }
}
