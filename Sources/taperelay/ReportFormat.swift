internal import Operations

/// How a command prints what it found.
enum ReportFormat: String, CaseIterable {
    case text
    case json
}

/// One JSON object with members in order; names and words are our own, so nothing needs escaping but what `quoted` does.
struct JSONObject {
    private var members: [String] = []

    mutating func set(_ name: String, _ number: Int64) { self.members.append("\"\(name)\":\(number)") }
    mutating func set(_ name: String, _ flag: Bool) { self.members.append("\"\(name)\":\(flag)") }
    mutating func set(_ name: String, _ text: String) { self.members.append("\"\(name)\":\(JSONObject.quoted(text))") }
    mutating func set(_ name: String, _ object: JSONObject) { self.members.append("\"\(name)\":\(object.text)") }
    mutating func set(_ name: String, _ list: [JSONObject]) { self.list(name, list.map(\.text)) }
    mutating func set(_ name: String, _ list: [String]) { self.list(name, list.map { JSONObject.quoted($0) }) }

    /// Each as first and last.
    mutating func set(_ name: String, _ runs: [Range<Int64>]) {
        self.list(name, runs.map { "[\($0.lowerBound),\($0.upperBound - 1)]" })
    }

    private mutating func list(_ name: String, _ elements: [String]) {
        self.members.append("\"\(name)\":[" + elements.joined(separator: ",") + "]")
    }

    var text: String { "{" + self.members.joined(separator: ",") + "}" }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension [Range<Int64>] {
    /// As `17-19,25`.
    var listed: String {
        self.map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)"
        }.joined(separator: ",")
    }
}
