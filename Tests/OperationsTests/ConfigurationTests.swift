import Testing

@testable import Operations

/// The error of a configuration, or nil where it is accepted.
func configurationFailure(
    file: String? = nil, environment: [String: String] = [:], _ overrides: String...
) -> ConfigurationError? {
    do {
        _ = try Configuration.resolve(
            file: file.map { ("t.yaml", Array($0.utf8)) }, environment: environment, overrides: overrides)
        return nil
    } catch {
        return error
    }
}

struct ConfigurationTests {
    @Test func laterSourcesWin() throws {
        let file = (name: "t.yaml", bytes: Array("lanes: 1\ninput: {topic: file}\nmode: structured\n".utf8))
        let environment = ["TAPERELAY_LANES": "2", "TAPERELAY_INPUT__TOPIC": "environment"]
        let configuration = try Configuration.resolve(
            file: file, environment: environment, overrides: ["lanes=3", "lanes=4"])
        #expect(configuration.lanes == 4)
        #expect(configuration.input.topic == "environment")
        #expect(configuration.mode == .structured)
        #expect(configuration.createTopics == false)
        #expect(configuration.origins["lanes"] == .option)
        #expect(configuration.origins["input.topic"] == .environment("TAPERELAY_INPUT__TOPIC"))
        #expect(configuration.origins["mode"] == .file("t.yaml", line: 3))
        #expect(configuration.origins["createTopics"] == nil)
    }

    @Test(arguments: [
        ("kafka.bootstrap.servers", "TAPERELAY_KAFKA__BOOTSTRAP_SERVERS"),
        ("topics.deadLetters", "TAPERELAY_TOPICS__DEAD_LETTERS"), ("createTopics", "TAPERELAY_CREATE_TOPICS"),
        ("limits.inFlightRecords", "TAPERELAY_LIMITS__IN_FLIGHT_RECORDS"), ("lanes", "TAPERELAY_LANES"),
        ("outputs.0.topic", "TAPERELAY_OUTPUTS__0__TOPIC"),
    ])
    func environmentNames(path: String, name: String) {
        #expect(ConfigurationKey.environmentName(of: path) == name)
    }

    @Test(arguments: ConfigurationKey.all.map(\.path))
    func everyKeyReadsItsOwnDefaultFromEverySource(path: String) throws {
        let key = try #require(ConfigurationKey.byPath[path])
        let text = key.write(Configuration())
        #expect(configurationFailure(file: "\(path): '\(text)'\n") == nil)
        #expect(configurationFailure(environment: [key.environmentName: text]) == nil)
        #expect(configurationFailure("\(path)=\(text)") == nil)
        #expect(!key.documentation.isEmpty)
    }

    @Test func kafkaPropertiesPassThrough() throws {
        let file = "kafka:\n  ssl: {ca: {location: /ca.pem}}\n  linger.ms: 5\n"
        let configuration = try Configuration.resolve(
            file: ("t.yaml", Array(file.utf8)), environment: ["TAPERELAY_KAFKA__SECURITY_PROTOCOL": "ssl"],
            overrides: ["kafka.client.id=a=b"])
        #expect(configuration.kafka["ssl.ca.location"] == "/ca.pem")
        #expect(configuration.kafka["linger.ms"] == "5")
        #expect(configuration.kafka["security.protocol"] == "ssl")
        #expect(configuration.kafka["client.id"] == "a=b")
        #expect(configuration.kafka["group.id"] == "taperelay")
    }

    @Test func outputsAreReplacedByTheFileAndChangedByIndex() throws {
        let file = "outputs:\n  - topic: a\n    event: telegram\n  - {topic: b, event: service}\n"
        let configuration = try Configuration.resolve(
            file: ("t.yaml", Array(file.utf8)), environment: ["TAPERELAY_OUTPUTS__1__TOPIC": "c"],
            overrides: ["outputs.0.topic=t", "outputs.2.topic=s", "outputs.2.event=service"])
        #expect(configuration.outputs.map(\.topic) == ["t", "c", "s"])
        #expect(configuration.outputs.map(\.event) == [.telegram, .service, .service])
    }

    @Test func alertsHaveATopicAndASeverity() throws {
        let standard = try Configuration.resolve()
        #expect(standard.outputs.filter { $0.event == .alert }.map(\.topic) == ["telegrams.alerts"])
        #expect(standard.alerts.severity == .warning)
        let file = "outputs: [{topic: a, event: alert}, {topic: b, event: alert}]\nalerts: {severity: note}\n"
        let configuration = try Configuration.resolve(file: ("t.yaml", Array(file.utf8)))
        #expect(configuration.outputs.map(\.event) == [.alert, .alert])
        #expect(configuration.alerts.severity == .note)
        let changed = try Configuration.resolve(
            file: ("t.yaml", Array(file.utf8)), environment: ["TAPERELAY_ALERTS__SEVERITY": "critical"])
        #expect(changed.alerts.severity == .critical)
    }

    @Test(arguments: [
        ("createTopics", "yes", "true or false"), ("createTopics", "", "true or false"),
        ("lanes", "-1", "a whole number from 0 to 256"), ("lanes", "+1", "whole number"),
        ("lanes", "99999999999999999999999", "whole number"), ("lanes", "1.5", "whole number"),
        ("commit.interval", "1", "500ms, 30s, 5m or 1h"), ("commit.interval", "1d", "duration"),
        ("commit.interval", "9223372036854775807h", "duration"), ("commit.interval", "-1s", "duration"),
        ("commit.interval", "0s", "from 10ms to 5m"), ("shutdown.deadline", "2h", "100ms to 1h"),
        ("limits.record", "10", "a size from 1KiB to 1GiB"), ("limits.record", "9223372036854775807GiB", "size"),
        ("limits.inFlight", "64 MiB", "size"), ("mode", "Binary", "binary or structured"),
        ("input.start", "middle", "beginning or end"), ("log.level", "loud", "debug, info, warning or error"),
        ("log.format", "xml", "text or json"), ("input.topic", "", "a topic name"),
        ("input.topic", "a b", "a topic name"), ("input.topic", "..", "topic name"),
        ("topics.deadLetters", "ü", "topic name"), ("kafka.group.id", "", "not empty"),
        ("outputs.0.event", "telegrams", "telegram, service or alert"),
        ("outputs.0.topic", "/", "topic name"),
        ("alerts.severity", "Warning", "note, warning or critical"),
        ("delivery", "twice", "at-least-once"), ("order", "none", "input"),
    ])
    func badValuesNameKeyPlaceAndWhatIsAllowed(key: String, value: String, allowed: String) throws {
        let failure = try #require(configurationFailure("\(key)=\(value)"))
        #expect(failure.key == key)
        #expect(failure.exitStatus == .configuration)
        #expect(failure.description.contains(allowed))
        #expect(failure.description.hasPrefix("option -X: \(key) "))
        if !key.hasPrefix("outputs") {
            let inFile = try #require(configurationFailure(file: "# c\n\(key): \"\(value)\"\n"))
            #expect(inFile.description.hasPrefix("t.yaml, line 2: \(key) "))
        }
        let name = ConfigurationKey.environmentName(of: key)
        let inEnvironment = try #require(configurationFailure(environment: [name: value]))
        #expect(inEnvironment.description.hasPrefix("environment variable \(name): \(key) "))
    }

    @Test(arguments: [
        ("createTopic: true\n", "line 1: createTopic is not a key of the configuration; did you mean createTopics?"),
        ("input:\n  topci: t\n", "line 2: input.topci is not a key of the configuration; did you mean input.topic?"),
        ("imput:\n  topic: t\n", "line 1: imput is not a key of the configuration; did you mean input?"),
        ("\nzebra: 1\n", "line 2: zebra is not a key of the configuration"),
        (
            "outputs:\n  - topci: t\n",
            "line 2: outputs.0.topci is not a key of the configuration; did you mean outputs.0.topic?"
        ),
        ("order: precedence\n", "line 1: order \"precedence\" is not in version 0.1"),
        ("order: precedence\n", "order \"precedence\" is not in version 0.1.0 yet"),
        ("http:\n  address: off\n", "http is not in version 0.1"),
        ("alerts: {severity: all}\n", "line 1: alerts.severity cannot be \"all\""),
        (
            "topics: {journal: telegrams.sections}\n",
            "topics.journal is also topics.sections; what is remembered needs a compacted topic of its own"
        ),
        (
            "outputs:\n  - topic: t\n    event: service\n    when: {severity: '>=warning'}\n",
            "line 4: outputs.0.when is not in"
        ),
        ("outputs:\n  - {topic: t, event: service, maximumLevel: SECRET}\n", "outputs.0.maximumLevel is not in"),
        ("outputs: []\n", "outputs must be a list of"), ("outputs: x\n", "outputs must be a list of"),
        ("outputs:\n - x\n", "line 2: outputs.0 must be a mapping"),
        ("outputs:\n - topic: t\n", "outputs.0 has no event"),
        (
            "outputs:\n - {topic: t, event: service}\n - {topic: t, event: service}\n",
            "outputs.1 says the same as outputs.0"
        ),
        ("lanes: [1]\n", "lanes must be a whole number"), ("lanes: {a: 1}\n", "lanes must be a whole number"),
        ("lanes:\n", "lanes must be a whole number"),
        ("input: x\n", "input must be a mapping with keys such as input.topic"),
        ("- a\n", "line 1: the file must be a mapping"), ("a: 1\n\tb: 2\n", "line 2: not readable as YAML"),
        ("lanes: 1\nlanes: 2\n", "line 2: \"lanes\" is given twice, first on line 1"),
        ("input.topic: a\ninput:\n  topic: b\n", "line 3: input.topic is given twice, first on line 1"),
        ("kafka:\n  a: [1]\n", "line 2: kafka.a must be one value"),
        ("kafka:\n  Group.id: g\n", "kafka.Group.id is not a key"),
        ("kafka:\n  acks: 1\n", "kafka.acks must be all"), ("kafka: {auto.offset.reset: latest}\n", "set input.start"),
        (
            "rebalance:\n  deadline: 45s\n",
            "line 2: rebalance.deadline is 45s and must be below kafka.session.timeout.ms"
        ),
        ("kafka:\n  session.timeout.ms: 6000\n", "line 2: rebalance.deadline is 20s and must be below"),
        ("kafka:\n  session.timeout.ms: six\n", "kafka.session.timeout.ms cannot be \"six\""),
        ("limits:\n  record: 65MiB\n", "line 2: limits.inFlight is 64MiB and must not be below limits.record (65MiB)"),
        ("topics:\n  deadLetters: telegrams.raw\n", "line 2: topics.deadLetters is also input.topic"),
        ("outputs:\n - {topic: telegrams.raw, event: service}\n", "line 2: outputs.0.topic is also input.topic"),
    ])
    func refusalsSayWhereAndWhat(file: String, message: String) throws {
        let failure = try #require(configurationFailure(file: file))
        #expect(failure.description.contains(message), "\(failure)")
        #expect(failure.exitStatus == .configuration)
        #expect(!failure.description.contains("\n"))
    }

    @Test(arguments: [
        ("lanes", "is not of the form key=value"), ("=1", "is not of the form"),
        ("input=1", "must be followed by one of"),
        ("outputs=1", "must be written with index and field"), ("outputs.x.topic=t", "must be written with index"),
        ("outputs.9.topic=t", "skips an index; the next free one is 3"), ("outputs.-1.topic=t", "skips an index"),
        ("outputs.3.topic=t", "outputs.3 has no event"), ("outputs.0.when=x", "is not in version"),
        ("http.address=off", "is not in version"), ("kafka.=x", "is not a key"), ("lane=1", "did you mean lanes?"),
        ("a\u{1B}[0m=1", "a\\u{1b}[0m is not a key"),
    ])
    func badOverrides(text: String, message: String) throws {
        let failure = try #require(configurationFailure(text))
        #expect(failure.description.contains(message), "\(failure)")
    }

    @Test func unknownVariablesAreRefusedAndServiceLinksAreNot() throws {
        let failure = try #require(configurationFailure(environment: ["TAPERELAY_CREATE_TOPIC": "true"]))
        #expect(failure.description.contains("did you mean TAPERELAY_CREATE_TOPICS?"))
        #expect(configurationFailure(environment: ["TAPERELAY_HTTP__ADDRESS": "off"])?.reason == .notYet(value: nil))
        #expect(configurationFailure(environment: ["TAPERELAY_OUTPUTS__0__WHEN": "x"])?.reason == .notYet(value: nil))
        #expect(configurationFailure(environment: ["TAPERELAY_KAFKA__": "x"]) != nil)
        let links = ["TAPERELAY_PORT": "tcp://1", "TAPERELAY_PORT_9464_TCP_ADDR": "1", "TAPERELAY_SERVICE_HOST": "h"]
        #expect(configurationFailure(environment: links) == nil)
        #expect(configurationFailure(environment: ["OTHER": "x"]) == nil)
    }

    @Test(arguments: ["", "# nothing\n", "kafka:\n", "~\n", "\u{FEFF}lanes: 0\r\n", "{\"lanes\": 0}"])
    func oddFilesThatAreFine(file: String) {
        #expect(configurationFailure(file: file) == nil)
    }
}
