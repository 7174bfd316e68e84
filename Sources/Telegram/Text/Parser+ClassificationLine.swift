extension Parser {
    /// The classification line (format 2.1): the first of the text's lines that reads as one.
    mutating func readClassificationLine(_ octets: Octets, _ range: OctetRange, first: Bool) -> Bool {
        let exact = octets.levelWord(range)
        guard let head = exact ?? octets.damagedLevelWord(range) else { return false }
        // `CLEAR` says what the security warning says.
        let stated = head.level ?? self.telegram.security?.level
        let isUnreadable = stated == nil && self.telegram.layout == .doi103
        let level = stated ?? (isUnreadable ? .topSecret : .unclassified)
        var line = ClassificationLine(
            line: .none, level: level, controls: head.controls,
            post: .none, serial: nil, serialRange: nil, section: nil, sectionCount: nil, range: range)
        let captions = self.telegram.captions.count
        let signals = self.telegram.operatingSignals.count
        var rest = OctetRange(head.end, range.end)
        self.readModifiers(octets, &rest, &line)
        let sectioned = self.readSection(octets, &rest, &line)
        let posted = self.readPostAndSerial(octets, &rest, &line)
        let remains = octets.trimmed(rest)
        // A word of the level in prose, or a banner: only what stands first may be without post and section.
        let plain = remains.isEmpty && octets.trimmed(OctetRange(head.end, range.end)).count <= 40
        guard sectioned || posted || (first && (plain || exact != nil)) else {
            self.telegram.captions.removeLast(self.telegram.captions.count - captions)
            self.telegram.operatingSignals.removeLast(self.telegram.operatingSignals.count - signals)
            return false
        }
        self.readInline(octets, rest, &line)
        line.line = self.makeText(range)
        self.repairPost(octets, &line)
        self.telegram.controls.formUnion(line.controls)
        self.telegram.classification = line
        self.claim(range)
        if isUnreadable {
            self.telegram.findings.append(Finding(.classificationUnreadable, range: range))
        } else if exact == nil {
            let end = min(head.end, range.end)
            self.telegram.findings.append(
                Finding(
                    .wordRestored, range: OctetRange(range.start, end), confidence: 0.9,
                    repair: Repair(was: OctetRange(range.start, end), now: self.makePiece(line.level.name), rule: .d8)))
        }
        return true
    }

    private mutating func readModifiers(_ octets: Octets, _ rest: inout OctetRange, _ line: inout ClassificationLine) {
        while true {
            var start = octets.trimmed(rest).start
            while octets.byte(start) == UInt8(ascii: "/"), start < rest.end { start += 1 }
            if let end = octets.spacedWord("NOFORN", at: start, before: rest.end) {
                line.controls.insert(.noforn)
                rest = OctetRange(end, rest.end)
                continue
            }
            if let end = octets.spacedWord("EFTO", at: start, before: rest.end) {
                line.controls.insert(.efto)
                rest = OctetRange(end, rest.end)
                continue
            }
            if let end = octets.spacedWord("CORRECTEDCOPY", at: start, before: rest.end) {
                self.telegram.correctedCopy = OctetRange(start, end)
                rest = OctetRange(end, rest.end)
                continue
            }
            var next = OctetRange(start, rest.end)
            guard let word = octets.nextWord(&next) else { return }
            var end = word.start
            while end < word.end, Octets.isUpper(octets.byte(end)) { end += 1 }
            let plain = OctetRange(word.start, end)
            if octets.equals(word, "SVC") || octets.equals(word, "CITE") {
                rest = next
            } else if octets.byte(word.start) == UInt8(ascii: "N"), octets.byte(word.start + 1) == UInt8(ascii: "0"),
                octets.starts(with: "//", at: word.end - 2)
            {
                // The subject code of a naval message: //N03207//
                self.telegram.subjectCode = OctetRange(word.start, word.end - 2)
                rest = next
            } else if let controls = octets.captionControls(plain), end == word.end || octets.byte(end) == 0x2F {
                line.controls.formUnion(controls)
                if controls == .sensitive { self.telegram.captions.append(plain) }
                rest = OctetRange(end, rest.end)
            } else {
                return
            }
        }
    }

    /// `SECTION 01 OF 05`, `FINAL SECTION OF 2`, and what damage makes of it.
    private mutating func readSection(
        _ octets: Octets, _ rest: inout OctetRange, _ line: inout ClassificationLine
    ) -> Bool {
        var next = rest
        guard var word = octets.nextWord(&next) else { return false }
        var final = false
        let printed = word
        if octets.equals(word, "FINAL"), let following = octets.nextWord(&next) {
            final = true
            word = following
        }
        guard var group = octets.nextWord(&next) else { return false }
        var section: Int?
        if !octets.equals(group, "OF") {
            var end = group.end
            if octets.byte(end - 1) == UInt8(ascii: "F") { end -= 1 }
            guard let number = octets.typedNumber(OctetRange(group.start, end)), number < 1000,
                let following = octets.nextWord(&next)
            else { return false }
            section = number
            group = following
        }
        if octets.equals(group, "OF") || octets.equals(group, "F") || octets.equals(group, "O") {
            guard let following = octets.nextWord(&next) else { return false }
            group = following
        }
        guard let count = octets.typedNumber(group), count > 0, count < 1000 else { return false }
        let read = final ? count : section ?? count
        // Last, since it costs most: a post stands where the word would.
        guard read > 0, octets.isSectionWord(word) else { return false }
        self.noteSection(octets, OctetRange(printed.start, group.end), word, final ? nil : section, count)
        line.section = Int16(truncatingIfNeeded: read)
        line.sectionCount = Int16(truncatingIfNeeded: max(read, count))
        rest = next
        return true
    }

    /// What damage made of `SECTION 01 OF 05`.
    private mutating func noteSection(
        _ octets: Octets, _ range: OctetRange, _ word: OctetRange, _ section: Int?, _ count: Int
    ) {
        if !octets.equals(word, "SECTION") {
            let isWild = octets.firstIndex(of: UInt8(ascii: "Q"), in: word) != nil
            self.noteWord(word, self.makePiece("SECTION"), isWild ? .d9 : .d8, isWild ? 0.85 : 0.9)
        }
        let numbers = OctetRange(word.end, range.end)
        var rest = numbers
        var isPlain = true
        while let group = octets.nextWord(&rest) {
            if !octets.isDigits(group), !octets.equals(group, "OF") { isPlain = false }
        }
        guard !isPlain else { return }
        let start = self.telegram.made.count
        if let section {
            self.appendNumber(section, width: 2)
            self.telegram.made.append(UInt8(ascii: " "))
        }
        _ = self.makePiece("OF ")
        self.appendNumber(count, width: 2)
        self.noteWord(
            octets.trimmed(numbers), Piece(OctetRange(start, self.telegram.made.count), origin: .made), .d10, 0.9)
    }

    private mutating func readPostAndSerial(
        _ octets: Octets, _ rest: inout OctetRange, _ line: inout ClassificationLine
    ) -> Bool {
        var next = rest
        var start = -1
        var end = 0
        var words = 0
        while let word = octets.nextWord(&next), words < 6 {
            let hash = octets.byte(word.start) == UInt8(ascii: "#") ? 1 : 0
            let digits = OctetRange(word.start + hash, word.end)
            if words > 0, Octets.isDigit(octets.byte(digits.start)) || octets.byte(digits.start) == UInt8(ascii: "O"),
                let serial = octets.typedNumber(digits), (3...8).contains(digits.count)
            {
                line.serial = Int32(truncatingIfNeeded: serial)
                line.serialRange = digits
                line.post = self.makeText(OctetRange(start, end))
                rest = next
                if !octets.isDigits(digits) { self.noteNumber(digits, serial, width: digits.count, .d10, 0.9) }
                return true
            }
            if words > 0,
                self.readTornSerial(octets, word, &next, &line) || self.readUnshiftedSerial(octets, word, &line)
            {
                line.post = self.makeText(OctetRange(start, end))
                rest = next
                return true
            }
            let first = octets.byte(word.start)
            if words == 0, Octets.isDigit(first) { return self.readUnshiftedPost(octets, word, &next, &line, &rest) }
            guard Octets.isUpper(first), octets.all(word, Octets.isPostLetter) else { return false }
            if words == 0 { start = word.start }
            end = word.end
            words += 1
        }
        return false
    }

    /// `1 O2734`: a blank stands inside the serial (format 6.4 D20).
    private mutating func readTornSerial(
        _ octets: Octets, _ word: OctetRange, _ next: inout OctetRange, _ line: inout ClassificationLine
    ) -> Bool {
        guard word.count <= 2, octets.isDigits(word) else { return false }
        var rest = next
        guard let second = octets.nextWord(&rest), (3...5).contains(second.count),
            let high = octets.number(in: word), let low = octets.typedNumber(second)
        else { return false }
        var scale = 1
        for _ in 0..<second.count { scale *= 10 }
        let range = OctetRange(word.start, second.end)
        line.serial = Int32(truncatingIfNeeded: high * scale + low)
        line.serialRange = range
        self.noteNumber(range, high * scale + low, width: word.count + second.count, .d20, 0.8)
        next = rest
        return true
    }

    /// `PPQEIT` for `001385`: the shift to figures was lost (format 6.4 D11), which the station's serial proves.
    private mutating func readUnshiftedSerial(
        _ octets: Octets, _ word: OctetRange, _ line: inout ClassificationLine
    ) -> Bool {
        guard let value = octets.unshifted(word), let printed = self.telegram.stationSerial,
            let serial = octets.number(in: printed), value % 10_000 == serial
        else { return false }
        line.serial = Int32(truncatingIfNeeded: value)
        line.serialRange = word
        self.noteNumber(word, value, width: word.count, .d11, 0.85)
        return true
    }

    /// `17859 000231` for `QUITO 000231`: the shift to letters was lost (format 6.4 D11), which the posts prove.
    private mutating func readUnshiftedPost(
        _ octets: Octets, _ word: OctetRange, _ next: inout OctetRange, _ line: inout ClassificationLine,
        _ rest: inout OctetRange
    ) -> Bool {
        guard let digits = octets.nextWord(&next), (3...8).contains(digits.count),
            let serial = octets.number(in: digits), let post = self.unshift(octets, word, as: Lexicon.posts)
        else { return false }
        line.post = Text(first: Int32(truncatingIfNeeded: self.telegram.pieces.count), count: 1)
        self.telegram.pieces.append(post)
        line.serial = Int32(truncatingIfNeeded: serial)
        line.serialRange = digits
        rest = next
        return true
    }

    /// What follows the serial: captions and operating signals; the rest is part of the line and of nothing else.
    private mutating func readInline(_ octets: Octets, _ rest: OctetRange, _ line: inout ClassificationLine) {
        var rest = rest
        var limit = 40
        while let word = octets.nextWord(&rest), limit > 0 {
            limit -= 1
            let first = octets.byte(word.start)
            if (3...4).contains(word.count), first == UInt8(ascii: "Z") || first == UInt8(ascii: "Q"),
                octets.isUpper(OctetRange(word.start, word.start + 3)),
                word.count == 3 || Octets.isDigit(octets.byte(word.start + 3))
            {
                var next = rest
                var argument: OctetRange?
                if let following = octets.nextWord(&next), octets.isDigits(following) {
                    argument = following
                    rest = next
                }
                self.telegram.operatingSignals.append(
                    OperatingSignal(
                        signal: word, argument: argument, interrogative: false, place: .classificationLine))
            } else if octets.equals(word, "SUSPECTED"),
                octets.firstWord(rest).map({ octets.equals($0, "DUPLICATE") }) == true
            {
                self.telegram.findings.append(Finding(.suspectedDuplicate, range: word))
            } else if octets.equals(word, "CORRECTED"),
                octets.firstWord(rest).map({ octets.equals($0, "COPY") }) == true
            {
                self.telegram.correctedCopy = OctetRange(word.start, octets.firstWord(rest)?.end ?? word.end)
                self.telegram.findings.append(Finding(.correctedCopy, range: word))
            } else if octets.isUpper(word), Lexicon.captions.contains(word, in: octets) {
                self.addCaption(octets, word)
            }
        }
    }

    /// The post against the originator and the known posts (format 2.1, D8, D9).
    private mutating func repairPost(_ octets: Octets, _ line: inout ClassificationLine) {
        guard !line.post.isEmpty else { return }
        let post = self.telegram.pieces[Int(line.post.first)]
        guard post.origin == .record else { return }
        let printed = post.range
        if Lexicon.posts.contains(printed, in: octets) || Lexicon.aliases.contains(printed, in: octets) { return }
        guard let read = Spelling.letters(of: printed, in: octets), read.count >= 3 else { return }
        let rule: Rule = read.contains(UInt8(ascii: "Q")) ? .d9 : .d8
        if let name = self.originatorPost(octets), let known = Spelling.letters(of: name, in: octets), known != read {
            let near = known.withUnsafeBufferPointer { Spelling.matches(read, $0, edits: 1) }
            if near {
                let piece = Piece(name)
                self.telegram.findings.append(
                    Finding(
                        .wordRestored, range: printed, confidence: rule == .d9 ? 0.85 : 0.9,
                        repair: Repair(was: printed, now: piece, rule: rule)))
                line.post = self.makeText(name)
                return
            }
            // 1973-79 lines give the first six letters.
            if read.count >= 5, known.starts(with: read) { return }
        } else if self.originatorPost(octets) != nil {
            return  // the originator is that post, known or not
        }
        var candidate: Int?
        var candidates = 0
        var noisy: Int?
        var noises = 0
        for number in 0..<Lexicon.posts.count
        where Lexicon.posts.withWord(number, { Spelling.matches(read, $0, edits: read.count >= 5 ? 1 : 0) }) {
            candidate = number
            candidates += 1
            guard Lexicon.posts.withWord(number, { Spelling.differByOneImpulse(read, $0) }) else { continue }
            noisy = number
            noises += 1
        }
        // Among several only one that differs by a single impulse of the wire is likely (format 6.4 D12).
        let isNoise = noises == 1
        guard let candidate = isNoise ? noisy : candidates == 1 ? candidate : nil else { return }
        let why: Rule = isNoise ? .d12 : rule
        let start = self.telegram.made.count
        Lexicon.posts.withWord(candidate) { self.telegram.made.append(contentsOf: $0) }
        let piece = Piece(OctetRange(start, self.telegram.made.count), origin: .made)
        self.noteWord(printed, piece, why, why == .d9 ? 0.85 : why == .d12 ? 1 : 0.9)
        line.post = Text(first: Int32(truncatingIfNeeded: self.telegram.pieces.count), count: 1)
        self.telegram.pieces.append(piece)
    }
}
