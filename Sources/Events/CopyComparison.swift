public import Telegram

/// What two copies of a telegram have otherwise (format 4.1), as its event and the alert on the later copy show it.
public struct CopyComparison: Hashable, Sendable {
    /// Of the later copy, in the order of its text; nil: the topic that the other came from holds it no more.
    public var differences: [CopyDifference]?
    /// Which of both is to be read.
    public var isLaterRead: Bool

    public init(_ differences: [CopyDifference]?, isLaterRead: Bool) {
        self.differences = differences
        self.isLaterRead = isLaterRead
    }
}

extension TelegramEncoder {
    /// Of one telegram its event and an alert show so many.
    private static let eventDifferences = 128
    private static let alertDifferences = 32

    /// For the alert on the later copy, as its event has them, each with a comma behind it.
    public mutating func differences(
        _ comparison: CopyComparison, of telegram: borrowing Telegram, octets: Octets
    ) -> [UInt8] {
        self.withOctets(of: telegram, octets) { encoder in
            encoder.copyFindings(telegram, comparison, most: Self.alertDifferences)
            return Array(encoder.writer.bytes)
        }
    }

    /// For the alert on two copies of which one cannot be read again.
    public mutating func expiredCopy() -> [UInt8] {
        self.writer.removeAll()
        self.expiredFinding()
        return Array(self.writer.bytes)
    }

    mutating func copyFindings(_ telegram: borrowing Telegram, _ comparison: CopyComparison) {
        self.copyFindings(telegram, comparison, most: Self.eventDifferences)
    }

    private mutating func copyFindings(_ telegram: borrowing Telegram, _ comparison: CopyComparison, most limit: Int) {
        guard let differences = comparison.differences else { return self.expiredFinding() }
        for difference in differences.prefix(limit) {
            self.copyFinding(telegram, difference, comparison.isLaterRead)
        }
    }

    private mutating func expiredFinding() {
        let start = self.writer.count
        self.writer.append(UInt8(ascii: "{"))
        self.findingHead(.sourceExpired)
        self.word("message", FindingCode.sourceExpired.message)
        self.writer.append("\"confidence\":1.0,")
        self.writer.close(UInt8(ascii: "}"))
        self.raise(.sourceExpired, from: start)
    }

    /// The repair is what it does to whom read the other: `now` is what the copy that is to be read has.
    private mutating func copyFinding(
        _ telegram: borrowing Telegram, _ difference: CopyDifference, _ isLaterRead: Bool
    ) {
        let (was, now) = isLaterRead ? (difference.there, difference.here) : (difference.here, difference.there)
        let start = self.writer.count
        self.writer.append(UInt8(ascii: "{"))
        self.findingHead(.copiesDiffer)
        if let paragraph = telegram.paragraph(at: difference.range) {
            self.member("paragraph", telegram.paragraphs[paragraph].number ?? Int32(paragraph + 1))
        }
        self.word("message", FindingCode.copiesDiffer.message)
        self.writer.append("\"confidence\":1.0,")
        self.open("repair", UInt8(ascii: "{"))
        self.writer.name("was")
        was.withUnsafeBytes { self.writer.string($0) }
        self.writer.name("now")
        now.withUnsafeBytes { self.writer.string($0) }
        self.word("rule", "4.1")
        self.writer.close(UInt8(ascii: "}"))
        self.range(self.printed(difference.range).range)
        self.writer.close(UInt8(ascii: "}"))
        self.raise(.copiesDiffer, from: start)
    }
}

extension Telegram {
    /// In which of its paragraphs a range begins.
    fileprivate func paragraph(at range: OctetRange) -> Int? {
        self.paragraphs.firstIndex { $0.range.lower <= range.lower && range.lower < $0.range.upper }
    }
}
