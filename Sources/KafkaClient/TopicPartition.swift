/// One partition of one topic.
package struct TopicPartition: Hashable, Sendable, CustomStringConvertible {
    package var topic: String
    package var partition: Int32

    package init(_ topic: String, _ partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    package var description: String { "\(self.topic)[\(self.partition)]" }
}

/// An offset to commit, or as it was committed: the next record to read, and a text that travels with it.
package struct CommittedOffset: Hashable, Sendable {
    package var partition: TopicPartition
    package var offset: Int64
    /// At most 4,096 octets, without NUL (traps 13 and 15).
    package var metadata: String

    /// What a broker takes by default (`offset.metadata.max.bytes`), in octets. One partition's that is longer breaks a whole
    /// transaction, and of a plain commit only that partition, without saying which (measurements 7.3).
    package static let metadataLimit = 4096

    package init(_ partition: TopicPartition, offset: Int64, metadata: String = "") {
        self.partition = partition
        self.offset = offset
        self.metadata = metadata
    }
}
