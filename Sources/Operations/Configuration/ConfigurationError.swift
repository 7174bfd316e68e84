/// Where a value came from.
package enum ConfigurationOrigin: Hashable, Sendable, CustomStringConvertible {
    case standard
    case file(String, line: Int)
    case environment(String)
    case option

    package var description: String {
        switch self {
        case .standard: "default"
        case .file(let name, let line): "\(name), line \(line)"
        case .environment(let name): "environment variable \(name)"
        case .option: "option -X"
        }
    }
}

/// Why the configuration is refused: one key, where it was given, what is wrong, what is allowed.
package struct ConfigurationError: ExitStatusError, Equatable {
    package enum Reason: Equatable, Sendable {
        case unknownKey(nearest: String?)
        /// Named in the contract, but nothing in this version would act on it.
        case notYet(value: String?)
        case badValue(String, allowed: String)
        /// A list or a mapping where a value belongs, or the other way round.
        case wrongShape(allowed: String)
        case givenTwice(firstLine: Int)
        /// What is wrong where values do not fit together, as the rest of a sentence.
        case conflict(String)
        case secret(String)
        case notAssignment
        case unreadableFile(String)
        case syntax(YAMLError)
    }

    /// The dotted path; empty where the file as a whole is at fault.
    package let key: String
    package let origin: ConfigurationOrigin
    package let reason: Reason

    package var exitStatus: ExitStatus {
        if case .unreadableFile = self.reason { return .unreadableFile }
        return .configuration
    }

    package var description: String {
        let place = self.key.isEmpty ? "\(self.origin): " : "\(self.origin): \(escaped(self.key)) "
        switch self.reason {
        case .unknownKey(let nearest):
            return place + "is not a key of the configuration" + (nearest.map { "; did you mean \($0)?" } ?? "")
        case .notYet(let value):
            let what = value.map { "\(quoted($0)) " } ?? ""
            return place + "\(what)is not in version \(ConfigurationKey.version) yet; leave it out"
        case .badValue(let value, let allowed):
            return place + "cannot be \(quoted(value)); allowed is \(allowed)"
        case .wrongShape(let allowed):
            return place + "must be \(allowed)"
        case .givenTwice(let line):
            return place + "is given twice, first on line \(line)"
        case .conflict(let problem):
            return place + problem
        case .secret(let problem):
            return place + "names a file that \(problem)"
        case .notAssignment:
            return "option -X: \(quoted(self.key)) is not of the form key=value, such as -X input.topic=telegrams.raw"
        case .unreadableFile(let problem):
            return "configuration file \(quoted(self.key)) cannot be read: \(problem)"
        case .syntax(let error):
            return place + error.description
        }
    }
}
