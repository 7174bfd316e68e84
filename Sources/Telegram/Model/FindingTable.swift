/// The table of all finding codes: what `taperelay schema findings` prints.
public enum FindingTable {
    /// In the order of the codes.
    public static func text(isPlain: Bool) -> String {
        var table = CodeTable(isPlain: isPlain)
        for code in FindingCode.allCases {
            table.add(code.rawValue, code.severity, section: code.section, message: code.message)
        }
        return table.text
    }
}
