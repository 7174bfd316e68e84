extension TelegramGenerator {
    /// Numbered paragraphs with marks, headings, summary, comment and signature (format 2.9, 2.11).
    ///
    /// - Returns: The number of paragraphs.
    mutating func writeBody(
        of telegram: GeneratedTelegram, size: Int, mixedCase: Bool, to output: inout [UInt8]
    ) -> Int {
        let start = output.count
        let typical = min(max(size / 12, 250), 2_000)
        // Pilcrows and glued signatures come with text that was unwrapped, one paragraph a line.
        let unwrapped = !telegram.damage.isDisjoint(with: [.pilcrow, .gluedSignature])
        var number = 0
        var last = false
        repeat {
            number += 1
            let length = typical / 2 + self.random.below(typical)
            last = number > 1 && output.count - start + length + typical / 2 > size
            if number > 1, !last, self.random.chance(0.2) { self.writeSectionHeading(to: &output) }

            self.paragraph.removeAll(keepingCapacity: true)
            self.startParagraph(number, last: last, of: telegram)
            let text = self.paragraph.count
            if number == 1 { self.paragraph.append("Summary: ") }
            if last { self.paragraph.append("Comment: ") }
            repeat {
                self.writeSentence(of: telegram)
            } while self.paragraph.count < length
            if number == 1 { self.paragraph.append("End summary.") }
            if last { self.paragraph.append("End comment.") }
            if !mixedCase { self.paragraph.capitalize(from: text) }
            if last, telegram.damage.contains(.gluedSignature) {
                self.paragraph.append(" ")
                self.paragraph.append(telegram.signature)
            }
            if last, telegram.layout == .general { self.paragraph.append("//") }
            if last, telegram.layout == .archive { self.writePageLine(of: telegram, to: &output) }
            output.append(wrapping: self.paragraph, width: unwrapped ? .max : 69)
            if !last { output.endLine() }
        } while !last

        if telegram.isSigned, !telegram.damage.contains(.gluedSignature) {
            output.append(telegram.signature)
            output.endLine()
        }
        return number
    }

    private mutating func startParagraph(_ number: Int, last: Bool, of telegram: GeneratedTelegram) {
        if telegram.damage.contains(.bullets), self.random.chance(0.5) { self.paragraph.append("- ") }
        if telegram.damage.contains(.pilcrow) { self.paragraph.append("1") }
        self.paragraph.append(number: number)
        // The summary carries the level of the whole telegram, so none is ever marked above all its portions.
        switch (telegram.level, number == 1 || last ? 0 : self.random.below(4)) {
        case (.unclassified, 3): self.paragraph.append(".  (U) ")
        case (.unclassified, _): self.paragraph.append(".  (SBU) ")
        case (.confidential, 0): self.paragraph.append(".  (C) ")
        case (.confidential, 1): self.paragraph.append(".  (C/NF) ")
        case (.confidential, 2): self.paragraph.append(".  (SBU) ")
        case (.confidential, _): self.paragraph.append(".  (U) ")
        case (.secret, 0): self.paragraph.append(".  (S/NF) ")
        case (.secret, 1): self.paragraph.append(".  (S) ")
        case (.secret, 2): self.paragraph.append(".  (C) ")
        case (.secret, _): self.paragraph.append(".  (U) ")
        }
    }

    /// `ACCRA 00000231  002 OF 002`
    private func writePageLine(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        output.append(telegram.post.name)
        output.append(" ")
        output.append(number: telegram.serial, width: 8)
        output.append("  002 OF 002\n\n")
    }

    private mutating func writeSectionHeading(to output: inout [UInt8]) {
        let heading = self.pick(Phrases.headings)
        output.append(heading)
        output.endLine()
        for _ in 0..<heading.utf8CodeUnitCount { output.append(UInt8(ascii: "-")) }
        output.append("\n\n")
    }

    /// One sentence and the two spaces after it. No sentence ends in a number: at a line start that reads as a paragraph's.
    private mutating func writeSentence(of telegram: GeneratedTelegram) {
        switch self.random.below(8) {
        case 0:
            self.paragraph.append("In ")
            self.writeMonth(of: telegram)
            self.paragraph.append(" a first plan for ")
            self.paragraph.append(self.pick(Phrases.places))
            self.paragraph.append(" had failed")
        case 1:
            self.paragraph.append("The plan now covers ")
            self.paragraph.append(number: self.random.from(2...980))
            self.paragraph.append(self.pick(Phrases.measures))
            self.paragraph.append(" near ")
            self.paragraph.append(self.pick(Phrases.places))
        case 2, 3:
            self.paragraph.append(self.pick(Phrases.leads))
            self.paragraph.append(self.pick(Phrases.actors))
            self.paragraph.append(self.pick(Phrases.deeds))
        default:
            self.paragraph.append(self.pick(Phrases.sources))
            self.paragraph.append(self.pick(Phrases.given))
            self.paragraph.append(" ")
            self.paragraph.append(self.pick(Phrases.surnames))
            self.paragraph.append(self.pick(Phrases.attributions))
            self.paragraph.append(self.pick(Phrases.actors))
            self.paragraph.append(self.pick(Phrases.deeds))
        }
        self.paragraph.append(self.pick(Phrases.tails))
        self.paragraph.append(".  ")
    }

    /// A month and a year not after the telegram's; a pilcrow puts a `1` before the year (D2).
    private mutating func writeMonth(of telegram: GeneratedTelegram) {
        self.paragraph.append(self.pick(Phrases.months))
        self.paragraph.append(" ")
        if telegram.damage.contains(.pilcrow) { self.paragraph.append("1") }
        self.paragraph.append(number: telegram.year - 1 - self.random.below(4))
    }
}
