/// Reads the telegrams of a record (format 0.4), one after the other, into one reused `Telegram`.
///
/// Not `Sendable`: each lane has its own.
public struct Parser {
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

    public var telegram = Telegram()

    var lines: [Line] = []
    var context = Context()
    /// Tables that the text's grammar fills anew for each telegram.
    var scratch = TextScratch()

    public init() {}

    mutating func claim(_ range: OctetRange) {}
}

/// One physical line: its octets without the line end and trailing blanks, and where the next line starts.
struct Line {
    var range: OctetRange
    var next: Int32

    var isBlank: Bool { self.range.isEmpty }
}
