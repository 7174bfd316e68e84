/// One transmission as the parser understood it.
///
/// A value of flat tables: every field is a range of the record, lists are entries of one array each, so that a parser
/// that reuses its telegram allocates nothing once the arrays have grown. Strings are made by whoever prints them.
public struct Telegram: Sendable {
    public enum Kind: Sendable {
        case telegram
        /// Operator to operator, no FL5 (format 4.2).
        case service
    }

    /// The transmission's octets in the record as it came.
    public var range = OctetRange(0, 0)
    /// The characters of a record that came in another code; empty where the octets are the characters. All other
    /// ranges count in these.
    public internal(set) var decoded: [UInt8] = []
    /// Where each of these stands in the record, and one more.
    public internal(set) var origins: [Int32] = []
    public var kind = Kind.telegram
    public var layout = Layout.unknown
    /// How well the evidence for this layout agrees (format 5.0).
    public var layoutConfidence: Float = 0
    public var heading = HeadingExtent.none

    // FL1-FL4: this copy
    public var pilots: [Pilot] = []
    /// Last hop first.
    public var identifiers: [ChannelIdentifier] = []
    /// FL2's prosign.
    public var routingPrecedence: Precedence?
    /// All stations called, of pilots too; `called` are those of the basic FL2.
    public var stations: [OctetRange] = []
    public var called = Slice.none
    public var originatingStation: OctetRange?
    /// Digits (and position letter) without `#`.
    public var stationSerial: OctetRange?
    /// `/01` after the station serial.
    public var transmissionSection: Int16?
    public var filed: FilingTime?
    public var security: SecurityWarning?
    public var operatingSignals: [OperatingSignal] = []
    /// JANAP 128's header line.
    public var routingHeader: RoutingHeader?
    public var compartmentLine: CompartmentLine?
    /// What an archive printed above a heading of 1973-79.
    public var distribution: Distribution?
    public var copies: [Copies] = []
    /// The counter behind the dashes: the relay's, not the telegram's.
    public var relayCounter: OctetRange?

    // FL5-FL10: the message
    public var actionPrecedence: Precedence?
    public var informationPrecedence: Precedence?
    public var dateTimeGroup: DateTimeGroup?
    /// `MID` and the number that the originator's navy gave the message.
    public var messageIdentifier: OctetRange?
    /// FL6; then FL7 and FL8 in order.
    public var originator: Party?
    public var addressees: [Party] = []
    public var exempted: [Text] = []
    public var readdressals: [Readdressal] = []
    public var readdressed: [Party] = []
    public var groupCount: OctetRange?
    public var accounting: OctetRange?

    // FL12
    public var classification: ClassificationLine?
    /// Key of the message reference in `made`: `09BISHKEK231`; year and serial beside it.
    public var messageReference: MessageReference?
    public var captions: [OctetRange] = []
    /// Controls that captions and the classification line give together.
    public var controls: Controls = []
    public var correctedCopy: OctetRange?
    public var attentions: [Attention] = []
    public var offices: [OctetRange] = []
    public var executiveOrder: ExecutiveOrder?
    public var exemptions: [OctetRange] = []
    public var tags: [Tag] = []
    /// The title of a general message, which identifies it.
    public var title: Title?
    /// Standard subject code of a naval message, `N04400`.
    public var subjectCode: OctetRange?
    public var subject = Text.none
    public var subjectMark: Mark?
    public var references: [Reference] = []
    public var alternatives: [Alternative] = []
    public var classifiers: [Classifier] = []
    public var reasons: [Reason] = []
    public var paragraphs: [Paragraph] = []
    public var blocks: [Block] = []
    public var pageLines: [PageLine] = []
    /// Remarks of the receiving message centre after the signature (format 2.11).
    public var centreNotes: [OctetRange] = []
    public var sets: [MessageSet] = []
    public var setFields: [Text] = []
    public var staff: [StaffEntry] = []
    /// Stamps of later reviewers: they say nothing about the telegram's own level.
    public var releaseStamps: [OctetRange] = []
    public var attributes: [ArchiveAttribute] = []
    public var signature = Text.none
    public var signatureConfidence: Float = 0
    /// What the author's text is when no paragraph grammar applies (service texts, unknown layouts).
    public var body = Text.none

    // FL13-FL16
    public var corrections: [Correction] = []
    /// The text with the corrections applied, where any could be.
    public var correctedText = Text.none
    public var ending = Ending(validation: nil, seen: false, cancelled: false)

    // Sections (format 3): received numbers of this transmission as far as its own evidence shows
    public var sectionsExpected: Int16 = 1
    /// First and last section that this transmission holds (archive-merged text holds several).
    public var sectionsReceived: ClosedRange<Int16> = 1...1
    /// FL12 of a transmission that is a section, and of that what stands behind class line, captions and labels.
    var textRange = OctetRange(0, 0)
    var bodyRange = OctetRange(0, 0)

    public var findings: [Finding] = []
    /// Names of the elements that `missingElement` speaks of, in step with those findings: `BT`, `NNNN`, `#0087`.
    public var missing: [OctetRange] = []

    /// Pieces that `Text` values point into.
    public var pieces: [Piece] = []
    /// Octets that repairs and keys made.
    public var made: [UInt8] = []

    /// XXH3-128 of the hash input of format 4.1, high word first.
    public var contentHash: (UInt64, UInt64) = (0, 0)
    /// FL5-FL9 and FL12, of which it was made.
    var hashedAddress = OctetRange(0, 0)
    var hashedText = OctetRange(0, 0)
    /// Octets that are not blank, and those of them that some field explains.
    public var octetCount: Int32 = 0
    public var explainedCount: Int32 = 0
    /// Ranges that no field explains.
    public var unexplained: [OctetRange] = []

    /// All sections there and the end of message seen (SMART and general messages need none).
    public var complete = false

    public init() {}
}

extension Telegram {
    /// Which of several sections this transmission is; nil where it is the only one.
    public var section: Int16? {
        if let section = self.transmissionSection { return section }
        guard self.sectionsExpected > 1 || (self.classification?.sectionCount ?? 1) > 1 else { return nil }
        return self.classification?.section
    }
}

/// Format 2.2.
public struct MessageReference: Hashable, Sendable {
    public var year: Int16
    /// Canonical post, in `made`.
    public var post: OctetRange
    public var serial: Int32
    /// `09BISHKEK231`, in `made`.
    public var key: OctetRange
}
