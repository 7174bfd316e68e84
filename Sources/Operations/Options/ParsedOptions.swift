/// What a command line gave; a command turns it into a plain struct of its own.
package struct ParsedOptions: Sendable {
    package let command: String
    /// By name with dashes; of a flag one empty text.
    package internal(set) var values: [String: [String]] = [:]
    package internal(set) var arguments: [String] = []

    package var wantsHelp: Bool { self.has("--help") }

    package func has(_ name: String) -> Bool { self.values[name] != nil }

    package func value(_ name: String) -> String? { self.values[name]?.last }

    /// All values of an option that repeats, in order.
    package func all(_ name: String) -> [String] { self.values[name] ?? [] }

    package func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = self.value(name) else { return nil }
        guard let value = ConfigurationText.integer(text), range.contains(value) else {
            let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
            throw self.refused(text, name, allowed: allowed)
        }
        return value
    }

    package func choice<Value>(_ name: String, of type: Value.Type) throws(UsageError) -> Value?
    where Value: RawRepresentable<String> & CaseIterable {
        guard let text = self.value(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            throw self.refused(text, name, allowed: ConfigurationKey.list(Value.allCases.map(\.rawValue)))
        }
        return value
    }

    package func topic(_ name: String) throws(UsageError) -> String? {
        guard let text = self.value(name) else { return nil }
        guard ConfigurationKey.isTopic(text) else {
            throw self.refused(text, name, allowed: ConfigurationKey.topicRule)
        }
        return text
    }

    /// The error for a value that only the command itself can judge.
    package func refused(_ text: String, _ name: String, allowed: String) -> UsageError {
        UsageError(command: self.command, reason: .badValue(text, option: name, allowed: allowed))
    }
}
