internal import KafkaClient
internal import Operations
internal import Relay

/// `publish`: raw telegrams to the input topic, one record a transmission.
struct PublishCommand {
    static let parser = OptionParser(
        command: "taperelay publish", summary: "Put raw telegrams on the input topic, one record a transmission.",
        options: Settings.options + [
            .value("--topic", "TOPIC", "Another topic than input.topic."),
            .value(
                "--key", "KEY",
                "The key of every record, or `none`; by default the telegram's id, so that all copies of a telegram meet in "
                    + "one partition."), .flag("--quiet", "No progress."),
        ], arguments: [Argument("FILE", repeats: true, "Files to read; - for standard input.")])

    let configuration: Configuration
    let files: [InputFile]
    let topic: String
    let key: RecordSplitter.Key
    let isQuiet: Bool

    init(_ options: ParsedOptions) throws {
        self.configuration = try Settings.load(options)
        self.files = options.arguments.map { InputFile(argument: $0) }
        self.topic = try options.topic("--topic") ?? self.configuration.input.topic
        switch options.value("--key") {
        case nil: self.key = .telegram
        case "none": self.key = .none
        case let text?: self.key = .fixed([UInt8](text.utf8))
        }
        self.isQuiet = options.has("--quiet")
    }

    func run() async throws -> ExitStatus {
        // Opened before anything is sent: a name that is wrong sends nothing.
        var streams: [TelegramStream] = []
        for file in self.files { streams.append(try TelegramStream(file)) }
        let settings = try Settings.worker(self.configuration)
        do {
            let publisher = try await Publisher(settings, topic: self.topic)
            return try await self.publish(&streams, publisher)
        } catch let error as KafkaError {
            throw KafkaFailure(error, self.configuration)
        }
    }

    private func publish(_ streams: inout [TelegramStream], _ publisher: Publisher) async throws -> ExitStatus {
        let progress = Progress("publish", unit: "records", isQuiet: self.isQuiet)
        let splitter = RecordSplitter(self.key)
        /// The number of each file's first record.
        var firsts: [Int] = []
        do {
            for index in streams.indices {
                firsts.append(publisher.sent)
                while !Task.isCancelled, let stretch = try streams[index].next() {
                    for record in splitter.records(of: stretch.octets) {
                        try await publisher.send(key: record.key, value: record.value)
                    }
                    progress.update(publisher.acknowledged)
                }
            }
            try await publisher.finish()
        } catch let error as KafkaError {
            guard let number = publisher.refused, let file = firsts.lastIndex(where: { $0 <= number }) else {
                throw error
            }
            // What is on its way counts too.
            try? await publisher.finish()
            throw RefusedRecord(
                file: self.files[file].name, number: number - firsts[file] + 1, topic: self.topic, error: error,
                published: publisher.acknowledged)
        }
        progress.finish(publisher.acknowledged)
        return publisher.acknowledged == publisher.sent ? .success : .internalFault
    }
}

/// A record that the topic does not take: too large, as a rule.
private struct RefusedRecord: ExitStatusError {
    let file: String
    /// Within the file, from 1.
    let number: Int
    let topic: String
    let error: KafkaError
    let published: Int

    var exitStatus: ExitStatus { .configuration }

    var description: String {
        "\(self.file), record \(self.number): \(self.topic) does not take it (\(self.error.detail), \(self.error.name)); "
            + (self.error.name == "MSG_SIZE_TOO_LARGE"
                ? "raise max.message.bytes of the topic, or leave the record out; " : "")
            + "\(self.published) records are on the topic"
    }
}
