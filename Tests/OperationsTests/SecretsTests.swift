import Glibc
import Testing

@testable import Operations

struct SecretsTests {
    /// Calls `body` with the path of a new file that holds `bytes`.
    private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        var template = Array("/tmp/taperelay-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        #expect(writeFully(bytes, to: descriptor) == 0)
        close(descriptor)
        try body(path)
    }

    @Test(arguments: ["hunter2", "hunter2\n", "hunter2\r\n"])
    func secretsComeFromFilesAndAreNeverPrinted(text: String) throws {
        try self.withFile(Array(text.utf8)) { path in
            let configuration = try Configuration.resolve(
                environment: ["TAPERELAY_KAFKA__SSL_KEY_PASSWORD": "swordfish"],
                overrides: ["kafka.sasl.password=file:\(path)", "kafka.client.id=file:\(path)"])
            #expect(configuration.kafka["sasl.password"] == "hunter2")
            #expect(configuration.kafka["client.id"] == "file:\(path)")
            var dumped = ""
            dump(configuration, to: &dumped)
            for text in ["\(configuration)", String(reflecting: configuration), dumped] {
                #expect(!text.contains("hunter2") && !text.contains("swordfish"))
                #expect(text.contains("kafka.sasl.password: [hidden]"))
            }
        }
    }

    @Test(arguments: [("", "is empty"), ("\n", "is empty"), ("a\0b", "UTF-8"), ("\u{1}", "")])
    func oddSecretFiles(text: String, problem: String) throws {
        try self.withFile(Array(text.utf8)) { path in
            let failure = configurationFailure("kafka.sasl.password=file:\(path)")
            #expect(problem.isEmpty ? failure == nil : failure?.description.contains(problem) == true)
        }
    }

    @Test func aMissingSecretFileIsAConfigurationError() throws {
        let failure = try #require(configurationFailure("kafka.sasl.password=file:/nowhere/at/all"))
        #expect(failure.exitStatus == .configuration)
        #expect(failure.description.contains("No such file"))
    }

    @Test func anUnreadableConfigurationFileHasItsOwnStatus() {
        do {
            _ = try Configuration.load(file: "/nowhere/at/all", environment: [:], overrides: [])
            Issue.record("read")
        } catch {
            #expect(error.exitStatus == .unreadableFile)
        }
    }
}
