/// A state machine whose memory outlives it as single entries, in a topic that keeps the last one of each key.
///
/// Whoever runs it asks after each call which entries are to be written, and gives them back before anything else arrives.
/// Keys of the state machines of this module do not meet: they may share a topic.
public protocol Journaled {
    /// Of the entries that the last call changed.
    var changedKeys: Set<[UInt8]> { get }
    /// Nil where nothing is to be kept under this key any more.
    func snapshot(of key: [UInt8]) -> [UInt8]?
    /// Nil forgets what an earlier call restored. Of several entries of one key the last one holds.
    mutating func restore(_ key: [UInt8], from entry: [UInt8]?) throws(SnapshotError)
}

/// Why an entry cannot be taken back; nothing has changed.
public enum SnapshotError: Error, Hashable, Sendable {
    /// Another kind of entry, or a later version.
    case unknownForm
    case malformed
}
