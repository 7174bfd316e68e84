extension Octets {
    /// The label at `position` and where what it labels begins (format 2.0); inside a line only what is certain.
    @inline(__always)
    func textLabel(at position: Int, before end: Int, inside: Bool) -> (label: TextLabel, content: Int)? {
        self.mayBeLabel(at: position) ? self.readLabel(at: position, before: end, inside: inside) : nil
    }

    /// Two letters of either case tell nearly all lines, and words of a line, apart from labels.
    @inline(__always)
    private func mayBeLabel(at position: Int) -> Bool {
        let second = Self.uppercased(self.byte(position + 1))
        switch Self.uppercased(self.byte(position)) {
        case UInt8(ascii: "E"): return second == UInt8(ascii: "O") || second == UInt8(ascii: ".")
        case UInt8(ascii: "T"), UInt8(ascii: "A"): return second == UInt8(ascii: "A") || second == UInt8(ascii: "G")
        case UInt8(ascii: "S"): return second == UInt8(ascii: "U")
        case UInt8(ascii: "R"): return second == UInt8(ascii: "E")
        case UInt8(ascii: "C"), UInt8(ascii: "D"): return second == UInt8(ascii: "L") || second == UInt8(ascii: "E")
        case UInt8(ascii: "("): return true
        default: return false
        }
    }

    @inline(never)
    private func readLabel(at position: Int, before end: Int, inside: Bool) -> (label: TextLabel, content: Int)? {
        switch Self.uppercased(self.byte(position)) {
        case UInt8(ascii: "E"): self.orderLabel(at: position, before: end).map { (.executiveOrder, $0) }
        case UInt8(ascii: "T"), UInt8(ascii: "A"):
            self.tagsLabel(at: position, before: end, inside: inside).map { (.tags, $0) }
        case UInt8(ascii: "S"): self.subjectLabel(at: position, before: end, inside: inside).map { (.subject, $0) }
        case UInt8(ascii: "R"): self.referenceLabel(at: position, before: end, inside: inside).map { (.references, $0) }
        case UInt8(ascii: "("): inside ? nil : self.markedLabel(at: position, before: end).map { (.classifiedBy, $0) }
        default: self.classifiedLabel(at: position, before: end).map { (.classifiedBy, $0) }
        }
    }

    /// `(C) CLASSIFIED BY`
    private func markedLabel(at position: Int, before end: Int) -> Int? {
        guard let mark = self.bracketedMark(at: position, before: end), mark.mark != nil else { return nil }
        var next = mark.brackets.end
        while next < end, self.byte(next) == 0x20 { next += 1 }
        return self.classifiedLabel(at: next, before: end)
    }

    /// Behind blanks and a colon; nil where there is no colon.
    private func afterColon(_ position: Int, before end: Int) -> Int? {
        var position = position
        while position < end, self.byte(position) == 0x20 { position += 1 }
        return position < end && self.byte(position) == UInt8(ascii: ":") ? position + 1 : nil
    }

    private func orderLabel(at position: Int, before end: Int) -> Int? {
        var next: Int
        if self.startsIgnoringCase(with: "E.O", at: position) || self.startsIgnoringCase(with: "E.0", at: position) {
            next = position + 3
        } else if self.startsIgnoringCase(with: "E. O", at: position) {
            next = position + 4
        } else if self.startsIgnoringCase(with: "EO", at: position) {
            next = position + 2
        } else {
            return nil
        }
        while next < end, self.byte(next) == UInt8(ascii: ".") || self.byte(next) == 0x20 || self.byte(next) == 0x3A {
            next += 1
        }
        let digits = self.digits(at: next, before: Swift.min(end, next + 7))
        guard (4...5).contains(digits.count) else { return nil }
        return digits.start
    }

    private func tagsLabel(at position: Int, before end: Int, inside: Bool) -> Int? {
        let words: [StaticString] = ["TAGS", "TAGES", "TAG", "AGS"]
        for word in words where self.startsIgnoringCase(with: word, at: position) {
            let next = position + word.utf8CodeUnitCount
            if Self.isLetterOrDigit(self.byte(next)) { continue }
            if let content = self.afterColon(next, before: end) { return content }
            if !inside, word.utf8CodeUnitCount == 4, self.starts(with: "TAGS ", at: position),
                let first = self.firstWord(OctetRange(next, end)), first.count >= 4,
                Lexicon.subjectTags.contains(OctetRange(first.start, first.start + 4), in: self)
            {
                return next
            }
        }
        return nil
    }

    private func subjectLabel(at position: Int, before end: Int, inside: Bool) -> Int? {
        let words: [StaticString] = ["SUBJECT", "SUBJ"]
        for word in words where self.startsIgnoringCase(with: word, at: position) {
            let next = position + word.utf8CodeUnitCount
            if Self.isLetterOrDigit(self.byte(next)) { continue }
            if let content = self.afterColon(next, before: end) { return content }
            if !inside, self.byte(next) == 0x20, self.starts(with: word, at: position),
                !self.startsIgnoringCase(with: " LINE", at: next), !self.startsIgnoringCase(with: " TO ", at: next)
            {
                return next
            }
        }
        return nil
    }

    private func referenceLabel(at position: Int, before end: Int, inside: Bool) -> Int? {
        let words: [StaticString] = [
            "REFERENCES", "REFERENCE", "REFTELS", "REFTEL", "REF(S)", "RETEL", "REFS", "REF",
        ]
        for word in words where self.startsIgnoringCase(with: word, at: position) {
            let next = position + word.utf8CodeUnitCount
            if Self.isLetterOrDigit(self.byte(next)) { return nil }
            if let content = self.afterColon(next, before: end) { return content }
            guard !inside, self.starts(with: word, at: position) else { return nil }
            var rest = OctetRange(next, end)
            guard let first = self.nextWord(&rest) else { return nil }
            // `REF A) STATE 1`, `REF STATE 12`; `REFTEL SAYS` is prose.
            if self.referenceLetter(at: first.start, before: end) != nil { return next }
            if self.isUpper(first), let number = self.nextWord(&rest), Self.isDigit(self.byte(number.start)) {
                return next
            }
            return nil
        }
        return nil
    }

    private func classifiedLabel(at position: Int, before end: Int) -> Int? {
        let phrases: [StaticString] = ["CLASSIFIED BY", "DERIVED FROM", "CLASSIFIED  BY"]
        for phrase in phrases where self.startsIgnoringCase(with: phrase, at: position) {
            let next = position + phrase.utf8CodeUnitCount
            if Self.isLetterOrDigit(self.byte(next)) { return nil }
            return self.afterColon(next, before: end) ?? next
        }
        return nil
    }

    /// `A.` `A)` `A:` `A -` `(A)` `[A]`, also with a stray `1` in front: the letter, and where the item begins.
    func referenceLetter(at position: Int, before end: Int) -> (letter: UInt8, next: Int, strayed: Bool)? {
        var next = position
        var strayed = false
        if self.byte(next) == UInt8(ascii: "1"), next + 2 < end {
            let follows = self.byte(next + 1)
            guard Self.isUpper(follows) || follows == UInt8(ascii: "(") else { return nil }
            strayed = true
            next += 1
        }
        let first = self.byte(next)
        if first == UInt8(ascii: "(") || first == UInt8(ascii: "[") {
            let letter = self.byte(next + 1)
            let close = self.byte(next + 2)
            guard next + 2 < end, Self.isLetter(letter), close == UInt8(ascii: ")") || close == UInt8(ascii: "]")
            else { return nil }
            return (Self.uppercased(letter), next + 3, strayed)
        }
        guard Self.isUpper(first), next + 1 < end else { return nil }
        switch self.byte(next + 1) {
        case UInt8(ascii: ")"), UInt8(ascii: ":"):
            return (first, next + 2, strayed)
        case UInt8(ascii: "."):
            // `U.S.` is no item.
            if Self.isLetter(self.byte(next + 2)), self.byte(next + 3) == UInt8(ascii: ".") { return nil }
            return (first, next + 2, strayed)
        case 0x20 where self.byte(next + 2) == UInt8(ascii: "-") && self.byte(next + 3) == 0x20:
            return (first, next + 4, strayed)
        default:
            return nil
        }
    }
}
