import SampleTelegrams
import Telegram
import Testing

@testable import Assembly

/// What an operator would send for the missing numbers (format 4.2, 8.7).
struct ServiceDraftTests {
    private static func draft(
        _ missing: [ClosedRange<Int>], width: Int = 4, series: NumberSeries = NumberSeries(.channel, Array("QKA".utf8))
    ) -> String? {
        let source = Observations.source(0)
        return NumberGap(
            series: series, missing: missing, after: 0, before: 0, width: width, time: 0, sourceAfter: source,
            sourceBefore: source
        ).draft.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func theNumbersAreNamed() {
        #expect(Self.draft([413...414]) == "UNCLAS SVC INT ZDK QKA0413 QKA0414")
        #expect(Self.draft([7...7], width: 3) == "UNCLAS SVC INT ZDK QKA007")
        #expect(Self.draft([998...999, 1...1], width: 3) == "UNCLAS SVC INT ZDK QKA998 QKA999 QKA001")
        #expect(Self.draft([413...416]) == "UNCLAS SVC INT ZDK QKA0413 TO QKA0416")
        #expect(
            Self.draft([231...231], series: NumberSeries(.station, Array("RUEHXX".utf8)))
                == "UNCLAS SVC INT ZDK RUEHXX 0231")
    }

    @Test func nothingAsksForNothing() {
        #expect(Self.draft([]) == nil)
        #expect(Self.draft([1...1], series: NumberSeries(.pair, Array("A|B".utf8))) == nil)
    }

    @Test func linesAreShort() throws {
        let text = try #require(Self.draft((0..<30).map { 100 + 2 * $0...100 + 2 * $0 }))
        let lines = text.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.utf8.count <= 69 })
        #expect(text.split { $0 == "\n" || $0 == " " }.count == 34)
    }

    /// What is asked for can be read as what it is.
    @Test func itIsAServiceMessage() throws {
        let draft = try #require(Self.draft([413...414, 420...426]))
        let text = "VZCZCQKB0001\nRR RUEHXX\nDE RUEHYY #0912 2771540\nZNR UUUUU\nBT\n\(draft)\nBT\n#0912\nNNNN\n"
        var parser = Parser()
        var signals: [String] = []
        var kinds: [Telegram.Kind] = []
        let octets = Array(text.utf8)
        _ = parser.parse(octets.span) { telegram in
            kinds.append(telegram.kind)
            for signal in telegram.operatingSignals where signal.place == .service && signal.interrogative {
                signals.append(String(decoding: octets[signal.signal.start..<signal.signal.end], as: UTF8.self))
            }
        }
        #expect(kinds == [.service])
        #expect(signals == ["ZDK"])
    }
}
