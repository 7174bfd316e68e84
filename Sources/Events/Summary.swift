public import Telegram

/// A telegram at a glance, for a terminal: what it is, whom it is from and to, what it says, what is wrong with it.
public struct Summary {
    /// ANSI colours, for a terminal that is one.
    public var isColored: Bool
    /// Columns that a paragraph's first line may take.
    public var width: Int

    public init(isColored: Bool = false, width: Int = 100) {
        self.isColored = isColored
        self.width = max(20, width)
    }

    /// UTF-8, lines ended by LF, no line of the record's control characters.
    public func text(_ telegram: borrowing Telegram, octets: Octets) -> String {
        let reader = TextReader(telegram.decoded.isEmpty ? octets : telegram.decoded.span, telegram.made)
        var lines = [self.title(telegram, reader)]
        var facts: [(String, String)] = []
        if let group = telegram.dateTimeGroup { facts.append(("date", reader.string(group.range))) }
        if let from = telegram.originator { facts.append(("from", reader.string(from.name, of: telegram))) }
        for role in [Party.Role.action, .information] {
            let parties = telegram.addressees.filter { $0.role == role }.map { reader.string($0.name, of: telegram) }
            if !parties.isEmpty {
                facts.append((role == .action ? "to" : "info", parties.joined(separator: ", ")))
            }
        }
        if !telegram.tags.isEmpty {
            facts.append(("tags", telegram.tags.map { reader.string($0.code, $0.origin) }.joined(separator: " ")))
        }
        if !telegram.references.isEmpty {
            facts.append(
                ("ref", telegram.references.map { reader.string($0.text, of: telegram) }.joined(separator: "; ")))
        }
        if !telegram.subject.isEmpty { facts.append(("subject", reader.string(telegram.subject, of: telegram))) }
        for (name, value) in facts {
            lines.append("  " + self.styled(self.padded(name), "2") + self.cut(value, self.width - 11))
        }
        for paragraph in telegram.paragraphs {
            let number = paragraph.number.map { "\($0)." } ?? ""
            let mark = paragraph.mark.map { "(\(reader.string($0.text))) " } ?? ""
            let text = mark + reader.string(paragraph.text, of: telegram)
            lines.append("  " + self.styled(self.padded(number), "2") + self.cut(text, self.width - 11))
        }
        let body = telegram.paragraphs.isEmpty ? reader.string(telegram.body, of: telegram) : ""
        if !body.isEmpty { lines.append("  " + self.cut(body, self.width - 2)) }
        if !telegram.signature.isEmpty {
            lines.append(
                "  " + self.styled(self.padded("signed"), "2") + reader.string(telegram.signature, of: telegram))
        }
        lines += self.findings(telegram, reader)
        return lines.joined(separator: "\n") + "\n"
    }

    private func title(_ telegram: borrowing Telegram, _ reader: borrowing TextReader) -> String {
        var parts: [String] = []
        if let reference = telegram.messageReference {
            parts.append(reader.string(reference.key, .made))
        } else if telegram.kind == .service {
            parts.append("service message")
        } else {
            parts.append(telegram.originatingStation.map { reader.string($0) } ?? "unidentified")
        }
        if let serial = telegram.stationSerial, telegram.messageReference == nil {
            parts.append("#" + reader.string(serial))
        }
        var title = self.styled(parts.joined(separator: " "), "1")
        if let classification = telegram.classification {
            title +=
                "  " + self.styled("\(classification.level.name)", classification.level >= .confidential ? "31" : "32")
        }
        if let precedence = telegram.actionPrecedence { title += "  \(precedence.name)" }
        title += "  " + self.styled("\(telegram.layout.rawValue)\(telegram.complete ? "" : ", incomplete")", "2")
        return title
    }

    private func findings(_ telegram: borrowing Telegram, _ reader: borrowing TextReader) -> [String] {
        let order = telegram.findings.indices.sorted {
            (telegram.findings[$1].code.severity, $0) < (telegram.findings[$0].code.severity, $1)
        }
        var elements: [Int: String] = [:]
        var missing = 0
        for index in telegram.findings.indices where telegram.findings[index].code == .missingElement {
            if missing < telegram.missing.count { elements[index] = reader.string(telegram.missing[missing], .made) }
            missing += 1
        }
        return order.map { index in
            let finding = telegram.findings[index]
            let severity = finding.code.severity
            let color = severity == .critical ? "1;31" : severity == .warning ? "33" : "36"
            var line = "  " + self.styled(severity.rawValue, color) + " " + "\(finding.code.message)"
            if let paragraph = finding.paragraph, telegram.paragraphs.indices.contains(Int(paragraph)) {
                line += " (paragraph \(telegram.paragraphs[Int(paragraph)].number ?? paragraph &+ 1))"
            }
            if let element = elements[index] { line += " (\(element))" }
            if let repair = finding.repair {
                let now = repair.now.map { reader.string($0.range, $0.origin) } ?? ""
                line += " \(reader.string(repair.was)) -> \(now.isEmpty ? "nothing" : now)"
            }
            return line
        }
    }

    private func padded(_ name: String) -> String {
        name + String(repeating: " ", count: max(1, 9 - name.utf8.count))
    }

    private func cut(_ text: String, _ count: Int) -> String {
        let count = max(8, count)
        return text.count <= count ? text : text.prefix(count - 1) + "\u{2026}"
    }

    private func styled(_ text: String, _ code: String) -> String {
        self.isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
