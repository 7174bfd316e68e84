@testable import Telegram

/// A telegram with its octets, for tests that compare strings.
struct Reading {
    var telegram: Telegram
    var octets: [UInt8]

    static func all(_ text: String, context: Parser.Context = .init()) -> [Reading] {
        Reading.all(Array(text.utf8), context: context)
    }

    static func all(_ octets: [UInt8], context: Parser.Context = .init()) -> [Reading] {
        var parser = Parser()
        var readings: [Reading] = []
        _ = parser.parse(octets.span, context: context) { readings.append(Reading(telegram: copy $0, octets: octets)) }
        return readings
    }

    static func outcome(_ text: String) -> Outcome {
        var parser = Parser()
        return parser.parse(Array(text.utf8).span) { _ in }
    }

    subscript(_ range: OctetRange?) -> String? {
        range.map { String(decoding: self.octets[$0.start..<$0.end], as: UTF8.self) }
    }

    subscript(_ text: Text) -> String {
        var result = ""
        for index in text.indices {
            let piece = self.telegram.pieces[index]
            if index > Int(text.first) {
                switch piece.join {
                case .nothing: break
                case .space: result += " "
                case .newline: result += "\n"
                case .blankLine: result += "\n\n"
                }
            }
            let source = piece.origin == .record ? self.octets : self.telegram.made
            result += String(decoding: source[piece.range.start..<piece.range.end], as: UTF8.self)
        }
        return result
    }

    var stations: [String] { self.telegram.called.indices.map { self[self.telegram.stations[$0]] ?? "" } }

    var identifiers: [String] {
        self.telegram.identifiers.map { "\(self[$0.channel] ?? "") \($0.number)" }
    }

    var signals: [String] { self.telegram.operatingSignals.map { self[$0.signal] ?? "" } }

    /// Names of the missing elements.
    var missing: [String] {
        self.telegram.missing.map { String(decoding: self.telegram.made[$0.start..<$0.end], as: UTF8.self) }
    }

    /// Findings without the missing elements.
    var findings: [FindingCode] {
        self.telegram.findings.filter { $0.repair == nil }.map(\.code).filter {
            $0 != .missingElement && $0 != .endOfMessageMissing
        }
    }

    /// `RI|name|precedence|number|office`, empty where absent.
    func party(_ party: Party) -> String {
        let precedence = party.precedence.map { "\($0.name)" } ?? ""
        return [
            self[party.routingIndicator] ?? "", self[party.name], precedence, self[party.continuityNumber] ?? "",
            self[party.office] ?? "",
        ].joined(separator: "|")
    }

    func parties(_ role: Party.Role) -> [String] {
        self.telegram.addressees.filter { $0.role == role }.map { self.party($0) }
    }
}

extension Instant {
    /// `2009-03-17T08:42`.
    var text: String {
        let parts = self.calendar
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(parts.year)-\(two(parts.month))-\(two(parts.day))T\(two(parts.hour)):\(two(parts.minute))"
    }
}
