internal import KafkaClient

/// How a record ended. The ledger counts these, and nothing else moves an offset.
package enum Outcome: UInt8, Sendable {
    /// Its events are acknowledged.
    case published
    /// Its dead letter is acknowledged.
    case deadLettered
    /// No output wanted it.
    case unrouted
}

/// The records of one partition that were received and are not finished, in offset order, and the lowest unfinished offset.
///
/// A pure state machine. Sequence numbers count received records, since offsets have holes (compaction, transaction
/// markers); acknowledgements may come in any order, and before the lane has said how many there will be.
struct OffsetTracker {
    /// A record that has just finished.
    struct Finished: Equatable {
        var outcome: Outcome
        var byteCount: Int
    }

    private struct Entry {
        var offset: Int64
        /// Keeps the raw octets until the record is finished, so that an output refused late still becomes a dead letter.
        var batch: RecordBatch?
        var index: Int32
        var byteCount: Int
        /// What the lane sent for it; nil while it is at work.
        var sent: Int32?
        var acknowledged: Int32 = 0
        var outcome = Outcome.published
        var finished = false
    }

    private var entries: [Entry] = []
    private var head = 0
    /// Sequence number of `entries[0]`.
    private var base: UInt64 = 0
    private var begun: UInt64 = 0
    /// The offset to commit: everything below it is finished. Nil before the first record where no start is known.
    private(set) var committable: Int64?

    init(start: Int64?) { self.committable = start }

    /// Records not finished, and finished ones behind an unfinished one.
    var unfinished: Int { self.entries.count - self.head }
    var nextSequence: UInt64 { self.base + UInt64(self.entries.count) }

    mutating func received(offset: Int64, batch: RecordBatch?, index: Int) {
        if self.committable == nil { self.committable = offset }
        let record = batch?[index]
        self.entries.append(
            Entry(
                offset: offset, batch: batch, index: Int32(index),
                byteCount: (record?.value?.count ?? 0) + (record?.key?.count ?? 0)))
    }

    /// Work on all records before this sequence number has begun.
    mutating func begin(through sequence: UInt64) { self.begun = max(self.begun, sequence) }

    /// Some record that was begun is not finished: a drain waits for it.
    var started: Bool { self.unfinished > 0 && self.base + UInt64(self.head) < self.begun }

    /// Records and octets that will not be finished here.
    var rest: (records: Int, bytes: Int) {
        var rest = (records: 0, bytes: 0)
        for entry in self.entries[self.head...] where !entry.finished {
            rest.records += 1
            rest.bytes += entry.byteCount
        }
        return rest
    }

    /// The lane is through with a record, having sent so many outputs. Answers the outcome if that finishes the record.
    mutating func closed(_ sequence: UInt64, sent: Int, outcome: Outcome) -> Finished? {
        guard let index = self.position(of: sequence) else { return nil }
        self.entries[index].sent = Int32(sent)
        // A refusal may have come before the lane was through: it stands.
        if self.entries[index].outcome == .published { self.entries[index].outcome = outcome }
        return self.finishIfDone(index)
    }

    /// One output is acknowledged. Answers the outcome if that finishes the record.
    mutating func acknowledged(_ sequence: UInt64) -> Finished? {
        guard let index = self.position(of: sequence) else { return nil }
        self.entries[index].acknowledged += 1
        return self.finishIfDone(index)
    }

    enum Refused {
        /// The record ends as a dead letter, for which these are the octets.
        case deadLetter(batch: RecordBatch, index: Int)
        /// Another output of the record was refused before: one dead letter stands for all of them.
        case alreadyDeadLettered
        case unknown
    }

    /// An output, or the dead letter itself, was refused for good.
    mutating func refused(_ sequence: UInt64, whileDeadLetter: Bool) -> Refused {
        guard let index = self.position(of: sequence), let batch = self.entries[index].batch else { return .unknown }
        if self.entries[index].outcome == .deadLettered, !whileDeadLetter { return .alreadyDeadLettered }
        self.entries[index].outcome = .deadLettered
        return .deadLetter(batch: batch, index: Int(self.entries[index].index))
    }

    /// The partition was read to its end with nothing in flight: holes up to there lie behind us.
    mutating func reachedEnd(at offset: Int64) {
        if self.unfinished == 0, offset > self.committable ?? -1 { self.committable = offset }
    }

    private func position(of sequence: UInt64) -> Int? {
        guard sequence >= self.base + UInt64(self.head), sequence < self.nextSequence else { return nil }
        let index = Int(sequence - self.base)
        return self.entries[index].finished ? nil : index
    }

    private mutating func finishIfDone(_ index: Int) -> Finished? {
        guard let sent = self.entries[index].sent, self.entries[index].acknowledged >= sent else { return nil }
        let done = Finished(outcome: self.entries[index].outcome, byteCount: self.entries[index].byteCount)
        self.entries[index].finished = true
        self.entries[index].batch = nil
        while self.head < self.entries.count, self.entries[self.head].finished {
            self.committable = self.entries[self.head].offset + 1
            self.head += 1
        }
        // Amortised: the array shrinks only when half of it is behind us.
        if self.head >= 1024, self.head * 2 >= self.entries.count {
            self.entries.removeFirst(self.head)
            self.base += UInt64(self.head)
            self.head = 0
        }
        return done
    }
}
