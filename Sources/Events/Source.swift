/// Where the octets of a telegram came from.
public struct Source: Hashable, Sendable {
    public var topic: String
    public var partition: Int32
    public var offset: Int64
    /// Milliseconds since 1970, as the broker gives them; nil where the record has none.
    public var timestamp: Int64?
    /// Which of several telegrams of one record; nil where it holds one.
    public var index: Int32?

    public init(topic: String, partition: Int32, offset: Int64, timestamp: Int64? = nil, index: Int32? = nil) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
        self.index = index
    }
}

extension Source {
    /// For an event of several: the first, with the newest timestamp of all (contract 4).
    static func standing(for sources: [Source]) -> Source? {
        var source = sources.first
        source?.timestamp = sources.compactMap(\.timestamp).max()
        return source
    }
}
