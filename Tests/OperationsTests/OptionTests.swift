import Testing

@testable import Operations

struct OptionTests {
    private static let parser = OptionParser(
        command: "taperelay run", summary: "Consume, parse and publish until told to stop.",
        options: [
            .value("--config", "FILE", "The configuration file."),
            .value("-X", "KEY=VALUE", repeats: true, "Set one key of the configuration."),
            .value(
                "--rate", "N", "Records a second at most, so that the cluster keeps room for those who need it more."),
            .flag("--quiet", "Show no progress."),
        ],
        arguments: [Argument("FILE", required: false, repeats: true, "What to read, - for standard input.")])

    @Test func readsEveryForm() throws {
        let parsed = try Self.parser.parse([
            "a", "--config=f", "-X", "a=b", "-Xc=d", "--quiet", "-", "--", "--config", "-X",
        ])
        #expect(parsed.value("--config") == "f")
        #expect(parsed.all("-X") == ["a=b", "c=d"])
        #expect(parsed.has("--quiet") && !parsed.wantsHelp)
        #expect(parsed.arguments == ["a", "-", "--config", "-X"])
        #expect(try Self.parser.parse(["--config", "-"]).value("--config") == "-")
        #expect(try Self.parser.parse(["-h"]).wantsHelp)
    }

    @Test(arguments: [
        (["--confg", "f"], "there is no option --confg; did you mean --config?"),
        (["--conf", "f"], "there is no option --conf; did you mean --config?"), (["-q"], "there is no option -q"),
        (["--config"], "option --config needs a value: --config=FILE"),
        (["-X"], "option -X needs a value: -X KEY=VALUE"),
        (["--config", "--quiet"], "option --config needs a value"), (["--quiet=1"], "option --quiet takes no value"),
        (["--config=a", "--config=b"], "option --config is given twice"),
    ])
    func refuses(words: [String], message: String) {
        do {
            _ = try Self.parser.parse(words)
            Issue.record("accepted")
        } catch {
            #expect(error.description.contains(message), "\(error)")
            #expect(error.exitStatus == .usage)
        }
    }

    @Test(arguments: ["", ".", "..", "a b", "a/b", "ä", String(repeating: "a", count: 250)])
    func topicsAreKafkas(text: String) throws {
        let parser = OptionParser(command: "c", summary: "", options: [.value("--topic", "TOPIC", "A topic.")])
        #expect(throws: UsageError.self) { try parser.parse(["--topic=\(text)"]).topic("--topic") }
        #expect(try parser.parse(["--topic=a.b_c-1"]).topic("--topic") == "a.b_c-1")
        #expect(try parser.parse([]).topic("--topic") == nil)
    }

    @Test func argumentsAreCounted() {
        let parser = OptionParser(command: "c", summary: "", arguments: [Argument("ID", "An identity.")])
        #expect(throws: UsageError(command: "c", reason: .missingArgument("ID"))) { try parser.parse([]) }
        #expect(throws: UsageError(command: "c", reason: .unexpectedArgument("b"))) { try parser.parse(["a", "b"]) }
        #expect(throws: Never.self) { try parser.parse(["--help"]) }
    }

    @Test(arguments: ["x", "-0x1", "", "0", "11", "99999999999999999999"])
    func integersHaveARange(text: String) throws {
        let parsed = try Self.parser.parse(["--rate=\(text)"])
        #expect(throws: UsageError.self) { try parsed.integer("--rate", in: 1...10) }
        #expect(try Self.parser.parse(["--rate=7"]).integer("--rate", in: 1...10) == 7)
    }

    @Test func helpIsAligned() {
        #expect(
            Self.parser.helpText == """
                taperelay run [options] [FILE…]

                Consume, parse and publish until told to stop.

                Arguments:
                  FILE  What to read, - for standard input.

                Options:
                  --config FILE  The configuration file.
                  -X KEY=VALUE   Set one key of the configuration. May be repeated.
                  --rate N       Records a second at most, so that the cluster keeps room for those who need it
                                 more.
                  --quiet        Show no progress.
                  --help         Show this text and exit.

                """)
    }

    @Test func commandsAreChosen() throws {
        let list = CommandList(program: "taperelay", summary: "S.", commands: [("run", "Work."), ("parse", "Read.")])
        #expect(try list.choose("run") == "run")
        #expect(try list.choose("--help") == nil)
        #expect(throws: UsageError(command: "taperelay", reason: .missingCommand)) { try list.choose(nil) }
        #expect(throws: UsageError(command: "taperelay", reason: .unknownCommand("prase", nearest: "parse"))) {
            try list.choose("prase")
        }
        #expect(list.helpText.contains("  run    Work.\n  parse  Read.\n"))
    }
}
