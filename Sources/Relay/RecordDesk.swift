package import Assembly
package import KafkaClient

/// Where the records of one partition wait for each other. Each is its lane's alone.
package protocol RecordDesk: AnyObject {
    /// A record of the partition. What becomes of it, unless the answer says so, and of others stands in `takeSettlements`.
    func arrived(
        _ batch: RecordBatch, _ index: Int, sequence: UInt64, outbox: inout Outbox
    ) throws(KafkaError) -> Handled

    /// A record that goes to the dead letters without being handled once more: an output had refused what was made of it.
    func passedOver(_ batch: RecordBatch, _ index: Int)

    /// What the records since the last step have left behind is sent, for no record.
    func stepEnds(outbox: inout Outbox) throws(KafkaError)

    /// Milliseconds since 1970.
    func timePassed(to now: Int64, outbox: inout Outbox) throws(KafkaError)

    /// Writes what waits below this offset again, at the end of its partition: a commit can say only so much of what is
    /// finished beyond a record that waits.
    func move(below offset: Int64, outbox: inout Outbox) throws(KafkaError)

    /// When `timePassed` must be called, whatever comes.
    var nextDeadline: Int64? { get }

    /// In the order in which they are to be carried out; given out once.
    func takeSettlements() -> [Settlement]

    /// An entry of the journal, before the first record. False where it cannot be read.
    func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool

    /// What is to be remembered from now on, behind what was sent; given out once.
    func takeEntries() -> [JournalEntry]

    /// Input records without whose octets the desk cannot go on.
    var wanted: [WantedRecord] { get }

    /// Those that were wanted, and perhaps some behind them; what retention has taken is left out.
    func supply(_ records: [PartSource: RecordBatch], outbox: inout Outbox) throws(KafkaError)

    /// They could not be read: what can be said without them is said. Where the worker stops, the rest is left to the next owner.
    func goWithoutWanted(outbox: inout Outbox) throws(KafkaError)
}

extension RecordDesk {
    package func passedOver(_ batch: RecordBatch, _ index: Int) {}
    package func stepEnds(outbox: inout Outbox) throws(KafkaError) {}
    package func timePassed(to now: Int64, outbox: inout Outbox) throws(KafkaError) {}
    package func move(below offset: Int64, outbox: inout Outbox) throws(KafkaError) {}
    package var nextDeadline: Int64? { nil }
    package func takeSettlements() -> [Settlement] { [] }
    package var wanted: [WantedRecord] { [] }
    package func supply(_ records: [PartSource: RecordBatch], outbox: inout Outbox) throws(KafkaError) {}
    package func goWithoutWanted(outbox: inout Outbox) throws(KafkaError) {}
}

/// A key of the journal and what is kept under it; nil: nothing is any more.
package struct JournalEntry: Equatable {
    package var key: [UInt8]
    package var value: [UInt8]?

    package init(key: [UInt8], value: [UInt8]?) {
        self.key = key
        self.value = value
    }
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
