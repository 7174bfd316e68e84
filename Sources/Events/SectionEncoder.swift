internal import Telegram

/// Sections into the event of the telegram that they make together.
///
/// Each section is read once more for what it says about its own transmission, then all of them as one text; a telegram
/// of one transmission takes no part in this.
public struct SectionEncoder: ~Copyable {
    private var parser = Parser()

    public init() {}

    /// Nil where the first section holds no telegram.
    public mutating func encode(
        _ set: SectionSet, year: Int? = nil, with encoder: inout TelegramEncoder
    ) -> EncodedEvent? {
        let sections = JoinedTransmissions(set)
        self.readTransmissions(set, year) { index, telegram, octets in
            encoder.read(telegram, octets, index, set.transmissions[index], into: sections)
        }
        sections.text.join()
        var event: EncodedEvent?
        self.parse(set, sections.text, year) { event = encoder.encode($0, sections) }
        return event
    }

    /// For people; empty where the first section holds no telegram.
    public mutating func summary(_ set: SectionSet, year: Int? = nil, as summary: Summary) -> String {
        var text = JoinedSections()
        self.readTransmissions(set, year) { text.append($1, octets: $2) }
        text.join()
        var result = ""
        self.parse(set, text, year) { result = summary.text($0, octets: text.characters.span) }
        return result
    }

    private mutating func readTransmissions(
        _ set: SectionSet, _ year: Int?, _ body: (Int, borrowing Telegram, Octets) -> Void
    ) {
        for (index, transmission) in set.transmissions.enumerated() {
            let octets = transmission.octets.span
            var isFirst = true
            _ = self.parser.parse(octets, context: Self.context(transmission, year)) { telegram in
                if isFirst { body(index, telegram, octets) }
                isFirst = false
            }
        }
    }

    private mutating func parse(
        _ set: SectionSet, _ text: JoinedSections, _ year: Int?, _ body: (borrowing Telegram) -> Void
    ) {
        guard let first = set.transmissions.first else { return }
        self.parser.parse(
            text, expected: set.expected, isWhole: set.isWhole,
            hasLast: set.transmissions.last?.section == set.expected, context: Self.context(first, year), each: body)
    }

    private static func context(_ transmission: SectionSet.Transmission, _ year: Int?) -> Parser.Context {
        let received = transmission.source?.timestamp.map { Instant(seconds: $0 / 1000) }
        return Parser.Context(received: received, year: year)
    }
}
