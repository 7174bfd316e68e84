/// Reads the telegrams of a record (format 0.4), one after the other, into one reused `Telegram`.
///
/// Not `Sendable`: each lane has its own. It is large; a call from a mutating method to one that only borrows it copies it,
/// so what is called for every telegram is mutating, whether it changes anything or not.
public struct Parser: ~Copyable {
    /// What the record itself does not say.
    public struct Context: Sendable {
        /// When the record was written: the year of undated text is the one closest to it.
        public var received: Instant?
        /// Wins over `received` (`parse --year`).
        public var year: Int?

        public init(received: Instant? = nil, year: Int? = nil) {
            self.received = received
            self.year = year
        }
    }

    /// Longer telegrams are cut there; what follows is unexplained text (format 9, 42).
    public static let telegramLimit = 4 << 20
    /// Longer lines are cut into lines of this length (format 9, 42).
    public static let lineLimit = 1 << 20

    public var telegram = Telegram()

    /// The line table of the whole record.
    var lines = Table<Line>()
    /// The facts that any of them has.
    var recordFacts: LineFacts = []
    var context = Context()
    /// How the last record came to be decoded that had to be.
    private var transcoding = Transcoding.parity

    /// The next line of the telegram to read, and the first that is not its own.
    var cursor = 0
    var bound = 0
    /// What the lines so far showed.
    var seen = Seen()
    /// Lines of FL12.
    var textLines = 0..<0
    /// First line of the (inner) FL5, and the first after its address.
    var addressLines = 0..<0

    var claims = Table<OctetRange>()
    var claimsAreSorted = true
    var exclusions = Table<OctetRange>()
    /// What the hash is made over: the first `hashCount` octets; the others are left from longer telegrams.
    var hashInput: [UInt8] = []
    var hashCount = 0
    /// Octets of `addressLines` and of `textLines` that are not blank, counted when they were hashed.
    var addressContent = 0
    var textContent = 0
    var edits: [Edit] = []
    /// Tables that the text's grammar fills anew for each telegram.
    var scratch = TextScratch()
    /// Where sections meet; empty but for the telegram that sections make together.
    var joints: [JoinedSections.Joint] = []
    /// No section of that telegram is missing.
    var isJoinedWhole = false
    /// Its last section is there.
    var isJoinedToLast = false

    public init() {}

    /// Calls `each` once for every transmission of the record, with the telegram that the next call reuses.
    public mutating func parse(
        _ octets: Octets, context: Context = .init(), each: (borrowing Telegram) throws -> Void
    ) rethrows -> Outcome {
        self.context = context
        guard octets.count <= Int(Int32.max) else {
            return Outcome(telegrams: 0, refusal: Refusal(code: .tooLong, offset: 0, line: 1, column: 1))
        }
        self.tabulateLines(octets)
        guard let transcoding = octets.transcoding(hasSigns: self.recordFacts.contains(.escapes)) else {
            if !self.telegram.decoded.isEmpty { self.forgetDecoded() }
            return try self.parseLines(octets, each: each)
        }
        self.forgetDecoded()
        self.transcoding = transcoding
        transcoding.decode(octets, into: &self.telegram.decoded, &self.telegram.origins)
        let decoded = self.telegram.decoded
        self.tabulateLines(decoded.span)
        var outcome = try self.parseLines(decoded.span, each: each)
        if let refusal = outcome.refusal {
            let place = self.telegram.recordRange(OctetRange(refusal.offset, refusal.offset))
            outcome.refusal?.offset = place.start
        }
        return outcome
    }

    mutating func forgetDecoded() {
        self.telegram.decoded.removeAll()
        self.telegram.origins.removeAll()
    }

    private mutating func parseLines(
        _ octets: Octets, each: (borrowing Telegram) throws -> Void
    ) rethrows -> Outcome {
        var count = 0
        var frame = self.firstFrame(octets)
        while let current = frame {
            frame = self.nextFrame(octets, after: current)
            self.read(octets, current, isLast: frame == nil)
            try each(self.telegram)
            count += 1
        }
        return Outcome(telegrams: count, refusal: count == 0 ? self.refusal(octets) : nil)
    }

    mutating func read(_ octets: Octets, _ frame: Frame, isLast: Bool) {
        self.telegram.reset()
        self.claims.removeAll()
        self.claimsAreSorted = true
        self.seen = Seen()
        self.cursor = frame.lines.lowerBound
        self.bound = frame.lines.upperBound
        self.textLines = self.bound..<self.bound
        self.addressLines = self.cursor..<self.cursor
        let start = self.lines[frame.lines.lowerBound].range.start
        let end = frame.lines.isEmpty ? start : self.lines[frame.lines.upperBound - 1].range.end
        self.telegram.range = OctetRange(start, Swift.max(start, end))
        self.capLines(from: start)

        switch frame.start {
        case .text: self.telegram.layout = .textOnly
        case .labels: self.readLabels(octets)
        case .page:
            self.readAttributes(octets)
            self.readArchivePage(octets)
            self.readHeading(octets)
        case .envelope:
            self.openEnvelope(octets, frame.lines)
            self.readHeading(octets)
        default: self.readHeading(octets)
        }
        self.readEnding(octets)
        self.chooseLayout(octets)
        self.readCorrections(octets)
        if self.telegram.kind == .service {
            self.readService(octets)
        } else {
            self.readText(octets, lines: self.textLines)
        }
        self.correctText(octets)
        if self.telegram.section != nil { self.noteText() }
        self.readSections(octets)
        self.checkConsistency(octets)
        self.reportMissing(octets)
        if self.telegram.kind == .telegram { self.checkMarkings(octets) }
        self.hashContent(octets)
        let last = isLast ? octets.count : Int(self.telegram.range.upper)
        self.measureCoverage(octets, over: OctetRange(frame.gapStart, last))
        if !self.telegram.origins.isEmpty { self.placeInRecord() }
    }

    private mutating func placeInRecord() {
        let range = self.telegram.range
        let place = self.telegram.recordRange(range)
        if self.transcoding != .markup {
            self.telegram.findings.append(Finding(.transcoded, range: range))
        } else if place.count != range.count {
            self.telegram.findings.append(Finding(.markupRead, range: range))
        }
        self.telegram.range = place
    }

    /// A telegram over the limit ends where the limit is; `measureCoverage` shows the rest.
    private mutating func capLines(from start: Int) {
        while self.bound > self.cursor + 1,
            self.lines[self.bound - 1].range.end - start > Parser.telegramLimit
        {
            self.bound -= 1
        }
    }

    private func refusal(_ octets: Octets) -> Refusal {
        for index in self.lines.indices {
            let range = self.lines[index].range
            let content = octets.trimmed(range)
            guard !content.isEmpty else { continue }
            return Refusal(
                code: .noTelegram, offset: content.start, line: index + 1, column: content.start - range.start + 1)
        }
        return Refusal(code: .empty, offset: 0, line: 1, column: 1)
    }
}
