import SampleTelegrams
import Testing

@testable import Telegram

/// What archives leave of HTML (format 6.3).
struct MarkupTests {
    private static func decoded(_ text: String) -> String? {
        let octets = Array(text.utf8)
        guard octets.span.transcoding() == .markup else { return nil }
        var decoded: [UInt8] = []
        var origins: [Int32] = []
        Transcoding.markup.decode(octets.span, into: &decoded, &origins)
        #expect(origins.count == decoded.count + 1 && origins.last == Int32(octets.count))
        #expect(zip(origins, origins.dropFirst()).allSatisfy { $0 <= $1 })
        return String(decoding: decoded, as: UTF8.self)
    }

    @Test(arguments: [
        ("A &amp; B", "A & B"), ("&lt;A&gt;", "<A>"), ("&QUOT;A&quot;&apos;", "\"A\"'"), ("A&nbsp;B", "A B"),
        ("A&#x000A;B", "A\nB"), ("A&#10;B", "A\nB"), ("CAF&#233;", "CAF\u{E9}"), ("A&#xAD;B&shy;C", "ABC"),
        ("A&#160;B", "A B"), ("A&#0;B&#x7f;", "AB"), ("&amp;lt;", "&lt;"), ("A<br>B", "A\nB"), ("A<br />B", "A\nB"),
        ("A<BR>\nB", "A\nB"), ("A<br> \r\nB", "A \r\nB"), ("<pre>A</pre>", "A"), ("<p>A</p>B", "\nAB"),
        ("<pre class=\"x\">A", "A"), ("A\\\nB\\\r\nC\\", "A\nB\r\nC"),
    ])
    func isRead(text: String, expected: String) { #expect(Self.decoded(text) == expected) }

    @Test(arguments: [
        "A & B", "R&D;", "AT&T", "&amp", "& amp;", "&#;", "&#x;", "&#xZ;", "&#12A;", "&#x110000;", "&#xD800;", "&",
        "&;",
        "&unknown;", "<", "<>", "<br", "<bridge>", "<b>", "A < B > C", "<br\n>", "\\A", "A\\B\n", "A\\\nB", "",
    ])
    func isNone(text: String) { #expect(Self.decoded(text) == nil) }

    /// The same telegram with and without it, and every range in the record.
    @Test func telegram() throws {
        let plain = try #require(Reading.all(Samples.s81).first)
        let lines = Samples.s81.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "<br>\n")
        let marked = try #require(Reading.all("<pre>\n" + lines + "</pre>").first)
        #expect(marked.telegram.contentHash == plain.telegram.contentHash)
        #expect(marked.findings == [.markupRead])
        #expect(marked.telegram.complete && marked.telegram.unexplained.isEmpty)
        #expect(marked.telegram.explainedCount == plain.telegram.explainedCount)
        let originator = try #require(marked.telegram.originator?.range)
        #expect(marked[marked.telegram.recordRange(originator)] == "FM AMEMBASSY BISHKEK")
        #expect(marked[marked.telegram.range]?.hasPrefix("VZCZCEKI0417<br>") == true)
    }

    /// Only the telegram that has some says so.
    @Test func eachForItself() {
        let readings = Reading.all(Samples.s81 + Samples.s81.replacing("SUMMARY:", with: "SUMMARY &amp; ALL:"))
        #expect(readings.map(\.findings) == [[], [.markupRead]])
    }
}
