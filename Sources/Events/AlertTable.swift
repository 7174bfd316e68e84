internal import Telegram

/// The table of all alert codes: what `taperelay schema alerts` prints.
public enum AlertTable {
    /// First those of findings, in their order.
    public static func text(isPlain: Bool) -> String {
        var table = CodeTable(isPlain: isPlain)
        for code in AlertCode.allCases {
            table.add(code.name, code.severity, section: code.section, message: code.message)
        }
        return table.text
    }
}
