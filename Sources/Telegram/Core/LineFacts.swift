/// What one pass over the octets of a line found, so that later passes read only lines that may hold what they seek.
///
/// A fact that is not there is certain; one that is there says that a closer look is worth it. A line that was cut since
/// may have more facts than octets for them.
struct LineFacts: OptionSet {
    let rawValue: UInt8

    /// Three blanks in a row (format 6.5).
    static let columns = LineFacts(rawValue: 1)
    /// Two octets in turn over four places, or three over seven: runs of `X` for what was redacted (format 6.4 D21) are
    /// among them. Eight `E` that cancel what stands before (format 1.16), whatever blanks stand between them, have this
    /// or `columns`: with a gap of one blank two octets take turns, and where all gaps are two blanks, three.
    static let repetition = LineFacts(rawValue: 2)
    /// A control, a quotation mark, a backslash or what is not ASCII: JSON does not have it as it stands. Also `&`, `<` and
    /// `|`: with the backslash the first two begin what archives leave of HTML (format 6.3).
    static let escapes = LineFacts(rawValue: 4)
    /// Begins as corrections do (format 1.15), or with a blank.
    static let correction = LineFacts(rawValue: 8)
    /// Is short, or begins or ends as only other lines than prose do: those of a heading (format 1), numbered paragraphs
    /// (2.9), page lines (3.3).
    static let formal = LineFacts(rawValue: 16)
    /// May start a message, end one or part it: nothing else does in a text (format 0.4, 1.11, 1.16).
    static let opening = LineFacts(rawValue: 64)
    /// `DE `: who calls the station of the line before (format 5.3).
    static let calls = LineFacts(rawValue: 32)

    static let all: LineFacts = [.columns, .repetition, .escapes, .correction, .formal, .opening, .calls]
}

/// Sixteen octets at a time. Each fact gathers the octets at which it holds.
private struct Survey {
    typealias Octets16 = SIMD16<UInt8>

    var columns = Octets16()
    var repetition = Octets16()

    /// How many octets from a place on `read` touches.
    static var reach: Int { 19 }

    /// Gathers the facts but `escapes`, and gives back the octets that need one.
    @inline(__always)
    mutating func read(_ place: UnsafeRawPointer) -> Octets16 {
        let octets = place.loadUnaligned(as: Octets16.self)
        let second = (place + 1).loadUnaligned(as: Octets16.self)
        let third = (place + 2).loadUnaligned(as: Octets16.self)
        self.columns |= Self.octets((octets | second | third) .== Octets16(repeating: 0x20))
        // Of two places in a row one is even.
        let pairs = unsafeBitCast(octets, to: SIMD8<UInt16>.self) .== unsafeBitCast(third, to: SIMD8<UInt16>.self)
        self.repetition |= unsafeBitCast(pairs, to: Octets16.self)
        let fourth = (place + 3).loadUnaligned(as: Octets16.self)
        let fours = unsafeBitCast(octets, to: SIMD4<UInt32>.self) .== unsafeBitCast(fourth, to: SIMD4<UInt32>.self)
        self.repetition |= unsafeBitCast(fours, to: Octets16.self)
        // What is not ASCII is negative; `"` and `&` differ in one bit, and so do `<`, `\` and `|`.
        let isControl = unsafeBitCast(octets, to: SIMD16<Int8>.self) .< SIMD16<Int8>(repeating: 0x20)
        let isQuote = (octets | Octets16(repeating: 0x04)) .== Octets16(repeating: 0x26)
        let isBackslash = (octets | Octets16(repeating: 0x60)) .== Octets16(repeating: 0x7C)
        return Self.octets(isControl .| isQuote .| isBackslash)
    }

    /// The same of the octets before `end` alone, which may be that of the record: NUL stand in for what is behind.
    @inline(never)
    mutating func read(_ bytes: UnsafeRawBufferPointer, from place: Int, before end: Int) -> Octets16 {
        var block = Survey()
        var octets = SIMD32<UInt8>()
        let escapes = withUnsafeMutableBytes(of: &octets) { copy in
            copy.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[place...].prefix(Self.reach)))
            return copy.baseAddress.map { block.read($0) } ?? Octets16()
        }
        let places = Octets16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        let mask = Self.octets(places .< Octets16(repeating: UInt8(clamping: end - place)))
        self.columns |= block.columns & mask
        self.repetition |= block.repetition & mask
        return escapes & mask
    }

    /// Most lines have none.
    @inline(__always)
    var isEmpty: Bool { Self.first(self.columns | self.repetition) == nil }

    /// The first octet that is not 0.
    @inline(__always)
    static func first(_ octets: Octets16) -> Int? {
        let words = unsafeBitCast(octets, to: SIMD2<UInt64>.self)
        guard words[0] | words[1] != 0 else { return nil }
        let first = words[0].littleEndian.trailingZeroBitCount
        return (first < 64 ? first : 64 &+ words[1].littleEndian.trailingZeroBitCount) &>> 3
    }

    @inline(__always)
    private static func octets(_ mask: SIMDMask<SIMD16<Int8>>) -> Octets16 { unsafeBitCast(mask, to: Octets16.self) }
}

extension LineFacts {
    /// Reads up to the first octet with an escape, the CR and LF at a line's end being such octets: the facts of what
    /// stands before it, and its place.
    @inline(__always)
    static func survey(_ bytes: UnsafeRawBufferPointer, from start: Int) -> (facts: LineFacts, end: Int) {
        var survey = Survey()
        var place = start
        if let base = bytes.baseAddress, start &+ Survey.reach <= bytes.count {
            var next = base + start
            let last = base + (bytes.count &- Survey.reach)
            repeat {
                if let index = Survey.first(survey.read(next)) {
                    let end = next - base &+ index
                    // The last sixteen octets may have given what stands behind the line.
                    return (survey.isEmpty ? [] : LineFacts(bytes, start, end), end)
                }
                next += 16
            } while next <= last
            place = next - base
        }
        while place < bytes.count {
            if let index = Survey.first(survey.read(bytes, from: place, before: bytes.count)) {
                return (LineFacts(bytes, start, place + index), place + index)
            }
            place += 16
        }
        return (LineFacts(bytes, start, bytes.count), bytes.count)
    }

    /// The facts of the octets from `start` to `end`, both inside `bytes`.
    init(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) {
        var survey = Survey()
        var escapes = Survey.Octets16()
        var place = start
        if let base = bytes.baseAddress {
            while place &+ Survey.reach <= end {
                escapes |= survey.read(base + place)
                place &+= 16
            }
        }
        while place < end {
            escapes |= survey.read(bytes, from: place, before: end)
            place += 16
        }
        var facts: LineFacts = Survey.first(escapes) == nil ? [] : .escapes
        if Survey.first(survey.columns) != nil { facts.insert(.columns) }
        if Survey.first(survey.repetition) != nil { facts.insert(.repetition) }
        self = facts
    }
}
