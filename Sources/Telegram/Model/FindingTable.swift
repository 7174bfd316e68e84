/// The table of all finding codes: what `taperelay schema findings` prints.
public enum FindingTable {
    /// One row a code, in the order of the code; a heading above a Markdown table, none above columns.
    public static func text(isPlain: Bool) -> String {
        var text = isPlain ? "" : "| code | severity | rule | meaning |\n| --- | --- | --- | --- |\n"
        for code in FindingCode.allCases {
            let cells = [code.rawValue, code.severity.rawValue, code.section.description, code.message.description]
            text += isPlain ? cells.joined(separator: "\t") : "| " + cells.joined(separator: " | ") + " |"
            text += "\n"
        }
        return text
    }
}
