/// One value that somebody gave, and where.
struct Setting: Equatable {
    let path: String
    let text: String
    let origin: ConfigurationOrigin
}

/// The YAML file as a flat list of settings.
///
/// Nested mappings join with dots, everywhere: `kafka: { ssl: { ca.location: f } }` is `kafka.ssl.ca.location`.
struct ConfigurationFile {
    let name: String
    private(set) var settings: [Setting] = []
    /// How many outputs the file lists; nil where it does not speak of them.
    private(set) var outputCount: Int?
    private var firstLines: [String: Int] = [:]

    init(name: String, bytes: [UInt8]) throws(ConfigurationError) {
        self.name = name
        let root: YAMLNode?
        do {
            root = try YAML.parse(bytes)
        } catch {
            throw ConfigurationError(
                key: "", origin: .file(name, line: error.position?.line ?? 1), reason: .syntax(error))
        }
        guard let root, !root.isNull else { return }
        guard case .mapping(let entries) = root.content else {
            throw ConfigurationError(
                key: "the file", origin: .file(name, line: root.position.line),
                reason: .wrongShape(allowed: "a mapping of keys to values"))
        }
        try self.add(entries, below: "")
    }

    private mutating func add(_ entries: [YAMLNode.Entry], below prefix: String) throws(ConfigurationError) {
        for entry in entries {
            let path = prefix.isEmpty ? entry.key : prefix + "." + entry.key
            try self.add(entry.value, path: path, line: entry.keyPosition.line)
        }
    }

    private mutating func add(_ node: YAMLNode, path: String, line: Int) throws(ConfigurationError) {
        func refuse(_ allowed: String) -> ConfigurationError {
            ConfigurationError(
                key: path, origin: .file(self.name, line: line), reason: .wrongShape(allowed: allowed))
        }
        switch node.content {
        case .mapping(let entries):
            if let key = ConfigurationKey.byPath[path] { throw refuse(key.allowed) }
            if path == "outputs" { throw refuse(ConfigurationKey.outputsRule) }
            // What has no known key below it is refused by its own name, with its own line.
            if entries.isEmpty || !Self.holdsKeys(path) { try self.checkKnown(path, line: line) }
            try self.add(entries, below: path)
        case .sequence(let items):
            if let key = ConfigurationKey.byPath[path] { throw refuse(key.allowed) }
            guard path == "outputs" else {
                try self.checkKnown(path, line: line)
                throw refuse("one value, not a list")
            }
            guard self.outputCount == nil, !items.isEmpty else { throw refuse(ConfigurationKey.outputsRule) }
            self.outputCount = items.count
            for (index, item) in items.enumerated() { try self.addOutput(item, at: index) }
        case .scalar(let text, _):
            if path == "outputs" { throw refuse(ConfigurationKey.outputsRule) }
            if let keys = ConfigurationKey.sections[path] {
                // A section whose keys are all commented out.
                if node.isNull { return }
                throw refuse("a mapping with keys such as \(keys[0])")
            }
            if node.isNull, let key = ConfigurationKey.byPath[path] { throw refuse(key.allowed) }
            if let first = self.firstLines.updateValue(line, forKey: path) {
                throw ConfigurationError(
                    key: path, origin: .file(self.name, line: line), reason: .givenTwice(firstLine: first))
            }
            self.settings.append(Setting(path: path, text: text, origin: .file(self.name, line: line)))
        }
    }

    private mutating func addOutput(_ node: YAMLNode, at index: Int) throws(ConfigurationError) {
        guard case .mapping(let entries) = node.content, !entries.isEmpty else {
            throw ConfigurationError(
                key: "outputs.\(index)", origin: .file(self.name, line: node.position.line),
                reason: .wrongShape(allowed: "a mapping such as { topic: telegrams.events, event: telegram }"))
        }
        for entry in entries {
            let path = "outputs.\(index).\(entry.key)"
            let origin = ConfigurationOrigin.file(self.name, line: entry.keyPosition.line)
            if ConfigurationKey.outputFieldsNotYet.contains(entry.key) {
                throw ConfigurationError(key: path, origin: origin, reason: .notYet(value: nil))
            }
            guard case .scalar(let text, _) = entry.value.content else {
                throw ConfigurationError(key: path, origin: origin, reason: .wrongShape(allowed: "one value"))
            }
            self.settings.append(Setting(path: path, text: text, origin: origin))
        }
    }

    private static func holdsKeys(_ path: String) -> Bool {
        path == "kafka" || path.hasPrefix("kafka.") || ConfigurationKey.sections[path] != nil
    }

    private func checkKnown(_ path: String, line: Int) throws(ConfigurationError) {
        guard !Self.holdsKeys(path) else { return }
        throw Configuration.unknown(path, origin: .file(self.name, line: line))
    }
}
