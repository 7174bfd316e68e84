internal import Generator
internal import Operations

/// `generate`: invented telegrams for load tests and demonstrations.
struct GenerateCommand {
    static let parser = OptionParser(
        command: "taperelay generate",
        summary: "Write invented telegrams to standard output, the same for the same seed.",
        options: [
            .value("--count", "N", "How many (default 100)."),
            .value("--seed", "S", "Where the choices start (default 1)."),
            .value("--damage", "PERCENT", "How many of a hundred get the damage of old archives (default 0)."),
            .value("--layout", "NAME", "How they are written (default acp127); all takes the layouts in turn."),
            .flag("--quiet", "No progress."),
        ])

    let count: Int
    let seed: UInt64
    let damage: Double
    let layouts: [GeneratedLayout]
    let isQuiet: Bool

    init(_ options: ParsedOptions) throws {
        self.count = try options.integer("--count", in: 0...10_000_000) ?? 100
        self.seed = UInt64(try options.integer("--seed", in: 0...Int.max) ?? 1)
        self.damage = Double(try options.integer("--damage", in: 0...100) ?? 0) / 100
        self.layouts = try Self.layouts(options)
        self.isQuiet = options.has("--quiet")
    }

    private static func layouts(_ options: ParsedOptions) throws -> [GeneratedLayout] {
        guard let name = options.value("--layout") else { return [.acp127] }
        if name == "all" { return GeneratedLayout.allCases }
        return [try options.choice("--layout", of: GeneratedLayout.self) ?? .acp127]
    }

    func run() throws -> ExitStatus {
        var generator = TelegramGenerator(seed: self.seed, damage: self.damage, layouts: self.layouts)
        let progress = Progress(
            "generate", unit: "telegrams", total: self.count, isQuiet: self.isQuiet || self.count < 10_000)
        var output = StandardOutput()
        try output.finish { output throws(StandardOutput.Failure) in
            var bytes: [UInt8] = []
            for number in 0..<self.count {
                if Task.isCancelled { return }
                bytes.removeAll(keepingCapacity: true)
                _ = generator.next(into: &bytes)
                try output.write(bytes)
                if number % 1024 == 0 { progress.update(number) }
            }
        }
        progress.finish(self.count)
        return .success
    }
}
