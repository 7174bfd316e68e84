/// What stands at the start of a line before paragraph 1 (format 2.0).
enum TextLabel: UInt8 {
    case none, executiveOrder, tags, subject, references, classifiedBy
    /// One of the first three once more (format 9 number 19).
    case repeated
}

/// A line before paragraph 1, cut where a second label stands on it.
struct TextPart {
    var range: OctetRange
    /// After the label and its colon.
    var content: OctetRange
    var line: Int32
    var label: TextLabel
}

enum BodyLineKind: UInt8 {
    case text, blank, rule, page, furniture, paragraph
}

/// A line that may start a paragraph.
struct ParagraphToken {
    /// Index of the line in `Parser.lines`.
    var line: Int32
    /// The digits.
    var digits: OctetRange
    /// With a letter behind: `2.a`.
    var label: OctetRange?
    /// `- ` in front.
    var bullet: OctetRange?
    var value: Int32
    var mark: Mark?
    /// The brackets of a mark that could not be read.
    var unreadable: OctetRange?
    /// Where the text begins.
    var text: Int32
    var afterBlank: Bool
    /// What the decoder read: 0 where the token starts no paragraph.
    var number: Int32 = 0
}

/// Tables that are emptied, not given back, between telegrams.
struct TextScratch: ~Copyable {
    var parts: [TextPart] = []
    var kinds = Table<BodyLineKind>()
    var tokens: [ParagraphToken] = []
    /// What the decoder reads.
    var decoded: [SequenceDecoder.Token] = []
    var decoder = SequenceDecoder()
    /// `1` in front of numbers was a pilcrow (format 6.4 D1).
    var damaged = false
    /// The wrap width (format 6.5), or `Int.max` where lines were unwrapped.
    var width = Int.max
    /// First line of the body, which `kinds` counts from, and the line after its last.
    var bodyStart = 0
    var bodyEnd = 0
    /// Octets inside lines that are not the text's (format 6.4 D15).
    var cuts: [OctetRange] = []
    /// The lines behind a later section's class line are still those of its heading.
    var repeatedHeading = false
    /// Lines of one paragraph on their way to the pieces.
    var run = Table<Piece>()
    /// The last line of each kind of beginning (format 6.4 D14).
    var lineSlots = Table<Int32>()
    /// Where the glued signature begins in the last line.
    var lastLineEnd: Int?
}
