/// What a list of references hands on from one item to the next.
struct ReferenceState {
    var label: UInt8?
    var post: OctetRange?
    var year: Int?
}

extension Parser {
    /// The REF line and its continuations (format 2.7).
    mutating func readReferences(_ octets: Octets, _ index: Int) -> Int {
        var state = ReferenceState()
        let part = self.scratch.parts[index]
        self.readReferenceLine(octets, octets.trimmed(part.content), &state)
        self.claim(part.range)
        var next = index + 1
        while next < self.scratch.parts.count {
            let following = self.scratch.parts[next]
            if following.range.isEmpty || following.label != .none || octets.isRule(following.range)
                || octets.paragraphToken(following.range)?.mark != nil || octets.pageLine(following.range) != nil
            {
                break
            }
            self.readReferenceLine(octets, following.range, &state)
            self.claim(following.range)
            next += 1
        }
        return next
    }

    mutating func readReferenceLine(_ octets: Octets, _ range: OctetRange, _ state: inout ReferenceState) {
        var position = range.start
        while position < range.end, self.telegram.references.count < 256 {
            let byte = octets.byte(position)
            if Octets.isBlank(byte) || byte == 0x3B || byte == 0x2C || byte == 0x26 || byte == 0x2E {
                position += 1
            } else if octets.startsWord("AND", at: position) || octets.startsWord("REF", at: position) {
                position += 3
            } else if octets.startsWord("REFERENCE", at: position) {
                position += 9
                if octets.byte(position) == 0x3A { position += 1 }
            } else if let found = octets.referenceLetter(at: position, before: range.end) {
                if found.strayed {
                    let was = OctetRange(position, found.next)
                    self.telegram.findings.append(
                        Finding(
                            .referenceLetterRestored, range: was, confidence: 0.9,
                            repair: Repair(was: was, now: Piece(OctetRange(position + 1, found.next)), rule: .d4)))
                }
                state.label = found.letter
                position = found.next
            } else if found(octets, position, range) {
                state.label = octets.byte(position)
                position += 1
            } else {
                position = self.readReferenceItem(octets, OctetRange(position, range.end), &state)
            }
        }
    }

    /// `REF A STATE 12`: the letter alone, behind the word.
    private func found(_ octets: Octets, _ position: Int, _ range: OctetRange) -> Bool {
        position >= 4 && octets.starts(with: "REF ", at: position - 4) && Octets.isUpper(octets.byte(position))
            && octets.byte(position + 1) == 0x20
    }

    /// One item; returns where the next may begin, always beyond the start.
    private mutating func readReferenceItem(_ octets: Octets, _ range: OctetRange, _ state: inout ReferenceState) -> Int
    {
        var end = range.start + 1
        while end < range.end, octets.byte(end) != 0x3B {
            if octets.byte(end - 1) == 0x20, octets.referenceLetter(at: end, before: range.end) != nil,
                !octets.starts(with: "(NOTAL", at: end)
            {
                break
            }
            end += 1
        }
        let item = OctetRange(range.start, end)
        if let cable = octets.cable(item, inherited: state.post) {
            if cable.named {
                state.post = cable.post
                state.year = cable.year
            }
            let year = cable.year ?? (cable.named ? nil : state.year)
            let text = OctetRange(item.start, cable.end)
            self.addTelegramReference(octets, text, cable, year, state.label, state.post)
            var position = cable.end
            while octets.byte(position) == 0x2F, position < end {
                let digits = octets.digits(at: position + 1, before: end)
                guard let serial = octets.number(in: digits), digits.count <= 7 else { break }
                var next = cable
                next.serial = serial
                next.airgram = false
                self.addTelegramReference(octets, digits, next, year, state.label, state.post)
                position = digits.end
            }
            return self.readNote(octets, position, end)
        }
        var text = octets.trimmed(item)
        if octets.byte(text.end - 1) == 0x2C { text.upper -= 1 }
        self.telegram.references.append(
            Reference(
                kind: octets.referenceKind(text), label: state.label, text: self.makeText(text), key: nil, note: nil,
                previous: false, confidence: 0.8))
        return end
    }

    private mutating func readNote(_ octets: Octets, _ start: Int, _ end: Int) -> Int {
        var position = start
        guard let last = self.telegram.references.indices.last else { return max(position, start) }
        while position < end {
            while position < end, octets.byte(position) == 0x20 { position += 1 }
            if octets.byte(position) == 0x28, octets.byte(position + 2) != 0x29,
                let close = octets.firstIndex(of: 0x29, in: OctetRange(position, end))
            {
                self.telegram.references[last].note = OctetRange(position + 1, close)
                position = close + 1
            } else if octets.startsWord("NOTAL", at: position) {
                self.telegram.references[last].note = OctetRange(position, position + 5)
                position += 5
            } else if octets.startsWord("AND PREVIOUS", at: position) {
                self.telegram.references[last].previous = true
                position += 12
            } else if octets.startsWord("ET AL", at: position) {
                self.telegram.references[last].note = OctetRange(position, position + 5)
                position += 5
            } else if octets.startsWord("TOSEC", at: position) || octets.startsWord("SECTO", at: position) {
                return end
            } else {
                return position
            }
        }
        return position
    }

    private mutating func addTelegramReference(
        _ octets: Octets, _ text: OctetRange, _ cable: Cable, _ year: Int?, _ label: UInt8?, _ inherited: OctetRange?
    ) {
        let group = self.telegram.dateTimeGroup
        var reference = Reference(
            kind: cable.airgram ? .airgram : .telegram, label: label, text: self.makeText(octets.trimmed(text)),
            key: nil,
            note: nil, previous: false, confidence: 0.95)
        let post = cable.post ?? inherited
        var printed = year
        var doubtful = false
        if printed == nil, let own = group?.year {
            printed = Int(own)
            let mine = self.telegram.classification
            let same =
                mine.map { line in
                    !line.post.isEmpty
                        && (post.map { octets.equals(self.telegram.pieces[Int(line.post.first)].range, $0) } ?? true)
                } ?? false
            if same, let serial = mine?.serial, cable.serial > Int(serial) {
                printed = Int(own) - 1
                doubtful = true
            }
        }
        if let printed {
            let start = self.telegram.made.count
            self.appendNumber(printed % 100, width: 2)
            if let post {
                _ = self.appendCanonicalPost(octets, post)
            } else if let line = self.telegram.classification, !line.post.isEmpty,
                self.telegram.pieces[Int(line.post.first)].origin == .record
            {
                _ = self.appendCanonicalPost(octets, self.telegram.pieces[Int(line.post.first)].range)
                reference.confidence = 0.5
            }
            if cable.airgram { self.telegram.made.append(contentsOf: [0x2D, 0x41]) }
            self.appendNumber(cable.serial)
            reference.key = OctetRange(start, self.telegram.made.count)
        }
        if doubtful {
            reference.confidence = 0.7
            self.telegram.findings.append(Finding(.messageReferenceYearDoubt, range: text, confidence: 0.7))
        }
        self.telegram.references.append(reference)
    }
}

/// A telegram as a reference names it.
struct Cable {
    var post: OctetRange?
    var year: Int?
    var serial: Int
    var airgram = false
    /// The post was printed, not inherited.
    var named: Bool
    var end: Int
}

extension Octets {
    /// `08 BISHKEK 1177`, `STATE (01) 4410`, `377 WINDHOEK`, or the number alone where a post went before.
    func cable(_ item: OctetRange, inherited: OctetRange?) -> Cable? {
        var rest = item
        var year: Int?
        guard var word = self.nextWord(&rest) else { return nil }
        if self.equals(word, "UNCLAS") || self.equals(word, "SECRET") || self.equals(word, "CONFIDENTIAL") {
            guard let next = self.nextWord(&rest) else { return nil }
            word = next
        }
        if Self.isDigit(self.byte(word.start)) || self.byte(word.start) == 0x28 {
            let start = self.byte(word.start) == 0x28 ? word.start + 1 : word.start
            let digits = self.digits(at: start, before: word.end)
            guard let number = self.number(in: digits), digits.count <= 8 else { return nil }
            var next = rest
            let following = self.nextWord(&next)
            if digits.end < word.end, start == word.start || following == nil {
                // `5127,` or `71/74`
                guard [0x2C, 0x2F, 0x2E, 0x29].contains(self.byte(digits.end)) else { return nil }
                return Cable(post: nil, year: nil, serial: number, named: false, end: digits.end)
            }
            guard let following, Self.isUpper(self.byte(following.start)),
                !Lexicon.notPosts.contains(following, in: self)
            else {
                // `9 FAM` is a book, `631 AND PREVIOUS` a telegram.
                let item = following.map { self.equals($0, "AND") || self.byte($0.start) == 0x28 } ?? true
                return start == word.start && (item || inherited != nil)
                    ? Cable(post: nil, year: nil, serial: number, named: false, end: digits.end) : nil
            }
            let trail = self.firstWord(next).map { Self.isDigit(self.byte($0.start)) } ?? false
            if !trail, start == word.start, Lexicon.posts.contains(following, in: self) {
                var end = following.end
                while self.byte(end - 1) == 0x2C { end -= 1 }
                return Cable(post: OctetRange(following.start, end), year: nil, serial: number, named: true, end: end)
            }
            guard digits.count == 2 || (digits.count == 4 && (1900..<2100).contains(number)) else { return nil }
            year = number
            word = following
            rest = next
        }
        let first = word
        var end = word.start
        var words = 0
        while words < 5 {
            guard Self.isUpper(self.byte(word.start)), self.all(word, Self.isPostLetter),
                !Lexicon.notPosts.contains(word, in: self)
            else { break }
            end = word.end
            words += 1
            guard let next = self.nextWord(&rest) else { return nil }
            word = next
        }
        guard words > 0 else { return nil }
        if self.byte(word.start) == 0x28 {
            let digits = self.digits(at: word.start + 1, before: word.end)
            guard self.byte(digits.end) == 0x29, let number = self.number(in: digits), let next = self.nextWord(&rest)
            else { return nil }
            year = number
            word = next
        }
        var airgram = false
        var start = word.start
        if self.byte(start) == 0x23 { start += 1 }
        if self.starts(with: "A-", at: start) {
            airgram = true
            start += 2
        }
        let digits = self.digits(at: start, before: word.end)
        guard let serial = self.number(in: digits), digits.count <= 8, !Self.isLetter(self.byte(digits.end)) else {
            return nil
        }
        var cable = Cable(
            post: OctetRange(first.start, end), year: year, serial: serial, airgram: airgram, named: true,
            end: digits.end)
        self.trailingYear(&cable, digits, item)
        return cable
    }

    /// `-91`, `/08`, ` 99`, ` (2002)`
    private func trailingYear(_ cable: inout Cable, _ digits: OctetRange, _ item: OctetRange) {
        guard cable.year == nil else { return }
        let mark = self.byte(digits.end)
        var start = digits.end + 1
        if mark == 0x20, self.byte(start) == 0x28 { start += 1 }
        let trail = self.digits(at: start, before: item.end)
        guard let number = self.number(in: trail),
            trail.count == 2 || (trail.count == 4 && (1900..<2100).contains(number))
        else { return }
        switch mark {
        case 0x2D: break
        case 0x2F: guard self.byte(trail.start) == 0x30 || digits.count >= 4 else { return }
        case 0x20:
            let after = self.byte(trail.end)
            if start == digits.end + 2 {
                guard after == 0x29 else { return }
                cable.year = number
                cable.end = trail.end + 1
                return
            }
            guard trail.end >= item.end || after == 0x2C || after == 0x20 && self.byte(trail.end + 1) == 0x28 else {
                return
            }
        default: return
        }
        cable.year = number
        cable.end = trail.end
    }

    fileprivate func referenceKind(_ range: OctetRange) -> Reference.Kind {
        var rest = range
        var limit = 24
        while limit > 0, let word = self.nextWord(&rest) {
            limit -= 1
            if self.startsIgnoringCase(with: "EMAIL", at: word.start)
                || self.startsIgnoringCase(with: "E-MAIL", at: word.start)
            {
                return .email
            }
            if self.startsIgnoringCase(with: "TELCON", at: word.start)
                || self.startsIgnoringCase(with: "PHONE", at: word.start)
                || self.startsIgnoringCase(with: "TELECON", at: word.start)
            {
                return .phone
            }
            if self.startsIgnoringCase(with: "MEMO", at: word.start)
                || self.startsIgnoringCase(with: "MEMCON", at: word.start)
            {
                return .memo
            }
            if self.startsIgnoringCase(with: "LETTER", at: word.start) { return .letter }
            if self.equals(word, "FAM") || self.equals(word, "FAH") { return .book }
            if self.startsIgnoringCase(with: "IIR", at: word.start) || self.starts(with: "TD-", at: word.start)
                || self.equals(word, "DAO") || self.startsIgnoringCase(with: "REPORT", at: word.start)
            {
                return .report
            }
            if self.startsIgnoringCase(with: "MEETING", at: word.start) { return .meeting }
        }
        return .other
    }
}
