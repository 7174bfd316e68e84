/// What is wrong with a command line, in one sentence.
package struct UsageError: ExitStatusError, Equatable {
    package enum Reason: Equatable, Sendable {
        case unknownOption(String, nearest: String?)
        case unknownCommand(String, nearest: String?)
        case missingCommand
        case missingValue(option: String, placeholder: String)
        case unexpectedValue(option: String)
        case repeated(option: String)
        case badValue(String, option: String, allowed: String)
        case missingArgument(String)
        case missingOption(String)
        case unexpectedArgument(String)
    }

    /// As typed, such as `taperelay run`.
    package let command: String
    package let reason: Reason

    package init(command: String, reason: Reason) {
        self.command = command
        self.reason = reason
    }

    package var exitStatus: ExitStatus { .usage }

    package var description: String {
        let problem =
            switch self.reason {
            case .unknownOption(let name, let nearest):
                "there is no option \(escaped(name))" + Self.question(nearest)
            case .unknownCommand(let name, let nearest):
                "there is no command \(quoted(name))" + Self.question(nearest)
            case .missingCommand: "a command is missing"
            case .missingValue(let option, let placeholder):
                "option \(option) needs a value: \(option)\(option.hasPrefix("--") ? "=" : " ")\(placeholder)"
            case .unexpectedValue(let option): "option \(option) takes no value"
            case .repeated(let option): "option \(option) is given twice"
            case .badValue(let value, let option, let allowed):
                "option \(option) cannot be \(quoted(value)); allowed is \(allowed)"
            case .missingArgument(let name): "\(name) is missing"
            case .missingOption(let usage): "option \(usage) is missing"
            case .unexpectedArgument(let argument): "argument \(quoted(argument)) is one too many"
            }
        return "\(self.command): \(problem) (see \(self.command) --help)"
    }

    private static func question(_ nearest: String?) -> String {
        nearest.map { "; did you mean \($0)?" } ?? ""
    }
}
