/// A telegram's findings as the page shows them: the gravest first, else as they came.
struct PageFindings {
    private static let severities = ["critical", "warning", "note"]

    let nodes: [EventNode]

    init(_ findings: EventNode?) {
        let all = findings?.elements ?? []
        self.nodes = Self.severities.flatMap { severity in all.filter { $0["severity"]?.text == severity } }
    }

    /// One of three words, whatever the event says.
    func severity(_ index: Int) -> String {
        guard self.nodes.indices.contains(index), let severity = self.nodes[index]["severity"]?.text else {
            return "note"
        }
        return severity
    }

    var noteCount: Int { self.nodes.count { $0["severity"]?.text == "note" } }
}

extension Page {
    /// More notes than these are folded away: in the text they are tinted all the same.
    private static let openNotes = 6

    /// What a telegram is, in one line.
    mutating func facts(_ node: EventNode) {
        let level = node["classification"]?["level"]?.text
        let portions = node["classification"]?["portionsHighest"]?.text
        var facts = [
            level, portions.flatMap { $0 == level ? nil : "portions \($0)" }, node["precedence"]?["action"]?.text,
            node["layout"]?.text,
            node["complete"].map { $0.text == "true" ? "complete" : "incomplete" },
        ]
        if let sections = node["sections"], let expected = sections["expected"]?.text, expected != "1" {
            let received = sections["received"]?.elements.map(\.text).joined(separator: ", ") ?? ""
            facts.append("section \(received) of \(expected)")
        }
        if let coverage = node["coverage"].flatMap({ Double($0.text) }) {
            // Rounded down: only what is explained to the last octet is 100 %.
            facts.append("\(Int((coverage * 100).rounded(.down))) % explained")
        }
        self.writer.append("<p class=\"facts\">")
        self.escape(facts.compactMap { $0 }.joined(separator: " \u{B7} "))
        self.writer.append("</p>\n")
    }

    mutating func findings(_ findings: PageFindings, _ sources: FieldSources) {
        guard !findings.nodes.isEmpty else { return self.writer.append("<p class=\"facts\">No findings.</p>\n") }
        let notes = findings.noteCount
        self.list(findings, 0..<findings.nodes.count - notes, sources)
        guard notes > 0 else { return }
        self.writer.append(notes > Page.openNotes ? "<details><summary>" : "<details open><summary>")
        self.writer.digits(Int64(notes))
        self.writer.append(notes == 1 ? " note or repair</summary>\n" : " notes and repairs</summary>\n")
        self.list(findings, findings.nodes.count - notes..<findings.nodes.count, sources)
        self.writer.append("</details>\n")
    }

    private mutating func list(_ findings: PageFindings, _ range: Range<Int>, _ sources: FieldSources) {
        if range.isEmpty { return }
        self.writer.append("<ul class=\"findings\" aria-label=\"Findings\">\n")
        for index in range {
            let node = findings.nodes[index]
            self.writer.append("<li>")
            if node["range"] != nil {
                self.writer.append("<span tabindex=\"0\" data-f=\"")
                self.writer.digits(Int64(sources.field(ofFinding: index)))
                self.writer.append("\">")
            } else {
                self.writer.append("<span>")
            }
            self.writer.append("<b class=\"")
            self.escape(findings.severity(index))
            self.writer.append("\">")
            self.escape(findings.severity(index))
            self.writer.append("</b> ")
            self.escape(node["message"]?.text ?? "")
            self.details(node)
            self.writer.append("</span></li>\n")
        }
        self.writer.append("</ul>\n")
    }

    /// What was lost or repaired, by which rule, and how certain that is.
    private mutating func details(_ node: EventNode) {
        if let element = node["element"]?.text { self.code(element) }
        if let repair = node["repair"], let was = repair["was"]?.text, let now = repair["now"]?.text {
            if was == now {
                self.code(was)
            } else {
                if was.isEmpty { self.writer.append(" nothing") } else { self.code(was) }
                self.writer.append(" \u{2192}")
                if now.isEmpty { self.writer.append(" nothing") } else { self.code(now) }
            }
        }
        var facts: [String] = []
        if let paragraph = node["paragraph"]?.text { facts.append("paragraph \(paragraph)") }
        if let rule = node["repair"]?["rule"]?.text { facts.append(rule) }
        if let confidence = node["confidence"].flatMap({ Double($0.text) }), confidence < 1 {
            facts.append("\(Int((confidence * 100).rounded())) % certain")
        }
        guard !facts.isEmpty else { return }
        self.writer.append(" <small>")
        self.escape(facts.joined(separator: ", "))
        self.writer.append("</small>")
    }

    /// Ends of lines are shown as signs: a repair may consist of them.
    private mutating func code(_ text: String) {
        let short = text.count > 60 ? text.prefix(60) + "\u{2026}" : text[...]
        self.writer.append(" <code>")
        self.escape(String(short.map { $0.isNewline ? "\u{21B5}" : $0 == " " && short.count < 3 ? "\u{2423}" : $0 }))
        self.writer.append("</code>")
    }
}
