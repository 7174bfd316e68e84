internal import Telegram

/// The author's words and what was noticed about them (format 2.9-2.11, 3, 6.4).
extension TelegramEncoder {
    mutating func content(_ telegram: borrowing Telegram) {
        self.summary(telegram)
        self.paragraphs(telegram)
        self.blocks(telegram)
        self.sets(telegram)
        if telegram.paragraphs.isEmpty { self.text("text", telegram.body, of: telegram) }
        self.corrections(telegram)
        self.text("correctedText", telegram.correctedText, of: telegram)
        self.text("signature", telegram.signature, of: telegram)
        self.staffing(telegram)
        self.archive(telegram)
        self.sections(telegram)
    }

    /// The paragraphs between `SUMMARY` and `END SUMMARY`, without these words.
    private mutating func summary(_ telegram: borrowing Telegram) {
        guard let index = telegram.blocks.firstIndex(where: { $0.kind == .summary }) else { return }
        let paragraphs = telegram.blocks[index].paragraphs(of: telegram.paragraphs.count)
        if paragraphs.isEmpty { return }
        self.writer.append("\"summary\":\"")
        let start = self.writer.count
        for number in paragraphs {
            if number > paragraphs.lowerBound { self.writer.append("\\n\\n") }
            let pieces = telegram.paragraphs[number].text.indices.clamped(to: 0..<telegram.pieces.count)
            self.append(pieces, of: telegram, field: "summary")
        }
        self.writer.trimSummary(from: start)
        self.writer.append("\",")
    }

    private mutating func paragraphs(_ telegram: borrowing Telegram) {
        if telegram.paragraphs.isEmpty { return }
        self.open("paragraphs", UInt8(ascii: "["))
        for index in telegram.paragraphs.indices {
            let paragraph = telegram.paragraphs[index]
            self.enter("paragraphs", index)
            self.writer.append(UInt8(ascii: "{"))
            if let number = paragraph.number { self.member("number", number) }
            self.octets("label", paragraph.label)
            if let mark = paragraph.mark {
                self.octets("mark", mark.text)
                if let level = mark.level { self.word("level", level.name) }
                self.controls(mark.controls)
            }
            self.octets("headingMark", paragraph.headingMark?.text)
            self.text("heading", paragraph.heading, of: telegram)
            self.text("text", paragraph.text, of: telegram)
            self.flag("synthetic", paragraph.synthetic)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    private mutating func blocks(_ telegram: borrowing Telegram) {
        if telegram.blocks.isEmpty { return }
        self.open("blocks", UInt8(ascii: "{"))
        for kind in Block.Kind.allCases {
            var count = 0
            for block in telegram.blocks where block.kind == kind {
                for index in block.paragraphs(of: telegram.paragraphs.count) {
                    if count == 0 { self.open(kind.word, UInt8(ascii: "[")) }
                    self.writer.integer(telegram.paragraphs[index].number ?? Int32(truncatingIfNeeded: index + 1))
                    count += 1
                }
            }
            if count > 0 { self.writer.close(UInt8(ascii: "]")) }
        }
        self.writer.close(UInt8(ascii: "}"))
    }

    /// FL15 and the operator's own corrections (format 1.15, 1.16); the paragraphs keep what was sent.
    private mutating func corrections(_ telegram: borrowing Telegram) {
        if telegram.corrections.isEmpty { return }
        self.open("corrections", UInt8(ascii: "["))
        for index in telegram.corrections.indices {
            let correction = telegram.corrections[index]
            self.enter("corrections", index)
            self.writer.append(UInt8(ascii: "{"))
            self.word("kind", correction.kind.word)
            if let page = correction.page { self.member("page", page) }
            if let line = correction.line { self.member("line", line) }
            self.octets("anchor", correction.anchor)
            self.octets("now", correction.now)
            self.flag("applied", correction.applied)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    private mutating func sections(_ telegram: borrowing Telegram) {
        if let set = self.joined?.set { return self.sections(set) }
        // A section count has at most three digits; what claims more is not written out.
        let expected = max(1, min(Int(telegram.sectionsExpected), 999))
        let received = telegram.sectionsReceived
        let first = max(1, min(Int(received.lowerBound), 999))
        let last = max(first, min(Int(received.upperBound), 999))
        self.open("sections", UInt8(ascii: "{"))
        self.member("expected", expected)
        self.open("received", UInt8(ascii: "["))
        for section in first...last { self.writer.integer(section) }
        self.writer.close(UInt8(ascii: "]"))
        self.open("missing", UInt8(ascii: "["))
        for section in 1...expected where section < first || section > last { self.writer.integer(section) }
        self.writer.close(UInt8(ascii: "]"))
        self.writer.close(UInt8(ascii: "}"))
    }

    /// Events of the same telegram that this one stands beside, or in whose place.
    mutating func others(_ release: Release) {
        self.identifier("duplicateOf", release.duplicateOf)
        self.identifier("supersedes", release.supersedes)
    }

    private mutating func identifier(_ name: StaticString, _ identifier: [UInt8]?) {
        guard let identifier else { return }
        self.writer.name(name)
        identifier.withUnsafeBytes { self.writer.string($0) }
    }

    mutating func findings(_ telegram: borrowing Telegram, _ comparison: CopyComparison? = nil) {
        self.open("findings", UInt8(ascii: "["))
        self.findingEntries(telegram)
        if let joined = self.joined { self.joinedFindings(joined) }
        if let comparison { self.copyFindings(telegram, comparison) }
        self.writer.close(UInt8(ascii: "]"))
    }

    /// `ofSection`: only those of a later section that its telegram does not have.
    mutating func findingEntries(_ telegram: borrowing Telegram, ofSection: Bool = false) {
        var missing = 0
        for index in telegram.findings.indices {
            let finding = telegram.findings[index]
            if ofSection, !telegram.isOfTransmission(finding) {
                if finding.code == .missingElement { missing += 1 }
                continue
            }
            let start = self.writer.count
            self.writer.append(UInt8(ascii: "{"))
            self.findingHead(finding.code)
            if let paragraph = finding.paragraph, telegram.paragraphs.indices.contains(Int(paragraph)) {
                self.member("paragraph", telegram.paragraphs[Int(paragraph)].number ?? paragraph &+ 1)
            }
            self.word("message", finding.code.message)
            if finding.code == .missingElement {
                if missing < telegram.missing.count { self.octets("element", telegram.missing[missing], .made) }
                missing += 1
            }
            self.writer.name("confidence")
            self.writer.share(finding.confidence)
            self.repair(finding.repair)
            if let range = finding.range {
                let place = self.printed(range)
                if place.section > 0 { self.member("section", place.section) }
                self.range(place.range)
            } else if self.section > 0 {
                self.member("section", self.section)
            }
            self.writer.close(UInt8(ascii: "}"))
            self.raise(finding.code, from: start)
        }
    }

    mutating func findingHead(_ code: FindingCode) {
        self.writer.append("\"code\":\"")
        var name = code.rawValue
        name.withUTF8 { self.writer.append(UnsafeRawBufferPointer($0)) }
        self.writer.append("\",")
        self.writer.word("severity", code.severity)
    }

    mutating func range(_ range: Range<Int>) {
        self.open("range", UInt8(ascii: "["))
        self.writer.integer(range.lowerBound)
        self.writer.integer(range.upperBound)
        self.writer.close(UInt8(ascii: "]"))
    }

    private mutating func repair(_ repair: Repair?) {
        guard let repair else { return }
        self.open("repair", UInt8(ascii: "{"))
        self.writer.name("was")
        self.writer.string(self.slice(repair.was))
        self.writer.name("now")
        self.writer.string(repair.now.map { self.slice($0.range, $0.origin) } ?? self.slice(OctetRange(0, 0)))
        self.writer.name("rule")
        var rule = repair.rule.rawValue
        rule.withUTF8 { self.writer.string(UnsafeRawBufferPointer($0)) }
        self.writer.close(UInt8(ascii: "}"))
    }
}

extension Correction.Kind {
    /// The name without making a String.
    fileprivate var word: StaticString {
        switch self {
        case .wordAfter: "wordAfter"
        case .wordBefore: "wordBefore"
        case .allAfter: "allAfter"
        case .allBefore: "allBefore"
        case .line: "line"
        case .page: "page"
        case .errorProsign: "errorProsign"
        case .other: "other"
        }
    }
}

extension Block {
    /// Indices into the paragraphs, whatever the block claims.
    func paragraphs(of count: Int) -> Range<Int> {
        let first = max(0, Int(self.firstParagraph))
        let last = min(count - 1, Int(self.lastParagraph))
        return first <= last ? first..<last + 1 : 0..<0
    }
}

extension Block.Kind {
    fileprivate var word: StaticString {
        switch self {
        case .summary: "summary"
        case .comment: "comment"
        case .note: "note"
        case .biographicNote: "biographicNote"
        case .actionRequest: "actionRequest"
        case .quotedText: "quotedText"
        }
    }
}

extension JSONWriter {
    /// Takes `SUMMARY:` off the front and `END SUMMARY.` off the end of what was written since `start`.
    mutating func trimSummary(from start: Int) {
        let words = UnsafeBufferPointer(start: self.base + start, count: self.count - start)
        func matches(_ text: StaticString, at index: Int) -> Bool {
            guard index >= 0, index + text.utf8CodeUnitCount <= words.count else { return false }
            for offset in 0..<text.utf8CodeUnitCount where words[index + offset] & 0xDF != text.utf8Start[offset] & 0xDF
            {
                return false
            }
            return true
        }
        func isFill(_ octet: UInt8) -> Bool {
            octet == 0x20 || octet == UInt8(ascii: ".") || octet == UInt8(ascii: ":") || octet == UInt8(ascii: "-")
        }
        var end = words.count
        while end > 0, isFill(words[end - 1]) { end -= 1 }
        if matches("END SUMMARY", at: end - 11) {
            end -= 11
            while end > 0, words[end - 1] == 0x20 { end -= 1 }
        } else {
            end = words.count
        }
        var first = 0
        if matches("BEGIN SUMMARY", at: 0) { first = 13 } else if matches("SUMMARY", at: 0) { first = 7 }
        while first > 0, first < end, isFill(words[first]) { first += 1 }
        first = min(first, end)
        if first > 0 { (self.base + start).update(from: self.base + start + first, count: end - first) }
        self.count = start + end - first
    }
}
