package import KafkaClient

/// A stretch of the input topic, resolved: what `replay` and `audit` are about.
package struct InputRange: Sendable, Equatable {
    package struct Part: Sendable, Equatable {
        package var start: Int64
        /// Exclusive.
        package var end: Int64
        /// Offsets below the log's start, which nobody can read any more.
        package var gone: Int64

        package var count: Int64 { self.end - self.start }
    }

    package var topic: String
    /// By partition; those with nothing to read are among them.
    package var parts: [Int32: Part]

    /// `from` names partitions, or stands for all of them; `to` is exclusive, and nil is the end as it is now. What lies below
    /// the log's start is gone and counted so; an end beyond the topic's is the topic's. Throws where a partition would begin
    /// beyond its end or behind its `to`: nothing could be said of what was meant.
    package static func resolve(
        _ topic: String, from: OffsetSpec, to: OffsetSpec?, _ admin: Admin
    ) async throws(KafkaError) -> InputRange {
        // In this order, so that on a topic that grows no end lies before its start.
        let starts = try await from.offsets(of: topic, admin)
        let ends = try await to?.offsets(of: topic, admin) ?? [:]
        let marks = try await admin.watermarks(ofAll: topic)
        return try InputRange(topic, starts: starts, ends: ends, marks: marks)
    }

    init(
        _ topic: String, starts: [Int32: Int64], ends: [Int32: Int64], marks: [Int32: Admin.Watermarks]
    ) throws(KafkaError) {
        self.topic = topic
        self.parts = [:]
        for (number, wanted) in starts.sorted(by: { $0.key < $1.key }) {
            guard let mark = marks[number] else { continue }
            let partition = TopicPartition(topic, number)
            if wanted > mark.high {
                throw .noRange("\(partition) ends at \(mark.high); --from is \(wanted), beyond it")
            }
            if let end = ends[number], wanted > end {
                throw .noRange("on \(partition) --from is \(wanted) and --to \(end), before it")
            }
            let end = min(ends[number] ?? mark.high, mark.high)
            let start = min(max(wanted, mark.low), max(end, mark.low))
            self.parts[number] = Part(
                start: start, end: max(end, start), gone: max(min(mark.low, end) - wanted, 0))
        }
    }

    /// Offsets, of which some may hold no record (compaction, transaction markers).
    package var count: Int64 { self.parts.values.reduce(0) { $0 + $1.count } }

    package var partitions: [Int32] { self.parts.keys.sorted() }

    package var rangeParts: [RangePart] {
        self.partitions.compactMap { number in
            self.parts[number].map {
                RangePart(TopicPartition(self.topic, number), start: $0.start, end: $0.end)
            }
        }
    }
}

extension KafkaError {
    fileprivate static func noRange(_ detail: String) -> KafkaError {
        KafkaError(code: 0, name: "NO_SUCH_RANGE", kind: .configuration, operation: "find the range", detail: detail)
    }
}
