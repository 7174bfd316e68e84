/// `UNCLAS SECTION 01 OF 05 DUSHANBE 001350` (format 2.1).
public struct ClassificationLine: Hashable, Sendable {
    public var line: Text
    public var level: Level
    public var controls: Controls
    /// The post as it should be read (repaired where the line was damaged).
    public var post: Text
    public var serial: Int32?
    public var serialRange: OctetRange?
    /// `SECTION n OF m`.
    public var section: Int16?
    public var sectionCount: Int16?
    public var range: OctetRange
}

/// A portion mark (format 2.9): `(SBU/NF)`.
public struct Mark: Hashable, Sendable {
    /// What stands between the brackets.
    public var text: OctetRange
    public var level: Level?
    public var controls: Controls
    public var entireText: Bool
}

public struct Paragraph: Hashable, Sendable {
    /// Nil where the telegram does not number its only paragraph.
    public var number: Int32?
    /// `2.a` where the label is more than the number.
    public var label: OctetRange?
    public var mark: Mark?
    public var heading: Text
    /// A mark in front of the heading.
    public var headingMark: Mark? = nil
    /// Rule D7: the number was lost and put back.
    public var synthetic: Bool
    public var text: Text
    public var range: OctetRange
}

public struct Block: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        case summary, comment, note, biographicNote, actionRequest, quotedText
    }
    public var kind: Kind
    public var firstParagraph: Int32  // index into Telegram.paragraphs
    public var lastParagraph: Int32
}

public struct Tag: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        case subject, program, geographic, organization, person, term
    }
    public var code: OctetRange
    public var kind: Kind
    /// Of the code: made where what is printed is damaged.
    public var origin = Piece.Origin.record
}

/// What a label that stood again gave; the first holds (format 9 number 19).
public struct Alternative: Hashable, Sendable {
    public enum Element: UInt8, Sendable, CaseIterable {
        case executiveOrder, tags, subject
    }
    public var element: Element
    public var text: OctetRange
}

public struct Reference: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        case telegram, airgram, email, phone, memo, letter, book, report, meeting, other
    }
    public var kind: Kind
    public var label: UInt8?
    /// As printed, without label and note.
    public var text: Text
    /// Key of the telegram or airgram it names, in `Telegram.made`: `08BISHKEK1177`.
    public var key: OctetRange?
    public var note: OctetRange?
    public var previous: Bool
    public var confidence: Float
}

public struct Classifier: Hashable, Sendable {
    public var name: Text
    public var title: Text
    /// Entries of Telegram.reasons.
    public var reasons: Slice
    public var range: OctetRange
}

/// One reason, `1.4(b)`: section 14 for 1.4, and the letter.
public struct Reason: Hashable, Sendable {
    public var section: UInt8
    public var letter: UInt8
    public var range: OctetRange
}

public struct ExecutiveOrder: Hashable, Sendable {
    /// 11652, 12065, 12356, 12958, 13526, or as restored by era.
    public var order: Int32
    /// `N/A`, `XGDS-1`, `DECL: OADR`, … as printed.
    public var value: OctetRange
    public var notApplicable: Bool
    public var declassifyOn: Instant?
    public var event: OctetRange?
    /// Entries of Telegram.exemptions (`X1`, `25X1`, `50X1-HUM`).
    public var exemptions: Slice
    public var range: OctetRange
}

/// `DEPT FOR SCA/CEN` (format 2.3).
public struct Attention: Hashable, Sendable {
    public var agency: OctetRange
    /// Entries of Telegram.offices.
    public var offices: Slice
    public var range: OctetRange
}

/// A line that a page break left in the text (format 3.3): evidence, not text.
public struct PageLine: Hashable, Sendable {
    public var post: OctetRange?
    public var serial: Int32?
    public var section: Int16?
    public var page: Int16?
    public var sectionCount: Int16?
    /// `301710Z`: when the page was printed (1973-79).
    public var time: OctetRange? = nil
    public var range: OctetRange
}
