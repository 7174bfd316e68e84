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

    /// `from` names partitions, or stands for all of them; `to` is exclusive, and nil is the end as it is now. Both are kept
    /// within what is there.
    package static func resolve(
        _ topic: String, from: OffsetSpec, to: OffsetSpec?, _ admin: Admin
    ) async throws(KafkaError) -> InputRange {
        let marks = try await admin.watermarks(ofAll: topic)
        let starts = try await from.offsets(of: topic, admin)
        let ends = try await to?.offsets(of: topic, admin) ?? [:]
        return InputRange(topic, starts: starts, ends: ends, marks: marks)
    }

    init(
        _ topic: String, starts: [Int32: Int64], ends: [Int32: Int64], marks: [Int32: Admin.Watermarks]
    ) {
        self.topic = topic
        self.parts = [:]
        for (number, wanted) in starts {
            guard let mark = marks[number] else { continue }
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
