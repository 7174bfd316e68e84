/// A table of codes as `taperelay schema` prints it: one row a code; a heading above a Markdown table, none above columns
/// separated by tabs.
public struct CodeTable {
    public private(set) var text: String
    private let isPlain: Bool

    public init(isPlain: Bool) {
        self.isPlain = isPlain
        self.text = isPlain ? "" : "| code | severity | rule | meaning |\n| --- | --- | --- | --- |\n"
    }

    /// `section`: of the format, that the code rests on.
    public mutating func add(_ code: String, _ severity: Severity, section: StaticString, message: StaticString) {
        let cells = [code, severity.rawValue, section.description, message.description]
        self.text += self.isPlain ? cells.joined(separator: "\t") : "| " + cells.joined(separator: " | ") + " |"
        self.text += "\n"
    }
}
