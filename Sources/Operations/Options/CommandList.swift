/// The commands of the executable, for its own help and for choosing one.
package struct CommandList: Sendable {
    package let program: String
    package let summary: String
    package let commands: [(name: String, summary: String)]

    package init(program: String, summary: String, commands: [(name: String, summary: String)]) {
        self.program = program
        self.summary = summary
        self.commands = commands
    }

    /// The name of the command that the first word asks for; nil for `--help`, `-h` or `help`.
    package func choose(_ word: String?) throws(UsageError) -> String? {
        guard let word else { throw UsageError(command: self.program, reason: .missingCommand) }
        if ["--help", "-h", "help"].contains(word) { return nil }
        guard self.commands.contains(where: { $0.name == word }) else {
            let nearest = Spelling.nearest(to: word, among: self.commands.map(\.name))
            let reason: UsageError.Reason =
                word.hasPrefix("-")
                ? .unknownOption(word, nearest: nearest) : .unknownCommand(word, nearest: nearest)
            throw UsageError(command: self.program, reason: reason)
        }
        return word
    }

    package var helpText: String {
        "\(self.program) COMMAND [options]\n\n" + HelpText.wrapped(self.summary, indent: 0) + "\n\nCommands:\n"
            + HelpText.table(self.commands.map { ($0.name, $0.summary) })
            + "\n\(self.program) COMMAND --help says more.\n"
    }
}
