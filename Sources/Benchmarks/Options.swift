internal import Generator

/// What to time, from the command line.
struct Options {
    static let usage = """
        usage: taperelay-bench [--count N] [--seed S] [--damage RATE] [--layout NAME]... [--rounds N] [--only STAGE]
                               [--digest] [FILE ...]

          --count N      generated telegrams (4000)
          --seed S       of the generator (1)
          --damage RATE  share of generated telegrams with archive damage, 0 to 1 (0)
          --layout NAME  only telegrams of this layout; else of all in turn, and each timed alone as well
          --rounds N     passes of each stage (9)
          --only STAGE   one pass of escape, parse or events, for a profiler
          --digest       one number over all events, of the corpus and of mutations of it: do two builds agree?
          FILE           a record of its own, timed with the generated ones

        """

    var count = 4000
    var seed: UInt64 = 1
    var damage = 0.0
    var layouts: [GeneratedLayout] = []
    var rounds = 9
    var only: Stage?
    var digest = false
    var files: [String] = []

    /// Nil where the arguments are not as `usage` says.
    init?(_ arguments: some Sequence<String>) {
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            switch argument {
            case "--digest": self.digest = true
            case "--count":
                guard let value = rest.next().flatMap({ Int($0) }), value >= 0 else { return nil }
                self.count = value
            case "--seed":
                guard let value = rest.next().flatMap({ UInt64($0) }) else { return nil }
                self.seed = value
            case "--damage":
                guard let value = rest.next().flatMap({ Double($0) }), (0...1).contains(value) else { return nil }
                self.damage = value
            case "--layout":
                guard let value = rest.next().flatMap({ GeneratedLayout(rawValue: $0) }) else { return nil }
                self.layouts.append(value)
            case "--rounds":
                guard let value = rest.next().flatMap({ Int($0) }), value > 0 else { return nil }
                self.rounds = value
            case "--only":
                guard let value = rest.next().flatMap({ Stage(rawValue: $0) }) else { return nil }
                self.only = value
            default:
                guard !argument.hasPrefix("-") else { return nil }
                self.files.append(argument)
            }
        }
    }
}
