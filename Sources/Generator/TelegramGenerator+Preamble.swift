extension TelegramGenerator {
    /// The text from the classification line to the line that names the classifier (format 2.1 to 2.8).
    mutating func writePreamble(of telegram: GeneratedTelegram, mixedCase: Bool, to output: inout [UInt8]) {
        if telegram.layout == .smart { return }
        if telegram.layout == .general {
            self.writeSets(of: telegram, to: &output)
            return
        }
        switch telegram.level {
        case .unclassified: output.append("UNCLAS ")
        case .confidential: output.append("C O N F I D E N T I A L ")
        case .secret: output.append("S E C R E T ")
        }
        if telegram.layout == .archive { output.append("SECTION 01 OF 02 ") }
        output.append(telegram.post.name)
        output.append(" ")
        output.append(number: telegram.serial, width: 6)
        output.append("\n\n")
        switch telegram.level {
        case .unclassified: output.append("SENSITIVE\nSIPDIS\n\n")
        case .confidential: output.append("SIPDIS\nNOFORN\n\n")
        case .secret: output.append("NOFORN\nSIPDIS\n\n")
        }
        output.append("DEPT FOR ")
        output.append(telegram.post.office)
        if self.random.chance(0.3) { output.append("\nUSDOC FOR ITA/MAC") }
        output.append("\n\n")
        self.writeOrder(of: telegram, to: &output)
        self.writeTags(of: telegram, to: &output)
        self.writeSubject(of: telegram, to: &output)
        self.writeReferences(of: telegram, to: &output)
        self.writeClassifier(of: telegram, mixedCase: mixedCase, to: &output)
    }

    private func writeOrder(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        output.append(telegram.year < 2010 ? "E.O. 12958: " : "E.O. 13526: ")
        if telegram.level == .unclassified {
            output.append("N/A\n")
            return
        }
        output.append("DECL: ")
        output.append(number: telegram.month, width: 2)
        output.append("/")
        // A leap day has no tenth anniversary.
        output.append(number: min(telegram.day, 28), width: 2)
        output.append("/")
        output.append(number: telegram.year + 10)
        output.endLine()
    }

    private mutating func writeTags(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        output.append("TAGS: ")
        let tags = Phrases.subjectTags
        let first = self.random.below(tags.count)
        for index in 0..<self.random.from(2...5) {
            // 7 is coprime to the table's size: never one tag twice.
            output.append(tags[(first + 7 * index) % tags.count])
            output.append(" ")
        }
        if self.random.chance(0.15) {
            output.append(self.pick(Phrases.organizationTags))
            output.append(" ")
        }
        output.append(telegram.post.geographicTag)
        output.endLine()
    }

    private mutating func writeSubject(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        self.paragraph.removeAll(keepingCapacity: true)
        self.paragraph.append("SUBJECT: ")
        switch telegram.level {
        case .unclassified: break
        case .confidential: if self.random.chance(0.5) { self.paragraph.append("(C) ") }
        case .secret: self.paragraph.append("(S/NF) ")
        }
        self.paragraph.append(telegram.subjectTopic)
        self.paragraph.append(" ")
        self.paragraph.append(telegram.subjectEvent)
        self.paragraph.append(telegram.subjectRider)
        output.append(wrapping: self.paragraph)
        output.endLine()
    }

    private mutating func writeReferences(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        let count = self.random.below(5)
        if count == 0 { return }
        if count == 1 {
            output.append("REF: ")
            self.writeReference(0, of: telegram, to: &output)
            output.append("\n\n")
            return
        }
        for index in 0..<count {
            switch (count, index) {
            case (2, 0): output.append("REF: A) ")
            case (2, _): output.append("; B) ")
            case (_, 0): output.append("REF: A. ")
            default:
                output.append("\n     ")
                output.append(UInt8(ascii: "A") &+ UInt8(truncatingIfNeeded: index))
                output.append(". ")
            }
            self.writeReference(index, of: telegram, to: &output)
        }
        output.append("\n\n")
    }

    private mutating func writeReference(_ index: Int, of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        switch index {
        case 0:
            output.append(telegram.post.name)
            output.append(" ")
            output.append(number: self.random.from(1...max(telegram.serial - 1, 1)))
        case 1:
            let other = Post.all[(telegram.postIndex + 1 + self.random.below(Post.all.count - 1)) % Post.all.count]
            output.append(number: (telegram.year - 1) % 100, width: 2)
            output.append(" ")
            output.append(other.name)
            output.append(" ")
            output.append(number: self.random.from(500...4000))
            if self.random.chance(0.4) { output.append(" (NOTAL)") }
        case 2:
            output.append("STATE ")
            output.append(number: self.random.from(1_000...9_999))
        default:
            output.append("LINDQVIST-OKORO EMAIL ")
            output.append(number: telegram.month, width: 2)
            output.append("/")
            output.append(number: max(telegram.day - 1, 1), width: 2)
            output.append("/")
            output.append(number: telegram.year % 100, width: 2)
        }
    }

    private mutating func writeClassifier(of telegram: GeneratedTelegram, mixedCase: Bool, to output: inout [UInt8]) {
        if telegram.level == .unclassified { return }
        self.paragraph.removeAll(keepingCapacity: true)
        self.paragraph.append("Classified By: ")
        self.paragraph.append(self.pick(Phrases.titles))
        self.paragraph.append(" ")
        self.paragraph.append(self.pick(Phrases.given))
        self.paragraph.append(" ")
        self.paragraph.append(self.pick(Phrases.surnames))
        // The reasons moved from 1.5 to 1.4 when the order was amended in March 2003 (format 2.8).
        let old = telegram.year < 2003 || telegram.year == 2003 && telegram.month < 4
        self.paragraph.append(old ? " for reasons 1.5 (b) and (d)." : " for reasons 1.4 (b) and (d).")
        if !mixedCase { self.paragraph.capitalize(from: 0) }
        output.append(wrapping: self.paragraph)
        output.endLine()
    }
}
