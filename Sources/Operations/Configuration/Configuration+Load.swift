extension Configuration {
    /// Resolves defaults < file < environment < overrides.
    ///
    /// `file` is the path of the YAML file or nil, `environment` all variables of the process, of which those without
    /// our prefix are not looked at, `overrides` what followed each `-X`, the last of equals winning.
    package static func load(
        file: String?, environment: [String: String], overrides: [String]
    ) throws(ConfigurationError) -> Configuration {
        var contents: (name: String, bytes: [UInt8])?
        if let file {
            do {
                let bytes = try InputFile.path(file).read(limit: YAML.byteLimit)
                contents = (file, bytes)
            } catch {
                throw ConfigurationError(key: file, origin: .standard, reason: .unreadableFile(error.problem))
            }
        }
        return try Self.resolve(file: contents, environment: environment, overrides: overrides)
    }

    /// As `load`, from a file that has been read already.
    package static func resolve(
        file: (name: String, bytes: [UInt8])? = nil, environment: [String: String] = [:], overrides: [String] = []
    ) throws(ConfigurationError) -> Configuration {
        var configuration = Configuration()
        var outputs = OutputSettings(configuration.outputs)
        if let file {
            let file = try ConfigurationFile(name: file.name, bytes: file.bytes)
            if let count = file.outputCount { outputs.replace(count: count) }
            for setting in file.settings { try configuration.apply(setting, &outputs) }
        }
        for setting in try Self.settings(fromEnvironment: environment) { try configuration.apply(setting, &outputs) }
        for text in overrides { try configuration.apply(try Self.setting(fromOverride: text), &outputs) }
        configuration.outputs = try outputs.resolved()
        try configuration.readSecrets()
        try configuration.validate()
        return configuration
    }

    private static func setting(fromOverride text: String) throws(ConfigurationError) -> Setting {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw ConfigurationError(key: text, origin: .option, reason: .notAssignment)
        }
        return Setting(
            path: String(text[..<equals]), text: String(text[text.index(after: equals)...]), origin: .option)
    }

    private static func settings(
        fromEnvironment environment: [String: String]
    ) throws(ConfigurationError) -> [Setting] {
        var settings: [Setting] = []
        for (name, text) in environment.sorted(by: { $0.key < $1.key }) {
            guard name.hasPrefix(ConfigurationKey.environmentPrefix), !Self.isServiceLink(name),
                !name.hasPrefix(ConfigurationKey.environmentPrefix + "TEST_")  // those of Tests/run.sh
            else { continue }
            guard let path = Self.path(ofEnvironmentName: name) else {
                let names = ConfigurationKey.all.map(\.environmentName)
                throw ConfigurationError(
                    key: name, origin: .environment(name),
                    reason: .unknownKey(nearest: Spelling.nearest(to: name, among: names)))
            }
            settings.append(Setting(path: path, text: text, origin: .environment(name)))
        }
        return settings
    }

    /// Kubernetes gives every pod beside a Service called `taperelay` variables such as `TAPERELAY_PORT_9464_TCP`.
    private static func isServiceLink(_ name: String) -> Bool {
        let rest = name.dropFirst(ConfigurationKey.environmentPrefix.count)
        return rest == "SERVICE_HOST" || rest == "SERVICE_PORT" || rest.hasPrefix("SERVICE_PORT_")
            || rest == "PORT" || rest.hasPrefix("PORT_")
    }

    private static func path(ofEnvironmentName name: String) -> String? {
        if let key = ConfigurationKey.all.first(where: { $0.environmentName == name }) { return key.path }
        let later = ConfigurationKey.notYet.first { ConfigurationKey.environmentName(of: $0) == name }
        if let later { return later }
        let parts = name.dropFirst(ConfigurationKey.environmentPrefix.count).split(
            separator: "_", omittingEmptySubsequences: false)
        if parts.starts(with: ["KAFKA", ""]), parts.count > 2 {
            // Both separators are dots in librdkafka's names.
            let property = parts.dropFirst(2).filter { !$0.isEmpty }.joined(separator: ".").lowercased()
            return property.isEmpty ? nil : "kafka." + property
        }
        if parts.count >= 5, parts.starts(with: ["OUTPUTS", ""]), let index = Int(parts[2]), parts[3].isEmpty {
            let field = parts.dropFirst(4).joined(separator: "_")
            let fields = ConfigurationKey.outputFields + ConfigurationKey.outputFieldsNotYet
            let known = fields.first { ConfigurationKey.environmentName(of: $0).hasSuffix("_" + field) }
            return known.map { "outputs.\(index).\($0)" }
        }
        return nil
    }

    static func unknown(_ path: String, origin: ConfigurationOrigin) -> ConfigurationError {
        if ConfigurationKey.notYet.contains(path) || path == "http" {
            return ConfigurationError(key: path, origin: origin, reason: .notYet(value: nil))
        }
        let known = ConfigurationKey.all.map(\.path) + ConfigurationKey.sections.keys.sorted() + ["outputs"]
        let nearest = Spelling.nearest(to: path, among: known)
        return ConfigurationError(key: path, origin: origin, reason: .unknownKey(nearest: nearest))
    }

    private mutating func apply(
        _ setting: Setting, _ outputs: inout OutputSettings
    ) throws(ConfigurationError) {
        if setting.path == "outputs" || setting.path.hasPrefix("outputs.") {
            try outputs.apply(setting)
        } else if let key = ConfigurationKey.byPath[setting.path] {
            guard key.read(setting.text, &self) else {
                let reason: ConfigurationError.Reason =
                    key.notYet.contains(setting.text)
                    ? .notYet(value: setting.text) : .badValue(setting.text, allowed: key.allowed)
                throw ConfigurationError(key: setting.path, origin: setting.origin, reason: reason)
            }
        } else if let property = ConfigurationKey.kafkaProperty(in: setting.path) {
            try self.apply(setting, property: String(property))
        } else if let keys = ConfigurationKey.sections[setting.path] {
            throw ConfigurationError(
                key: setting.path, origin: setting.origin,
                reason: .wrongShape(allowed: "followed by one of its keys, such as \(keys[0])"))
        } else {
            throw Self.unknown(setting.path, origin: setting.origin)
        }
        self.origins[setting.path] = setting.origin
    }

    private mutating func apply(_ setting: Setting, property: String) throws(ConfigurationError) {
        let isName = property.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
        }
        guard isName, !property.isEmpty, property.utf8.count <= 128 else {
            throw Self.unknown(setting.path, origin: setting.origin)
        }
        guard !setting.text.utf8.contains(0) else {
            throw ConfigurationError(
                key: setting.path, origin: setting.origin, reason: .conflict("holds a NUL, which no property may"))
        }
        if let guarded = ConfigurationKey.guarded[property], !guarded.allowed.contains(setting.text) {
            throw ConfigurationError(key: setting.path, origin: setting.origin, reason: .conflict(guarded.advice))
        }
        self.kafka[property] = setting.text
    }
}
