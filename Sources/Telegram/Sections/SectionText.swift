/// One section of a telegram, cut where its text and its body begin.
struct SectionText {
    /// A line that the first section does not have, and where it belongs there, if anywhere.
    struct Difference {
        var range: OctetRange
        var position: Int?
        var prefix: StaticString = ""
    }

    private struct Addressee {
        struct Key: Hashable {
            var role: Party.Role
            var name: [UInt8]
        }

        var range: OctetRange
        var key: Key
    }

    /// More differences of one section are not told apart.
    private static let differenceLimit = 64

    let characters: [UInt8]
    let text: OctetRange
    /// Where the body starts behind class line, captions and labels; at the text's end where there is none.
    let body: Int
    /// Those of the ending.
    let corrections: [OctetRange]
    let hasBlankBefore: Bool
    let hasBlankBehind: Bool
    private let classLine: OctetRange?
    /// Captions and attention lines.
    private let handling: [OctetRange]
    private let addressees: [Addressee]

    init(_ telegram: borrowing Telegram, _ octets: Octets) {
        let characters =
            telegram.decoded.isEmpty ? octets.withUnsafeBytes { Array($0) } : telegram.decoded
        let whole = OctetRange(0, characters.count)
        let text = whole.contains(telegram.textRange) ? telegram.textRange : OctetRange(whole.end, whole.end)
        // Formatted text has its sets where others have labels: they are the text.
        var body = telegram.bodyRange.isEmpty ? text.end : telegram.bodyRange.start
        if let set = telegram.sets.first { body = min(body, set.range.start) }
        body = max(text.start, min(body, text.end))
        self.characters = characters
        self.text = text
        self.body = body
        self.corrections = telegram.corrections.map(\.range).filter { $0.start >= text.end && whole.contains($0) }
        self.hasBlankBefore = SectionText.lineEnds(characters, before: body, downTo: text.start) > 1
        self.hasBlankBehind = SectionText.lineEnds(characters, before: text.end, downTo: body) > 0
        self.classLine = telegram.classification?.range
        self.handling = telegram.captions + telegram.attentions.map(\.range)
        self.addressees = telegram.addressees.filter { whole.contains($0.range) }.map {
            Addressee(range: $0.range, key: .init(role: $0.role, name: SectionText.key(characters, $0.range)))
        }
    }

    /// What this section says beside its text and the first section does not, modulo blanks (format 3.4): addressees and
    /// handling lines are added to it, anything else only shown.
    func differences(from first: SectionText) -> [Difference] {
        var differences: [Difference] = []
        let known = Set(first.addressees.map(\.key))
        let lastOfRole = first.addressees.reduce(into: [:]) { $0[$1.key.role] = $1.range.end }
        for addressee in self.addressees where !known.contains(addressee.key) {
            if differences.count >= SectionText.differenceLimit { return differences }
            let role = addressee.key.role
            differences.append(
                Difference(
                    range: addressee.range, position: lastOfRole[role] ?? first.addressees.last?.range.end,
                    prefix: lastOfRole[role] != nil ? "" : role == .action ? "TO " : "INFO "))
        }
        let lines = Set(first.headLines().map { SectionText.key(first.characters, $0) })
        for line in self.headLines() where line != self.classLine {
            if lines.contains(SectionText.key(self.characters, line)) { continue }
            if differences.count >= SectionText.differenceLimit { return differences }
            let isHandling = self.handling.contains { line.contains($0) }
            differences.append(
                Difference(range: line, position: isHandling ? first.classLine.map(\.end) : nil))
        }
        return differences
    }

    /// The lines between the text's start and the body, without the blanks around them.
    private func headLines() -> [OctetRange] {
        var lines: [OctetRange] = []
        var start = self.text.start
        for index in self.text.start...self.body
        where index == self.body || self.characters[index] == 0x0A || self.characters[index] == 0x0D {
            let line = self.characters.span.trimmed(OctetRange(start, index))
            if !line.isEmpty { lines.append(line) }
            start = index + 1
        }
        return lines
    }

    private static func key(_ characters: [UInt8], _ range: OctetRange) -> [UInt8] {
        characters[range.start..<range.end].filter { !Octets.isBlank($0) }
    }

    /// Line ends between a position and the last character before it that is no blank; at the text's start one more.
    private static func lineEnds(_ characters: [UInt8], before position: Int, downTo start: Int) -> Int {
        var feeds = 0
        var returns = 0
        var index = position
        while index > start, Octets.isBlank(characters[index - 1]) {
            index -= 1
            if characters[index] == 0x0A { feeds += 1 }
            if characters[index] == 0x0D { returns += 1 }
        }
        return (feeds > 0 ? feeds : returns) + (index == start ? 1 : 0)
    }
}
