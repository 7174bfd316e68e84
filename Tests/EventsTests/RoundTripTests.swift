internal import Glibc
import Testing

@testable import Generator
@testable import Telegram

/// `generate` writes telegrams of every layout from known values; parsing gives the values back.
struct RoundTripTests {
    /// As the environment says, else few: a run of 100,000 takes minutes in a debug build.
    private static let count = getenv("TAPERELAY_ROUND_TRIPS").flatMap { Int(String(cString: $0)) } ?? 500
    private static let seed: UInt64 =
        getenv("TAPERELAY_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64.random(in: 1...1_000_000)

    private static func layout(_ layout: GeneratedLayout) -> Layout {
        switch layout {
        case .acp127, .bareHeading: .acp127
        case .acp126: .acp126
        case .janap128: .janap128
        case .doi103: .doi103
        case .pages1973: .pages1973
        case .smart: .smart
        case .general: .general
        case .archive: .archive
        case .textOnly: .textOnly
        }
    }

    private static func text(_ text: Text, of telegram: borrowing Telegram, _ octets: [UInt8]) -> String {
        var words: [Substring] = []
        for index in text.indices {
            let piece = telegram.pieces[index]
            let source = piece.origin == .record ? octets : telegram.made
            let part = String(decoding: source[piece.range.start..<piece.range.end], as: UTF8.self)
            words += part.split(separator: " ").map { Substring(String($0)) }
        }
        return words.joined(separator: " ")
    }

    /// The first value that did not come back, nil where all did.
    private static func difference(
        _ known: GeneratedTelegram, _ telegram: borrowing Telegram, _ octets: [UInt8]
    ) -> String? {
        if telegram.layout != Self.layout(known.layout) { return "layout \(telegram.layout)" }
        let key = telegram.title?.key ?? telegram.messageReference?.key
        let id = key.map { String(decoding: telegram.made[$0.start..<$0.end], as: UTF8.self) }
        if known.layout != .textOnly, id != known.id { return "id \(id ?? "none")" }
        if Self.text(telegram.subject, of: telegram, octets) != known.subject { return "subject" }
        if telegram.paragraphs.map({ $0.number ?? 0 }) != Array(1...Int32(known.paragraphs)) { return "paragraphs" }
        if telegram.paragraphs.contains(where: { $0.mark == nil || $0.synthetic }) { return "marks" }
        if known.layout != .general, Self.text(telegram.signature, of: telegram, octets) != known.signature.description
        {
            return "signature"
        }
        if known.layout != .textOnly {
            let group = telegram.dateTimeGroup.map { octets[$0.range.start..<$0.range.end] } ?? []
            if String(decoding: group, as: UTF8.self) != known.dateTimeGroup { return "date-time group" }
            let from = telegram.originator.map { Self.text($0.name, of: telegram, octets) }
            if from != known.from { return "originator \(from ?? "none")" }
        }
        if telegram.explainedCount != telegram.octetCount { return "coverage" }
        let isWhole = known.layout != .archive && known.layout != .textOnly
        if telegram.complete != isWhole { return "complete" }
        return nil
    }

    @Test func everyLayoutGivesItsValuesBack() {
        print("round trip: \(Self.count) telegrams, seed \(Self.seed)")
        var generator = TelegramGenerator(seed: Self.seed, layouts: GeneratedLayout.allCases)
        var parser = Parser()
        var octets: [UInt8] = []
        for number in 0..<Self.count {
            octets.removeAll(keepingCapacity: true)
            let known = generator.next(into: &octets)
            var difference: String?
            let outcome = parser.parse(octets.span) { difference = Self.difference(known, $0, octets) }
            #expect(outcome.telegrams == 1, "seed \(Self.seed), number \(number), \(known.layout)")
            #expect(difference == nil, "seed \(Self.seed), number \(number), \(known.layout)")
        }
    }
}
