/// One entry a telegram.
extension TelegramVersions: Journaled {
    public func snapshot(of key: [UInt8]) -> [UInt8]? {
        Self.identity(key).flatMap { self.records[$0]?.snapshot }
    }

    public mutating func restore(_ key: [UInt8], from entry: [UInt8]?) throws(SnapshotError) {
        guard let identity = Self.identity(key) else { throw .malformed }
        let record: VersionRecord? = if let entry { try VersionRecord(identity, from: entry) } else { nil }
        self.changedKeys = []
        self.remove(identity)
        guard let record else { return }
        self.insert(record)
        self.keepBound()
    }

    private static func identity(_ key: [UInt8]) -> [UInt8]? {
        let prefix = Self.key([])
        return key.starts(with: prefix) ? Array(key.dropFirst(prefix.count)) : nil
    }
}
