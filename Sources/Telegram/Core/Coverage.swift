extension Parser {
    /// Some field explains these octets.
    mutating func claim(_ range: OctetRange) {
        guard !range.isEmpty else { return }
        if let last = self.claims.last {
            if range.lower < last.lower { self.claimsAreSorted = false }
            if last.contains(range) { return }
        }
        self.claims.append(range)
    }

    /// Everything from the first of these lines to the last.
    mutating func claim(lines: Range<Int>) { self.claim(self.range(of: lines)) }

    /// Counts the octets that are not blank, and those that no field claimed.
    mutating func measureCoverage(_ octets: Octets, over range: OctetRange) {
        if !self.claimsAreSorted { self.claims.sort { $0.lower < $1.lower } }
        var odd: UInt64 = 0
        let total = self.countContent(octets, over: range, &odd)
        self.reportCharacters(octets, range, odd)
        var unexplained = 0
        var position = range.start
        for index in self.claims.indices where self.claims[index].end > position {
            let claim = self.claims[index]
            if claim.start > position { unexplained += self.report(octets, OctetRange(position, claim.start)) }
            position = Swift.max(position, claim.end)
            if position >= range.end { break }
        }
        if position < range.end { unexplained += self.report(octets, OctetRange(position, range.end)) }
        self.telegram.octetCount = Int32(truncatingIfNeeded: total)
        self.telegram.explainedCount = Int32(truncatingIfNeeded: total - unexplained)
        self.reportOutside(octets, range)
    }

    private mutating func countContent(_ octets: Octets, over range: OctetRange, _ odd: inout UInt64) -> Int {
        var position = range.start
        var total = self.countContent(octets, before: self.addressLines, self.addressContent, from: &position, &odd)
        total += self.countContent(octets, before: self.textLines, self.textContent, from: &position, &odd)
        return total + Parser.countContent(octets, OctetRange(position, range.end), &odd)
    }

    /// Counts up to the end of these lines. They were hashed, and counted then; only lines with escapes have odd octets.
    private mutating func countContent(
        _ octets: Octets, before lines: Range<Int>, _ content: Int, from position: inout Int, _ odd: inout UInt64
    ) -> Int {
        let hashed = self.range(of: lines)
        guard !hashed.isEmpty, hashed.start >= position, hashed.end <= octets.count else { return 0 }
        let before = Parser.countContent(octets, OctetRange(position, hashed.start), &odd)
        for line in self.recordFacts.contains(.escapes) ? lines : 0..<0
        where self.lines[line].facts.contains(.escapes) {
            _ = Parser.countContent(octets, OctetRange(self.lines[line].range.start, Int(self.lines[line].next)), &odd)
        }
        position = hashed.end
        return before + content
    }

    private mutating func report(_ octets: Octets, _ gap: OctetRange) -> Int {
        // Mostly a line end.
        var first = gap.start
        while first < gap.end, Octets.isBlank(octets.byte(first)) { first += 1 }
        guard first < gap.end else { return 0 }
        return self.reportText(octets, OctetRange(first, gap.end))
    }

    private mutating func reportText(_ octets: Octets, _ gap: OctetRange) -> Int {
        let trimmed = octets.trimmed(gap)
        guard !trimmed.isEmpty else { return 0 }
        self.telegram.unexplained.append(trimmed)
        return Parser.countContent(octets, trimmed)
    }

    /// Text before the start and after the end (format 0.4: `preamble`).
    private mutating func reportOutside(_ octets: Octets, _ range: OctetRange) {
        let before = octets.trimmed(OctetRange(range.start, self.telegram.range.start))
        if !before.isEmpty { self.telegram.findings.append(Finding(.unexplainedText, range: before)) }
        let behind = octets.trimmed(OctetRange(self.telegram.range.end, range.end))
        if !behind.isEmpty { self.telegram.findings.append(Finding(.unexplainedText, range: behind)) }
    }

    /// Octets that are no ASCII, and controls that belong to no line (format 6.3).
    private mutating func reportCharacters(_ octets: Octets, _ range: OctetRange, _ odd: UInt64) {
        if odd & 0x8080_8080_8080_8080 != 0, let place = octets.firstInvalid(range) {
            self.telegram.findings.append(Finding(.invalidEncoding, range: OctetRange(place, place + 1)))
        }
        if odd & 0x0101_0101_0101_0101 != 0, let place = octets.firstControl(range) {
            self.telegram.findings.append(Finding(.controlCharacters, range: OctetRange(place, place + 1)))
        }
    }

    static func countContent(_ octets: Octets, _ range: OctetRange) -> Int {
        var odd: UInt64 = 0
        return self.countContent(octets, range, &odd)
    }

    /// Eight octets at a time: bit 0 of each says that it is neither blank nor DEL, and each octet of `sums` adds them up.
    ///
    /// `odd` gets bit 7 where an octet is above ASCII, bit 0 where one is below the tab.
    private static func countContent(_ octets: Octets, _ range: OctetRange, _ odd: inout UInt64) -> Int {
        let range = octets.clamped(range)
        return octets.withUnsafeBufferPointer { buffer in
            let bytes = UnsafeRawBufferPointer(buffer)
            var count = 0
            var high: UInt64 = 0
            var controls: UInt64 = 0
            var position = range.lowerBound
            while position + 8 <= range.upperBound {
                // After 255 words an octet of the sums could overflow.
                let words = Swift.min(255, (range.upperBound - position) >> 3)
                var sums: UInt64 = 0
                for index in 0..<words {
                    let word = bytes.loadUnaligned(fromByteOffset: position &+ index &* 8, as: UInt64.self)
                    let low = word & 0x7F7F_7F7F_7F7F_7F7F
                    let aboveBlank = (low &+ 0x5F5F_5F5F_5F5F_5F5F) | word
                    let notDelete = ((low ^ 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | word
                    high |= word
                    controls |= ~((low &+ 0x7777_7777_7777_7777) | word)
                    sums &+= (aboveBlank & notDelete & 0x8080_8080_8080_8080) >> 7
                }
                let pairs = (sums & 0x00FF_00FF_00FF_00FF) &+ ((sums >> 8) & 0x00FF_00FF_00FF_00FF)
                count &+= Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
                position &+= words &* 8
            }
            while position < range.upperBound {
                if !Octets.isBlank(bytes[position]) { count += 1 }
                high |= UInt64(bytes[position])
                if bytes[position] < 0x09 { controls |= 0x80 }
                position += 1
            }
            odd |= (high & 0x8080_8080_8080_8080) | ((controls & 0x8080_8080_8080_8080) >> 7)
            return count
        }
    }
}
