import Testing

@testable import Relay

struct OffsetBitsTests {
    @Test func agreesWithASet() {
        var random = SystemRandomNumberGenerator()
        var bits = OffsetBits()
        var others = OffsetBits()
        var set: Set<Int64> = []
        var otherSet: Set<Int64> = []
        for _ in 0..<20_000 {
            let offset = Int64.random(in: 0..<30_000, using: &random) + (Bool.random() ? 0 : 1 << 40)
            #expect(bits.insert(offset) == set.insert(offset).inserted)
            let other = Int64.random(in: 0..<30_000, using: &random)
            others.insert(other)
            otherSet.insert(other)
        }
        #expect(bits.count == set.count)
        var visited: [Int64] = []
        bits.visit { visited.append($0) }
        #expect(visited == set.sorted())
        var rest: [Int64] = []
        let difference = bits.subtracting(others)
        difference.visit { rest.append($0) }
        #expect(rest == set.subtracting(otherSet).sorted() && difference.count == rest.count)
        bits.formUnion(others)
        #expect(bits.count == set.union(otherSet).count)
        #expect(bits.contains(1 << 40) == set.contains(1 << 40) && !bits.contains(-1) && !bits.contains(.max))
    }

    @Test func runsJoinNeighbours() {
        var bits = OffsetBits()
        for offset: Int64 in [4095, 4096, 7, 9, 8, 63, 64, -5] { bits.insert(offset) }
        #expect(bits.runs.runs == [7..<10, 63..<65, 4095..<4097])
        #expect(bits.count == 7)
    }

    @Test func runsAreCountedAndPassedOver() {
        var runs = OffsetRuns()
        runs.append(3..<7)
        runs.append(9..<12)
        #expect(runs.firstMissing(from: 3) == 7 && runs.firstMissing(from: 7) == 7 && runs.firstMissing(from: 11) == 12)
        #expect(runs.count(within: 5..<10) == 3 && runs.count(within: 20..<30) == 0)
        #expect(runs.beyond(5).runs == [5..<7, 9..<12])
    }
}
