package import KafkaClient

/// Where the records of one partition wait for each other. Each is its lane's alone.
package protocol RecordDesk: AnyObject {
    /// A record of the partition. What becomes of it, unless the answer says so, and of others stands in `takeSettlements`.
    func arrived(
        _ batch: RecordBatch, _ index: Int, sequence: UInt64, outbox: inout Outbox
    ) throws(KafkaError) -> Handled

    /// Milliseconds since 1970.
    func timePassed(to now: Int64, outbox: inout Outbox) throws(KafkaError)

    /// Writes what waits below this offset again, at the end of its partition: a commit can say only so much of what is
    /// finished beyond a record that waits.
    func move(below offset: Int64, outbox: inout Outbox) throws(KafkaError)

    /// When `timePassed` must be called, whatever comes.
    var nextDeadline: Int64? { get }

    /// In the order in which they are to be carried out; given out once.
    func takeSettlements() -> [Settlement]
}

/// What became of a record that waited for others, or would have.
package enum Settlement {
    /// It waits; `copy` holds its octets and nothing else.
    case held(UInt64, copy: RecordBatch)
    /// It is through, and the others with it: `sent` outputs stand for all of them and carry its sequence.
    case ended(UInt64, with: [UInt64], sent: Int)
    /// It goes to the dead letters; `sent` outputs went before.
    case rejected(UInt64, RecordBatch, Int, Rejection, sent: Int)
}
