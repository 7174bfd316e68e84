internal import Assembly
internal import Directory
internal import Events
internal import Generator
internal import KafkaClient
internal import Operations
internal import Relay
internal import Synchronization

/// `demo`: the whole way in one process, on librdkafka's embedded broker.
struct DemoCommand {
    static let parser = OptionParser(
        command: "taperelay demo",
        summary: "Run the whole job on an embedded broker: publish samples, relay them, print the events.",
        options: [
            .value("--count", "N", "How many generated telegrams (default 6), besides one that gives an alert."),
            .flag("--json", "Print the events as they stand on the topic, one a line."),
        ])

    let count: Int
    let asJSON: Bool

    init(_ options: ParsedOptions) throws {
        // The embedded broker keeps 5 MiB a partition.
        self.count = try options.integer("--count", in: 1...1000) ?? 6
        self.asJSON = options.has("--json")
    }

    func run() async throws -> ExitStatus {
        let configuration = try Configuration.resolve()
        let routes = Routes()
        let ledger: Ledger
        let events: [EventReader.Event]
        do throws(KafkaError) {
            let cluster = try MockCluster()
            var settings = WorkerConfiguration()
            settings.routes = routes
            settings.kafka = [
                .init("bootstrap.servers", cluster.bootstrapServers), .init("group.id", "taperelay"),
                // The embedded broker answers an empty fetch only after this.
                .init("fetch.wait.max.ms", "5"),
            ]
            settings.version = Version.current
            // It does not answer what its topics take.
            settings.inputLimit = 1 << 20
            settings.engine.sections = "telegrams.sections"
            settings.engine.journal = "telegrams.journal"
            // Gaps are told when numbers have settled, which takes longer than all of this.
            settings.continuity.watchesChannels = false
            settings.continuity.addressees = []
            settings.engine.untilIdle = true
            settings.engine.commitInterval = .milliseconds(100)
            for topic in [settings.input, "telegrams.sections", "telegrams.journal"] + settings.routes.all {
                try cluster.createTopic(topic, partitions: 4)
            }
            Terminal.note("embedded broker at \(cluster.bootstrapServers)")
            try await self.publish(settings)
            ledger = try await self.relay(settings)
            events = try await self.readEvents(settings, count: Int(ledger.total.events))
        } catch {
            throw KafkaFailure(error, configuration)
        }
        let alerts = events.filter { routes.alerts.contains($0.topic) }
        try self.print(events.filter { !routes.alerts.contains($0.topic) })
        self.note(alerts)
        let total = ledger.total
        Terminal.note(
            "ledger: \(total.consumed) consumed = \(total.published) published + \(total.deadLettered) dead-lettered + "
                + "\(total.unrouted) unrouted + \(total.inFlight) in flight; \(total.events) events, \(alerts.count) of them alerts"
                + (ledger.balances && total.inFlight == 0 ? ": closed" : ": NOT CLOSED"))
        return ledger.balances && total.inFlight == 0 ? .success : .internalFault
    }

    private static let conflict = """
        VZCZCEKI0418
        RR RUEHC
        DE RUEHEK #0232 0760915
        ZNR UUUUU ZZH
        R 170915Z MAR 09
        FM AMEMBASSY BISHKEK
        TO RUEHC/SECSTATE WASHDC 1845
        BT
        UNCLAS BISHKEK 000232

        SIPDIS

        E.O. 12958: N/A
        TAGS: ENRG KG
        SUBJECT: FLOW DATA FOR THE NARYN SITES

        1.  (C) THE OLD DATA WERE WRONG.
        HALVORSEN
        BT
        #0232

        NNNN

        """

    private func publish(_ settings: WorkerConfiguration) async throws(KafkaError) {
        var generator = TelegramGenerator(seed: 2009, damage: 0.3)
        let publisher = try await Publisher(settings, topic: settings.input)
        let splitter = RecordSplitter(.telegram)
        var bytes: [UInt8] = []
        for _ in 0..<self.count {
            bytes.removeAll(keepingCapacity: true)
            _ = generator.next(into: &bytes)
            for record in splitter.records(of: bytes) { try await publisher.send(key: record.key, value: record.value) }
        }
        // One that is marked above its classification, to show an alert, and one that is none, to show where such go.
        for text in [DemoCommand.conflict, "THIS IS NOT A TELEGRAM"] {
            try await publisher.send(key: nil, value: [UInt8](text.utf8))
        }
        try await publisher.finish()
        Terminal.note("\(publisher.acknowledged) records on \(settings.input), one of them no telegram")
    }

    private func relay(_ settings: WorkerConfiguration) async throws(KafkaError) -> Ledger {
        let engine = Mutex<Engine?>(nil)
        let directory = Directory()
        try await Worker(settings).run {
            TelegramHandler(settings, directory: directory)
        } started: { started in
            engine.withLock { $0 = started }
        }
        return engine.withLock { $0 }?.ledger ?? Ledger()
    }

    /// Reads events and alerts back from their topics, as any consumer would.
    private func readEvents(
        _ settings: WorkerConfiguration, count: Int
    ) async throws(KafkaError) -> [EventReader.Event] {
        let reader = EventReader(count: count)
        let consumer = try Consumer(
            configuration: ClientConfiguration(
                role: .consumer, properties: settings.kafka + [.init("group.id", "taperelay-demo-reader")]),
            topics: settings.routes.telegrams + settings.routes.services + settings.routes.alerts, delegate: reader)
        reader.attach { consumer.stop() }
        try await consumer.run()
        return reader.events
    }

    private func note(_ alerts: [EventReader.Event]) {
        for alert in alerts {
            let node = alert.value.utf8.withContiguousStorageIfAvailable { EventNode(UnsafeRawBufferPointer($0)) }
            let words = ["severity", "code", "message"].map { node?[$0]?.text ?? "" }
            Terminal.note("alert at \(alert.place), \(alert.key): \(words[0]) \(words[1]): \(words[2])")
        }
    }

    private func print(_ events: [EventReader.Event]) throws {
        for event in events {
            if self.asJSON {
                try Terminal.print(event.value + "\n")
            } else {
                Terminal.note("\(event.place), key \(event.key)")
                try Terminal.print(
                    String(
                        decoding: event.value.utf8.withContiguousStorageIfAvailable {
                            PrettyJSON.indented(UnsafeRawBufferPointer($0))
                        } ?? [], as: UTF8.self) + "\n")
            }
        }
    }
}

extension Terminal {
    /// A line beside the data.
    static func note(_ text: String) { Terminal.complain("taperelay: \(text)") }
}

/// Keeps the values of a topic until there are so many.
private final class EventReader: PollDelegate {
    struct Event: Sendable {
        var topic: String
        var place: String
        var key: String
        var value: String
    }

    private struct State {
        var events: [Event] = []
        var stop: (@Sendable () -> Void)?
    }

    private let count: Int
    private let state = Mutex(State())

    init(count: Int) { self.count = count }

    var events: [Event] { self.state.withLock { $0.events } }

    func attach(_ stop: @escaping @Sendable () -> Void) { self.state.withLock { $0.stop = stop } }

    func capacity(for partition: TopicPartition) -> Int { 100 }

    func received(_ batch: RecordBatch) {
        let stop = self.state.withLock { state -> (@Sendable () -> Void)? in
            for index in 0..<batch.count {
                let record = batch[index]
                state.events.append(
                    Event(
                        topic: batch.partition.topic, place: "\(batch.partition) offset \(record.offset)",
                        key: record.key.map { String(decoding: $0, as: UTF8.self) } ?? "none",
                        value: record.value.map { String(decoding: $0, as: UTF8.self) } ?? ""))
            }
            return state.events.count >= self.count ? state.stop : nil
        }
        stop?()
    }

    func assigned(_ partitions: [CommittedOffset]) -> [CommittedOffset] {
        partitions.map { CommittedOffset($0.partition, offset: Offset.beginning) }
    }

    func revoked(_ partitions: [TopicPartition], lost: Bool) -> [CommittedOffset] { [] }
    func offsetsToCommit() -> [CommittedOffset] { [] }
    func commitEnded(_ offsets: [CommittedOffset], error: KafkaError?) {}
    func reachedEnd(of partition: TopicPartition, at offset: Int64) {}
    func failed(_ error: KafkaError, partition: TopicPartition?) {}
}
