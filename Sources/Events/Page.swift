public import Telegram

/// One HTML page that needs nothing but itself: each telegram's text beside its event; pointing at a field shows its
/// octets, pointing at octets shows their fields. Findings stand above both, the gravest first, and tint their octets.
public struct Page: ~Copyable {
    var writer = JSONWriter(capacity: 65_536)
    private var telegramCount = 0

    public init(title: String = "Telegrams") {
        self.writer.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        self.writer.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        self.writer.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        self.writer.append("style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n")
        self.writer.append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
        self.escape(title)
        self.writer.append("</title>\n<style>\n")
        self.writer.append(Page.style)
        self.writer.append("</style>\n</head>\n<body>\n<h1>")
        self.escape(title)
        self.writer.append(
            "</h1>\n<p class=\"legend\">The text as it came, and what was read from it. Underlined: ")
        self.writer.append("read into a field, one colour for each part. Tinted: <span class=\"f note\">note or repair")
        self.writer.append(
            "</span> <span class=\"f warning\">warning</span> <span class=\"f critical\">critical</span>. ")
        self.writer.append("Point at, tap or tab to either side to see the other; Enter or a click keeps it, Escape ")
        self.writer.append("lets go.</p>\n")
    }

    /// Adds a telegram: its event, encoded in binary mode with provenance, and where it stands in the record.
    public mutating func add(event: UnsafeRawBufferPointer, octets: Octets, range: OctetRange) {
        let node = EventNode(event)
        let findings = PageFindings(node["findings"])
        let sources = FieldSources(node["provenance"], findings: findings.nodes)
        let id = node["id"]?.text ?? node["originatingStation"]?.text ?? ""
        self.telegramCount += 1
        self.writer.append("<section aria-labelledby=\"t")
        self.writer.digits(Int64(self.telegramCount))
        self.writer.append("\">\n<h2 id=\"t")
        self.writer.digits(Int64(self.telegramCount))
        self.writer.append("\">")
        self.escape(id)
        self.writer.append("</h2>\n")
        self.facts(node)
        self.findings(findings, sources)
        self.writer.append("<div class=\"pair\">\n<pre role=\"region\" aria-label=\"Text as received\">")
        octets.withUnsafeBytes { self.raw($0, range, sources, findings) }
        self.writer.append("</pre>\n<div class=\"event\" role=\"region\" aria-label=\"Fields\">\n")
        if case .object(let members) = node {
            self.members(
                members.filter { $0.name != "provenance" && $0.name != "findings" }, path: "", sources, depth: 0)
        }
        self.writer.append("</div>\n</div>\n</section>\n")
    }

    /// The page, closed. Nothing can be added afterwards.
    public consuming func finish() -> [UInt8] {
        self.writer.append("<script>\n")
        self.writer.append(Page.script)
        self.writer.append("</script>\n</body>\n</html>\n")
        return Array(self.writer.bytes)
    }

    // MARK: The text

    private mutating func raw(
        _ octets: UnsafeRawBufferPointer, _ range: OctetRange, _ sources: FieldSources, _ findings: PageFindings
    ) {
        let lower = max(0, min(range.start, octets.count))
        let upper = max(lower, min(range.end, octets.count))
        for run in sources.runs(from: lower, to: upper) {
            let slice = UnsafeRawBufferPointer(rebasing: octets[run.range])
            guard let first = run.fields.first else {
                self.escape(slice)
                continue
            }
            self.writer.append("<span tabindex=\"0\" class=\"")
            if let own = run.fields.first(where: { sources.finding(of: $0) == nil }) {
                self.writer.append("c")
                self.writer.digits(Int64(sources.color(of: own)))
            }
            // Findings are numbered from the gravest on.
            if let gravest = run.fields.compactMap({ sources.finding(of: $0) }).min() {
                self.writer.append(" f ")
                self.escape(findings.severity(gravest))
            }
            self.writer.append("\" data-f=\"")
            self.writer.digits(Int64(first))
            for field in run.fields.dropFirst() {
                self.writer.append(UInt8(ascii: " "))
                self.writer.digits(Int64(field))
            }
            self.writer.append("\" title=\"")
            self.escape(run.fields.map { sources.names[$0] }.joined(separator: ", "))
            self.writer.append("\">")
            self.escape(slice)
            self.writer.append("</span>")
        }
    }

    // MARK: The event

    private mutating func members(
        _ members: [(name: String, value: EventNode)], path: String, _ sources: FieldSources, depth: Int
    ) {
        self.writer.append("<dl>")
        for (name, value) in members {
            let path = path.isEmpty ? name : path + "." + name
            self.writer.append("<dt>")
            self.escape(name)
            self.writer.append(value.isNested ? "</dt><dd class=\"n\">" : "</dt><dd>")
            self.value(value, path: path, sources, depth: depth)
            self.writer.append("</dd>")
        }
        self.writer.append("</dl>\n")
    }

    private mutating func value(_ value: EventNode, path: String, _ sources: FieldSources, depth: Int) {
        let field = sources.numbers[path]
        if let field {
            self.writer.append("<span tabindex=\"0\" class=\"v c")
            self.writer.digits(Int64(sources.color(of: field)))
            self.writer.append("\" data-f=\"")
            self.writer.digits(Int64(field))
            self.writer.append("\">")
        } else {
            self.writer.append("<span>")
        }
        switch value {
        case .object(let members):
            self.members(members, path: path, sources, depth: depth + 1)
        case .list(let elements):
            if elements.isEmpty { self.writer.append("none") }
            for (index, element) in elements.enumerated() {
                if index > 0 { self.writer.append(" ") }
                self.value(element, path: "\(path).\(index)", sources, depth: depth + 1)
            }
        case .string(let text), .literal(let text):
            self.escape(text)
        }
        self.writer.append("</span>")
    }

    // MARK: Escapes

    mutating func escape(_ text: String) {
        var text = text
        text.withUTF8 { self.escape(UnsafeRawBufferPointer($0)) }
    }

    /// For text and for attributes in quotation marks; controls become their pictures, as HTML has no way to write them.
    private mutating func escape(_ octets: UnsafeRawBufferPointer) {
        var index = 0
        while index < octets.count {
            let octet = octets[index]
            guard octet < 0x80 else {
                index += self.writer.transcode(octets, at: index)
                continue
            }
            index += 1
            switch octet {
            case UInt8(ascii: "&"): self.writer.append("&amp;")
            case UInt8(ascii: "<"): self.writer.append("&lt;")
            case UInt8(ascii: ">"): self.writer.append("&gt;")
            case UInt8(ascii: "\""): self.writer.append("&quot;")
            case UInt8(ascii: "'"): self.writer.append("&#39;")
            case 0x0A, 0x09: self.writer.append(octet)
            case 0x0D: continue
            case 0..<0x20, 0x7F:
                // U+2400 and on; U+2421 for DEL.
                self.writer.append(0xE2)
                self.writer.append(0x90)
                self.writer.append(octet == 0x7F ? 0xA1 : 0x80 + octet)
            default: self.writer.append(octet)
            }
        }
    }
}
