/// A producer whose records, and the offsets that they come from, are seen all together or not at all.
///
/// Every call blocks, at most for its time-out and half a second, and is to be made from a thread of the caller's own, one at a time. The kind of
/// what is thrown says what must follow: `.retriable`, the same call again; `.abortable`, `abortTransaction`; `.fatal`, a new
/// producer (`discard` the old). Anything else is the caller's mistake or not known: a new producer as well. A call that is
/// still `.retriable` when the caller's patience ends is indeterminate and wants a new producer too (trap 35).
package protocol TransactionalProducer: RecordProducer {
    /// Fences every older producer of the same id and ends its open transaction; once, before anything is sent.
    func initTransactions(timeout: Duration) throws(KafkaError)

    func beginTransaction() throws(KafkaError)

    /// Waits until every record sent so far has been reported; else throws `_TIMED_OUT`.
    func flushNow(timeout: Duration) throws(KafkaError)

    /// Puts the offsets, with their metadata, into the transaction. Not resumable: a repetition sends anew (trap 40). A time-out
    /// that is not `.retriable` leaves the producer busy with it: `discard`.
    func sendOffsets(
        _ offsets: [CommittedOffset], group: borrowing GroupMetadata, timeout: Duration
    ) throws(KafkaError)

    /// Flushes, then commits.
    func commitTransaction(timeout: Duration) throws(KafkaError)

    /// Why the open transaction can only be aborted; nil where it can be committed for all that is known. Calls that meet such
    /// a transaction may say `_STATE` and no more. Only while one is open.
    func transactionFailure() -> KafkaError?

    /// Gives the producer up as it is, without waiting for anything: it is fenced, broken or in doubt.
    func discard()

    /// Throws away what is queued (reported as `_PURGE_QUEUE` or `_PURGE_INFLIGHT`) and aborts.
    func abortTransaction(timeout: Duration) throws(KafkaError)
}
