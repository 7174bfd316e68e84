import Foundation
import KafkaClient
import Testing

@testable import Relay

/// The offset tracker and its text against sets, at random: records come with holes, finish in any order, are sealed,
/// committed and rolled back; and again and again the worker dies and another begins from what was committed.
///
/// `TAPERELAY_MODEL_STEPS` and `TAPERELAY_MODEL_SEED` make it long or repeat it; `Tests/run.sh --model` runs ten million
/// steps in release mode.
struct OffsetModelTests {
    static let environment = ProcessInfo.processInfo.environment
    static let steps = Int(Self.environment["TAPERELAY_MODEL_STEPS"] ?? "") ?? 200_000
    static let seed = UInt64(Self.environment["TAPERELAY_MODEL_SEED"] ?? "") ?? UInt64.random(in: 1...1_000_000)

    @Test(arguments: [false, true])
    func agreesWithSets(inTransactions: Bool) throws {
        print("offset model: seed \(Self.seed), \(Self.steps) steps, transactions \(inTransactions)")
        var model = Model(seed: Self.seed, inTransactions: inTransactions)
        for _ in 0..<Self.steps { try model.step() }
        try model.check()
        print("offset model: \(model.lives) lives, \(model.longest) octets the longest text")
        #expect(model.lives > 1 && model.finishedTwice == 0)
    }

    /// Each size of text up to the limit and beyond, of either form.
    @Test func everySizeIsReadBack() throws {
        var random = SplitMix(state: 99)
        var sizes = Set<Int>()
        let stride = Self.steps >= 1_000_000 ? 1 : 37
        for count in Swift.stride(from: 1, through: 3000, by: stride) {
            var runs = OffsetRuns()
            var offset: Int64 = 1_000_000
            for _ in 0..<count {
                offset += 1 + Int64(random.next() % (count % 2 == 0 ? 3 : 5000))
                let length = 1 + Int64(random.next() % (count % 3 == 0 ? 2 : 700))
                runs.append(offset..<offset + length)
                offset += length
            }
            let text = runs.text(base: 1_000_000)
            sizes.insert(text.utf8.count)
            try #require(OffsetRuns(text: text[...], base: 1_000_000) == runs)
        }
        #expect(sizes.count > 1500 / stride && sizes.contains { $0 > 4096 })
        // Both forms at each number of characters up to the limit.
        for size in Swift.stride(from: 2, through: CommitMetadata.limit, by: stride) {
            var bits = OffsetRuns()
            for index in 0..<Int64(size - 1) * 6 where random.next() & 1 == 0 || index == Int64(size - 1) * 6 - 1 {
                bits.append(1 + index..<2 + index)
            }
            let text = bits.text(base: 0)
            try #require(text.utf8.count <= size && OffsetRuns(text: text[...], base: 0) == bits)
        }
    }

    @Test func hostileTextsAreRefused() {
        var random = SplitMix(state: 7)
        for text in [
            "", "x", "r", "rB", "rBA", "rAB", "rgggggggggggB", "b-", "bA ", "r////////////////", "tr1", "tr1;o=5;n=1",
            "tr1;o=x", "tr1;n=1,2,3,4,-5", "tr1;rB", "tr2;o=5", "tr1;o=6",
        ] {
            _ = OffsetRuns(text: text[...], base: 5)
            _ = try? CommitMetadata(text, offset: 5)
        }
        #expect(OffsetRuns(text: "rgggggggggggB", base: 0) == nil)
        #expect(throws: CommitMetadata.Failure.newer("tr2")) { try CommitMetadata("tr2;o=5", offset: 5) }
        #expect(throws: CommitMetadata.Failure.moved(6)) { try CommitMetadata("tr1;o=6", offset: 5) }
        #expect(throws: CommitMetadata.Failure.foreign) { try CommitMetadata("by hand", offset: 5) }
        #expect(throws: CommitMetadata.Failure.foreign) { try CommitMetadata("tr1;rB", offset: 5) }
        for _ in 0..<20_000 {
            let octets = (0..<random.next() % 40).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let text = "tr1;" + String(decoding: octets, as: UTF8.self)
            _ = try? CommitMetadata(text, offset: Int64(truncatingIfNeeded: random.next()))
        }
    }

    @Test func metadataReadsBackWhole() throws {
        var metadata = CommitMetadata(offset: 1200)
        metadata.counts.published = 1180
        metadata.counts.deadLettered = 3
        metadata.counts.unrouted = 17
        metadata.counts.events = 1183
        metadata.from = "3:1000"
        metadata.turn = true
        metadata.runs.append(1201..<1203)
        metadata.runs.append(1300..<1500)
        #expect(metadata.text == "tr1;o=1200;n=1180,3,17,0,1183;f=3:1000;t;rBChDoG")
        #expect(try CommitMetadata(metadata.text, offset: 1200) == metadata)
    }
}

/// A partition's log, what of it is finished, and the worker that is at it.
private struct Model {
    private var random: SplitMix
    private let inTransactions: Bool
    /// Offsets of the log, in order; holes between.
    private var log: [Int64] = []
    private var last: Int64 = -1
    /// The log's next place that the present life has not received.
    private var next = 0
    private var finished = Set<Int64>()
    private var sealed = Set<Int64>()
    private var open: [(sequence: UInt64, offset: Int64)] = []
    private var tracker: OffsetTracker
    private var steps = 0
    private(set) var lives = 1
    private(set) var longest = 0
    private(set) var finishedTwice = 0

    init(seed: UInt64, inTransactions: Bool) {
        self.random = SplitMix(state: seed)
        self.inTransactions = inTransactions
        self.tracker = OffsetTracker(start: 0, inTransactions: inTransactions)
    }

    mutating func step() throws {
        self.steps += 1
        if self.steps % 997 == 0 { try self.check() }
        // By turns more comes in than ends, and the other way round.
        let isFilling = self.steps / 5000 % 2 == 0
        switch self.random.next() % 1000 {
        case 0 where !isFilling || self.random.next() % 8 == 0: try self.die()
        case 2...9 where self.inTransactions: self.commit()
        case 10...11 where self.inTransactions: self.rollBack()
        case 12...(isFilling ? 700 : 400) where self.tracker.room() > 0 && self.open.count < 2000: self.receive()
        default: self.finish()
        }
    }

    private mutating func receive() {
        if self.next == self.log.count {
            let gap = self.random.next() % 50 == 0 ? self.random.next() % 10_000 : self.random.next() % 3
            self.last += 1 + Int64(gap)
            self.log.append(self.last)
        }
        let offset = self.log[self.next]
        self.next += 1
        let sequence = self.tracker.nextSequence
        let isNew = self.tracker.received(offset: offset, batch: nil, index: 0)
        if isNew {
            if self.finished.contains(offset) { self.finishedTwice += 1 }
            self.open.append((sequence, offset))
        }
    }

    /// Mostly the oldest ones, now and then any.
    private mutating func finish() {
        guard !self.open.isEmpty else { return }
        let range = self.random.next() % 2 == 0 ? self.open.count : min(self.open.count, 40)
        let index = Int(self.random.next() % UInt64(range))
        let (sequence, offset) = self.open.remove(at: index)
        let sent = Int(self.random.next() % 3)
        for _ in 0..<(self.inTransactions ? 0 : sent) { _ = self.tracker.acknowledged(sequence) }
        _ = self.tracker.closed(sequence, sent: sent, outcome: .published)
        if self.inTransactions { self.sealed.insert(offset) } else { self.finished.insert(offset) }
    }

    private mutating func commit() {
        self.tracker.committed { _ in }
        self.finished.formUnion(self.sealed)
        self.sealed = []
    }

    private mutating func rollBack() {
        _ = self.tracker.rolledBack()
        self.reopen()
    }

    private mutating func reopen() {
        self.sealed = []
        self.open = []
        for (index, entry) in self.tracker.entries.enumerated().dropFirst(self.tracker.head)
        where entry.phase == .open {
            self.open.append((self.tracker.base + UInt64(index), entry.offset))
        }
    }

    /// The commit is what a new life begins from; in transactions that is the state after the last commit.
    private mutating func die() throws {
        if self.inTransactions { self.commit() }
        try self.check()
        guard let (offset, runs) = self.tracker.snapshot else { return }
        var metadata = CommitMetadata(offset: offset)
        metadata.runs = runs
        let text = metadata.text
        self.longest = max(self.longest, text.utf8.count)
        try #require(text.utf8.count <= CommitMetadata.limit)
        let read = try CommitMetadata(text, offset: offset)
        self.tracker = OffsetTracker(start: offset, carried: read.runs, inTransactions: self.inTransactions)
        self.next = self.log.firstIndex { $0 >= offset } ?? self.log.count
        self.open = []
        self.sealed = []
        self.lives += 1
        // Everything below is finished for good, and need not be remembered.
        self.finished = self.finished.filter { $0 >= offset }
        self.log.removeFirst(self.next)
        self.next = 0
    }

    /// Nothing below the offset is unfinished, the offset itself is not finished, and the runs say of each record beyond it
    /// whether it is.
    func check() throws {
        guard let (offset, runs) = self.tracker.snapshot else { return }
        let done = self.finished.union(self.sealed)
        for record in self.log {
            if record < offset {
                try #require(done.contains(record))
            } else {
                try #require(runs.contains(record) == done.contains(record))
            }
        }
        // As far as it can be: no record before the first unfinished one is left to do again.
        if let first = self.log.first(where: { !done.contains($0) }) { try #require(offset <= first) }
        if let oldest = self.open.map(\.offset).min() {
            try #require(self.log.allSatisfy { $0 < offset || $0 >= oldest })
        }
        try #require(self.tracker.openCount == self.open.count)
    }
}
