internal import Assembly
package import Directory
internal import Events
package import KafkaClient
internal import Telegram

/// Raw octets to events: parse, enrich, encode, route. Each lane has its own, with buffers that are used again.
package final class TelegramHandler: RecordHandler {
    let routes: Routes
    let recordLimit: Int
    private let version: String
    /// Where sections wait for each other; nil: each transmission is an event of its own.
    let sections: String?
    let input: String
    let sectionSettings: AssemblySettings
    /// What is remembered of telegrams on the input; nil: nothing, each stands alone.
    let versionSettings: VersionSettings?
    /// Nil where no numbers are watched.
    let continuity: ContinuitySettings?
    var parser = Parser()
    /// Of other copies, while the first one reads.
    var otherParser = Parser()
    var encoder: TelegramEncoder
    var sectionEncoder = SectionEncoder()
    var alerts: AlertEncoder
    private let alertSeverity: Severity
    var headers: [Header] = []
    private let mark: ReplayMark?
    /// How many headers there are without the replay's.
    private var unsigned = 0
    private static let tracing: [StaticString] = ["traceparent", "tracestate"]

    package convenience init(_ configuration: WorkerConfiguration, directory: Directory) {
        self.init(configuration, directory: directory, mark: nil)
    }

    /// `mark`: of a replay, on everything that is sent.
    init(_ configuration: WorkerConfiguration, directory: Directory, mark: ReplayMark?) {
        self.mark = mark
        self.routes = configuration.routes
        self.recordLimit = configuration.recordLimit
        self.version = configuration.version
        self.sections = configuration.engine.sections
        self.input = configuration.input
        self.sectionSettings = configuration.sections
        // A copy of which no event is made is told of in an alert; where nobody takes those, each has an event.
        let isTold = configuration.engine.journal != nil && !configuration.routes.alerts.isEmpty
        self.versionSettings = isTold ? configuration.versions : nil
        self.continuity = configuration.watchedContinuity
        self.alertSeverity = configuration.alertSeverity
        let mode = configuration.structured ? EventOptions.Mode.structured : .binary
        self.encoder = TelegramEncoder(
            directory: directory,
            options: EventOptions(
                mode: mode, alerts: configuration.routes.alerts.isEmpty ? nil : configuration.alertSeverity))
        self.alerts = AlertEncoder(mode: mode)
    }

    package func handle(
        _ record: RecordBatch.Slot, from partition: TopicPartition, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        try self.handle(record, from: partition, at: nil, outbox: &outbox)
    }

    /// `desk`: of the partition, where something is remembered of it.
    func handle(
        _ record: RecordBatch.Slot, from partition: TopicPartition, at desk: InputDesk?, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        guard let value = record.value else {
            return .rejected(Rejection(code: "null-value", message: "The record has no value."))
        }
        guard value.count <= self.recordLimit else {
            return .rejected(
                Rejection(
                    code: "too-large",
                    message: "The record has \(value.count) octets; limits.record allows \(self.recordLimit)."))
        }
        var source = Source(
            topic: partition.topic, partition: partition.partition, offset: record.offset,
            timestamp: record.timestamp > 0 ? record.timestamp : nil)
        var count: Int32 = 0
        var failure: KafkaError?
        let octets = Octets(_unsafeElements: value.assumingMemoryBound(to: UInt8.self))
        let context = record.context
        var part = ReplayPart(number: 0, count: self.outputCount(octets, context))
        let outcome = self.parser.parse(octets, context: context) { telegram in
            guard failure == nil else { return }
            let place = count
            source.index = place > 0 ? place : nil
            count += 1
            if let desk, place < desk.telegramCount || !desk.wanted.isEmpty { return }
            let topics = self.routes.topics(of: telegram.kind)
            if topics.isEmpty, self.routes.alerts.isEmpty { return }
            do throws(KafkaError) {
                if let part = try self.forward(telegram, octets, source, tracing: record, &outbox) {
                    desk?.observations?.collect(telegram, octets, identity: part.keys.shared, source)
                    return
                }
                var reception = self.receive(telegram, octets, source, at: desk)
                if let desk, reception?.isOtherText ?? false,
                    !self.compare(&reception, telegram, octets, for: place, at: desk)
                {
                    return
                }
                var alerts: [Alert] = []
                if let release = Reception.release(of: reception) {
                    let event = self.encoder.encode(telegram, octets: octets, source: source, release: release)
                    desk?.observations?.collect(telegram, octets, identity: event.identity(of: telegram.kind), source)
                    try self.send(event, to: topics, of: record, from: partition, &part, &outbox)
                    alerts = self.encoder.alerts
                    if let desk { alerts += self.cancellations(by: telegram, octets, source, event, at: desk) }
                    if let reception {
                        desk?.observations?.collect(reception.copy, over: telegram.channelNumber(octets))
                    }
                } else if let reception {
                    desk?.observations?.collect(telegram, octets, identity: reception.copy.identity, source)
                }
                if let reception { alerts += self.alerts(on: reception, telegram, octets) }
                // Behind the event that they speak of.
                for alert in alerts {
                    let event = self.alerts.encode(alert)
                    try self.send(event, to: self.routes.alerts, of: record, from: partition, &part, &outbox)
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        guard let refusal = outcome.refusal else { return .done }
        switch refusal.code {
        case .empty:
            return .rejected(
                Rejection(code: "empty", message: "The record holds nothing but blanks.", line: 1, column: 1))
        case .noTelegram:
            return .rejected(
                Rejection(
                    code: "no-telegram", message: "No telegram was found in the record.", line: refusal.line,
                    column: refusal.column))
        case .tooLong: return .rejected(Rejection(code: "too-large", message: "The record has more than 2 GiB."))
        }
    }

    package func deadLetter(
        _ record: RecordBatch.Slot, from partition: TopicPartition, rejection: Rejection, withoutValue: Bool,
        outbox: inout Outbox
    ) throws(KafkaError) {
        let made = DeadLetterHeaders(
            DeadLetterHeaders.Cause(
                code: rejection.code, message: rejection.message, line: rejection.line, column: rejection.column),
            source: self.source(of: record, from: partition), attempt: rejection.attempts,
            firstFailedAt: WallClock.now,
            version: self.version, omitted: withoutValue ? record.value?.count : nil)
        self.collect(made.list, tracing: nil)
        self.mark?.append(to: &self.headers)
        try outbox.send(
            topic: self.routes.deadLetters, key: record.key, value: withoutValue ? nil : record.value,
            headers: self.headers, original: record)
    }

    /// Where the record came from, or the section that it stands for.
    private func source(of record: RecordBatch.Slot, from partition: TopicPartition) -> Source {
        if partition.topic == self.sections, let origin = SectionOrigin(record) { return origin.source }
        return Source(
            topic: partition.topic, partition: partition.partition, offset: record.offset,
            timestamp: record.timestamp > 0 ? record.timestamp : nil)
    }

    /// A replay says nothing of today.
    package var refusalAlertCount: Int { self.mark == nil ? self.routes.alerts.count : 0 }

    /// Its subject is the record's key, which is the telegram's id where `publish` wrote it, else where it stands.
    package func alert(
        on record: RecordBatch.Slot, from partition: TopicPartition, refused rejection: Rejection, outbox: inout Outbox
    ) throws(KafkaError) {
        guard self.refusalAlertCount > 0 else { return }
        let source = self.source(of: record, from: partition)
        let key =
            partition.topic == self.sections ? nil : record.key.map { String(decoding: $0.prefix(200), as: UTF8.self) }
        let place = "\(source.topic)[\(source.partition)]@\(source.offset)"
        let alert = Alert(
            .outputRefused, subject: key ?? place, sources: [source], at: WallClock.now,
            details: ["error": .text(rejection.message)])
        try self.send(alert, tracing: record, &outbox)
    }

    private func send(
        _ event: EncodedEvent, to topics: [String], of record: RecordBatch.Slot, from partition: TopicPartition,
        _ part: inout ReplayPart, _ outbox: inout Outbox
    ) throws(KafkaError) {
        self.collect(event.headers, tracing: record)
        for topic in topics {
            part.number += 1
            self.sign(partition, record.offset, part)
            try outbox.send(topic: topic, key: event.key, value: event.value, headers: self.headers, original: nil)
        }
    }

    /// How many outputs a record gives: asked where a replay must tell that all of them came through.
    private func outputCount(_ octets: Octets, _ context: Parser.Context) -> Int32 {
        guard self.mark?.countsOutputs ?? false else { return 1 }
        var count: Int32 = 0
        _ = self.parser.parse(octets, context: context) {
            count += Int32(self.routes.topics(of: $0.kind).count)
            if self.routes.alerts.isEmpty { return }
            count += Int32($0.alertCount(from: self.alertSeverity) * self.routes.alerts.count)
        }
        return count
    }

    /// The replay's own headers go last, anew for each output.
    private func sign(_ partition: TopicPartition, _ offset: Int64, _ part: ReplayPart) {
        guard let mark = self.mark else { return }
        self.headers.removeLast(self.headers.count - self.unsigned)
        mark.append(to: &self.headers, partition: partition.partition, offset: offset, part: part)
    }

    /// Our headers, and the trace that the record came with (W3C Trace Context).
    func collect(_ list: HeaderList, tracing record: RecordBatch.Slot?) {
        self.headers.removeAll(keepingCapacity: true)
        for index in list.indices { self.headers.append(Header(list[index].name, list[index].value)) }
        defer { self.unsigned = self.headers.count }
        guard let record else { return }
        for (name, value) in record.headers {
            guard let value, let known = TelegramHandler.tracing.first(where: { name.elementsEqual($0.octets) })
            else { continue }
            self.headers.append(Header(known, value))
        }
    }
}

extension RecordBatch.Slot {
    /// When it was written is when its telegrams were received.
    var context: Parser.Context {
        Parser.Context(received: self.timestamp > 0 ? Instant(seconds: self.timestamp / 1000) : nil)
    }
}

extension StaticString {
    var octets: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: self.utf8Start, count: self.utf8CodeUnitCount)
    }
}
