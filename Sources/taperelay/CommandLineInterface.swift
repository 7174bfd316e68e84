internal import Operations

/// Which command a command line asks for.
enum CommandLineInterface {
    static let commands = CommandList(
        program: "taperelay",
        summary: "Reads raw telegrams (ACP 127 and its relatives) from a Kafka topic and publishes structured events.",
        commands: [
            ("run", RunCommand.parser.summary), ("demo", DemoCommand.parser.summary),
            ("parse", ParseCommand.parser.summary), ("publish", PublishCommand.parser.summary),
            ("generate", GenerateCommand.parser.summary), ("schema", SchemaCommand.parser.summary),
        ])

    static func run(_ arguments: [String]) async throws -> ExitStatus {
        if arguments.first == "--version" {
            try Terminal.print("taperelay \(Version.current)\n")
            return .success
        }
        guard let name = try self.commands.choose(arguments.first) else {
            try Terminal.print(self.commands.helpText)
            return .success
        }
        let words = arguments.dropFirst()
        switch name {
        case "run": return try await self.run(RunCommand.parser, words) { try await RunCommand($0).run() }
        case "demo": return try await self.run(DemoCommand.parser, words) { try await DemoCommand($0).run() }
        case "parse": return try await self.run(ParseCommand.parser, words) { try ParseCommand($0).run() }
        case "publish": return try await self.run(PublishCommand.parser, words) { try await PublishCommand($0).run() }
        case "schema": return try await self.run(SchemaCommand.parser, words) { try SchemaCommand($0).run() }
        default: return try await self.run(GenerateCommand.parser, words) { try GenerateCommand($0).run() }
        }
    }

    private static func run(
        _ parser: OptionParser, _ words: ArraySlice<String>, _ command: (ParsedOptions) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let options = try parser.parse(words)
        if options.wantsHelp {
            try Terminal.print(parser.helpText)
            return .success
        }
        return try await command(options)
    }
}
