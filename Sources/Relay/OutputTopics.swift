internal import KafkaClient

/// The output topics as they lie: what has to be read to see all that was published.
struct OutputTopics: Sendable {
    let configuration: WorkerConfiguration
    let reports: ClientReports

    /// Each name once.
    var names: [String] {
        var names: [String] = []
        for topic in self.configuration.routes.all where !names.contains(topic) { names.append(topic) }
        return names
    }

    /// Of every partition what lies between a time (milliseconds since 1970; nil: the beginning) and the very end.
    ///
    /// The end behind open transactions, not before them: a record that is committed may stand after the open transaction of
    /// somebody else, and a reader of committed records waits for that to end.
    /// `beside`: a further topic.
    func parts(since time: Int64? = nil, beside topic: String? = nil) async throws(KafkaError) -> [RangePart] {
        try await self.parts(of: self.names + [topic].compactMap { $0 }, since: time)
    }

    func parts(of topics: [String], since time: Int64? = nil) async throws(KafkaError) -> [RangePart] {
        let properties = self.configuration.kafka + [.init("isolation.level", "read_uncommitted")]
        return try await Admin.with(properties, reports: self.reports) { admin throws(KafkaError) in
            var parts: [RangePart] = []
            for topic in topics {
                parts += try await self.parts(of: topic, since: time, admin)
            }
            return parts
        }
    }

    private func parts(
        of topic: String, since time: Int64?, _ admin: Admin
    ) async throws(KafkaError) -> [RangePart] {
        let deadline = Deadline.after(milliseconds: 15_000)
        while true {
            do throws(KafkaError) {
                let marks = try await admin.watermarks(ofAll: topic)
                var starts = marks.mapValues(\.low)
                if let time { starts.merge(try await admin.offsets(of: topic, at: time)) { $1 } }
                return marks.sorted { $0.key < $1.key }.map { number, mark in
                    RangePart(
                        TopicPartition(topic, number), start: max(starts[number] ?? mark.low, mark.low), end: mark.high)
                }
            } catch {
                // A topic that was made this moment, or whose leader moves.
                guard error.kind == .retriable, !deadline.hasPassed else { throw error }
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Those that do not exist.
    func missing(_ admin: Admin) async throws(KafkaError) -> [String] {
        var missing: [String] = []
        for name in self.names where try await admin.topic(name) == nil { missing.append(name) }
        return missing
    }
}

extension [RangePart] {
    /// Offsets in all of them.
    var count: Int { self.reduce(0) { $0 + Int(Swift.max(($1.end ?? $1.start) - $1.start, 0)) } }
}
