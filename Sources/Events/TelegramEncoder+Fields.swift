internal import Directory
internal import Glibc
internal import Telegram

extension JSONWriter {
    /// Copies the pieces that JSON takes as they stand; gives back the first that needs another look.
    @inline(never)
    fileprivate mutating func append(
        _ pieces: borrowing [Piece], _ indices: Range<Int>, _ follows: Bool, _ record: UnsafeRawBufferPointer
    ) -> Int {
        guard let octets = record.baseAddress else { return indices.lowerBound }
        var follows = follows
        for index in indices {
            let piece = pieces[index]
            guard piece.isPlain, piece.origin == .record, piece.range.lower >= 0, piece.range.lower < piece.range.upper,
                piece.range.end <= record.count
            else { return index }
            let count = piece.range.end &- piece.range.start
            self.reserve(count &+ 4)
            if follows { self.store(piece.join) }
            memcpy(self.base + self.count, octets + piece.range.start, count)
            self.count &+= count
            follows = true
        }
        return indices.upperBound
    }

    /// What stands between two pieces of a text: four octets are stored, and those that count stay.
    @inline(__always)
    fileprivate mutating func append(_ join: Piece.Join) {
        self.reserve(4)
        self.store(join)
    }

    /// There is room for four.
    @inline(__always)
    private mutating func store(_ join: Piece.Join) {
        let octets: UInt32
        let count: Int
        switch join {
        case .nothing: (octets, count) = (0, 0)
        case .space: (octets, count) = (0x20, 1)
        case .newline: (octets, count) = (0x6E5C, 2)
        case .blankLine: (octets, count) = (0x6E5C_6E5C, 4)
        }
        UnsafeMutableRawPointer(self.base + self.count).storeBytes(of: octets.littleEndian, as: UInt32.self)
        self.count &+= count
    }
}

/// Members of the event. Each also notes its octets when provenance is asked for.
extension TelegramEncoder {
    /// The octets of a range; empty where a range does not lie in the record.
    @inline(__always)
    func slice(_ range: OctetRange, _ origin: Piece.Origin = .record) -> UnsafeRawBufferPointer {
        let octets = origin == .record ? self.record : self.made
        guard range.lower >= 0, range.lower < range.upper, range.end <= octets.count else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(rebasing: octets[range.start..<range.end])
    }

    @inline(__always)
    mutating func member(_ name: StaticString, _ value: some BinaryInteger) {
        self.writer.member(name, value)
    }

    @inline(__always)
    mutating func flag(_ name: StaticString, _ value: Bool) {
        self.writer.name(name)
        self.writer.boolean(value)
    }

    @inline(__always)
    mutating func word(_ name: StaticString, _ value: StaticString) { self.writer.word(name, value) }

    mutating func instant(_ name: StaticString, _ value: Instant?) {
        guard let value else { return }
        self.writer.name(name)
        self.writer.append(UInt8(ascii: "\""))
        self.writer.timestamp(value)
        self.writer.append("\",")
    }

    @inline(__always)
    mutating func octets(_ name: StaticString, _ range: OctetRange?, _ origin: Piece.Origin = .record) {
        guard let range, !range.isEmpty else { return }
        self.writer.name(name)
        self.writer.string(self.slice(range, origin))
        if origin == .record { self.note(name, range) }
    }

    /// One element of a list of strings; `name` is the list's.
    mutating func element(_ name: StaticString, _ index: Int, _ range: OctetRange) {
        self.writer.string(self.slice(range))
        if self.options.provenance {
            self.enter(name, index)
            self.note("", range)
            self.leave()
        }
    }

    /// A list of strings; none where there are none.
    mutating func list(_ name: StaticString, _ ranges: borrowing [OctetRange], _ slice: Slice? = nil) {
        let indices = (slice?.indices ?? 0..<ranges.count).clamped(to: 0..<ranges.count)
        if indices.isEmpty { return }
        self.open(name, UInt8(ascii: "["))
        for index in indices { self.element(name, index - indices.lowerBound, ranges[index]) }
        self.writer.close(UInt8(ascii: "]"))
    }

    mutating func text(_ name: StaticString, _ text: Text, of telegram: borrowing Telegram) {
        let pieces = text.indices.clamped(to: 0..<telegram.pieces.count)
        if pieces.isEmpty { return }
        self.writer.name(name)
        self.writer.append(UInt8(ascii: "\""))
        self.append(pieces, of: telegram, field: name)
        self.writer.append("\",")
    }

    /// The pieces of a text, joined, without quotation marks.
    mutating func append(_ pieces: Range<Int>, of telegram: borrowing Telegram, field: StaticString) {
        var index = pieces.lowerBound
        while index < pieces.upperBound {
            index = self.writer.append(
                telegram.pieces, index..<pieces.upperBound, index > pieces.lowerBound, self.record)
            guard index < pieces.upperBound else { break }
            let piece = telegram.pieces[index]
            if index > pieces.lowerBound { self.writer.append(piece.join) }
            self.writer.escape(self.slice(piece.range, piece.origin))
            index += 1
        }
        guard self.options.provenance else { return }
        for index in pieces where telegram.pieces[index].origin == .record {
            self.note(field, telegram.pieces[index].range)
        }
    }

    mutating func controls(_ controls: Controls) {
        if controls.isEmpty { return }
        self.open("controls", UInt8(ascii: "["))
        var rest = controls
        for (control, name) in Controls.names where rest.contains(control) {
            self.writer.string(name)
            rest.subtract(control)
            if rest.isEmpty { break }
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    @inline(__always)
    mutating func open(_ name: StaticString, _ bracket: UInt8) { self.writer.open(name, bracket) }

    /// Steps into an object (`from`) or an element of a list (`to.0`).
    @inline(__always)
    mutating func enter(_ name: StaticString, _ index: Int? = nil) {
        guard self.options.provenance else { return }
        self.pushPath(name, index)
    }

    @inline(__always)
    mutating func leave() {
        guard self.options.provenance else { return }
        self.popPath()
    }

    /// `{"field":"to.0.name","range":[a,b]},`
    @inline(__always)
    mutating func note(_ name: StaticString, _ range: OctetRange) {
        guard self.options.provenance else { return }
        self.writeNote(name, range)
    }

    @inline(never)
    private mutating func writeNote(_ name: StaticString, _ range: OctetRange) {
        guard !self.slice(range).isEmpty else { return }
        self.provenance.append("{\"field\":\"")
        self.path.withUnsafeBytes { self.provenance.append($0) }
        if !self.path.isEmpty, name.utf8CodeUnitCount > 0 { self.provenance.append(UInt8(ascii: ".")) }
        self.provenance.append(name)
        let place = self.printed(range)
        self.provenance.append("\",")
        if place.section > 0 {
            self.provenance.append("\"section\":")
            self.provenance.integer(place.section)
        }
        self.provenance.append("\"range\":[")
        self.provenance.integer(place.range.lowerBound)
        self.provenance.integer(place.range.upperBound)
        self.provenance.close(UInt8(ascii: "]"))
        self.provenance.close(UInt8(ascii: "}"))
    }

    /// A range as readers of the record count it, and the section whose record that is, 0 where there is but one.
    func printed(_ range: OctetRange) -> (section: Int, range: Range<Int>) {
        if let joined = self.joined { return joined.place(of: range) }
        return (self.section, Self.recordRange(range, self.origins, self.options.offset))
    }

    static func recordRange(_ range: OctetRange, _ origins: [Int32], _ offset: Int) -> Range<Int> {
        var lower = range.start
        var upper = max(lower, range.end)
        if !origins.isEmpty {
            let last = origins.count - 1
            upper = upper > lower ? Int(origins[max(0, min(upper - 1, last))]) + 1 : upper
            lower = Int(origins[max(0, min(lower, last))])
            upper = max(lower, upper)
        }
        return lower + offset..<upper + offset
    }

    @inline(never)
    private mutating func pushPath(_ name: StaticString, _ index: Int?) {
        self.steps.append(self.path.count)
        if !self.path.isEmpty { self.path.append(UInt8(ascii: ".")) }
        self.path.append(
            contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        if let index {
            self.path.append(UInt8(ascii: "."))
            self.path.append(contentsOf: String(index).utf8)
        }
    }

    @inline(never)
    private mutating func popPath() {
        guard let count = self.steps.popLast() else { return }
        self.path.removeLast(self.path.count - count)
    }
}
