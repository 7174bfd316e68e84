internal import Directory
internal import Events
internal import Glibc
internal import Operations
internal import Telegram

/// `parse`: telegrams from files or standard input to events, without Kafka.
struct ParseCommand {
    enum Format: String, CaseIterable {
        case json, pretty, summary, html
    }

    static let parser = OptionParser(
        command: "taperelay parse", summary: "Read telegrams from files or standard input and write their events.",
        options: [
            .value("--format", "FORMAT", "json (one object a line, default), pretty, summary or html."),
            .value("--year", "YYYY", "The year of telegrams that print none."),
            .flag("--transmissions", "Leave sections apart: one event a transmission, not a telegram."),
            .flag("--provenance", "Say for each field which octets it came from."),
            .flag("--strict", "Exit with 65 if something is refused or has a critical finding."),
            .flag("--quiet", "No progress."),
        ], arguments: [Argument("FILE", required: false, repeats: true, "Files to read; - or none for standard input.")]
    )

    let files: [InputFile]
    let format: Format
    let year: Int?
    /// Sections stay apart.
    let transmissions: Bool
    let provenance: Bool
    let isStrict: Bool
    let isQuiet: Bool

    init(_ options: ParsedOptions) throws {
        self.files = options.arguments.isEmpty ? [.standardInput] : options.arguments.map { InputFile(argument: $0) }
        self.format = try options.choice("--format", of: Format.self) ?? .json
        self.year = try options.integer("--year", in: 1900...2100)
        self.transmissions = options.has("--transmissions")
        self.provenance = options.has("--provenance")
        self.isStrict = options.has("--strict")
        self.isQuiet = options.has("--quiet")
    }

    func run() throws -> ExitStatus {
        let sizes = self.files.map(\.byteCount)
        let total = sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
        let progress = Progress(
            "parse", unit: "bytes", total: total, isQuiet: self.isQuiet || (total ?? .max) < 16 << 20)
        let reader = TelegramReader(self)
        do {
            for file in self.files { try reader.read(file, progress) }
            try reader.finish()
        } catch let failure as StandardOutput.Failure {
            // A reader that has gone, as `head` does, is no failure.
            if case .failed(let error) = failure { throw error }
        }
        progress.finish(reader.octetCount)
        if !self.isQuiet, (total ?? .max) >= 16 << 20 {
            Terminal.complain("\(reader.telegramCount) telegrams, \(reader.refusedCount) stretches without one")
        }
        return self.isStrict && reader.isFlawed ? .badData : .success
    }
}

/// Parser, encoder and output of one `parse`.
///
/// A telegram stands where the section stands that completes it; what is incomplete at a file's end stands there.
private final class TelegramReader {
    private let command: ParseCommand
    private var parser = Parser()
    private var encoder: TelegramEncoder
    private var sectionEncoder = SectionEncoder()
    private var shelf: SectionShelf?
    private var page: Page?
    private var output = StandardOutput()
    private let summary: Summary
    private(set) var telegramCount = 0
    private(set) var refusedCount = 0
    private(set) var octetCount = 0
    private(set) var isFlawed = false

    init(_ command: ParseCommand) {
        self.command = command
        let provenance = command.provenance || command.format == .html
        self.encoder = TelegramEncoder(directory: Directory(), options: EventOptions(provenance: provenance))
        if command.format == .html { self.page = Page(title: command.files.map(\.name).joined(separator: ", ")) }
        self.summary = Summary(isColored: isatty(STDOUT_FILENO) == 1)
    }

    func read(_ file: InputFile, _ progress: Progress) throws {
        var stream = try TelegramStream(file)
        self.shelf = self.command.transmissions ? nil : SectionShelf(file)
        while !Task.isCancelled, let stretch = try stream.next() {
            try self.read(stretch.octets, stretch.start, file)
            self.octetCount += stretch.octets.count
            progress.update(self.octetCount)
        }
        // What a cancelled task leaves may be half of what would have come.
        if !Task.isCancelled, let sets = self.shelf?.finish() { try self.write(sets) }
        self.shelf = nil
    }

    private func read(_ bytes: [UInt8], _ start: Int, _ file: InputFile) throws {
        let octets = bytes.span
        var failure: (any Error)?
        // The page shows this stretch itself; elsewhere ranges count from the start of the file.
        self.encoder.options.offset = self.command.format == .html ? 0 : start
        let outcome = self.parser.parse(octets, context: Parser.Context(year: self.command.year)) { telegram in
            guard failure == nil else { return }
            if telegram.findings.contains(where: { $0.code.severity == .critical }) { self.isFlawed = true }
            do {
                if let sets = self.shelf?.add(telegram, octets, from: start) {
                    try self.write(sets)
                } else {
                    try self.write(telegram, octets)
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        if let refusal = outcome.refusal {
            self.refusedCount += 1
            self.isFlawed = true
            Terminal.complain(
                "\(file.name), octet \(start + refusal.offset) (line \(refusal.line), column \(refusal.column) from octet "
                    + "\(start)): no telegram found (\(refusal.code.rawValue))")
        }
    }

    private func write(_ telegram: borrowing Telegram, _ octets: Octets) throws {
        self.telegramCount += 1
        switch self.command.format {
        case .summary:
            try self.output.write(self.summary.text(telegram, octets: octets) + "\n")
        case .json, .pretty:
            try self.write(self.encoder.encode(telegram, octets: octets, source: nil))
        case .html:
            let event = self.encoder.encode(telegram, octets: octets, source: nil)
            self.page?.add(event: event.value, octets: octets, range: telegram.range)
        }
    }

    private func write(_ sets: [SectionSet]) throws {
        for set in sets {
            self.telegramCount += 1
            switch self.command.format {
            case .summary:
                let text = self.sectionEncoder.summary(set, year: self.command.year, as: self.summary)
                try self.output.write(text + "\n")
            case .json, .pretty:
                if let event = self.event(of: set) { try self.write(event) }
            case .html:
                // The page shows the sections one below the other.
                let (octets, set) = set.joined()
                if let event = self.event(of: set) {
                    self.page?.add(event: event.value, octets: octets.span, range: OctetRange(0, octets.count))
                }
            }
        }
    }

    /// Nil, and said, where what was a telegram in its file is none alone.
    private func event(of set: SectionSet) -> EncodedEvent? {
        if let event = self.sectionEncoder.encode(set, year: self.command.year, with: &self.encoder) { return event }
        self.refusedCount += 1
        self.isFlawed = true
        let places = set.transmissions.map { "\($0.offset)" }.joined(separator: ", ")
        Terminal.complain("the sections at octets \(places) could not be read again")
        return nil
    }

    private func write(_ event: EncodedEvent) throws {
        if self.command.format == .pretty {
            try self.output.write(PrettyJSON.indented(event.value))
        } else {
            try self.output.write(event.value)
        }
        try self.output.write("\n")
    }

    func finish() throws {
        if let page = self.page.take() { try self.output.write(page.finish()) }
        try self.output.flush()
    }
}
