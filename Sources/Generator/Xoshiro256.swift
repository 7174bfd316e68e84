/// xoshiro256** seeded through SplitMix64: small, fast, and the same numbers from one seed everywhere.
struct Xoshiro256: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    init(seed: UInt64) {
        var counter = seed
        func word() -> UInt64 {
            counter &+= 0x9E37_79B9_7F4A_7C15
            var mixed = counter
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
        self.state = (word(), word(), word(), word())
    }

    mutating func next() -> UInt64 {
        let product = self.state.1 &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = self.state.1 << 17
        self.state.2 ^= self.state.0
        self.state.3 ^= self.state.1
        self.state.1 ^= self.state.2
        self.state.0 ^= self.state.3
        self.state.2 ^= shifted
        self.state.3 = (self.state.3 << 45) | (self.state.3 >> 19)
        return result
    }

    /// A number from 0 up to, but not including, `bound`: multiply and shift, with a bias too small to matter here.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: UInt64(truncatingIfNeeded: max(bound, 1)).multipliedFullWidth(by: self.next()).high)
    }

    mutating func from(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + self.below(range.count)
    }

    /// From 0 up to, but not including, 1.
    mutating func unit() -> Double {
        Double(self.next() >> 11) * 0x1p-53
    }

    mutating func chance(_ probability: Double) -> Bool {
        self.unit() < probability
    }
}
