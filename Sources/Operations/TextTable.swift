/// A table for people: columns as wide as they need, numbers to the right.
package struct TextTable: Sendable {
    private var rows: [[String]]

    package init(_ heads: [String]) { self.rows = [heads] }

    /// As many cells as there are heads.
    package mutating func add(_ cells: [String]) { self.rows.append(cells) }

    package var text: String {
        var widths: [Int] = []
        for row in self.rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return self.rows.reduce(into: "") { text, row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let blanks = String(repeating: " ", count: widths[column] - cell.count)
                line += (column > 0 ? "  " : "") + (self.isNumeric(column) ? blanks + cell : cell + blanks)
            }
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
    }

    /// All below its head are numbers or nothing.
    private func isNumeric(_ column: Int) -> Bool {
        self.rows.dropFirst().allSatisfy { row in
            column >= row.count || row[column].utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D }
        }
    }
}
