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

/// The records of one partition that were received and are not finished, in offset order; what is finished among them; and
/// the lowest unfinished offset.
///
/// A pure state machine. Sequence numbers count received records, since offsets have holes (compaction, transaction
/// markers); acknowledgements may come in any order, and before the lane has said how many there will be.
///
/// A record ends in one of two ways. At least once: its lane has `closed` it and all that was sent is `acknowledged`. In a
/// transaction: `closed` seals it, and `committed` or `rolledBack` decides for all that are sealed.
struct OffsetTracker {
    /// A record that has just finished.
    struct Finished: Equatable {
        var outcome: Outcome
        var byteCount: Int
        /// Events that were sent for it.
        var events: Int

        init(_ entry: Entry) {
            self.outcome = entry.outcome
            self.byteCount = entry.byteCount
            self.events = entry.outcome == .deadLettered ? 0 : Int(entry.sent ?? 0)
        }
    }

    enum Phase: UInt8, Comparable {
        case open
        /// Waits for other records: unfinished, and no lane is at it.
        case held
        /// In the open transaction.
        case sealed
        case finished

        static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }
    }

    struct Entry {
        var offset: Int64
        /// Keeps the raw octets until the record is finished: an output refused late still becomes a dead letter, and a
        /// transaction that is aborted is made again.
        var batch: RecordBatch?
        var index: Int32
        var byteCount: Int
        /// What the lane sent for it; nil while it is at work.
        var sent: Int32?
        var acknowledged: Int32 = 0
        var outcome = Outcome.published
        var phase = Phase.open
        /// An output was refused: the record goes to the dead letters.
        var refused: KafkaError?
        /// The dead letter was refused too, with its octets.
        var omitsValue = false
        /// How often it could not be handled.
        var failures: UInt8 = 0
        /// Finishes with another record, which carries what was sent for both.
        var isBound = false
    }

    var entries: [Entry] = []
    private(set) var head = 0
    /// Sequence number of `entries[0]`.
    private(set) var base: UInt64 = 0
    private var begun: UInt64 = 0
    let inTransactions: Bool
    /// Finished in an earlier life, from the commit's metadata.
    private var carried: OffsetRuns
    /// Records that are being done: neither finished nor sealed nor held.
    var openCount = 0
    var heldCount = 0
    /// By the record that carries what was sent for them.
    var bound: [UInt64: [UInt64]] = [:]
    /// Records that finished with the last one that did.
    var alsoFinished: [Finished] = []
    /// The offset below which everything is finished, sealed left out. Nil before the first record where no start is known.
    private(set) var position: Int64?

    init(start: Int64?, carried: OffsetRuns = OffsetRuns(), inTransactions: Bool = false) {
        self.position = start
        self.carried = carried
        self.inTransactions = inTransactions
    }

    /// Records not finished, and finished ones behind an unfinished one.
    var unfinished: Int { self.entries.count - self.head }
    var nextSequence: UInt64 { self.base + UInt64(self.entries.count) }

    /// The next record of the partition. False when it was finished in an earlier life: it is not to be done again.
    @discardableResult
    mutating func received(offset: Int64, batch: RecordBatch?, index: Int) -> Bool {
        if self.position == nil { self.position = offset }
        var entry = Entry(
            offset: offset, batch: batch, index: Int32(index), byteCount: batch?[index].byteCount ?? 0)
        let isNew = self.carried.isEmpty || !self.carried.contains(offset)
        if isNew {
            self.openCount += 1
        } else {
            entry.phase = .finished
            entry.batch = nil
        }
        self.entries.append(entry)
        if !isNew { self.advance() }
        return isNew
    }

    /// Work on these records has begun. True when each of them is simply to be handled; else `order` tells for each.
    mutating func begin(first: UInt64, count: Int) -> Bool {
        let end = first + UInt64(count)
        self.begun = max(self.begun, end)
        guard first >= self.base, end <= self.nextSequence else { return false }
        return self.entries[Int(first - self.base)..<Int(end - self.base)].allSatisfy {
            $0.phase == .open && $0.refused == nil
        }
    }

    /// Some record that was begun is not finished: a drain waits for it.
    var started: Bool {
        guard self.unfinished > 0, self.base + UInt64(self.head) < self.begun else { return false }
        return self.heldCount == 0 || self.startedCount > 0
    }

    /// Records in flight, and their octets, that will not be finished here.
    var rest: (records: Int, bytes: Int) {
        var rest = (records: 0, bytes: 0)
        for entry in self.entries[self.head...] where entry.phase == .open || entry.phase == .sealed {
            rest.records += 1
            rest.bytes += entry.byteCount
        }
        return rest
    }

    /// The lane is through with a record, having sent so many outputs. Answers the outcome if that finishes the record.
    mutating func closed(_ sequence: UInt64, sent: Int, outcome: Outcome) -> Finished? {
        guard let index = self.openIndex(of: sequence) else { return nil }
        self.entries[index].sent = Int32(sent)
        // A refusal may have come before the lane was through: it stands.
        if self.entries[index].outcome == .published { self.entries[index].outcome = outcome }
        if self.inTransactions {
            self.entries[index].phase = .sealed
            self.openCount -= 1
            return nil
        }
        return self.finishIfDone(index)
    }

    /// One output is acknowledged. Answers the outcome if that finishes the record.
    mutating func acknowledged(_ sequence: UInt64) -> Finished? {
        guard let index = self.index(of: sequence) else { return nil }
        self.entries[index].acknowledged += 1
        return self.entries[index].phase == .open ? self.finishIfDone(index) : nil
    }

    /// So many more are sent for the record than its lane says.
    mutating func expect(_ count: Int, of sequence: UInt64) {
        guard let index = self.openIndex(of: sequence) else { return }
        self.entries[index].acknowledged -= Int32(count)
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
        guard let index = self.openIndex(of: sequence), let batch = self.entries[index].batch else { return .unknown }
        if self.entries[index].outcome == .deadLettered, !whileDeadLetter { return .alreadyDeadLettered }
        self.entries[index].outcome = .deadLettered
        return .deadLetter(batch: batch, index: Int(self.entries[index].index))
    }

    /// The partition was read to its end with nothing in flight: holes up to there lie behind us.
    mutating func reachedEnd(at offset: Int64) {
        if self.unfinished == 0, offset > self.position ?? -1 { self.position = offset }
    }

    // MARK: - What to commit

    /// The offset to commit, and what is finished beyond it, what is sealed included.
    var snapshot: (offset: Int64, runs: OffsetRuns)? {
        guard var offset = self.position else { return nil }
        var index = self.head
        while index < self.entries.count, self.entries[index].phase >= .sealed {
            offset = self.entries[index].offset + 1
            index += 1
        }
        var runs = OffsetRuns()
        // Where nothing but finished records is left, there is nothing to say.
        if self.openCount + self.heldCount > 0 {
            var start: Int64?
            while index < self.entries.count {
                let entry = self.entries[index]
                if entry.phase < .sealed {
                    start = nil
                } else {
                    // From the first finished offset to the last: the holes between hold no record.
                    runs.append((start ?? entry.offset)..<entry.offset + 1)
                    start = start ?? entry.offset
                }
                index += 1
            }
            // What an earlier life finished beyond all that was read so far.
            if let last = self.entries.last?.offset {
                for run in self.carried.runs where run.upperBound > last + 1 {
                    runs.append(max(run.lowerBound, last + 1)..<run.upperBound)
                }
            }
        } else {
            for run in self.carried.runs where run.upperBound > offset {
                if run.lowerBound <= offset { offset = run.upperBound } else { runs.append(run) }
            }
        }
        return (offset, runs)
    }

    /// How many further records may be taken so that what is finished among them fits into the metadata, in whatever order
    /// they finish, if they have no holes between: either a bit for each offset fits, or a pair of lengths for each open one.
    func room(limit: Int = CommitMetadata.runLimit) -> Int {
        guard self.head < self.entries.count, let last = self.entries.last?.offset else { return .max }
        let span = last - self.entries[self.head].offset
        // A pair of lengths takes 8 characters up to a million offsets apart.
        return max(limit * 6 - 6 - Int(clamping: span), limit / 8 - self.openCount - self.heldCount - 1)
    }

    // MARK: - Transactions

    var hasSealed: Bool { self.entries[self.head...].contains { $0.phase == .sealed } }

    /// The transaction is committed: `body` is told of each record that was in it.
    mutating func committed(_ body: (Finished) -> Void) {
        for index in self.entries[self.head...].indices where self.entries[index].phase == .sealed {
            body(Finished(self.entries[index]))
            self.entries[index].phase = .finished
            self.entries[index].batch = nil
        }
        self.bound = [:]
        self.advance()
    }

    /// The transaction is gone: everything unfinished is to be done again, from the octets that were kept. Answers the
    /// batches, each with the sequence number of its first record.
    mutating func rolledBack() -> [(firstSequence: UInt64, batch: RecordBatch)] {
        var work: [(firstSequence: UInt64, batch: RecordBatch)] = []
        for index in self.entries[self.head...].indices where self.entries[index].phase != .finished {
            if self.entries[index].phase == .sealed { self.openCount += 1 }
            self.entries[index].phase = .open
            self.entries[index].isBound = false
            self.entries[index].sent = nil
            self.entries[index].acknowledged = 0
            self.entries[index].outcome = .published
            guard let batch = self.entries[index].batch else { continue }
            if work.last?.batch !== batch {
                work.append((self.base + UInt64(index) - UInt64(self.entries[index].index), batch))
            }
        }
        self.bound = [:]
        self.begun = self.base + UInt64(self.head)
        return work
    }

    /// What to do with a record: nothing when it is finished, a dead letter when an output refused it.
    enum Order {
        case handle
        case deadLetter(KafkaError, withoutValue: Bool)
        case nothing
    }

    func order(for sequence: UInt64) -> Order {
        guard let index = self.openIndex(of: sequence) else { return .nothing }
        let entry = self.entries[index]
        return entry.refused.map { .deadLetter($0, withoutValue: entry.omitsValue) } ?? .handle
    }

    /// An output of the record was refused: once made again, the record goes to the dead letters; and without its octets,
    /// if it was the dead letter that was refused.
    mutating func mark(_ sequence: UInt64, refused error: KafkaError, stage: Token.Stage) {
        for sequence in [sequence] + (self.bound[sequence] ?? []) {
            guard let index = self.index(of: sequence), self.entries[index].phase != .finished else { continue }
            self.entries[index].refused = error
            self.entries[index].omitsValue = self.entries[index].omitsValue || stage == .deadLetter
        }
    }

    /// Of a record that is still kept.
    func offset(of sequence: UInt64) -> Int64? { self.index(of: sequence).map { self.entries[$0].offset } }

    /// So many outputs of a record are acknowledged; or one is refused, or it is finished.
    func isAcknowledged(_ sequence: UInt64, sent: Int) -> Bool {
        guard let index = self.index(of: sequence) else { return true }
        let entry = self.entries[index]
        return entry.refused != nil || Int(entry.acknowledged) >= sent
    }

    /// Nothing before this record is unfinished.
    func isFirst(_ sequence: UInt64) -> Bool { sequence <= self.base + UInt64(self.head) }

    /// A record could not be handled, once more. Answers how often that was so by now; nil where it is not open.
    mutating func failed(_ sequence: UInt64) -> Int? {
        guard let index = self.openIndex(of: sequence) else { return nil }
        if self.entries[index].failures < .max { self.entries[index].failures += 1 }
        return Int(self.entries[index].failures)
    }

    /// Records that were begun and are not finished.
    var startedCount: Int {
        let begun = Int(self.begun > self.base ? self.begun - self.base : 0)
        guard begun > self.head else { return 0 }
        return self.entries[self.head..<min(begun, self.entries.count)].count {
            $0.phase == .open || $0.phase == .sealed
        }
    }

    // MARK: -

    func index(of sequence: UInt64) -> Int? {
        guard sequence >= self.base + UInt64(self.head), sequence < self.nextSequence else { return nil }
        return Int(sequence - self.base)
    }

    func openIndex(of sequence: UInt64) -> Int? {
        guard let index = self.index(of: sequence), self.entries[index].phase == .open else { return nil }
        return index
    }

    mutating func finishIfDone(_ index: Int) -> Finished? {
        guard !self.entries[index].isBound, let sent = self.entries[index].sent,
            self.entries[index].acknowledged >= sent
        else { return nil }
        if !self.bound.isEmpty { self.finishBound(to: self.base + UInt64(index)) }
        let done = Finished(self.entries[index])
        self.entries[index].phase = .finished
        self.entries[index].batch = nil
        self.openCount -= 1
        self.advance()
        return done
    }

    mutating func advance() {
        while self.head < self.entries.count, self.entries[self.head].phase == .finished {
            self.position = self.entries[self.head].offset + 1
            self.head += 1
        }
        // Amortised: the array shrinks only when half of it is behind us.
        if self.head >= 1024, self.head * 2 >= self.entries.count {
            self.entries.removeFirst(self.head)
            self.base += UInt64(self.head)
            self.head = 0
        }
    }
}
