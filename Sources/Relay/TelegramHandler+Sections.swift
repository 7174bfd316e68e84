internal import Assembly
internal import Events
package import KafkaClient
internal import Telegram

/// Telegrams that come in sections.
extension TelegramHandler {
    package func makeDesk(for partition: TopicPartition, slot: Int, partitions: Int) -> (any RecordDesk)? {
        let versions = self.versionSettings?.share(of: partitions)
        if let sections = self.sections, partition.topic == sections {
            return JointDesk(
                SectionDesk(
                    handler: self, topic: sections, input: self.input, slot: slot,
                    settings: self.sectionSettings.share(of: partitions)),
                NumberDesk(handler: self, input: self.input, settings: self.continuity?.share(of: partitions)),
                CopyDesk(handler: self, input: self.input, settings: versions))
        }
        guard partition.topic == self.input, versions != nil || self.continuity != nil else { return nil }
        return InputDesk(
            handler: self, copies: versions.map { CopyJudge(settings: $0) },
            observations: self.sections.map {
                ObservationCollector(topic: $0, partitions: partitions, scope: self.continuity?.scope)
            })
    }

    /// A section of a longer telegram goes to where the others come together. Nil where it is none.
    func forward(
        _ telegram: borrowing Telegram, _ octets: Octets, _ source: Source, tracing record: RecordBatch.Slot,
        _ outbox: inout Outbox
    ) throws(KafkaError) -> SectionPart? {
        guard let topic = self.sections, let part = SectionPart(telegram, octets: octets, source: source.part) else {
            return nil
        }
        let range = telegram.range
        let headers = SectionHeaders(
            source: source, start: range.start, dateTimeGroup: telegram.dateTimeGroup?.instant)
        self.collect(headers.list, tracing: record)
        let own = octets.extracting(range.start..<range.end)
        let sent: Result<Void, KafkaError> = own.withUnsafeBytes { value in
            Result { () throws(KafkaError) in
                try outbox.send(topic: topic, key: headers.key, value: value, headers: self.headers, original: nil)
            }
        }
        try sent.get()
        FaultPoint.sectionForwarded.pass()
        return part
    }

    /// The event of a telegram that came in sections, and the alerts on it.
    func publish(
        _ set: SectionSet, _ cause: SectionRelease.Cause, tracing record: RecordBatch.Slot?, _ outbox: inout Outbox
    ) throws(KafkaError) {
        guard let event = self.sectionEncoder.encode(set, with: &self.encoder) else {
            throw KafkaError(
                code: 0, name: "NO_TELEGRAM", kind: .record, operation: "join sections",
                detail: "the sections cannot be read again")
        }
        let subject = String(decoding: event.key, as: UTF8.self)
        try self.send(event, to: self.routes.telegrams, tracing: record, &outbox)
        if self.routes.alerts.isEmpty { return }
        for alert in self.encoder.alerts { try self.send(alert, tracing: record, &outbox) }
        let sources = set.transmissions.compactMap(\.source)
        switch cause {
        case .due, .crowded:
            try self.send(
                Alert(
                    .sectionMissing, subject: subject, sources: sources, at: WallClock.now,
                    details: ["expected": .integer(set.expected), "missing": .integers(set.missing)]),
                tracing: record, &outbox)
        case .late:
            try self.send(
                Alert(
                    .sectionLate, subject: subject, sources: sources, at: WallClock.now,
                    details: ["revision": .integer(set.revision), "missing": .integers(set.missing)]),
                tracing: record, &outbox)
        case .complete, .ended, .contradiction: break
        }
    }

    /// A section that is there already, and of which no event is made.
    func report(
        _ copy: SectionOrigin, of other: SectionOrigin, subject: String, _ message: String?,
        tracing record: RecordBatch.Slot?, _ outbox: inout Outbox
    ) throws(KafkaError) {
        if self.routes.alerts.isEmpty { return }
        try self.send(
            Alert(
                .duplicate, subject: subject, sources: [copy.source, other.source], at: WallClock.now,
                message: message),
            tracing: record, &outbox)
    }

    /// What was a section where it stood and is none alone: each telegram in it has an event of its own.
    func publish(
        _ octets: Octets, _ origin: SectionOrigin, tracing record: RecordBatch.Slot, _ outbox: inout Outbox
    ) throws(KafkaError) {
        var failure: KafkaError?
        _ = self.parser.parse(octets, context: Parser.Context(received: origin.received)) { telegram in
            guard failure == nil else { return }
            let topics = self.routes.topics(of: telegram.kind)
            if topics.isEmpty, self.routes.alerts.isEmpty { return }
            do throws(KafkaError) {
                let event = self.encoder.encode(telegram, octets: octets, source: origin.source)
                try self.send(event, to: topics, tracing: record, &outbox)
                for alert in self.encoder.alerts { try self.send(alert, tracing: record, &outbox) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    func send(
        _ alert: Alert, tracing record: RecordBatch.Slot?, _ outbox: inout Outbox
    ) throws(KafkaError) {
        try self.send(self.alerts.encode(alert), to: self.routes.alerts, tracing: record, &outbox)
    }

    private func send(
        _ event: EncodedEvent, to topics: [String], tracing record: RecordBatch.Slot?, _ outbox: inout Outbox
    ) throws(KafkaError) {
        self.collect(event.headers, tracing: record)
        for topic in topics {
            try outbox.send(topic: topic, key: event.key, value: event.value, headers: self.headers, original: nil)
        }
    }

    /// As the producer takes them.
    func list(_ list: HeaderList) -> [Header] { list.indices.map { Header(list[$0].name, list[$0].value) } }
}
