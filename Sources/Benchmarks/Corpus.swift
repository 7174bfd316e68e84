internal import Generator
internal import Glibc

/// Records back to back in one array, so that the timed loops read memory in order as a consumer's batch is read.
struct Corpus {
    private(set) var octets: [UInt8] = []
    private(set) var records: [Range<Int>] = []

    init(generating count: Int, seed: UInt64, damage: Double, layouts: [GeneratedLayout]) {
        var generator = TelegramGenerator(seed: seed, damage: damage, layouts: layouts)
        for _ in 0..<count {
            let start = self.octets.count
            generator.next(into: &self.octets)
            self.records.append(start..<self.octets.count)
        }
    }

    /// False where the file cannot be read.
    mutating func add(file: String) -> Bool {
        guard let stream = fopen(file, "rb") else { return false }
        defer { fclose(stream) }
        let start = self.octets.count
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, stream)
            guard count > 0 else { break }
            self.octets.append(contentsOf: chunk[..<count])
        }
        self.records.append(start..<self.octets.count)
        return ferror(stream) == 0
    }

    /// Every few hundred octets another one stands there: ends of lines, figures, brackets and what is not ASCII.
    mutating func mutate(seed: UInt64) {
        let replacements: [UInt8] = Array("\r\n 0919ABT#/()-.,:ENQ\t".utf8) + [0, 0x7F, 0x80, 0x92, 0xA0, 0xC3, 0xFF]
        var state = seed | 1
        var position = 0
        while true {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            position += 1 + Int(state % 600)
            guard position < self.octets.count else { return }
            self.octets[position] = replacements[Int((state >> 32) % UInt64(replacements.count))]
        }
    }
}
