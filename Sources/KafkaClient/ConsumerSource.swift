/// What a consumer reads.
package enum ConsumerSource: Sendable {
    /// As a member of the configured group: whatever it is given of these topics.
    case group(topics: [String])
    /// These parts and no more, beside any group: nothing is joined and nothing is committed. `run` goes on after the last end
    /// until it is stopped.
    case range([RangePart])
}

/// A stretch of one partition. One that does not exist is waited for without a word: ask `Admin` first.
package struct RangePart: Hashable, Sendable {
    package var partition: TopicPartition
    /// An offset, or `Offset.beginning`.
    package var start: Int64
    /// Exclusive; nil goes on for ever.
    package var end: Int64?

    package init(_ partition: TopicPartition, start: Int64, end: Int64?) {
        self.partition = partition
        self.start = start
        self.end = end
    }
}

extension ConsumerSource {
    var isGroup: Bool {
        if case .group = self { true } else { false }
    }

    /// Where the part of this partition ends.
    func end(of partition: TopicPartition) -> Int64? {
        guard case .range(let parts) = self else { return nil }
        return parts.first { $0.partition == partition }?.end
    }
}
