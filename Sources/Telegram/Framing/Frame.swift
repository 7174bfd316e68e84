/// The lines of one transmission, and where the text before it starts that belongs to nobody.
struct Frame {
    var lines: Range<Int>
    var gapStart: Int
    var start: Start
}

/// How a message starts (format 0.4).
enum Start {
    case none
    case identification
    case called
    /// FL5, with FL6 behind it.
    case precedence
    /// JANAP 128's one line for FL2 and FL3.
    case header
    /// ACP 126: the station called, then `DE ... NR n`.
    case callSign
    /// `PAGE 01`, as archives of 1973-79 print it.
    case page
    /// `MRN:`
    case labels
    /// The headings that declassified archives put around JANAP 128.
    case envelope
    /// The heading is lost (format 5.0, row 8).
    case text
}

extension Parser {
    mutating func firstFrame(_ octets: Octets) -> Frame? {
        if let frame = self.frame(octets, from: 0, gapStart: 0) { return frame }
        return self.weakFrame(octets)
    }

    mutating func nextFrame(_ octets: Octets, after frame: Frame) -> Frame? {
        guard frame.lines.upperBound > 0, frame.lines.upperBound < self.lines.count else { return nil }
        let gapStart = self.lines[frame.lines.upperBound - 1].range.end
        return self.frame(octets, from: frame.lines.upperBound, gapStart: gapStart)
    }

    private func frame(_ octets: Octets, from line: Int, gapStart: Int) -> Frame? {
        for index in line..<Swift.max(line, self.lines.count) {
            let start = self.start(octets, index)
            guard start != .none else { continue }
            let end = self.end(octets, of: start, at: index)
            let first = self.banners(octets, before: index, downTo: line)
            let last =
                start == .page
                ? self.attributesEnd(octets, from: end) : self.closingBanner(octets, first, from: end)
            return Frame(lines: first..<last, gapStart: gapStart, start: start)
        }
        return nil
    }

    /// Whether a message starts at this line.
    func start(_ octets: Octets, _ line: Int) -> Start {
        let range = self.lines[line].range
        guard !range.isEmpty, self.lines[line].facts.contains(.opening),
            octets.mayStart(range) || self.callFollows(octets, line)
        else { return .none }
        let content = octets.trimmed(range)
        let identification = octets.isIdentification(content)
        if identification.matches,
            identification.marked
                || self.follows(
                    octets, line, within: 3,
                    { $0.calledStations($1) != nil || $0.routingHeader($1) != nil || $0.callingNumber($1) != nil })
        {
            return .identification
        }
        if octets.calledStations(content) != nil, self.callsFollow(octets, line) { return .called }
        if octets.precedenceLine(content) != nil, self.originatorFollows(octets, line) { return .precedence }
        return self.otherStart(octets, line, content)
    }

    func follows(_ octets: Octets, _ line: Int, within count: Int, _ test: (Octets, OctetRange) -> Bool) -> Bool {
        for index in line + 1..<Swift.max(line + 1, Swift.min(line + 1 + count, self.lines.count))
        where test(octets, self.content(octets, index)) { return true }
        return false
    }

    /// FL2 is a start only with FL3 behind it, or with the lines of a pilot (format 1.1).
    private func callsFollow(_ octets: Octets, _ line: Int) -> Bool {
        var index = line + 1
        var continuations = 0
        while index < self.lines.count, continuations < 400, self.isStationLine(octets, self.content(octets, index)) {
            index += 1
            continuations += 1
        }
        return self.follows(octets, index - 1, within: 3) {
            $0.isCallingStation($1) || $0.calledStations($1) != nil || $0.isIdentification($1).matches
        }
    }

    /// A line of routing indicators only.
    func isStationLine(_ octets: Octets, _ content: OctetRange) -> Bool {
        var rest = content
        var count = 0
        while let word = octets.nextWord(&rest) {
            guard octets.isRoutingIndicator(word) else { return false }
            count += 1
        }
        return count > 0
    }

    private func headingFollows(_ octets: Octets, _ line: Int) -> Bool {
        self.follows(octets, line, within: 5) {
            $0.calledStations($1) != nil || $0.isCallingStation($1) || $0.precedenceLine($1) != nil
                || ($0.isIdentification($1).matches && !$1.isEmpty)
        }
    }

    func originatorFollows(_ octets: Octets, _ line: Int) -> Bool {
        self.follows(octets, line, within: 2) { $0.starts(with: "FM ", at: $1.start) && $1.count > 3 }
    }

    /// The first line that is not the message's own.
    func end(_ octets: Octets, of start: Start, at line: Int) -> Int {
        let isBare = start == .precedence
        var calling = false
        var hasPrecedence = isBare
        var text = start == .labels
        var separations = 0
        let lines = self.lines.elements
        for index in line..<lines.count {
            if text, !lines[index].facts.contains(.opening) { continue }
            let content = lines[index].range
            guard !content.isEmpty else { continue }
            var first = octets.byte(content.start)
            // No start but `mrn:`, no separation, no level begins with a small letter or a figure.
            if (Octets.isLower(first) && first != 0x6D) || Octets.isDigit(first) { continue }
            if Octets.isBlank(first) { first = octets.byte(octets.trimmed(content).start) }
            if first == 0x4E, octets.isEndOfMessage(octets.trimmed(content)) { return index + 1 }
            if index > line {
                switch self.start(octets, index) {
                case .none: break
                case .identification where text && separations < 2 && !self.headingFollows(octets, index):
                    break  // an unsolicited FL1 inside the text (format 6.4 D15)
                case .identification, .called, .header, .callSign, .envelope:
                    // Until FL3 a further FL1 or FL2 belongs to a pilot.
                    if calling || hasPrecedence || text { return self.bannersEnd(octets, index, line) }
                case .precedence:
                    if !text {
                        hasPrecedence = true
                    } else if isBare, separations % 2 == 0 {
                        return self.bannersEnd(octets, index, line)
                    }
                case .page:
                    if start != .page || !self.isSamePage(octets, index, line) {
                        return self.bannersEnd(octets, index, line)
                    }
                case .labels: return self.bannersEnd(octets, index, line)
                case .text: break
                }
            }
            switch first {
            case 0x44 where !text:  // DE
                let line = octets.trimmed(content)
                if octets.isCallingStation(line) || octets.callingNumber(line) != nil { calling = true }
            case 0x42, 0x3D:  // BT
                if octets.isSeparation(octets.trimmed(content)) {
                    separations += 1
                    text = true
                }
            default:
                if !text, !calling, octets.mayBeHeader(content), octets.routingHeader(octets.trimmed(content)) != nil {
                    calling = true
                }
                if !text, calling || hasPrecedence, octets.headingLevel(octets.trimmed(content)) != nil { text = true }
            }
        }
        return self.lines.count
    }

    /// Classification banners and precedence words alone on a line directly before a start belong to it (format 0.4).
    func banners(_ octets: Octets, before line: Int, downTo bound: Int) -> Int {
        var first = line
        var index = line - 1
        while index >= bound {
            let content = self.content(octets, index)
            if !content.isEmpty {
                guard octets.isBanner(content) || octets.isReleaseStamp(content) else { break }
                first = index
            }
            index -= 1
        }
        return first
    }
}

extension Span where Element == UInt8 {
    /// Most lines are prose: three octets tell.
    @inline(__always)
    func mayStart(_ range: OctetRange) -> Bool {
        let first = self.byte(range.start)
        guard Self.isUpper(first) || first == 0x6D else { return Self.isBlank(first) || first == 0x27 }
        if Self.isDigit(self.byte(range.start + 3)) || first == 0x56 || first == 0x5A || first == 0x4A { return true }
        let second = self.byte(range.start + 1)
        switch first {
        case 0x4D, 0x6D:
            return self.startsIgnoringCase(with: "MRN:", at: range.start)
                || self.equalsIgnoringCase(range, "MESSAGE TEXT")
        case 0x45: return self.equals(range, "ENVELOPE")
        case 0x43: return self.starts(with: "CDSN =", at: range.start)
        case 0x50 where second == 0x41: return self.starts(with: "PAGE ", at: range.start)  // P
        default: break
        }
        guard Self.precedence(first) != nil else { return false }
        if second == 0x20 || Self.isDigit(second) { return true }
        // FL5 has two prosigns at most, FL2 the same one twice with a blank behind.
        let third = self.byte(range.start + 2)
        return Self.precedence(second) != nil && (Self.isBlank(third) || Self.isDigit(third)) || self.mayBeHeader(range)
    }

    /// JANAP 128's header has its first blank behind eight characters.
    @inline(__always)
    func mayBeHeader(_ range: OctetRange) -> Bool {
        range.count >= 36 && self.byte(range.start + 8) == 0x20 && Self.precedence(self.byte(range.start)) != nil
    }

    /// A level, or a precedence word, and nothing else.
    func isBanner(_ range: OctetRange) -> Bool {
        if let word = self.headingLevel(range) {
            let rest = self.trimmed(OctetRange(word.end, range.end))
            return rest.isEmpty || self.equals(rest, "//") || self.equals(rest, "NOFORN")
        }
        return self.equals(range, "SBU") || self.equals(range, "NOFORN") || self.isPrecedenceWord(range)
    }

    /// A precedence word alone on its line.
    func isPrecedenceWord(_ range: OctetRange) -> Bool {
        self.equals(range, "ROUTINE") || self.equals(range, "PRIORITY") || self.equals(range, "IMMEDIATE")
            || self.equals(range, "FLASH") || self.equals(range, "NIACT IMMEDIATE")
    }

    /// `UNCLAS STATE 067811`.
    func hasLevelAndSerial(_ range: OctetRange) -> Bool {
        guard range.count < 200, let word = self.headingLevel(range),
            let last = self.lastWord(OctetRange(word.end, range.end))
        else { return false }
        return last.count >= 2 && last.count <= 8 && self.isDigits(last) && last.start > word.end + 2
    }
}
