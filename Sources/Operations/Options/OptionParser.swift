/// An option that a command takes.
package struct Option: Sendable {
    /// With its dashes: `--config`, `-X`.
    package let name: String
    /// What stands for the value in help, such as `FILE`; nil for a flag.
    package let placeholder: String?
    package let repeats: Bool
    package let documentation: String

    package static func flag(_ name: String, _ documentation: String) -> Self {
        Self(name: name, placeholder: nil, repeats: false, documentation: documentation)
    }

    package static func value(
        _ name: String, _ placeholder: String, repeats: Bool = false, _ documentation: String
    ) -> Self {
        Self(name: name, placeholder: placeholder, repeats: repeats, documentation: documentation)
    }

    var usage: String { self.placeholder.map { "\(self.name) \($0)" } ?? self.name }
}

/// An argument that is known by its place.
package struct Argument: Sendable {
    package let name: String
    package let required: Bool
    /// Any number of them; only the last argument of a command.
    package let repeats: Bool
    package let documentation: String

    package init(_ name: String, required: Bool = true, repeats: Bool = false, _ documentation: String) {
        self.name = name
        self.required = required
        self.repeats = repeats
        self.documentation = documentation
    }

    var usage: String {
        let name = self.repeats ? self.name + "…" : self.name
        return self.required ? name : "[\(name)]"
    }
}

/// Reads the arguments of one command; options may stand anywhere, `--` ends them, nothing is abbreviated.
package struct OptionParser: Sendable {
    /// As typed, such as `taperelay run`.
    package let command: String
    package let summary: String
    package let options: [Option]
    package let arguments: [Argument]

    private static let help = Option.flag("--help", "Show this text and exit.")

    package init(command: String, summary: String, options: [Option] = [], arguments: [Argument] = []) {
        self.command = command
        self.summary = summary
        self.options = options + [Self.help]
        self.arguments = arguments
    }

    /// What was given; where `--help` is among it, nothing that is missing is complained about.
    package func parse(_ words: some Sequence<String>) throws(UsageError) -> ParsedOptions {
        var parsed = ParsedOptions(command: self.command)
        var words = Array(words)[...]
        var optionsEnded = false
        while let word = words.popFirst() {
            if optionsEnded || word == "-" || !word.hasPrefix("-") {
                parsed.arguments.append(word)
            } else if word == "--" {
                optionsEnded = true
            } else {
                try self.parse(option: word, &words, into: &parsed)
            }
        }
        if !parsed.wantsHelp { try self.checkArguments(parsed.arguments) }
        return parsed
    }

    private func parse(
        option word: String, _ words: inout ArraySlice<String>, into parsed: inout ParsedOptions
    ) throws(UsageError) {
        var (name, value) = Self.split(word)
        if name == "-h" { name = Self.help.name }
        guard let option = self.options.first(where: { $0.name == name }) else {
            let nearest = Spelling.nearest(to: name, among: self.options.map(\.name))
            throw self.error(.unknownOption(name, nearest: nearest))
        }
        guard option.repeats || parsed.values[name] == nil else { throw self.error(.repeated(option: name)) }
        if let placeholder = option.placeholder {
            if value == nil {
                // What looks like an option is more often a forgotten value than a value.
                guard let next = words.first, next == "-" || !next.hasPrefix("-") else {
                    throw self.error(.missingValue(option: name, placeholder: placeholder))
                }
                value = next
                words = words.dropFirst()
            }
        } else if value != nil {
            throw self.error(.unexpectedValue(option: name))
        }
        parsed.values[name, default: []].append(value ?? "")
    }

    /// `--name=value`, and `-Xvalue` for options of one letter.
    private static func split(_ word: String) -> (name: String, value: String?) {
        if word.hasPrefix("--") {
            guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
            return (String(word[..<equals]), String(word[word.index(after: equals)...]))
        }
        let rest = word.dropFirst(2)
        return (String(word.prefix(2)), rest.isEmpty ? nil : String(rest))
    }

    private func checkArguments(_ given: [String]) throws(UsageError) {
        let required = self.arguments.filter(\.required)
        if given.count < required.count { throw self.error(.missingArgument(required[given.count].name)) }
        let repeats = self.arguments.last?.repeats ?? false
        if !repeats, given.count > self.arguments.count {
            throw self.error(.unexpectedArgument(given[self.arguments.count]))
        }
    }

    private func error(_ reason: UsageError.Reason) -> UsageError {
        UsageError(command: self.command, reason: reason)
    }

    /// The text of `--help`, at most 100 columns wide.
    package var helpText: String {
        let usage = (["[options]"] + self.arguments.map(\.usage)).joined(separator: " ")
        var text = "\(self.command) \(usage)\n\n" + HelpText.wrapped(self.summary, indent: 0) + "\n"
        if !self.arguments.isEmpty {
            text += "\nArguments:\n" + HelpText.table(self.arguments.map { ($0.name, $0.documentation) })
        }
        return text + "\nOptions:\n"
            + HelpText.table(
                self.options.map { ($0.usage, $0.documentation + ($0.repeats ? " May be repeated." : "")) })
    }
}
