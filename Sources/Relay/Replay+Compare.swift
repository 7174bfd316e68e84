package import Directory
package import KafkaClient
internal import Synchronization

/// Compares instead of publishing.
extension Replay {
    /// What came of the comparison; of differences, missing and superfluous ones the first few by name.
    package struct Findings: Sendable {
        /// One event or dead letter.
        package struct Item: Sendable {
            package var topic: String
            package var partition: Int32
            package var offset: Int64
            /// `ce_id`; empty for a dead letter.
            package var identifier: String
            /// Where the two first differ; empty where there is nothing to compare.
            package var place: String
        }

        package var made: Int
        package var same: Int
        package var differingCount: Int
        package var missingCount: Int
        package var superfluousCount: Int
        /// Standing more than once.
        package var again: Int
        package var differing: [Item]
        package var missing: [Item]
        package var superfluous: [Item]

        package var areNone: Bool { self.differingCount == 0 && self.missingCount == 0 && self.superfluousCount == 0 }
    }

    /// First all that this version makes of the range, then all that stands on the topics.
    package func compare(directory: Directory) async throws(KafkaError) -> Findings {
        let outputs = self.outputs
        let range = try await Admin.with(self.configuration.kafka, reports: self.reports) {
            admin throws(KafkaError) in
            var unmade = self.configuration
            unmade.createTopics = false
            _ = try await TopicCheck(admin: admin, configuration: unmade).run()
            return try await self.range(admin)
        }
        let bench = ComparisonBench(outputs.names, self.configuration.input, range)
        let maker = RecordMaker(self.configuration, directory: directory) { bench.makes($0) }
        try await self.reader.read(.input, range.rangeParts, self.progress) { bench.handle($0, maker) }
        if let failure = bench.failure { throw failure }
        try await self.reader.read(.outputs, try await outputs.parts(), self.progress) { bench.stands($0) }
        var findings = bench.findings
        for index in findings.differing.indices {
            findings.differing[index].place = try await self.place(of: index, bench, directory)
        }
        return findings
    }

    /// Makes that one event again and looks where it differs.
    private func place(
        of index: Int, _ bench: ComparisonBench, _ directory: Directory
    ) async throws(KafkaError) -> String {
        let difference = bench.differences[index]
        let found = Mutex("")
        let maker = RecordMaker(self.configuration, directory: directory) { output in
            guard bench.identity(of: output) == difference.identity else { return }
            let place = JSONPlace.firstDifference(difference.standing, output.value.map { [UInt8]($0) } ?? [])
            found.withLock { $0 = place ?? "" }
        }
        let partition = TopicPartition(self.configuration.input, difference.identity.partition)
        let offset = difference.identity.offset
        try await self.reader.read([RangePart(partition, start: offset, end: offset + 1)]) { bench.handle($0, maker) }
        return found.withLock { $0 }
    }
}

/// Where the two sides meet.
private final class ComparisonBench: Sendable {
    private struct State {
        var comparison = Comparison()
        var failure: KafkaError?
    }

    private let topics: [String]
    private let numbers: [String: Int32]
    private let reader: SourceReader
    private let range: InputRange
    private let state = Mutex(State())

    init(_ topics: [String], _ input: String, _ range: InputRange) {
        self.topics = topics
        self.numbers = Dictionary(uniqueKeysWithValues: topics.enumerated().map { ($1, Int32($0)) })
        self.reader = SourceReader(topic: input)
        self.range = range
    }

    var failure: KafkaError? { self.state.withLock { $0.failure } }
    var differences: [Comparison.Difference] { self.state.withLock { $0.comparison.differences } }

    func handle(_ batch: RecordBatch, _ maker: RecordMaker) {
        for index in 0..<batch.count {
            do throws(KafkaError) {
                try maker.make(batch[index], of: batch.partition)
            } catch {
                self.state.withLock { $0.failure = $0.failure ?? error }
            }
        }
    }

    func identity(of output: RecordMaker.Output) -> Comparison.Identity? {
        self.identity(output.topic, OriginHeaders(output.headers.lazy.map { ($0.name.octets, $0.value) }), output.value)
    }

    func makes(_ output: RecordMaker.Output) {
        guard let identity = self.identity(of: output) else { return }
        self.state.withLock { $0.comparison.makes(identity, output.value) }
    }

    func stands(_ batch: RecordBatch) {
        for index in 0..<batch.count {
            let record = batch[index]
            let identity = self.identity(batch.partition.topic, OriginHeaders(of: record), record.value)
            guard let identity, let part = self.range.parts[identity.partition],
                (part.start..<part.end).contains(identity.offset)
            else { continue }
            self.state.withLock { $0.comparison.stands(identity, record.value) }
        }
    }

    /// Nil for what is not made from this input topic.
    private func identity(
        _ topic: String, _ headers: OriginHeaders, _ value: UnsafeRawBufferPointer?
    ) -> Comparison.Identity? {
        var last: OutputRecord.Source?
        // An event of several transmissions is made where its last one is read.
        let kind = self.reader.read(headers, value: value) { last = $0 }
        guard let kind, let source = last else { return nil }
        return Comparison.Identity(
            topic: self.numbers[topic] ?? 0, source: source,
            digits: kind == .deadLetter
                ? nil : headers.identifier ?? value.flatMap { SourceReader.identifier(in: $0) })
    }

    var findings: Replay.Findings {
        self.state.withLock { state in
            let comparison = state.comparison
            return Replay.Findings(
                made: comparison.madeCount, same: comparison.sameCount, differingCount: comparison.differingCount,
                missingCount: comparison.missingCount, superfluousCount: comparison.superfluousCount,
                again: comparison.againCount, differing: comparison.differences.map { self.item($0.identity) },
                missing: comparison.missing.map { self.item($0) },
                superfluous: comparison.superfluous.map { self.item($0) })
        }
    }

    private func item(_ identity: Comparison.Identity) -> Replay.Findings.Item {
        Replay.Findings.Item(
            topic: self.topics[Int(identity.topic)], partition: identity.partition, offset: identity.offset,
            identifier: identity.digits, place: "")
    }
}
