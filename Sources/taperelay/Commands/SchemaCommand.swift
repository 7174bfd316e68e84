internal import Events
internal import Operations
internal import Telegram

/// `schema`: what the program publishes, from the code that publishes it.
struct SchemaCommand {
    enum Name: String, CaseIterable {
        case findings
        case alerts
    }

    static let parser = OptionParser(
        command: "taperelay schema",
        summary:
            "Print what the program publishes: tables of all codes of findings, or of alerts, with severity, rule and meaning.",
        options: [.flag("--plain", "Columns separated by tabs instead of a Markdown table.")],
        arguments: [Argument("NAME", required: true, repeats: false, "What to print: findings or alerts.")])

    let name: Name
    let isPlain: Bool

    init(_ options: ParsedOptions) throws {
        let word = options.arguments.first ?? ""
        guard let name = Name(rawValue: word) else {
            throw UsageError(command: Self.parser.command, reason: .unexpectedArgument(word))
        }
        self.name = name
        self.isPlain = options.has("--plain")
    }

    func run() throws -> ExitStatus {
        switch self.name {
        case .findings: try Terminal.print(FindingTable.text(isPlain: self.isPlain))
        case .alerts: try Terminal.print(AlertTable.text(isPlain: self.isPlain))
        }
        return .success
    }
}
