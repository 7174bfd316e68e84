internal import Glibc

/// Reading octets without ever leaving them: no position traps, what is outside reads as NUL.
///
/// Ranges are clamped to the record, so that a range made from damaged input is at worst empty.
extension Span where Element == UInt8 {
    @inline(__always)
    func byte(_ position: Int) -> UInt8 {
        // A place before the start is one far behind the end.
        UInt(bitPattern: position) < UInt(bitPattern: self.count) ? self[unchecked: position] : 0
    }

    @inline(__always)
    func clamped(_ range: OctetRange) -> Range<Int> {
        let upper = Swift.min(Swift.max(range.end, 0), self.count)
        let lower = Swift.min(Swift.max(range.start, 0), upper)
        return lower..<upper
    }

    @inline(__always)
    func starts(with text: StaticString, at position: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position >= 0, count <= self.count, position <= self.count - count else { return false }
        let start = text.utf8Start
        var index = 0
        while index < count {
            if self[unchecked: position + index] != start[index] { return false }
            index += 1
        }
        return true
    }

    /// `text` is upper case; the octets may be either.
    @inline(__always)
    func startsIgnoringCase(with text: StaticString, at position: Int) -> Bool {
        // No text is empty; the first two octets refuse nearly all.
        Self.uppercased(self.byte(position)) == text.utf8Start[0]
            && (text.utf8CodeUnitCount == 1 || Self.uppercased(self.byte(position + 1)) == text.utf8Start[1])
            && self.matchesIgnoringCase(text, at: position)
    }

    @inline(never)
    private func matchesIgnoringCase(_ text: StaticString, at position: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position >= 0, count <= self.count, position <= self.count - count else { return false }
        let start = text.utf8Start
        for index in 0..<count where Self.uppercased(self[unchecked: position + index]) != start[index] { return false }
        return true
    }

    /// A whole word stands at `position`: what follows it is neither letter nor digit.
    func startsWord(_ text: StaticString, at position: Int) -> Bool {
        self.starts(with: text, at: position)
            && !Self.isLetterOrDigit(self.byte(position + text.utf8CodeUnitCount))
    }

    @inline(__always)
    func equals(_ range: OctetRange, _ text: StaticString) -> Bool {
        range.count == text.utf8CodeUnitCount && self.matches(text, at: range.start)
    }

    @inline(never)
    private func matches(_ text: StaticString, at position: Int) -> Bool { self.starts(with: text, at: position) }

    func equalsIgnoringCase(_ range: OctetRange, _ text: StaticString) -> Bool {
        range.count == text.utf8CodeUnitCount && self.startsIgnoringCase(with: text, at: range.start)
    }

    func equals(_ left: OctetRange, _ right: OctetRange) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<Swift.max(left.count, 0)
        where self.byte(left.start + index) != self.byte(right.start + index) { return false }
        return true
    }

    @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    @inline(__always) static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
    @inline(__always) static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
    @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    @inline(__always) static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
    /// Space, tab, and the controls that carry no meaning (format 6.3).
    @inline(__always) static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }
    @inline(__always) static func uppercased(_ byte: UInt8) -> UInt8 { isLower(byte) ? byte &- 0x20 : byte }

    func all(_ range: OctetRange, _ test: (UInt8) -> Bool) -> Bool {
        let range = self.clamped(range)
        guard !range.isEmpty else { return false }
        for index in range where !test(self[unchecked: index]) { return false }
        return true
    }

    func isDigits(_ range: OctetRange) -> Bool { self.all(range, Self.isDigit) }
    func isUpper(_ range: OctetRange) -> Bool { self.all(range, Self.isUpper) }

    /// Without blanks at both ends.
    @inline(__always)
    func trimmed(_ range: OctetRange) -> OctetRange {
        let clamped = self.clamped(range)
        if !clamped.isEmpty, !Self.isBlank(self[unchecked: clamped.lowerBound]),
            !Self.isBlank(self[unchecked: clamped.upperBound - 1])
        {
            return OctetRange(clamped.lowerBound, clamped.upperBound)
        }
        return self.trimmedBlanks(clamped)
    }

    @inline(never)
    private func trimmedBlanks(_ range: Range<Int>) -> OctetRange {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, Self.isBlank(self[unchecked: lower]) { lower += 1 }
        while upper > lower, Self.isBlank(self[unchecked: upper - 1]) { upper -= 1 }
        return OctetRange(lower, upper)
    }

    /// Nil where a character is no digit, nothing is there, or the value has more than 18 digits.
    func number(in range: OctetRange) -> Int? {
        let range = self.clamped(range)
        guard !range.isEmpty, range.count <= 18 else { return nil }
        var value = 0
        for index in range {
            let byte = self[unchecked: index]
            guard Self.isDigit(byte) else { return nil }
            value = value * 10 + Int(byte &- 0x30)
        }
        return value
    }

    /// Digits from `position` on, at most up to `end`.
    func digits(at position: Int, before end: Int) -> OctetRange {
        var index = position
        while index < end, Self.isDigit(self.byte(index)) { index += 1 }
        return OctetRange(position, index)
    }

    func firstIndex(of byte: UInt8, in range: OctetRange) -> Int? {
        let range = self.clamped(range)
        guard !range.isEmpty else { return nil }
        return self.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress,
                let found = memchr(base + range.lowerBound, Int32(byte), range.count)
            else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    func firstIndex(of text: StaticString, in range: OctetRange) -> Int? {
        let end = range.end - text.utf8CodeUnitCount + 1
        guard text.utf8CodeUnitCount > 0 else { return nil }
        var position = range.start
        while let found = self.firstIndex(of: text.utf8Start[0], in: OctetRange(position, end)) {
            if self.starts(with: text, at: found) { return found }
            position = found + 1
        }
        return nil
    }

    /// The next word (octets between blanks) of `range`, and `range` without it.
    func nextWord(_ range: inout OctetRange) -> OctetRange? {
        let clamped = self.clamped(range)
        var lower = clamped.lowerBound
        while lower < clamped.upperBound, Self.isBlank(self[unchecked: lower]) { lower += 1 }
        guard lower < clamped.upperBound else {
            range = OctetRange(lower, lower)
            return nil
        }
        var upper = lower
        while upper < clamped.upperBound, !Self.isBlank(self[unchecked: upper]) { upper += 1 }
        range = OctetRange(upper, clamped.upperBound)
        return OctetRange(lower, upper)
    }

    /// The last word of `range`, without taking it.
    func lastWord(_ range: OctetRange) -> OctetRange? {
        let trimmed = self.trimmed(range)
        var lower = trimmed.end
        while lower > trimmed.start, !Self.isBlank(self[unchecked: lower - 1]) { lower -= 1 }
        return lower < trimmed.end ? OctetRange(lower, trimmed.end) : nil
    }

    func firstWord(_ range: OctetRange) -> OctetRange? {
        var rest = range
        return self.nextWord(&rest)
    }
}
