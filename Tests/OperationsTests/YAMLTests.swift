import Testing

@testable import Operations

struct YAMLTests {
    private func failure(_ bytes: [UInt8]) -> YAMLError? {
        do {
            _ = try YAML.parse(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["", "\n\n", "# only a comment\n", "\u{FEFF}"])
    func nothingIsNoDocument(text: String) throws {
        #expect(try YAML.parse(Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        "a: 1\nb: [x, 'y']\n", "\u{FEFF}a: 1\nb: [x, 'y']\n", "a: 1\r\nb: [x, 'y']\r\n",
        "{\"a\": \"1\",\n\t\"b\": [\"x\", \"y\"]}", "---\na: 1\nb:\n- x\n- y\n...\n",
    ])
    func readsMappingsAndLists(text: String) throws {
        let root = try #require(try YAML.parse(Array(text.utf8)))
        guard case .mapping(let entries) = root.content, entries.count == 2 else {
            Issue.record("not a mapping of two")
            return
        }
        #expect(entries.map(\.key) == ["a", "b"])
        if case .scalar(let one, _) = entries[0].value.content { #expect(one == "1") }
        guard case .sequence(let items) = entries[1].value.content else {
            Issue.record("not a list")
            return
        }
        #expect(items.count == 2)
    }

    @Test func knowsLines() throws {
        let root = try #require(try YAML.parse(Array("\n# c\na:\n  b: 1\n".utf8)))
        guard case .mapping(let entries) = root.content, case .mapping(let inner) = entries[0].value.content else {
            Issue.record("not nested mappings")
            return
        }
        #expect(entries[0].keyPosition == YAMLNode.Position(line: 3, column: 1))
        #expect(inner[0].value.position == YAMLNode.Position(line: 4, column: 6))
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", YAMLError.Reason.duplicateKey("a", firstLine: 1), 3),
        ("a: &x 1\n", .anchor, 1), ("a: 1\nb: *x\n", .alias, 2), ("a: &x [1]\n", .anchor, 1),
        ("a: !!str 1\n", .tag, 1), ("a: 1\n? [b]\n: 2\n", .keyNotScalar, 2),
        ("a: 1\n---\nb: 2\n", .severalDocuments, 2),
        (String(repeating: "[", count: 17), .tooDeep(limit: 16), 1),
        (String(repeating: "[", count: 100_000), .tooDeep(limit: 16), 1),
        (String(repeating: "{a: ", count: 30), .tooDeep(limit: 16), 1),
    ])
    func refuses(text: String, reason: YAMLError.Reason, line: Int) {
        let failure = self.failure(Array(text.utf8))
        #expect(failure?.reason == reason)
        #expect(failure?.position?.line == line)
    }

    @Test(
        arguments: [
            (Array("a: 1\n\tb: 2\n".utf8), 2), (Array("a: [1\n".utf8), 2), (Array("a: 1\nb: \0\n".utf8), 2),
            ([0x61, 0x3A, 0x0A, 0x20, 0xFF, 0xFE], 2), (Array("a: 'x\n".utf8), 2), (Array("a: }\n".utf8), 1),
        ] as [([UInt8], Int)])
    func syntaxErrorsHaveLines(bytes: [UInt8], line: Int) {
        let failure = self.failure(bytes)
        #expect(failure?.position?.line == line)
        if case .syntax(let problem)? = failure?.reason { #expect(!problem.isEmpty) } else { Issue.record("read") }
    }

    @Test func hugeFilesAreRefused() {
        let limit = YAML.byteLimit
        #expect(self.failure([UInt8](repeating: 0x20, count: limit + 1))?.reason == .tooLarge(limit: limit))
        #expect(self.failure([UInt8](repeating: 0x20, count: limit)) == nil)
    }

    @Test func everyOctetAndEveryCutIsSurvived() {
        for byte in UInt8.min...UInt8.max {
            _ = self.failure([byte])
            _ = self.failure([0x61, 0x3A, 0x20, byte, 0x0A])
        }
        let whole = Array("a: {b: [1, \"x\\u00e9\", 'y']}\nc: |\n  text\nd: >-\n  more\n".utf8)
        for end in whole.indices { _ = self.failure(Array(whole[..<end])) }
    }
}
