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
            let progress = Progress("publish", unit: "records", isQuiet: self.isQuiet)
            let splitter = RecordSplitter(self.key)
            var sent = 0
            for index in streams.indices {
                while !Task.isCancelled, let stretch = try streams[index].next() {
                    for record in splitter.records(of: stretch.octets) {
                        try await publisher.send(key: record.key, value: record.value)
                        sent += 1
                    }
                    progress.update(publisher.acknowledged)
                }
            }
            try await publisher.finish()
            progress.finish(publisher.acknowledged)
            return publisher.acknowledged == sent ? .success : .internalFault
        } catch let error as KafkaError {
            throw KafkaFailure(error, self.configuration)
        }
    }
}
