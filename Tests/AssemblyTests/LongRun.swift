import Foundation

/// How far a test at random goes, and from which seed.
///
/// `TAPERELAY_ASSEMBLY_STEPS` sets how many steps it makes at least, `TAPERELAY_ASSEMBLY_SEED` the seed. A step is one
/// thing that comes to a state machine: a part, a copy, an observation, or the time. `Tests/run.sh --model` makes a million of
/// each test in release mode.
struct LongRun {
    let name: String
    let seed: UInt64
    let steps: Int
    /// Made so far, and in how many rounds.
    private(set) var made = 0
    private(set) var rounds = 0

    init(_ name: String) {
        self.name = name
        self.seed = Self.number("TAPERELAY_ASSEMBLY_SEED") ?? UInt64.random(in: 0...UInt64(UInt32.max))
        self.steps = Self.number("TAPERELAY_ASSEMBLY_STEPS").flatMap { Int(exactly: $0) } ?? 20_000
        print("\(name): TAPERELAY_ASSEMBLY_SEED=\(self.seed), \(self.steps) steps asked for")
    }

    var goesOn: Bool { self.made < self.steps }

    mutating func made(_ steps: Int) {
        self.made += steps
        self.rounds += 1
    }

    func tell(_ more: String = "") { print("\(self.name): \(self.made) steps made in \(self.rounds) rounds\(more)") }

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }
}
