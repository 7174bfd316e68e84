/// One entry a telegram.
extension TelegramVersions: Journaled {
    public var changedKeys: Set<[UInt8]> { Set(self.changed.map { Self.key($0.octets) }) }

    public func snapshot(of key: [UInt8]) -> [UInt8]? {
        Self.identity(key).flatMap { self.entry(of: OctetKey($0)) }
    }

    public mutating func restore(_ key: [UInt8], from entry: [UInt8]?) throws(SnapshotError) {
        guard let identity = Self.identity(key) else { throw .malformed }
        let record: VersionRecord? = if let entry { try VersionRecord(identity, from: entry) } else { nil }
        self.changed.removeAll(keepingCapacity: true)
        self.remove(identity)
        guard let record, let entry else { return }
        self.insert(record, entry)
    }

    private static func identity(_ key: [UInt8]) -> [UInt8]? {
        Self.owns(key) ? Array(key.dropFirst(Self.key([]).count)) : nil
    }
}
