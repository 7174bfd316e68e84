/// What one pass over the octets of a line found, so that later passes read only lines that may hold what they seek.
///
/// A fact that is not there is certain; one that is there says that a closer look is worth it. A line that was cut since
/// may have more facts than octets for them.
struct LineFacts: OptionSet {
    let rawValue: UInt8

    /// Three blanks in a row (format 6.5).
    static let columns = LineFacts(rawValue: 1)
    /// Two octets in turn over five places: eight `E` that cancel what stands before (format 1.16) are among them, spaced
    /// or not, and runs of `X` for what was redacted (format 6.4 D21).
    static let repetition = LineFacts(rawValue: 2)
    /// A control, a quotation mark, a backslash or what is not ASCII: JSON does not have it as it stands.
    static let escapes = LineFacts(rawValue: 4)
    /// Begins with `C` or a blank, as corrections do (format 1.15).
    static let correction = LineFacts(rawValue: 8)

    static let all: LineFacts = [.columns, .repetition, .escapes, .correction]
}

/// Sixteen octets at a time. Each fact gathers bit 7 of the octets at which it holds.
private struct Survey {
    typealias Octets16 = SIMD16<UInt8>

    var columns = Octets16()
    var repetition = Octets16()
    var escapes = Octets16()

    /// How many octets from a place on `read` touches.
    static var reach: Int { 20 }

    @inline(__always)
    mutating func read(_ place: UnsafeRawPointer) {
        let octets = place.loadUnaligned(as: Octets16.self)
        let second = (place + 1).loadUnaligned(as: Octets16.self)
        let third = (place + 2).loadUnaligned(as: Octets16.self)
        let fourth = (place + 3).loadUnaligned(as: Octets16.self)
        let fifth = (place + 4).loadUnaligned(as: Octets16.self)
        let one = Octets16(repeating: 1)
        // No bit is left where the octets are what is sought; only 0 less 1 gives bit 7 to an octet that had none.
        let notBlank = (octets | second | third) ^ Octets16(repeating: 0x20)
        self.columns |= (notBlank &- one) & ~notBlank
        let differs = (octets ^ third) | (octets ^ fifth) | (second ^ fourth)
        self.repetition |= (differs &- one) & ~differs
        // With bit 1 turned over the quotation mark takes the place behind the controls, which the blank had.
        let control = (octets ^ Octets16(repeating: 0x02)) &- Octets16(repeating: 0x21)
        let backslash = (octets ^ Octets16(repeating: 0x5C)) &- one
        self.escapes |= octets | control | backslash
    }

    /// Forgets what the octets behind the first `count` of sixteen gave.
    @inline(__always)
    mutating func keep(first count: Int) {
        let low = count >= 8 ? UInt64.max : (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
        let high = count <= 8 ? 0 : (1 &<< UInt64(truncatingIfNeeded: (count &- 8) &* 8)) &- 1
        let mask = unsafeBitCast(SIMD2(low.littleEndian, high.littleEndian), to: Octets16.self)
        self.columns &= mask
        self.repetition &= mask
        self.escapes &= mask
    }

    /// Bits 0 to 2.
    @inline(__always)
    var facts: UInt8 {
        // Most lines have none.
        guard Self.holds(self.columns | self.repetition | self.escapes) != 0 else { return 0 }
        return Self.holds(self.columns) | Self.holds(self.repetition) &<< 1 | Self.holds(self.escapes) &<< 2
    }

    @inline(__always)
    private static func holds(_ octets: Octets16) -> UInt8 {
        let words = unsafeBitCast(octets, to: SIMD2<UInt64>.self)
        return (words[0] | words[1]) & 0x8080_8080_8080_8080 != 0 ? 1 : 0
    }
}

extension LineFacts {
    /// The facts of the octets from `start` to `end`, both inside `bytes`.
    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) {
        guard start < end, let base = bytes.baseAddress else {
            self = []
            return
        }
        var survey = Survey()
        // The last sixteen octets of a line, or all of a short one.
        let last = Swift.max(start, end &- 16)
        // Close to the end of the record nothing is read: there may be anything.
        guard last &+ Survey.reach <= bytes.count else {
            self = .all
            return
        }
        var place = start
        while place < last {
            survey.read(base + place)
            place &+= 16
        }
        survey.read(base + last)
        if end &- last < 16 { survey.keep(first: end &- last) }
        let first = base.load(fromByteOffset: start, as: UInt8.self)
        self = LineFacts(rawValue: survey.facts | (first == 0x43 || first <= 0x20 ? Self.correction.rawValue : 0))
    }
}
