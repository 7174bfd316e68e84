internal import Assembly
internal import KafkaClient

/// Where records are judged that say something of transmissions, and wait for nothing.
protocol ObservationDesk: AnyObject {
    /// What stands in the record at this offset; time is in milliseconds since 1970. Nil: the record is through.
    func observed(_ octets: [UInt8], at offset: Int64, _ now: Int64, outbox: inout Outbox) throws(KafkaError)
        -> Rejection?

    /// As those of `RecordDesk`.
    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool
    func takeEntries() -> [JournalEntry]
}

extension Rejection {
    static func unreadable(_ what: String, code: StaticString, _ error: SnapshotError) -> Rejection {
        Rejection(
            code: code,
            message: error == .unknownForm
                ? "The \(what) are of a version that is not known here." : "The \(what) cannot be read.")
    }
}
