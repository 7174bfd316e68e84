internal import Assembly
internal import Events
internal import KafkaClient
internal import Telegram

/// The sections that wait in one partition of `telegrams.sections`, with their octets, and what is to be published of them.
///
/// What waits is known from the topic alone: a desk that is made anew is given everything unfinished again, in order, and
/// comes to the same decisions.
final class SectionDesk: RecordDesk {
    private struct Part {
        var octets: RecordBatch
        /// The record that stands for it; nil where it is finished, or was written again and not read yet.
        var sequence: UInt64?
        /// Not released yet: its record must not finish.
        var isWaiting = false
        var section: Int
        /// What an alert on it names.
        var subject: String
        var origin: SectionOrigin
        /// When it first came to the topic.
        var arrived: Int64
    }

    private let handler: TelegramHandler
    private let topic: String
    private let input: String
    private let slot: Int
    private var sets: SectionSets
    private var parts: [PartSource: Part] = [:]
    private var settlements: [Settlement] = []
    /// Due while all their parts were written again and none was read yet: no record stands for them.
    private var deferred: [SectionRelease] = []
    /// Decided, and some of their parts are known from the journal alone: their octets are to be read again first.
    private var unread: [SectionRelease] = []
    private var unreadParts: [PartSource] = []
    var wanted: [WantedRecord] { self.unreadParts.map { WantedRecord(source: $0) } }
    /// Not there any more when they were read again.
    private var expired: Set<PartSource> = []
    /// Sets whose entries are made when they are asked for: a section may be one of many that come to its set.
    private var changed: Set<[UInt8]> = []

    /// More at once would hold up the lane.
    private static let moveLimit = 1000

    /// `input`: where sections come from.
    init(handler: TelegramHandler, topic: String, input: String, slot: Int, settings: AssemblySettings) {
        self.handler = handler
        self.topic = topic
        self.input = input
        self.slot = slot
        self.sets = SectionSets(settings: settings)
    }

    var nextDeadline: Int64? { self.sets.nextDeadline }

    func takeSettlements() -> [Settlement] {
        defer { self.settlements = [] }
        return self.settlements
    }

    // MARK: The journal

    /// Keys of sets are told from those of others that share the partition.
    private static let keyPrefix = Array("set|".utf8)

    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool {
        guard key.starts(with: Self.keyPrefix) else { return true }
        do throws(SnapshotError) {
            try self.sets.restore(Array(key.dropFirst(Self.keyPrefix.count)), from: entry)
            return true
        } catch {
            return false
        }
    }

    func takeEntries() -> [JournalEntry] {
        if self.changed.isEmpty { return [] }
        defer { self.changed.removeAll(keepingCapacity: true) }
        return self.changed.map { JournalEntry(key: Self.keyPrefix + $0, value: self.sets.snapshot(of: $0)) }
    }

    private func noteChanges() { self.changed.formUnion(self.sets.changedKeys) }

    func supply(_ records: [PartSource: RecordBatch], outbox: inout Outbox) throws(KafkaError) {
        for source in self.unreadParts {
            if let part = records[source].flatMap({ self.part(source, of: $0) }) {
                self.parts[source] = part
            } else {
                self.expired.insert(source)
            }
        }
        let releases = self.unread
        self.unread = []
        self.unreadParts = []
        for release in releases { try self.publish(release, &outbox) }
    }

    /// As it stood in its input record.
    private func part(_ source: PartSource, of record: RecordBatch) -> Part? {
        guard let value = record[0].value else { return nil }
        let octets = Octets(_unsafeElements: value.assumingMemoryBound(to: UInt8.self))
        let timestamp = record[0].timestamp
        var count: Int32 = 0
        var part: Part?
        _ = self.handler.parser.parse(octets, context: record[0].context) { telegram in
            defer { count += 1 }
            guard count == source.index, let read = SectionPart(telegram, octets: octets, source: source) else {
                return
            }
            let range = telegram.range
            let own = UnsafeRawBufferPointer(rebasing: value[range.start..<range.end])
            part = Part(
                octets: RecordBatch(
                    partition: record.partition, epoch: 0, offset: source.offset, timestamp: timestamp, key: nil,
                    value: own, headers: []),
                sequence: nil, section: read.section, subject: read.keys.subject,
                origin: SectionOrigin(
                    Source(
                        topic: self.input, partition: source.partition, offset: source.offset,
                        timestamp: timestamp > 0 ? timestamp : nil, index: source.index > 0 ? source.index : nil),
                    start: Int(range.start)),
                arrived: timestamp)
        }
        return part
    }

    // MARK: - What comes

    func arrived(
        _ batch: RecordBatch, _ index: Int, sequence: UInt64, outbox: inout Outbox
    ) throws(KafkaError) -> Handled {
        let record = batch[index]
        guard let value = record.value else {
            return .rejected(Rejection(code: "null-value", message: "The record has no value."))
        }
        guard let origin = SectionOrigin(record) else {
            return .rejected(
                Rejection(code: "no-source", message: "The headers do not say which record the section came from."))
        }
        guard let part = try self.read(value, record, origin, &outbox) else { return .done }
        // A worker whose clock is ahead must not make others late.
        let now = min(max(record.timestamp, 0), WallClock.now)
        let arrived = min(origin.arrived ?? now, now)
        let earlier = self.parts[part.source]
        self.parts[part.source] = Part(
            octets: batch.copy(of: index), sequence: sequence, isWaiting: earlier?.isWaiting ?? false,
            section: part.section, subject: part.keys.subject, origin: origin,
            arrived: min(arrived, earlier?.arrived ?? arrived))
        let decisions = self.sets.partArrived(part, arrived: arrived, at: now)
        self.noteChanges()
        if let old = earlier?.sequence, old != sequence { self.settlements.append(.ended(old, with: [], sent: 0)) }
        try self.carryOut(decisions, &outbox)
        if let index = self.deferred.lastIndex(where: { $0.parts.contains { $0.source == part.source } }) {
            try self.publish(self.deferred.remove(at: index), &outbox)
        }
        let isUnread = self.unread.contains { $0.parts.contains { $0.source == part.source } }
        if !isUnread, let known = self.parts[part.source], known.sequence == sequence {
            if known.isWaiting {
                self.settlements.append(.held(sequence, copy: known.octets))
            } else {
                self.end(part.source)
            }
        }
        return .settled
    }

    func timePassed(to now: Int64, outbox: inout Outbox) throws(KafkaError) {
        let decisions = self.sets.timePassed(to: now)
        self.noteChanges()
        try self.carryOut(decisions, &outbox)
    }

    func move(below offset: Int64, outbox: inout Outbox) throws(KafkaError) {
        let due = self.parts.filter { $1.isWaiting && $1.sequence != nil && $1.octets[0].offset < offset }
            .sorted { $0.value.octets[0].offset < $1.value.octets[0].offset }
        for (source, part) in due.prefix(Self.moveLimit) {
            guard let sequence = part.sequence else { continue }
            let record = part.octets[0]
            let headers = SectionHeaders(arrived: part.arrived)
            self.open(sequence, &outbox)
            try outbox.send(
                topic: self.topic, key: record.key, value: record.value, headers: self.handler.list(headers.list),
                original: record)
            FaultPoint.sectionMoved.pass()
            self.settlements.append(.ended(sequence, with: [], sent: outbox.sent))
            self.parts[source]?.sequence = nil
        }
    }

    // MARK: -

    /// Nil where the octets are no section: they were one where they stood, and are published alone.
    private func read(
        _ value: UnsafeRawBufferPointer, _ record: RecordBatch.Slot, _ origin: SectionOrigin, _ outbox: inout Outbox
    ) throws(KafkaError) -> SectionPart? {
        let octets = Octets(_unsafeElements: value.assumingMemoryBound(to: UInt8.self))
        var part: SectionPart?
        var isFirst = true
        _ = self.handler.parser.parse(octets, context: Parser.Context(received: origin.received)) { telegram in
            if isFirst { part = SectionPart(telegram, octets: octets, source: origin.part) }
            isFirst = false
        }
        if let part { return part }
        try self.handler.publish(octets, origin, tracing: record, &outbox)
        return nil
    }

    private func carryOut(_ decisions: [AssemblyDecision], _ outbox: inout Outbox) throws(KafkaError) {
        for decision in decisions {
            switch decision {
            case .known, .rival: break
            case .held(let source): self.parts[source]?.isWaiting = true
            case .copy(let source, let kept, let isExact, _):
                try self.setAside(source, beside: kept, isExact ? nil : SectionDesk.worse, &outbox)
            case .replaced(let source, let kept):
                try self.setAside(source, beside: kept, SectionDesk.worse, &outbox)
            case .released(let release): try self.publish(release, &outbox)
            case .forgotten(let sources):
                for source in sources { self.parts[source] = nil }
                self.expired.subtract(sources)
            }
        }
    }

    private static let worse = "There is a better copy of the section; this one is in no event from now on."

    /// A copy that is not used: its alert is all that says what became of it (format 4.1: its channel may show misrouting).
    /// One that was released already has its event.
    private func setAside(
        _ source: PartSource, beside kept: PartSource, _ message: String?, _ outbox: inout Outbox
    ) throws(KafkaError) {
        defer { self.parts[source] = nil }
        guard let copy = self.parts[source], let sequence = copy.sequence else { return }
        // Known from the journal alone after a restart.
        let other = self.parts[kept]?.origin ?? SectionOrigin(kept, on: self.input)
        self.open(sequence, &outbox)
        try self.handler.report(
            copy.origin, of: other, subject: copy.subject, message, tracing: copy.octets[0], &outbox)
        self.settlements.append(.ended(sequence, with: [], sent: outbox.sent))
    }

    /// Its record finishes by itself.
    private func end(_ source: PartSource) {
        guard let sequence = self.parts[source]?.sequence else { return }
        self.parts[source]?.sequence = nil
        self.settlements.append(.ended(sequence, with: [], sent: 0))
    }

    private func publish(_ release: SectionRelease, _ outbox: inout Outbox) throws(KafkaError) {
        for source in release.beside { self.finish(source) }
        let sources = release.parts.map(\.source)
        let sequences = sources.compactMap { self.parts[$0]?.sequence }
        let unknown = sources.filter { self.parts[$0] == nil && !self.expired.contains($0) }
        if !unknown.isEmpty {
            self.unreadParts += unknown.filter { !self.unreadParts.contains($0) }
            self.unread.append(release)
            return
        }
        // The newest stands for all: in a set that is complete, the one that completed it.
        guard let carrier = sequences.max() else {
            self.deferred.append(release)
            return
        }
        // Revisions come in order: earlier ones that no record stood for go with this one's.
        let releases = self.takeDeferred(of: sources) + [release]
        self.open(carrier, &outbox)
        do throws(KafkaError) {
            for each in releases {
                let first = each.parts.first.flatMap { self.parts[$0.source]?.octets[0] }
                try self.handler.publish(self.set(of: each), each.cause, tracing: first, &outbox)
            }
        } catch {
            guard error.kind == .record else { throw error }
            return self.reject(sources, .refused(error), sent: outbox.sent, carrier: carrier)
        }
        FaultPoint.sectionsReleased.pass()
        for source in sources { self.finish(source, carrier: carrier) }
        self.settlements.append(.ended(carrier, with: sequences.filter { $0 != carrier }, sent: outbox.sent))
    }

    /// Of these sources, as far as their octets are still there.
    private func takeDeferred(of sources: [PartSource]) -> [SectionRelease] {
        func isMeant(_ release: SectionRelease) -> Bool { release.parts.contains { sources.contains($0.source) } }
        let found = self.deferred.filter(isMeant)
        if found.isEmpty { return [] }
        self.deferred.removeAll(where: isMeant)
        return found.filter { $0.parts.allSatisfy { self.parts[$0.source] != nil || self.expired.contains($0.source) } }
    }

    /// Released, unless it was before: then only its own record finishes.
    private func finish(_ source: PartSource, carrier: UInt64? = nil) {
        if carrier == nil { self.end(source) }
        self.parts[source]?.isWaiting = false
        self.parts[source]?.sequence = nil
    }

    /// An event that no output can take: each section goes to the dead letters.
    private func reject(_ sources: [PartSource], _ rejection: Rejection, sent: Int, carrier: UInt64) {
        for source in sources {
            guard let part = self.parts[source], let sequence = part.sequence else { continue }
            self.settlements.append(
                .rejected(sequence, part.octets, 0, rejection, sent: sequence == carrier ? sent : 0))
            self.finish(source, carrier: carrier)
        }
    }

    private func open(_ sequence: UInt64, _ outbox: inout Outbox) {
        outbox.open(Token(slot: self.slot, sequence: sequence, stage: .event).rawValue)
    }

    private func set(of release: SectionRelease) -> SectionSet {
        let transmissions = release.parts.compactMap { part -> SectionSet.Transmission? in
            guard let kept = self.parts[part.source], let value = kept.octets[0].value else { return nil }
            return SectionSet.Transmission(
                octets: Array(value), section: part.section, source: kept.origin.source, offset: kept.origin.start)
        }
        var set = SectionSet(release, transmissions: transmissions)
        set.lose(release.parts.filter { self.expired.contains($0.source) }.map(\.section))
        return set
    }
}

extension SectionOrigin {
    /// When the input record was written.
    var received: Instant? { self.source.timestamp.map { Instant(seconds: $0 / 1000) } }
}

extension SectionKeys {
    /// For people: the message reference, else station and serial.
    fileprivate var subject: String {
        let key = (self.reference ?? self.station ?? []).split(separator: UInt8(ascii: "|"))
        let count = self.reference == nil ? 2 : 1
        return key.dropFirst().prefix(count).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|")
    }
}
