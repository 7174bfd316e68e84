/// One key of the configuration: how it reads, how it is written, and what people are told about it.
package struct ConfigurationKey: Sendable {
    /// Dotted, as in `limits.inFlight`.
    package let path: String
    /// What may be written, as the end of the sentence "allowed is …".
    package let allowed: String
    package let documentation: String
    /// Values that the contract names and this version does not act on.
    package let notYet: [String]
    /// Stores the value, or answers false where it is not allowed.
    let read: @Sendable (String, inout Configuration) -> Bool
    /// The value as it would be written in the file.
    let write: @Sendable (Configuration) -> String

    /// The name under which the environment gives this key.
    package var environmentName: String { Self.environmentName(of: self.path) }

    package static let environmentPrefix = "TAPERELAY_"

    /// Path parts joined by `__`; dots within a librdkafka property and inner capitals become `_`.
    package static func environmentName(of path: String) -> String {
        let parts: [Substring]
        if let property = Self.kafkaProperty(in: path) {
            parts = ["kafka", property]
        } else {
            parts = path.split(separator: ".", omittingEmptySubsequences: false)
        }
        let names = parts.map { part in
            part.unicodeScalars.reduce(into: "") { name, scalar in
                if scalar == "." {
                    name += "_"
                } else if ("A"..."Z").contains(scalar) {
                    name += "_\(scalar)"
                } else {
                    name += String(scalar).uppercased()
                }
            }
        }
        return Self.environmentPrefix + names.joined(separator: "__")
    }

    /// `bootstrap.servers` of `kafka.bootstrap.servers`, nil for a path elsewhere.
    static func kafkaProperty(in path: String) -> Substring? {
        path.hasPrefix("kafka.") ? path.dropFirst("kafka.".count) : nil
    }

    static func isTopic(_ text: String) -> Bool {
        guard (1...249).contains(text.utf8.count), text != ".", text != ".." else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }

    static let topicRule = "a topic name: 1 to 249 of A-Z a-z 0-9 . _ -"
}

extension ConfigurationKey {
    typealias Path<Value> = any WritableKeyPath<Configuration, Value> & Sendable

    static func topic(_ path: String, _ target: Path<String>, _ documentation: String) -> Self {
        Self(
            path: path, allowed: Self.topicRule, documentation: documentation, notYet: [],
            read: { text, configuration in
                guard Self.isTopic(text) else { return false }
                configuration[keyPath: target] = text
                return true
            }, write: { $0[keyPath: target] })
    }

    /// A librdkafka property that is always set and never empty.
    static func property(_ name: String, _ documentation: String) -> Self {
        Self(
            path: "kafka." + name, allowed: "any text that is not empty", documentation: documentation, notYet: [],
            read: { text, configuration in
                guard !text.isEmpty else { return false }
                configuration.kafka[name] = text
                return true
            }, write: { $0.kafka[name] ?? "" })
    }

    static func boolean(_ path: String, _ target: Path<Bool>, _ documentation: String) -> Self {
        Self(
            path: path, allowed: "true or false", documentation: documentation, notYet: [],
            read: { text, configuration in
                guard let value = Bool(text) else { return false }
                configuration[keyPath: target] = value
                return true
            }, write: { "\($0[keyPath: target])" })
    }

    /// Names between commas; kept in capitals, with one blank between words.
    static func names(_ path: String, _ target: Path<[String]>, _ documentation: String) -> Self {
        Self(
            path: path, allowed: "names separated by commas, or * for all, or nothing", documentation: documentation,
            notYet: [],
            read: { text, configuration in
                let names = text.split(separator: ",").map { name in
                    name.split(separator: " ").joined(separator: " ").uppercased()
                }.filter { !$0.isEmpty }
                guard names == ["*"] || !names.contains(where: { $0.contains("*") || $0.contains("|") }) else {
                    return false
                }
                configuration[keyPath: target] = names
                return true
            }, write: { $0[keyPath: target].joined(separator: ", ") })
    }

    static func integer(
        _ path: String, _ target: Path<Int>, in range: ClosedRange<Int>, _ documentation: String
    ) -> Self {
        Self(
            path: path, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            documentation: documentation, notYet: [],
            read: { text, configuration in
                guard let value = ConfigurationText.integer(text), range.contains(value) else { return false }
                configuration[keyPath: target] = value
                return true
            }, write: { "\($0[keyPath: target])" })
    }

    static func duration(
        _ path: String, _ target: Path<Duration>, in range: ClosedRange<Duration>, _ documentation: String
    ) -> Self {
        let bounds = "\(ConfigurationText.text(range.lowerBound)) to \(ConfigurationText.text(range.upperBound))"
        return Self(
            path: path, allowed: "a duration from \(bounds), such as 500ms, 30s, 5m or 1h",
            documentation: documentation, notYet: [],
            read: { text, configuration in
                guard let value = ConfigurationText.duration(text), range.contains(value) else { return false }
                configuration[keyPath: target] = value
                return true
            }, write: { ConfigurationText.text($0[keyPath: target]) })
    }

    static func size(
        _ path: String, _ target: Path<Int>, in range: ClosedRange<Int>, _ documentation: String
    ) -> Self {
        let lower = ConfigurationText.text(byteCount: range.lowerBound)
        let upper = ConfigurationText.text(byteCount: range.upperBound)
        return Self(
            path: path, allowed: "a size from \(lower) to \(upper), such as 512KiB, 64MiB or 1MB",
            documentation: documentation, notYet: [],
            read: { text, configuration in
                guard let value = ConfigurationText.size(text), range.contains(value) else { return false }
                configuration[keyPath: target] = value
                return true
            }, write: { ConfigurationText.text(byteCount: $0[keyPath: target]) })
    }

    static func choice<Value>(
        _ path: String, _ target: Path<Value>, notYet: [String] = [], _ documentation: String
    ) -> Self where Value: RawRepresentable<String> & CaseIterable & SendableMetatype {
        Self(
            path: path, allowed: Self.list(Value.allCases.map(\.rawValue)), documentation: documentation,
            notYet: notYet,
            read: { text, configuration in
                guard let value = Value(rawValue: text) else { return false }
                configuration[keyPath: target] = value
                return true
            }, write: { $0[keyPath: target].rawValue })
    }

    /// `a`, `a or b`, `a, b or c`.
    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
