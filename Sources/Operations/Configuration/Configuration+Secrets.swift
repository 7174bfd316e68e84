extension Configuration {
    /// A key in PEM is some 3 KiB; nothing that authenticates is longer than this.
    static let secretByteLimit = 64 << 10

    /// Replaces `file:/path` by what the file holds, for properties that may be secret.
    mutating func readSecrets() throws(ConfigurationError) {
        for (property, text) in self.kafka where text.hasPrefix("file:") {
            guard ConfigurationKey.isSecret(property) || property == "sasl.username" else { continue }
            let origin = self.origins["kafka." + property] ?? .standard
            func refuse(_ problem: String) -> ConfigurationError {
                ConfigurationError(key: "kafka." + property, origin: origin, reason: .secret(problem))
            }
            var bytes: [UInt8]
            do {
                bytes = try InputFile.path(String(text.dropFirst("file:".count))).read(limit: Self.secretByteLimit)
            } catch {
                throw refuse("cannot be read: \(error.problem)")
            }
            if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
            guard !bytes.isEmpty else { throw refuse("is empty") }
            guard !bytes.contains(0), let secret = String(validating: bytes, as: UTF8.self) else {
                throw refuse("does not hold UTF-8 text")
            }
            self.kafka[property] = secret
        }
    }
}

extension Configuration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Every key with its value and where it came from, one a line, secrets hidden.
    package var description: String {
        var lines: [String] = []
        func add(_ path: String, _ value: String) {
            let origin = self.origins[path] ?? .standard
            lines.append("\(path): \(escaped(value))  # \(origin)")
        }
        let properties = Set(self.kafka.keys.map { "kafka." + $0 })
        for path in properties.sorted() {
            let name = String(path.dropFirst("kafka.".count))
            add(path, ConfigurationKey.isSecret(name) ? "[hidden]" : self.kafka[name] ?? "")
        }
        for key in ConfigurationKey.all where !properties.contains(key.path) { add(key.path, key.write(self)) }
        for (index, output) in self.outputs.enumerated() {
            add("outputs.\(index).topic", output.topic)
            add("outputs.\(index).event", output.event.rawValue)
        }
        return lines.joined(separator: "\n")
    }

    package var debugDescription: String { self.description }

    /// So that `dump` and a failed `#expect` print no secret either.
    package var customMirror: Mirror { Mirror(self, children: ["configuration": self.description]) }
}
