/// Why a table given to `Directory` was refused: which table, which line, what is wrong.
public struct TableError: Error, Hashable, CustomStringConvertible {
    /// What is wrong with the line.
    public enum Reason: Hashable, Sendable {
        case columns(expected: String)
        case unclosedQuote
        case fieldCount(expected: Int, found: Int)
        case value(column: String, found: String, allowed: String)
    }

    public var table: String
    /// Counted from 1, the header line included.
    public var line: Int
    public var reason: Reason

    public var description: String {
        switch self.reason {
        case .columns(let expected):
            "\(self.table), line \(self.line): the first line must be \(expected)"
        case .unclosedQuote:
            "\(self.table), line \(self.line): a quoted field is not closed"
        case .fieldCount(let expected, let found):
            "\(self.table), line \(self.line): \(found) fields, \(expected) expected"
        case .value(let column, let found, let allowed):
            "\(self.table), line \(self.line): \(column) is '\(found)', allowed: \(allowed)"
        }
    }
}
