/// The lines of one transmission, and where the text before it starts that belongs to nobody.
struct Frame {
    var lines: Range<Int>
    var gapStart: Int
    /// The heading is lost (format 5.0, row 8).
    var textOnly = false
}

/// How a message starts (format 0.4).
enum Start {
    case none
    case identification
    case called
    case precedence
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
            return Frame(lines: self.banners(octets, before: index, downTo: line)..<end, gapStart: gapStart)
        }
        return nil
    }

    /// Whether a message starts at this line.
    func start(_ octets: Octets, _ line: Int) -> Start {
        let range = self.lines[line].range
        guard !range.isEmpty else { return .none }
        guard octets.mayStart(range) else { return .none }
        let content = octets.trimmed(range)
        let identification = octets.isIdentification(content)
        if identification.matches,
            identification.marked || self.follows(octets, line, within: 3, { $0.calledStations($1) != nil })
        {
            return .identification
        }
        if octets.calledStations(content) != nil, self.callsFollow(octets, line) { return .called }
        if octets.precedenceLine(content) != nil, self.originatorFollows(octets, line) { return .precedence }
        return .none
    }

    private func follows(_ octets: Octets, _ line: Int, within count: Int, _ test: (Octets, OctetRange) -> Bool) -> Bool
    {
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
    private func end(_ octets: Octets, of start: Start, at line: Int) -> Int {
        let isBare = start == .precedence
        var calling = false
        var hasPrecedence = isBare
        var text = false
        var separations = 0
        for index in line..<self.lines.count {
            let content = self.lines[index].range
            guard !content.isEmpty else { continue }
            var first = octets.byte(content.start)
            // No start, no separation, no level begins with a small letter or a figure.
            if Octets.isLower(first) || Octets.isDigit(first) { continue }
            if Octets.isBlank(first) { first = octets.byte(octets.trimmed(content).start) }
            if first == 0x4E, octets.isEndOfMessage(octets.trimmed(content)) { return index + 1 }
            if index > line {
                switch octets.mayStart(content) ? self.start(octets, index) : .none {
                case .none: break
                case .identification where text && separations == 1 && !self.headingFollows(octets, index):
                    break  // an unsolicited FL1 inside the text (format 6.4 D15)
                case .identification, .called:
                    // Until FL3 a further FL1 or FL2 belongs to a pilot.
                    if calling || hasPrecedence || text { return index }
                case .precedence:
                    if !text { hasPrecedence = true } else if isBare, separations % 2 == 0 { return index }
                }
            }
            switch first {
            case 0x44 where !text:  // DE
                if octets.isCallingStation(octets.trimmed(content)) { calling = true }
            case 0x42, 0x3D:  // BT
                if octets.isSeparation(octets.trimmed(content)) {
                    separations += 1
                    text = true
                }
            default:
                if !text, calling || hasPrecedence, octets.headingLevel(octets.trimmed(content)) != nil { text = true }
            }
        }
        return self.lines.count
    }

    /// Classification banners and precedence words alone on a line directly before a start belong to it (format 0.4).
    private func banners(_ octets: Octets, before line: Int, downTo bound: Int) -> Int {
        var first = line
        var index = line - 1
        while index >= bound {
            let content = self.content(octets, index)
            if !content.isEmpty {
                guard octets.isBanner(content) else { break }
                first = index
            }
            index -= 1
        }
        return first
    }

    /// Row 8 of format 5.0, and records of which only a part of the heading came.
    private func weakFrame(_ octets: Octets) -> Frame? {
        var labels: (order: Bool, tags: Bool, subject: Bool) = (false, false, false)
        for index in self.lines.indices where !self.lines[index].isBlank {
            let content = self.content(octets, index)
            guard !content.isEmpty else { continue }
            let identification = octets.isIdentification(content)
            if identification.matches || octets.calledStations(content) != nil || octets.isCallingStation(content) {
                return Frame(lines: index..<self.end(octets, of: .called, at: index), gapStart: 0)
            }
            if octets.startsIgnoringCase(with: "E.O.", at: content.start) { labels.order = true }
            if octets.startsIgnoringCase(with: "TAGS", at: content.start) { labels.tags = true }
            if octets.startsIgnoringCase(with: "SUBJ", at: content.start) { labels.subject = true }
            let count = (labels.order ? 1 : 0) + (labels.tags ? 1 : 0) + (labels.subject ? 1 : 0)
            if count >= 2 || octets.hasLevelAndSerial(content) { return self.textFrame(octets) }
        }
        return nil
    }

    private func textFrame(_ octets: Octets) -> Frame {
        let first = self.nextContent(octets, from: 0, before: self.lines.count)
        var end = first
        while end < self.lines.count {
            end += 1
            if octets.isEndOfMessage(self.content(octets, end - 1)) { break }
        }
        return Frame(lines: first..<end, gapStart: 0, textOnly: true)
    }
}

extension Span where Element == UInt8 {
    /// Most lines are prose: three octets tell.
    @inline(__always)
    func mayStart(_ range: OctetRange) -> Bool {
        let first = self.byte(range.start)
        guard Self.isUpper(first) else { return Self.isBlank(first) || first == 0x27 }
        if Self.isDigit(self.byte(range.start + 3)) || first == 0x56 || first == 0x5A || first == 0x4A { return true }
        guard Self.precedence(first) != nil else { return false }
        let second = self.byte(range.start + 1)
        return second == first || second == 0x20 || Self.isDigit(second) || Self.precedence(second) != nil
    }

    /// A level, or a precedence word, and nothing else.
    func isBanner(_ range: OctetRange) -> Bool {
        if let word = self.headingLevel(range) {
            let rest = self.trimmed(OctetRange(word.end, range.end))
            return rest.isEmpty || self.equals(rest, "//") || self.equals(rest, "NOFORN")
        }
        return self.equals(range, "ROUTINE") || self.equals(range, "PRIORITY") || self.equals(range, "IMMEDIATE")
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
