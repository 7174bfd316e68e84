import Testing

@testable import Assembly

struct EntryShelfTests {
    @Test func whatIsPutInComesOut() {
        var shelf = EntryShelf()
        let (one, other) = (Array("A".utf8), Array("B".utf8))
        let key = EntryShelf.key(one)
        shelf.put(one, key, [1, 2, 3], heard: 5)
        shelf.put(one, key, [4], heard: 6)
        #expect(
            shelf.count == 1 && shelf.entry(key) == [4] && shelf.heard(key)?.time == 6 && shelf.identity(key) == one)
        // Another that has the same hash is not taken for it.
        #expect(shelf.entry(of: one, key) == [4] && shelf.entry(of: other, key) == nil)
        shelf.remove(key)
        #expect(shelf.count == 0 && shelf.entry(key) == nil && shelf.identity(key) == nil)
    }

    /// Against a dictionary, beyond the point where what is left is moved together again and again.
    @Test func wasteIsMovedOutAndNothingElse() {
        var random = SplitMix(state: 7)
        var shelf = EntryShelf()
        var model: [[UInt8]: [UInt8]] = [:]
        for step in 0..<20_000 {
            let identity = Array("T\(random.below(200))".utf8)
            let key = EntryShelf.key(identity)
            if random.below(5) == 0 {
                shelf.remove(key)
                model[identity] = nil
            } else {
                let entry = [UInt8](repeating: UInt8(truncatingIfNeeded: step), count: random.below(400))
                shelf.put(identity, key, entry, heard: Int64(step))
                model[identity] = entry
            }
        }
        #expect(shelf.count == model.count)
        #expect(model.allSatisfy { shelf.entry(of: $0, EntryShelf.key($0)) == $1 })
        #expect(shelf.octetCount < 3 * (1 << 16))
    }
}
