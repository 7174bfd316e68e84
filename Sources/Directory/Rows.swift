extension Post {
    private static let columns = [
        "name", "key", "routingIndicator", "kind", "country", "region", "latitude", "longitude", "aliases",
    ]

    static func rows(_ octets: [UInt8], table: String) throws(TableError) -> [Post] {
        var posts: [Post] = []
        for (line, fields) in try CSVReader.rows(octets, table: table, columns: self.columns) {
            let check = RowCheck(table: table, line: line)
            posts.append(
                Post(
                    name: try check.filled(fields[0], "name"),
                    key: try check.code(fields[1], "key"),
                    routingIndicators: try check.codes(fields[2], "routingIndicator"),
                    kind: try check.kind(fields[3]),
                    country: try check.country(fields[4]),
                    region: fields[5].isEmpty ? nil : try check.code(fields[5], "region"),
                    latitude: try check.degrees(fields[6], "latitude", limit: 90),
                    longitude: try check.degrees(fields[7], "longitude", limit: 180),
                    aliases: fields[8].split(separator: ";").map(String.init)))
        }
        return posts
    }
}

extension TagEntry {
    static func rows(_ octets: [UInt8], table: String) throws(TableError) -> [TagEntry] {
        var tags: [TagEntry] = []
        let columns = ["code", "kind", "title", "country"]
        for (line, fields) in try CSVReader.rows(octets, table: table, columns: columns) {
            let check = RowCheck(table: table, line: line)
            tags.append(
                TagEntry(
                    code: try check.code(fields[0], "code"),
                    kind: try check.kind(fields[1]),
                    title: try check.filled(fields[2], "title"),
                    country: try check.country(fields[3])))
        }
        return tags
    }
}

extension OperatingSignalEntry {
    static func rows(_ octets: [UInt8], table: String) throws(TableError) -> [OperatingSignalEntry] {
        var entries: [OperatingSignalEntry] = []
        for (line, fields) in try CSVReader.rows(octets, table: table, columns: ["signal", "meaning"]) {
            let check = RowCheck(table: table, line: line)
            entries.append(
                OperatingSignalEntry(
                    signal: try check.code(fields[0], "signal"), meaning: try check.filled(fields[1], "meaning")))
        }
        return entries
    }
}

/// What a field of a row may hold.
private struct RowCheck {
    var table: String
    var line: Int

    private func refusal(_ column: String, _ found: String, _ allowed: String) -> TableError {
        TableError(table: self.table, line: self.line, reason: .value(column: column, found: found, allowed: allowed))
    }

    func filled(_ text: String, _ column: String) throws(TableError) -> String {
        guard !text.isEmpty else { throw self.refusal(column, text, "anything but nothing") }
        return text
    }

    func code(_ text: String, _ column: String) throws(TableError) -> String {
        let isCode = text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
        guard isCode, (1...32).contains(text.utf8.count) else {
            throw self.refusal(column, text, "1 to 32 capital letters and digits")
        }
        return text
    }

    func codes(_ text: String, _ column: String) throws(TableError) -> [String] {
        var codes: [String] = []
        for part in text.split(separator: ";") { codes.append(try self.code(String(part), column)) }
        return codes
    }

    func kind<Kind: RawRepresentable & CaseIterable>(
        _ text: String
    ) throws(TableError) -> Kind where Kind.RawValue == String {
        guard let kind = Kind(rawValue: text) else {
            throw self.refusal("kind", text, Kind.allCases.map(\.rawValue).joined(separator: " "))
        }
        return kind
    }

    func country(_ text: String) throws(TableError) -> String? {
        if text.isEmpty { return nil }
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw self.refusal("country", text, "two capital letters (ISO 3166-1)")
        }
        return text
    }

    /// Kept as printed; a JSON number as it stands: an optional minus, digits, an optional fraction.
    func degrees(_ text: String, _ column: String, limit: Double) throws(TableError) -> String? {
        if text.isEmpty { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        let isNumber =
            (1...2).contains(parts.count)
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
            && (parts[0] == "0" || !parts[0].hasPrefix("0"))
        guard isNumber, let value = Double(text), abs(value) <= limit else {
            throw self.refusal(column, text, "degrees between -\(Int(limit)) and \(Int(limit))")
        }
        return text
    }
}
