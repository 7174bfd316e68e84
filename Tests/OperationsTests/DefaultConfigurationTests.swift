import Testing

@testable import Operations

struct DefaultConfigurationTests {
    private static let path = "Config/taperelay.yaml"

    private func bytes() throws -> [UInt8] {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return try InputFile.path("/\(root)/\(Self.path)").read()
    }

    @Test func theAnnotatedDefaultHoldsEveryKey() throws {
        let file = try ConfigurationFile(name: Self.path, bytes: try self.bytes())
        let outputs = Configuration().outputs.indices.flatMap { ["outputs.\($0).topic", "outputs.\($0).event"] }
        #expect(Set(file.settings.map(\.path)) == Set(ConfigurationKey.all.map(\.path) + outputs))
    }

    @Test func theAnnotatedDefaultIsTheDefault() throws {
        var configuration = try Configuration.resolve(file: (Self.path, try self.bytes()))
        configuration.origins = [:]
        #expect(configuration.description == Configuration().description)
    }

    @Test func defaultsAreValid() throws {
        #expect(throws: Never.self) { try Configuration().validate() }
    }
}
