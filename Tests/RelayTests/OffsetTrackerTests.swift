import Testing

@testable import Relay

struct OffsetTrackerTests {
    /// Random walks against a naive set: any order of acknowledgements, sparse offsets, several outputs a record.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func agreesWithANaiveSet(seed: UInt64) {
        var random = SplitMix(state: seed)
        var tracker = OffsetTracker(start: 5)
        var open: [(sequence: UInt64, offset: Int64, sent: Int, acknowledged: Int, closed: Bool)] = []
        var offset: Int64 = 5
        var sequence: UInt64 = 0
        for step in 0..<20_000 {
            switch random.next() % 4 {
            case 0 where open.count < 3000:
                offset += Int64(random.next() % 3)
                tracker.received(offset: offset, batch: nil, index: 0)
                open.append((sequence, offset, Int(random.next() % 4), 0, false))
                offset += 1
                sequence += 1
            case 1:
                guard let at = open.indices.randomElement(using: &random), !open[at].closed else { continue }
                open[at].closed = true
                let done = tracker.closed(open[at].sequence, sent: open[at].sent, outcome: .published)
                #expect((done != nil) == (open[at].acknowledged == open[at].sent))
                if done != nil { open.remove(at: at) }
            default:
                guard let at = open.indices.randomElement(using: &random), open[at].acknowledged < open[at].sent
                else { continue }
                open[at].acknowledged += 1
                let done = tracker.acknowledged(open[at].sequence)
                let finished = open[at].closed && open[at].acknowledged == open[at].sent
                #expect((done != nil) == finished)
                if finished { open.remove(at: at) }
            }
            if step % 64 == 0 {
                let lowest = open.map(\.offset).min()
                if let lowest {
                    #expect((tracker.position ?? 0) <= lowest)
                } else {
                    #expect(tracker.unfinished == 0)
                }
            }
        }
        for entry in open {
            _ = tracker.closed(entry.sequence, sent: entry.acknowledged, outcome: .published)
            for _ in 0..<entry.sent { _ = tracker.acknowledged(entry.sequence) }
        }
        #expect(tracker.unfinished == 0)
        #expect(tracker.position == offset)
    }

    @Test func strangeSequencesAreIgnored() {
        var tracker = OffsetTracker(start: nil)
        #expect(tracker.acknowledged(0) == nil && tracker.closed(9, sent: 0, outcome: .published) == nil)
        #expect(tracker.position == nil)
        tracker.received(offset: 7, batch: nil, index: 0)
        #expect(tracker.position == 7)
        #expect(tracker.closed(0, sent: 0, outcome: .unrouted)?.outcome == .unrouted)
        #expect(tracker.closed(0, sent: 0, outcome: .unrouted) == nil)
        #expect(tracker.position == 8)
        tracker.reachedEnd(at: 12)
        #expect(tracker.position == 12)
    }

    @Test func tokensKeepTheirParts() {
        for (slot, sequence) in [(0, 0), (1, 1), (16_383, (1 << 48) - 1)] as [(Int, UInt64)] {
            for stage in [Token.Stage.event, .deadLetter, .deadLetterWithoutValue] {
                let token = Token(slot: slot, sequence: sequence, stage: stage)
                #expect(Token(rawValue: token.rawValue) == token)
            }
        }
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var z = self.state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
