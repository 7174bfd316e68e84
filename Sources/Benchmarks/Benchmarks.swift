internal import Generator
@preconcurrency internal import Glibc

/// Times parser and events against a bare pass of JSON escapes over the same octets, all in one run.
@main
struct Benchmarks {
    static func main() {
        guard let options = Options(CommandLine.arguments.dropFirst()) else {
            fputs(Options.usage, stderr)
            exit(64)
        }
        let layouts = options.layouts.isEmpty ? GeneratedLayout.allCases : options.layouts
        var corpus = Corpus(
            generating: options.count, seed: options.seed, damage: options.damage, layouts: layouts)
        for file in options.files where !corpus.add(file: file) {
            fputs("taperelay-bench: \(file) cannot be read\n", stderr)
            exit(66)
        }
        guard !corpus.octets.isEmpty else { exit(0) }
        if options.digest {
            Self.printDigest(&corpus, options)
        } else if let stage = options.only {
            var bench = Bench()
            print(bench.run(stage, corpus))
        } else {
            Self.printTimes(corpus, options)
            if options.layouts.isEmpty { Self.printLayouts(options) }
        }
    }

    /// Each layout alone, against the bare escape of the same octets.
    private static func printLayouts(_ options: Options) {
        print("\n| layout | MB | parser and events, best µs/telegram | × escape (best) | × escape (median) |")
        print("|---|---:|---:|---:|---:|")
        for layout in GeneratedLayout.allCases {
            let corpus = Corpus(
                generating: max(options.count / 4, 1), seed: options.seed, damage: options.damage, layouts: [layout])
            var bench = Bench()
            var times: [[UInt64]] = [[], []]
            for round in 0...options.rounds {
                for (index, stage) in [Stage.escape, .events].enumerated() {
                    let start = Self.now()
                    Self.keep(bench.run(stage, corpus))
                    if round > 0 { times[index].append(Self.now() &- start) }
                }
            }
            let base = Self.seconds(times[0])
            let (best, median) = Self.seconds(times[1])
            let cells = [
                layout.rawValue, Self.fixed(Double(corpus.octets.count) / 1e6, 1),
                Self.fixed(best / Double(corpus.records.count) * 1e6, 2), Self.fixed(best / base.best, 2),
                Self.fixed(median / base.median, 2),
            ]
            print("| " + cells.joined(separator: " | ") + " |")
        }
    }

    /// What a pass gives back is used, or the optimizer would leave the pass out.
    @inline(never)
    private static func keep(_ sum: Int) {}

    private static func printDigest(_ corpus: inout Corpus, _ options: Options) {
        for pass in 0..<4 {
            if pass > 0 { corpus.mutate(seed: options.seed &+ UInt64(pass * 2)) }
            var bench = Bench(provenance: true)
            let (hash, events) = bench.digest(corpus)
            print(pass == 0 ? "as they are" : "mutation \(pass)", String(hash, radix: 16), "over \(events) events")
        }
    }

    private static func printTimes(_ corpus: Corpus, _ options: Options) {
        var bench = Bench()
        var times: [[UInt64]] = Stage.allCases.map { _ in [] }
        var sum = 0
        // The stages take turns, so that what else the machine does meets all of them alike; the first turn warms up.
        for round in 0...options.rounds {
            for (index, stage) in Stage.allCases.enumerated() {
                let start = Self.now()
                sum &+= bench.run(stage, corpus)
                if round > 0 { times[index].append(Self.now() &- start) }
            }
        }
        let megabytes = Double(corpus.octets.count) / 1e6
        let count = Double(corpus.records.count)
        print("Swift \(Self.swiftVersion), \(Self.processor)")
        print(
            "\(corpus.records.count) telegrams, \(Self.fixed(megabytes, 1)) MB, seed \(options.seed),",
            "damage \(options.damage), \(options.rounds) rounds, check \(sum)\n")
        print(
            "| stage | best MB/s | median MB/s | best µs/telegram | median µs/telegram | × escape (best) | × escape (median) |"
        )
        print("|---|---:|---:|---:|---:|---:|---:|")
        let base = Self.seconds(times[0])
        for (index, stage) in Stage.allCases.enumerated() {
            let (best, median) = Self.seconds(times[index])
            let cells = [
                stage.title, Self.fixed(megabytes / best, 0), Self.fixed(megabytes / median, 0),
                Self.fixed(best / count * 1e6, 2), Self.fixed(median / count * 1e6, 2),
                Self.fixed(best / base.best, 2), Self.fixed(median / base.median, 2),
            ]
            print("| " + cells.joined(separator: " | ") + " |")
        }
    }

    private static func seconds(_ times: [UInt64]) -> (best: Double, median: Double) {
        let sorted = times.sorted()
        return (Double(sorted[0]) / 1e9, Double(sorted[sorted.count / 2]) / 1e9)
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    private static func fixed(_ value: Double, _ places: Int) -> String {
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((value * Double(scale)).rounded())
        guard places > 0 else { return "\(scaled)" }
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.utf8.count) + fraction
    }

    /// What the compiler tells of itself at compile time; the language has no number for the patch.
    private static var swiftVersion: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3.2)
            "6.3.2 or later"
        #elseif compiler(>=6.3.1)
            "6.3.1"
        #else
            "6.3"
        #endif
    }

    private static var processor: String {
        var corpus = Corpus(generating: 0, seed: 0, damage: 0, layouts: [])
        guard corpus.add(file: "/proc/cpuinfo") else { return "unknown processor" }
        for line in String(decoding: corpus.octets, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix("model name") {
            return line.drop { $0 != ":" }.dropFirst(2).description
        }
        return "unknown processor"
    }
}
