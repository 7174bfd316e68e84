/// Rows of a table in CSV (RFC 4180, LF or CRLF, UTF-8). Blank lines are skipped; the first row names the columns.
struct CSVReader {
    private let octets: [UInt8]
    private let table: String
    private var offset = 0
    private var line = 1

    init(_ octets: [UInt8], table: String) {
        self.octets = octets
        self.table = table
        // Spreadsheets write a byte order mark in front.
        if octets.starts(with: [0xEF, 0xBB, 0xBF]) { self.offset = 3 }
    }

    /// All rows after the header, each with its line; every row has as many fields as there are columns.
    static func rows(
        _ octets: [UInt8], table: String, columns: [String]
    ) throws(TableError) -> [(line: Int, fields: [String])] {
        var reader = CSVReader(octets, table: table)
        var rows: [(line: Int, fields: [String])] = []
        guard let header = try reader.next() else { return [] }
        guard header.fields == columns else {
            throw TableError(
                table: table, line: header.line, reason: .columns(expected: columns.joined(separator: ",")))
        }
        while let row = try reader.next() {
            guard row.fields.count == columns.count else {
                throw TableError(
                    table: table, line: row.line,
                    reason: .fieldCount(expected: columns.count, found: row.fields.count))
            }
            rows.append(row)
        }
        return rows
    }

    /// The next row that is not blank, or nil at the end.
    private mutating func next() throws(TableError) -> (line: Int, fields: [String])? {
        while let octet = self.peek, octet == 0x0A || octet == 0x0D { self.skipLineEnd() }
        guard self.peek != nil else { return nil }
        let line = self.line
        var fields = [try self.field()]
        while self.peek == UInt8(ascii: ",") {
            self.offset += 1
            fields.append(try self.field())
        }
        self.skipLineEnd()
        return (line, fields)
    }

    private var peek: UInt8? { self.offset < self.octets.count ? self.octets[self.offset] : nil }

    private mutating func skipLineEnd() {
        if self.peek == 0x0D { self.offset += 1 }
        if self.peek == 0x0A {
            self.offset += 1
            self.line += 1
        }
    }

    private mutating func field() throws(TableError) -> String {
        var value: [UInt8] = []
        var isQuoted = false
        if self.peek == UInt8(ascii: "\"") {
            isQuoted = true
            self.offset += 1
        }
        let start = self.line
        while let octet = self.peek {
            if isQuoted {
                self.offset += 1
                if octet == 0x0A { self.line += 1 }
                if octet != UInt8(ascii: "\"") {
                    value.append(octet)
                } else if self.peek == octet {
                    self.offset += 1
                    value.append(octet)
                } else {
                    isQuoted = false
                }
            } else {
                if octet == UInt8(ascii: ",") || octet == 0x0A || octet == 0x0D { break }
                self.offset += 1
                value.append(octet)
            }
        }
        if isQuoted { throw TableError(table: self.table, line: start, reason: .unclosedQuote) }
        return String(decoding: value, as: UTF8.self)
    }
}
