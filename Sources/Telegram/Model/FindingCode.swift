/// Every code that a finding can carry, with its severity and its meaning: the one table that the program prints.
public enum FindingCode: String, Sendable, CaseIterable {
    // Repairs (format 6.4)
    case paragraphNumberRestored = "paragraph-number-restored"
    case paragraphNumberLost = "paragraph-number-lost"
    case yearRestored = "year-restored"
    case possibleStrayDigit = "possible-stray-digit"
    case referenceLetterRestored = "reference-letter-restored"
    case bulletDropped = "bullet-dropped"
    case sectionBoundaryJoined = "section-boundary-joined"
    case wordRestored = "word-restored"
    case splitWordJoined = "split-word-joined"
    case signatureRestored = "signature-restored"
    case bannerRemoved = "banner-removed"
    case pageLineRemoved = "page-line-removed"
    case errorProsign = "error-prosign"
    case garbledText = "garbled-text"
    case redacted = "redacted"
    case strayIdentifier = "stray-identifier"
    case invalidEncoding = "invalid-encoding"
    case controlCharacters = "control-characters"
    case transcoded
    case markupRead = "markup-read"
    case repeatedPassage = "repeated-passage"
    case headingInsideText = "heading-inside-text"
    // Elements that are not there
    case missingElement = "missing-element"
    case endOfMessageMissing = "end-of-message-missing"
    // Consistency across lines (format 1.17)
    case precedenceMismatch = "precedence-mismatch"
    case precedenceOrder = "precedence-order"
    case validationMismatch = "validation-mismatch"
    case filingDateMismatch = "filing-date-mismatch"
    case filingTimeUnusual = "filing-time-unusual"
    case serialMismatch = "serial-mismatch"
    case postMismatch = "post-mismatch"
    case messageReferenceYearDoubt = "mrn-year-doubt"
    case paragraphMissing = "paragraph-missing"
    case declassificationDoubt = "declassification-doubt"
    case noSubjectTag = "no-subject-tag"
    case repeatedElement = "repeated-element"
    case malformedLine = "malformed-line"
    case groupCountMismatch = "group-count-mismatch"
    case timesOutOfOrder = "times-out-of-order"
    case reasonDoubt = "reason-doubt"
    case layoutDoubt = "layout-doubt"
    case distributionTotal = "distribution-total"
    case unexplainedText = "unexplained-text"
    // Markings (format 7.3)
    case portionAboveClassification = "portion-above-classification"
    case warningBelowClassification = "warning-below-classification"
    case warningAboveClassification = "warning-above-classification"
    case overmarked = "overmarked"
    case markingIncomplete = "marking-incomplete"
    case declassificationOnUnclassified = "declassification-on-unclassified"
    case sbuCaptionMissing = "sbu-caption-missing"
    case nofornMissing = "noforn-missing"
    case releaseConflict = "release-conflict"
    case securityDisagreement = "security-disagreement"
    case markUnreadable = "mark-unreadable"
    case classificationMissing = "classification-missing"
    case classificationUnreadable = "classification-unreadable"
    // Copies and service (format 4)
    case suspectedDuplicate = "suspected-duplicate"
    case correctedCopy = "corrected-copy"
    case readdressed = "readdressed"
    case copiesDiffer = "copies-differ"
    // Sections (format 3.4); of a telegram that was put together of several transmissions
    case sectionsDiffer = "sections-differ"
    case sectionCountConflict = "section-count-conflict"
    case sectionContradiction = "section-contradiction"
    case sourceExpired = "source-expired"

    public var severity: Severity { self.entry.severity }
    /// One sentence for people.
    public var message: StaticString { self.entry.message }
    /// The section of the format that the finding rests on.
    public var section: StaticString { self.entry.section }

    private var entry: (severity: Severity, section: StaticString, message: StaticString) {
        switch self {
        case .paragraphNumberRestored: (.note, "6.4 D1", "A paragraph number had a stray 1 in front and was restored.")
        case .paragraphNumberLost: (.note, "6.4 D7", "A paragraph lost its number; its place in the sequence gives it.")
        case .yearRestored: (.note, "6.4 D2", "A year had a stray 1 in front and was restored.")
        case .possibleStrayDigit: (.note, "6.4 D3", "A number may have a stray 1 in front; it was left as it is.")
        case .referenceLetterRestored: (.note, "6.4 D4", "A reference letter had a stray 1 in front and was restored.")
        case .bulletDropped: (.note, "6.4 D5", "A dash before a paragraph number was dropped.")
        case .sectionBoundaryJoined: (.note, "6.4 D6", "A sentence was cut by a lost section boundary and was joined.")
        case .wordRestored: (.note, "6.4 D8-D12", "A damaged word was restored.")
        case .splitWordJoined: (.note, "6.4 D17", "A word was cut by a line end and was joined.")
        case .signatureRestored: (.note, "6.4 D18", "The signature stood glued to the text or was misread.")
        case .pageLineRemoved: (.note, "3.3", "A page line stood inside the text and was taken out.")
        case .bannerRemoved: (.note, "6.4 D22", "A classification banner stood inside the text and was taken out.")
        case .errorProsign: (.note, "1.16", "The operator corrected the text with the error prosign.")
        case .garbledText: (.warning, "6.4 D19", "A stretch of the text is garbled and was not read.")
        case .redacted: (.note, "6.4 D21", "A stretch of the text was redacted.")
        case .strayIdentifier: (.note, "6.4 D15", "A relay's transmission identification stood inside the text.")
        case .invalidEncoding: (.note, "6.3", "Octets that are not UTF-8 were read as Windows-1252.")
        case .repeatedPassage: (.note, "6.4 D14", "A passage stands twice in the text; both were kept.")
        case .headingInsideText: (.warning, "6.4 D16", "A heading stands inside the text: two telegrams may be joined.")
        case .groupCountMismatch: (.warning, "1.10", "The text has not as many groups as the heading counts.")
        case .timesOutOfOrder: (.warning, "4.5", "A readdressal is dated before the telegram that it passes on.")
        case .reasonDoubt: (.note, "7.5", "A reason for classification is given that the order does not know.")
        case .transcoded: (.note, "6.1", "The record came in five-unit code or with parity bits and was decoded.")
        case .markupRead: (.note, "6.3", "What an archive left of HTML was read as the characters that it stands for.")
        case .classificationUnreadable:
            (
                .warning, "5.4",
                "The class of a DSSCS message could not be read; handle the message at the highest level."
            )
        case .controlCharacters: (.note, "6.3", "Control characters stood in the text.")
        case .missingElement: (.note, "6.4", "An element that a complete telegram has is not there.")
        case .endOfMessageMissing: (.note, "1.17", "The end of message is not there; the telegram may be cut.")
        case .precedenceMismatch: (.note, "1.17", "The precedence of the routing line is none of the precedence line.")
        case .precedenceOrder: (.warning, "1.5", "The information precedence outranks the action precedence.")
        case .validationMismatch:
            (.warning, "1.17", "The end-of-message number is not the station serial: two messages may be merged.")
        case .filingDateMismatch: (.warning, "1.17", "Filing day and date-time group do not fit each other.")
        case .filingTimeUnusual: (.note, "1.3", "The filing time is far from the date-time group.")
        case .serialMismatch: (.note, "1.17", "The station serial is not the telegram's serial.")
        case .postMismatch: (.note, "1.17", "The originator is not the post of the classification line.")
        case .messageReferenceYearDoubt: (.note, "2.2", "The year of the message reference is in doubt.")
        case .paragraphMissing: (.note, "6.4 D1", "A number is missing from the sequence of the paragraphs.")
        case .declassificationDoubt:
            (
                .note, "7.5",
                "The executive order was not in force, or its declassification date does not fit the telegram."
            )
        case .noSubjectTag: (.note, "2.5", "No subject TAG is given.")
        case .malformedLine: (.warning, "1", "A line of the heading could not be read whole.")
        case .repeatedElement: (.note, "9 number 19", "A label stands again with another value; the first one holds.")
        case .layoutDoubt: (.note, "5.0", "The evidence for this layout is weak or contradicts itself.")
        case .distributionTotal: (.note, "5.5", "The copies of the distribution do not add up to the total printed.")
        case .unexplainedText: (.note, "0.4", "Text before the start or after the end belongs to no field.")
        case .portionAboveClassification:
            (.critical, "7.3", "A portion is marked above the telegram; handle the telegram at the portion's level.")
        case .warningBelowClassification:
            (.critical, "7.3", "The security warning is below the classification of the text.")
        case .warningAboveClassification:
            (.note, "7.3", "The security warning is above the classification of the text.")
        case .overmarked: (.note, "7.3", "The telegram is classified above all its portions.")
        case .markingIncomplete:
            (.warning, "7.3", "The telegram is classified, but neither declassification nor classifier is given.")
        case .declassificationOnUnclassified:
            (.warning, "7.3", "The telegram is unclassified, but a declassification or classifier is given.")
        case .sbuCaptionMissing: (.warning, "7.3", "Portions are marked SBU, but the caption SENSITIVE is missing.")
        case .nofornMissing: (.warning, "7.3", "A portion is marked NOFORN, the telegram is not.")
        case .releaseConflict: (.critical, "7.3", "NOFORN stands beside a release to, or a station of, another nation.")
        case .securityDisagreement:
            (.warning, "5.1", "The header line states the classification more than once, and not alike.")
        case .markUnreadable: (.note, "7.3", "A portion mark could not be read.")
        case .classificationMissing: (.warning, "7.3", "No classification is given; the highest marking holds.")
        case .suspectedDuplicate: (.note, "4.1", "The transmission is marked as a suspected duplicate.")
        case .correctedCopy: (.note, "4.3", "This is a corrected copy.")
        case .readdressed: (.note, "4.5", "The telegram was readdressed.")
        case .copiesDiffer: (.note, "4.1", "Two copies of the telegram have other words here.")
        case .sectionsDiffer:
            (.warning, "3.4", "A section says in its heading what the first one does not say.")
        case .sectionCountConflict:
            (.warning, "3.4", "A section counts the sections otherwise than most; the majority holds.")
        case .sectionContradiction:
            (
                .warning, "3.4",
                "A section has another classification or date-time group than its telegram and was left out."
            )
        case .sourceExpired:
            (
                .warning, "3.4",
                "A section or a copy that came before cannot be read again; the topic that it came from holds it no more."
            )
        }
    }
}
