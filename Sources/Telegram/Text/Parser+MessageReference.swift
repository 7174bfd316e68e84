extension Parser {
    /// A text of one stretch of the record.
    mutating func makeText(_ range: OctetRange) -> Text {
        guard !range.isEmpty else { return .none }
        let first = self.telegram.pieces.count
        self.telegram.pieces.append(Piece(range))
        return Text(first: Int32(truncatingIfNeeded: first), count: 1)
    }

    mutating func makePiece(_ text: StaticString, join: Piece.Join = .space) -> Piece {
        let start = self.telegram.made.count
        self.telegram.made.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        return Piece(OctetRange(start, self.telegram.made.count), join: join, origin: .made)
    }

    /// The originator without `AMEMBASSY` and the like.
    mutating func originatorPost(_ octets: Octets) -> OctetRange? {
        guard let name = self.telegram.originator?.name, !name.isEmpty,
            self.telegram.pieces.indices.contains(Int(name.first))
        else { return nil }
        let piece = self.telegram.pieces[Int(name.first)]
        guard piece.origin == .record else { return nil }
        var rest = piece.range
        guard let first = octets.nextWord(&rest) else { return nil }
        let remains = octets.trimmed(rest)
        if !remains.isEmpty,
            octets.equals(first, "AMEMBASSY") || octets.equals(first, "AMCONSUL") || octets.equals(first, "USMISSION")
                || octets.equals(first, "AMEMB") || octets.equals(first, "USLO") || octets.equals(first, "USINT")
                || octets.equals(first, "AMCONGEN")
        {
            return remains
        }
        return octets.trimmed(piece.range)
    }

    /// Appends the post as message references spell it (format 2.2): capitals without spaces, aliases resolved.
    mutating func appendCanonicalPost(_ octets: Octets, _ range: OctetRange) -> OctetRange {
        let start = self.telegram.made.count
        var range = octets.trimmed(range)
        if octets.startsWord("USMISSION", at: range.start), range.count > 10 {
            range = octets.trimmed(OctetRange(range.start + 9, range.end))
        }
        if let alias = Lexicon.aliases.index(of: range, in: octets), alias < Lexicon.aliasTarget.count {
            Lexicon.aliasTargets.withWord(Int(Lexicon.aliasTarget[alias])) {
                self.telegram.made.append(contentsOf: $0)
            }
        } else {
            for index in octets.clamped(range) where Octets.isLetterOrDigit(octets[unchecked: index]) {
                self.telegram.made.append(Octets.uppercased(octets[unchecked: index]))
            }
            self.completeTruncatedPost(start)
        }
        return OctetRange(start, self.telegram.made.count)
    }

    /// Six letters of a longer name, as 1973-79 lines print it, where only one known post begins so.
    private mutating func completeTruncatedPost(_ start: Int) {
        let count = self.telegram.made.count - start
        guard count == 6,
            !Lexicon.posts.contains(OctetRange(start, self.telegram.made.count), in: self.telegram.made.span)
        else { return }
        var found: Int?
        for number in 0..<Lexicon.posts.count {
            let (same, longer) = Lexicon.posts.withWord(number) { word -> (Bool, Bool) in
                guard word.count >= 6 else { return (false, false) }
                for index in 0..<6 where word[index] != self.telegram.made[start + index] { return (false, false) }
                return (word.count == 6, true)
            }
            if same { return }
            if longer {
                if found != nil { return }
                found = number
            }
        }
        guard let found else { return }
        self.telegram.made.removeLast(count)
        Lexicon.posts.withWord(found) { self.telegram.made.append(contentsOf: $0) }
    }

    mutating func appendNumber(_ number: Int, width: Int = 1) {
        var divisor = 1
        var digits = 1
        while digits < width || number / divisor >= 10, digits < 18 {
            divisor *= 10
            digits += 1
        }
        while divisor > 0 {
            self.telegram.made.append(0x30 + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    /// `09BISHKEK231` (format 2.2), from the classification line and the date-time group.
    mutating func readMessageReference(_ octets: Octets) {
        guard let line = self.telegram.classification, let serial = line.serial, !line.post.isEmpty,
            let year = self.telegram.dateTimeGroup?.year
        else { return }
        let piece = self.telegram.pieces[Int(line.post.first)]
        guard piece.origin == .made else {
            self.makeReference(octets, year: Int(year), post: piece.range, serial: Int(serial))
            return
        }
        let start = self.telegram.made.count
        self.appendNumber(Int(year) % 100, width: 2)
        let first = self.telegram.made.count
        for index in piece.range.start..<piece.range.end { self.telegram.made.append(self.telegram.made[index]) }
        let post = OctetRange(first, self.telegram.made.count)
        self.appendNumber(Int(serial))
        self.telegram.messageReference = MessageReference(
            year: year, post: post, serial: serial, key: OctetRange(start, self.telegram.made.count))
    }

    /// From a post as printed.
    mutating func makeReference(_ octets: Octets, year: Int, post: OctetRange, serial: Int) {
        guard let serial = Int32(exactly: serial) else { return }
        let start = self.telegram.made.count
        self.appendNumber(year % 100, width: 2)
        let canonical = self.appendCanonicalPost(octets, post)
        self.appendNumber(Int(serial))
        self.telegram.messageReference = MessageReference(
            year: Int16(truncatingIfNeeded: year), post: canonical, serial: serial,
            key: OctetRange(start, self.telegram.made.count))
    }
}
