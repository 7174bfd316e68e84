/// The list `outputs` while the layers are laid over one another.
struct OutputSettings {
    private struct Rule {
        var topic: String?
        var event: Configuration.Output.Event?
        var origin = ConfigurationOrigin.standard
    }

    private var rules: [Rule]

    init(_ outputs: [Configuration.Output]) {
        self.rules = outputs.map { Rule(topic: $0.topic, event: $0.event) }
    }

    /// A list in the file stands for the whole list, not for changes to the default one.
    mutating func replace(count: Int) {
        self.rules = [Rule](repeating: Rule(), count: count)
    }

    /// Sets `outputs.<index>.<field>`; the index after the last adds an output.
    mutating func apply(_ setting: Setting) throws(ConfigurationError) {
        func refuse(_ reason: ConfigurationError.Reason) -> ConfigurationError {
            ConfigurationError(key: setting.path, origin: setting.origin, reason: reason)
        }
        let parts = setting.path.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let index = ConfigurationText.integer(String(parts[1])) else {
            throw refuse(.wrongShape(allowed: "written with index and field, such as outputs.0.topic"))
        }
        guard (0...self.rules.count).contains(index), index < 1000 else {
            let last = self.rules.count
            throw refuse(.conflict("skips an index; the next free one is \(last)"))
        }
        let field = String(parts[2])
        switch field {
        case "topic":
            guard ConfigurationKey.isTopic(setting.text) else {
                throw refuse(.badValue(setting.text, allowed: ConfigurationKey.topicRule))
            }
            self.change(index, setting.origin) { $0.topic = setting.text }
        case "event":
            guard let event = Configuration.Output.Event(rawValue: setting.text) else {
                let names = Configuration.Output.Event.allCases.map(\.rawValue)
                throw refuse(.badValue(setting.text, allowed: ConfigurationKey.list(names)))
            }
            self.change(index, setting.origin) { $0.event = event }
        default:
            if ConfigurationKey.outputFieldsNotYet.contains(field) { throw refuse(.notYet(value: nil)) }
            let nearest = Spelling.nearest(to: field, among: ConfigurationKey.outputFields)
            throw refuse(.unknownKey(nearest: nearest.map { "outputs.\(index).\($0)" }))
        }
    }

    private mutating func change(_ index: Int, _ origin: ConfigurationOrigin, _ body: (inout Rule) -> Void) {
        if index == self.rules.count { self.rules.append(Rule()) }
        body(&self.rules[index])
        self.rules[index].origin = origin
    }

    /// The list, each element whole and no two alike.
    func resolved() throws(ConfigurationError) -> [Configuration.Output] {
        var outputs: [Configuration.Output] = []
        for (index, rule) in self.rules.enumerated() {
            let path = "outputs.\(index)"
            guard let topic = rule.topic else {
                throw ConfigurationError(key: path, origin: rule.origin, reason: .conflict("has no topic"))
            }
            guard let event = rule.event else {
                throw ConfigurationError(key: path, origin: rule.origin, reason: .conflict("has no event"))
            }
            let output = Configuration.Output(topic: topic, event: event)
            if let other = outputs.firstIndex(of: output) {
                throw ConfigurationError(
                    key: path, origin: rule.origin,
                    reason: .conflict("says the same as outputs.\(other), which would publish each event twice"))
            }
            outputs.append(output)
        }
        return outputs
    }
}
