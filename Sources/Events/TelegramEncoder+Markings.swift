internal import Directory
internal import Telegram

/// FL12 before the paragraphs (format 2.1-2.8).
extension TelegramEncoder {
    mutating func markings(_ telegram: borrowing Telegram) {
        self.title(telegram)
        if let reference = telegram.messageReference {
            self.open("messageReference", UInt8(ascii: "{"))
            self.member("year", reference.year)
            self.octets("post", reference.post, .made)
            self.member("serial", reference.serial)
            self.octets("key", reference.key, .made)
            self.writer.close(UInt8(ascii: "}"))
            if let range = telegram.classification?.serialRange { self.note("messageReference.serial", range) }
        }
        self.classification(telegram)
        self.list("captions", telegram.captions)
        self.attentions(telegram)
        if let note = telegram.correctedCopy {
            self.enter("corrected")
            self.open("corrected", UInt8(ascii: "{"))
            self.octets("note", note)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.executiveOrder(telegram)
        self.tags(telegram)
        self.subject(telegram)
        self.references(telegram)
        self.classifiers(telegram)
        self.alternatives(telegram)
    }

    private mutating func classification(_ telegram: borrowing Telegram) {
        var highest = telegram.subjectMark?.level
        for index in telegram.paragraphs.indices {
            let paragraph = telegram.paragraphs[index]
            // No arrays here: this runs for each telegram.
            if let level = paragraph.mark?.level { highest = highest.map { max($0, level) } ?? level }
            if let level = paragraph.headingMark?.level { highest = highest.map { max($0, level) } ?? level }
        }
        let line = telegram.classification
        let controls = telegram.controls.union(line?.controls ?? [])
        if line == nil, highest == nil, controls.isEmpty { return }
        self.enter("classification")
        self.open("classification", UInt8(ascii: "{"))
        if let line { self.word("level", line.level.name) }
        self.controls(controls)
        if let line { self.text("line", line.line, of: telegram) }
        self.octets("subjectCode", telegram.subjectCode)
        if let highest { self.word("portionsHighest", highest.name) }
        self.writer.close(UInt8(ascii: "}"))
        self.leave()
    }

    private mutating func attentions(_ telegram: borrowing Telegram) {
        if telegram.attentions.isEmpty { return }
        self.open("attention", UInt8(ascii: "["))
        for index in telegram.attentions.indices {
            let attention = telegram.attentions[index]
            self.enter("attention", index)
            self.writer.append(UInt8(ascii: "{"))
            self.octets("agency", attention.agency)
            self.list("offices", telegram.offices, attention.offices)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    private mutating func executiveOrder(_ telegram: borrowing Telegram) {
        guard let order = telegram.executiveOrder else { return }
        self.enter("executiveOrder")
        self.open("executiveOrder", UInt8(ascii: "{"))
        self.writer.append("\"order\":\"")
        self.writer.digits(Int64(order.order))
        self.writer.append("\",")
        self.octets("value", order.value)
        if let date = order.declassifyOn {
            self.writer.append("\"declassifyOn\":\"")
            self.writer.date(date)
            self.writer.append("\",")
        }
        self.octets("event", order.event)
        self.list("exemptions", telegram.exemptions, order.exemptions)
        self.writer.close(UInt8(ascii: "}"))
        self.leave()
    }

    private mutating func tags(_ telegram: borrowing Telegram) {
        if telegram.tags.isEmpty { return }
        self.open("tags", UInt8(ascii: "["))
        for index in telegram.tags.indices {
            let tag = telegram.tags[index]
            self.enter("tags", index)
            self.writer.append(UInt8(ascii: "{"))
            self.octets("code", tag.code, tag.origin)
            self.word("kind", tag.kind.word)
            // The slice is taken first: the whole directory is copied where `self` changes hands in between.
            let code = self.slice(tag.code, tag.origin)
            if tag.kind != .person, tag.kind != .term,
                let entry = self.directory.indexOfTag(Span(_unsafeBytes: code))
            {
                self.writer.append(self.fragments.tag(entry))
            }
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    /// What the first of two labels pushed aside (format 9 number 19).
    private mutating func alternatives(_ telegram: borrowing Telegram) {
        if telegram.alternatives.isEmpty { return }
        self.open("alternatives", UInt8(ascii: "["))
        for index in telegram.alternatives.indices {
            let alternative = telegram.alternatives[index]
            self.enter("alternatives", index)
            self.writer.append(UInt8(ascii: "{"))
            self.word("element", alternative.element.word)
            self.octets("text", alternative.text)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    private mutating func subject(_ telegram: borrowing Telegram) {
        if telegram.subject.isEmpty { return }
        self.enter("subject")
        self.open("subject", UInt8(ascii: "{"))
        self.text("text", telegram.subject, of: telegram)
        self.octets("mark", telegram.subjectMark?.text)
        self.writer.close(UInt8(ascii: "}"))
        self.leave()
    }

    private mutating func references(_ telegram: borrowing Telegram) {
        if telegram.references.isEmpty { return }
        self.open("references", UInt8(ascii: "["))
        for index in telegram.references.indices {
            let reference = telegram.references[index]
            self.enter("references", index)
            self.writer.append(UInt8(ascii: "{"))
            if let label = reference.label {
                self.writer.name("label")
                withUnsafeBytes(of: label) { self.writer.string($0) }
            }
            self.word("kind", reference.kind.word)
            self.octets("telegram", reference.key, .made)
            self.text("text", reference.text, of: telegram)
            self.octets("note", reference.note)
            self.flag("previous", reference.previous)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    private mutating func classifiers(_ telegram: borrowing Telegram) {
        if telegram.classifiers.isEmpty { return }
        self.open("classifiedBy", UInt8(ascii: "["))
        for index in telegram.classifiers.indices {
            let classifier = telegram.classifiers[index]
            self.enter("classifiedBy", index)
            self.writer.append(UInt8(ascii: "{"))
            self.text("name", classifier.name, of: telegram)
            self.text("title", classifier.title, of: telegram)
            self.reasons(classifier.reasons, of: telegram)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    private mutating func reasons(_ slice: Slice, of telegram: borrowing Telegram) {
        let indices = slice.indices.clamped(to: 0..<telegram.reasons.count)
        if indices.isEmpty { return }
        self.open("reasons", UInt8(ascii: "["))
        for index in indices {
            let reason = telegram.reasons[index]
            self.writer.append(UInt8(ascii: "\""))
            self.writer.digits(Int64(reason.section / 10))
            self.writer.append(UInt8(ascii: "."))
            self.writer.digits(Int64(reason.section % 10))
            if reason.letter != 0 {
                self.writer.append(UInt8(ascii: "("))
                withUnsafeBytes(of: reason.letter) { self.writer.escape($0) }
                self.writer.append(UInt8(ascii: ")"))
            }
            self.writer.append("\",")
            self.enter("reasons", index - indices.lowerBound)
            self.note("", reason.range)
            self.leave()
        }
        self.writer.close(UInt8(ascii: "]"))
    }
}

extension Tag.Kind {
    fileprivate var word: StaticString {
        switch self {
        case .subject: "subject"
        case .program: "program"
        case .geographic: "geographic"
        case .organization: "organization"
        case .person: "person"
        case .term: "term"
        }
    }
}

extension Alternative.Element {
    fileprivate var word: StaticString {
        switch self {
        case .executiveOrder: "executiveOrder"
        case .tags: "tags"
        case .subject: "subject"
        }
    }
}

extension Reference.Kind {
    fileprivate var word: StaticString {
        switch self {
        case .telegram: "telegram"
        case .airgram: "airgram"
        case .email: "email"
        case .phone: "phone"
        case .memo: "memo"
        case .letter: "letter"
        case .book: "book"
        case .report: "report"
        case .meeting: "meeting"
        case .other: "other"
        }
    }
}
