extension Parser {
    /// The TAGS line and its continuations (format 2.5).
    mutating func readTags(_ octets: Octets, _ index: Int) -> Int {
        var part = self.scratch.parts[index]
        self.readTagTokens(octets, part.content)
        self.claim(part.range)
        var next = index + 1
        while next < self.scratch.parts.count {
            let following = self.scratch.parts[next]
            guard !following.range.isEmpty, following.label == .none else { break }
            let comma = octets.byte(part.range.end - 1) == UInt8(ascii: ",")
            guard comma || octets.isTagLine(following.range) else { break }
            self.readTagTokens(octets, following.range)
            self.claim(following.range)
            part = following
            next += 1
        }
        return next
    }

    mutating func readTagTokens(_ octets: Octets, _ range: OctetRange) {
        var position = range.start
        while position < range.end {
            let byte = octets.byte(position)
            if Octets.isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
                position += 1
                continue
            }
            if byte == UInt8(ascii: "(") {
                let close = octets.firstIndex(of: UInt8(ascii: ")"), in: OctetRange(position, range.end)) ?? range.end
                self.addTag(octets, octets.trimmed(OctetRange(position + 1, close)), .person)
                position = close + 1
                continue
            }
            if let person = self.unbracketedPerson(octets, OctetRange(position, range.end)) {
                self.addTag(octets, person, .person)
                position = person.end
                continue
            }
            let start = position
            while position < range.end, !Octets.isBlank(octets.byte(position)), octets.byte(position) != 0x2C,
                octets.byte(position) != 0x3B, octets.byte(position) != 0x28
            { position += 1 }
            self.readTag(octets, OctetRange(start, position))
        }
    }

    /// `OVIP QUILL, MARY`: behind a tag that names persons, where the brackets are lost (format 2.5).
    private mutating func unbracketedPerson(_ octets: Octets, _ range: OctetRange) -> OctetRange? {
        guard let last = self.telegram.tags.last, last.kind == .subject, last.origin == .record,
            octets.equals(last.code, "OVIP") || octets.equals(last.code, "OREP") || octets.equals(last.code, "PINR")
        else { return nil }
        var rest = range
        guard let surname = octets.nextWord(&rest), octets.byte(surname.end - 1) == 0x2C, surname.count > 3,
            let given = octets.firstWord(rest), given.count > 2, octets.isUpper(given),
            octets.isUpper(OctetRange(surname.start, surname.end - 1))
        else { return nil }
        for word in [OctetRange(surname.start, surname.end - 1), given]
        where Lexicon.subjectTags.contains(word, in: octets) || (word.count == 4 && octets.byte(word.start) == 0x4B) {
            return nil
        }
        return OctetRange(surname.start, given.end)
    }

    private mutating func readTag(_ octets: Octets, _ word: OctetRange) {
        guard octets.isUpper(word) else {
            // `0534` for PTER (format 6.4 D11).
            if word.count == 4, let letters = self.unshift(octets, word, as: Lexicon.subjectTags) {
                self.addTag(octets, letters.range, .subject, origin: .made)
                return
            }
            if word.count <= 24 { self.addTag(octets, word, .organization) }
            return
        }
        switch word.count {
        case 2: self.addTag(octets, word, .geographic)
        case 4 where Lexicon.subjectTags.contains(word, in: octets): self.addTag(octets, word, .subject)
        case 4 where octets.byte(word.start) == UInt8(ascii: "K"): self.addTag(octets, word, .program)
        default:
            if Lexicon.captions.contains(word, in: octets) { return }
            if word.count > 4, self.readGluedTags(octets, word) { return }
            self.addTag(octets, word, word.count <= 12 ? .organization : .term)
        }
    }

    /// `ECONEFINETRDPE`: fours while each is known, a pair first or last is a country.
    private mutating func readGluedTags(_ octets: Octets, _ word: OctetRange) -> Bool {
        guard word.count.isMultiple(of: 2), word.count <= 120 else { return false }
        let odd = word.count % 4 == 2
        for lead in odd ? [0, 2] : [0] {
            var position = word.start + lead
            while position + 4 <= word.end,
                Lexicon.subjectTags.contains(OctetRange(position, position + 4), in: octets)
            { position += 4 }
            guard position == word.end || (odd && lead == 0 && position + 2 == word.end) else { continue }
            if lead == 2 { self.addTag(octets, OctetRange(word.start, word.start + 2), .geographic) }
            var start = word.start + lead
            while start + 4 <= word.end {
                self.addTag(octets, OctetRange(start, start + 4), .subject)
                start += 4
            }
            if start < word.end { self.addTag(octets, OctetRange(start, word.end), .geographic) }
            self.telegram.findings.append(
                Finding(.wordRestored, range: word, confidence: 0.8, repair: Repair(was: word, now: nil, rule: .d20)))
            return true
        }
        return false
    }

    private mutating func addTag(
        _ octets: Octets, _ code: OctetRange, _ kind: Tag.Kind, origin: Piece.Origin = .record
    ) {
        guard !code.isEmpty, self.telegram.tags.count < 64,
            !self.telegram.tags.contains(where: {
                $0.origin == .record && origin == .record && octets.equals($0.code, code)
            })
        else { return }
        self.telegram.tags.append(Tag(code: code, kind: kind, origin: origin))
    }
}

extension Octets {
    /// Nothing but TAGS stands on the line, at least one of them known.
    fileprivate func isTagLine(_ range: OctetRange) -> Bool {
        var rest = range
        var known = false
        while let word = self.nextWord(&rest) {
            var end = word.end
            while end > word.start, self.byte(end - 1) == 0x2C || self.byte(end - 1) == 0x3B { end -= 1 }
            let code = OctetRange(word.start, end)
            if code.isEmpty { continue }
            if self.byte(code.start) == UInt8(ascii: "(") { return known }
            guard code.count <= 12, Self.isUpper(self.byte(code.start)),
                self.all(code, { Self.isUpper($0) || Self.isDigit($0) || $0 == 0x2F || $0 == 0x2D })
            else { return false }
            if Lexicon.captions.contains(code, in: self) { return false }
            if code.count == 2 || Lexicon.subjectTags.contains(code, in: self) { known = true }
        }
        return known
    }
}
