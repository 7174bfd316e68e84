/// Offsets that are finished beyond the committed one, as runs: disjoint, in rising order, never touching.
///
/// The text is what travels in a commit's metadata, so that finished work is not done again after a crash (contract 7). It
/// counts from the committed offset, `base`, which is itself unfinished. Two forms, of which the shorter is taken:
/// - `r`: for each run the unfinished offsets before it and its length, as numbers of 5 bits a character, lowest first, with
///   a sixth bit while more follow;
/// - `b`: one bit an offset from `base + 1` on, 6 a character, lowest first.
/// Characters are base64's (RFC 4648, section 4), so the text survives every tool that takes metadata for a string (trap 13).
struct OffsetRuns: Equatable, Sendable {
    private(set) var runs: [Range<Int64>] = []

    /// Offsets that could be named at most: what reads a text makes no more work for itself than this.
    static let spanLimit: Int64 = 1 << 48

    init() {}

    var isEmpty: Bool { self.runs.isEmpty }
    /// One beyond the last finished offset.
    var end: Int64? { self.runs.last?.upperBound }

    /// Adds a run that begins at or beyond the end.
    mutating func append(_ run: Range<Int64>) {
        if run.isEmpty { return }
        if let last = self.runs.last, last.upperBound >= run.lowerBound {
            self.runs[self.runs.count - 1] = last.lowerBound..<max(last.upperBound, run.upperBound)
        } else {
            self.runs.append(run)
        }
    }

    func contains(_ offset: Int64) -> Bool {
        var low = 0
        var high = self.runs.count
        while low < high {
            let middle = (low + high) / 2
            if self.runs[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low < self.runs.count && self.runs[low].contains(offset)
    }

    /// The first offset from here on that is not finished.
    func firstMissing(from offset: Int64) -> Int64 {
        self.runs.first { $0.contains(offset) }?.upperBound ?? offset
    }

    /// Those above an offset.
    func beyond(_ offset: Int64) -> OffsetRuns {
        var rest = OffsetRuns()
        for run in self.runs where run.upperBound > offset { rest.append(max(run.lowerBound, offset)..<run.upperBound) }
        return rest
    }

    /// As many of the first as the text has room for: what is not said is done again after a crash.
    func fitting(_ base: Int64, in limit: Int) -> OffsetRuns {
        var runs = self
        while runs.text(base: base).utf8.count > limit { runs.runs.removeLast(max(runs.runs.count / 8, 1)) }
        return runs
    }

    func count(within range: Range<Int64>) -> Int64 {
        self.runs.reduce(0) { $0 + Int64($1.clamped(to: range).count) }
    }

    // MARK: - Text

    private static let digits = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in OffsetRuns.digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// The shorter form, after its letter; empty where nothing is finished beyond the base.
    func text(base: Int64) -> String {
        guard let end = self.end, end > base else { return "" }
        var lengths: [UInt8] = [UInt8(ascii: "r")]
        var at = base
        for run in self.runs {
            OffsetRuns.append(UInt64(run.lowerBound - at), to: &lengths)
            OffsetRuns.append(UInt64(run.upperBound - run.lowerBound), to: &lengths)
            at = run.upperBound
        }
        let bits = (end - base - 1 + 5) / 6
        if bits < Int64(lengths.count) - 1 {
            return String(decoding: self.bitset(base: base, count: Int(bits)), as: UTF8.self)
        }
        return String(decoding: lengths, as: UTF8.self)
    }

    private func bitset(base: Int64, count: Int) -> [UInt8] {
        var groups = [UInt8](repeating: 0, count: count)
        for run in self.runs {
            for offset in run {
                let bit = Int(offset - base - 1)
                groups[bit / 6] |= 1 << UInt8(bit % 6)
            }
        }
        return [UInt8(ascii: "b")] + groups.map { OffsetRuns.digits[Int($0)] }
    }

    private static func append(_ number: UInt64, to text: inout [UInt8]) {
        var rest = number
        repeat {
            let low = Int(rest & 31)
            rest >>= 5
            text.append(OffsetRuns.digits[low | (rest > 0 ? 32 : 0)])
        } while rest > 0
    }

    /// Reads either form; nil where the text is none of ours: empty, a wrong character, a number cut off, a run of nothing.
    init?(text: Substring, base: Int64) {
        guard base >= 0, let form = text.utf8.first else { return nil }
        let digits = text.utf8.dropFirst()
        switch form {
        case UInt8(ascii: "r"): self.init(lengths: digits, base: base)
        case UInt8(ascii: "b"): self.init(bits: digits, base: base)
        default: return nil
        }
    }

    private init?(lengths: Substring.UTF8View.SubSequence, base: Int64) {
        var at = base
        var gap: Int64?
        var number: Int64 = 0
        var shift: Int64 = 0
        for digit in lengths {
            let value = OffsetRuns.values[Int(digit)]
            guard value < 64, shift < 48 else { return nil }
            number |= Int64(value & 31) << shift
            shift += 5
            if value >= 32 { continue }
            guard number > 0, number < OffsetRuns.spanLimit, at < Int64.max - OffsetRuns.spanLimit else { return nil }
            if let start = gap {
                self.append(at + start..<at + start + number)
                at += start + number
                gap = nil
            } else {
                gap = number
            }
            number = 0
            shift = 0
        }
        guard shift == 0, gap == nil else { return nil }
    }

    private init?(bits: Substring.UTF8View.SubSequence, base: Int64) {
        guard base < Int64.max - OffsetRuns.spanLimit else { return nil }
        var offset = base + 1
        for digit in bits {
            let value = OffsetRuns.values[Int(digit)]
            guard value < 64 else { return nil }
            for bit in 0..<6 where value & (1 << UInt8(bit)) != 0 {
                self.append(offset + Int64(bit)..<offset + Int64(bit) + 1)
            }
            offset += 6
        }
    }
}
