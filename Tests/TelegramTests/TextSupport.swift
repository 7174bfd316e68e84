@testable import Telegram

/// Reads a literal FL12 as though the heading had been read before.
struct ReadText {
    var telegram: Telegram
    var octets: [UInt8]

    init(
        _ text: String, year: Int16 = 2009, month: Int8 = 3, day: Int8 = 17, layout: Layout = .acp127,
        level: Level? = nil, from: String? = nil
    ) {
        let prefix = from.map { $0 + "\n" } ?? "\n"
        let octets = Array((prefix + text).utf8)
        var parser = Parser()
        var start = 0
        for index in 0...octets.count where index == octets.count || octets[index] == 0x0A {
            var end = index
            while end > start, octets[end - 1] <= 0x20 { end -= 1 }
            parser.lines.append(Line(range: OctetRange(start, end), next: Int32(truncatingIfNeeded: index + 1)))
            start = index + 1
        }
        parser.telegram.layout = layout
        parser.telegram.dateTimeGroup = DateTimeGroup(
            range: OctetRange(0, 0), day: day, hour: 8, minute: 42, zone: 0x5A, month: month, year: year,
            yearInferred: false, instant: Instant(year: Int(year), month: Int(month), day: Int(day)))
        if let level {
            parser.telegram.security = SecurityWarning(
                warning: OctetRange(0, 0), group: OctetRange(0, 0), level: level, efto: false, releaseCode: nil,
                specialHandling: nil)
        }
        if let from {
            parser.telegram.pieces.append(Piece(OctetRange(0, from.utf8.count)))
            parser.telegram.originator = Party(
                role: .originator, name: Text(first: 0, count: 1), routingIndicator: nil, office: nil, precedence: nil,
                precedenceRange: nil, continuityNumber: nil, collective: false, alreadyServed: false, exempt: .none,
                range: OctetRange(0, from.utf8.count))
        }
        let span = octets.span
        parser.readText(span, lines: 1..<parser.lines.count)
        parser.checkMarkings(span)
        self.telegram = parser.telegram
        self.octets = octets
    }

    func text(_ range: OctetRange) -> String {
        String(decoding: self.octets[range.start..<max(range.start, range.end)], as: UTF8.self)
    }

    func made(_ range: OctetRange?) -> String? {
        range.map { String(decoding: self.telegram.made[$0.start..<$0.end], as: UTF8.self) }
    }

    func text(_ text: Text) -> String {
        var result = ""
        for (number, index) in text.indices.enumerated() {
            let piece = self.telegram.pieces[index]
            if number > 0 {
                switch piece.join {
                case .nothing: break
                case .space: result += " "
                case .newline: result += "\n"
                case .blankLine: result += "\n\n"
                }
            }
            result += piece.origin == .record ? self.text(piece.range) : self.made(piece.range) ?? ""
        }
        return result
    }

    var keys: [String?] { self.telegram.references.map { self.made($0.key) } }
    var marks: [String?] { self.telegram.paragraphs.map { $0.mark.map { self.text($0.text) } } }
    var numbers: [Int32?] { self.telegram.paragraphs.map(\.number) }
    var codes: [FindingCode] { self.telegram.findings.map(\.code) }
}
