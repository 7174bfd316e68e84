/// Lays out help: two columns, the right one wrapped.
enum HelpText {
    private static let width = 100
    private static let leftLimit = 30

    static func table(_ rows: [(left: String, right: String)]) -> String {
        let widest = rows.map(\.left.count).filter { $0 <= Self.leftLimit }.max() ?? Self.leftLimit
        let indent = widest + 4
        return rows.reduce(into: "") { text, row in
            let right = Self.wrapped(row.right, indent: indent)
            if row.left.count > widest {
                text += "  \(row.left)\n" + String(repeating: " ", count: indent) + right + "\n"
            } else {
                text += "  \(row.left)" + String(repeating: " ", count: widest - row.left.count + 2) + right + "\n"
            }
        }
    }

    /// Lines after the first begin with `indent` blanks.
    static func wrapped(_ text: String, indent: Int) -> String {
        var result = ""
        var column = indent
        for word in text.split(separator: " ") {
            if column > indent, column + 1 + word.count > Self.width {
                result += "\n" + String(repeating: " ", count: indent)
                column = indent
            } else if column > indent {
                result += " "
                column += 1
            }
            result += word
            column += word.count
        }
        return result
    }
}
