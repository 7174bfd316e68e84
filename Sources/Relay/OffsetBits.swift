/// A set of offsets as bits, in pages that exist only where something is set: a dense range takes a bit an offset, a few
/// stragglers next to nothing.
struct OffsetBits: Sendable, Equatable {
    private static let pageBits: Int64 = 4096
    private static let words = 64

    /// By page number; each page has 64 words.
    private var pages: [Int64: [UInt64]] = [:]
    private(set) var count = 0

    init() {}

    var isEmpty: Bool { self.count == 0 }

    /// False where it was set already. Offsets are not negative.
    @discardableResult
    mutating func insert(_ offset: Int64) -> Bool {
        guard offset >= 0 else { return false }
        let bit = Int(offset % OffsetBits.pageBits)
        let mask: UInt64 = 1 << UInt64(bit % 64)
        let isNew = {
            (page: inout [UInt64]) -> Bool in
            defer { page[bit / 64] |= mask }
            return page[bit / 64] & mask == 0
        }(&self.pages[offset / OffsetBits.pageBits, default: [UInt64](repeating: 0, count: OffsetBits.words)])
        if isNew { self.count += 1 }
        return isNew
    }

    func contains(_ offset: Int64) -> Bool {
        guard offset >= 0, let page = self.pages[offset / OffsetBits.pageBits] else { return false }
        let bit = Int(offset % OffsetBits.pageBits)
        return page[bit / 64] & (1 << UInt64(bit % 64)) != 0
    }

    mutating func formUnion(_ other: OffsetBits) {
        for (number, words) in other.pages {
            var page = self.pages[number] ?? [UInt64](repeating: 0, count: OffsetBits.words)
            for index in words.indices {
                self.count += (words[index] & ~page[index]).nonzeroBitCount
                page[index] |= words[index]
            }
            self.pages[number] = page
        }
    }

    func subtracting(_ other: OffsetBits) -> OffsetBits {
        var rest = OffsetBits()
        for (number, words) in self.pages {
            var page = words
            if let gone = other.pages[number] { for index in page.indices { page[index] &= ~gone[index] } }
            let count = page.reduce(0) { $0 + $1.nonzeroBitCount }
            if count > 0 {
                rest.pages[number] = page
                rest.count += count
            }
        }
        return rest
    }

    /// In rising order.
    func visit(_ body: (Int64) -> Void) {
        for (number, words) in self.pages.sorted(by: { $0.key < $1.key }) {
            for index in words.indices {
                var word = words[index]
                while word != 0 {
                    body(number * OffsetBits.pageBits + Int64(index * 64 + word.trailingZeroBitCount))
                    word &= word - 1
                }
            }
        }
    }

    var runs: OffsetRuns {
        var runs = OffsetRuns()
        self.visit { runs.append($0..<$0 + 1) }
        return runs
    }
}
