internal import Telegram

/// What stands behind an operating signal of a service message (format 4.2): a message, a channel number, portions.
extension TelegramEncoder {
    /// `RUEHSI 2468/02 2771315 WA PREAMBLE - NEITHER TO COMMISSION`, `XRO3311`
    mutating func request(_ argument: OctetRange?) {
        guard let argument else { return }
        let octets = self.slice(argument)
        var words = WordReader(octets)
        guard let first = words.next() else { return }
        if first.count >= 6, first.count <= 7, octets.isUpper(first.prefix(3)), octets.isDigits(first.dropFirst(3)) {
            self.member("channel", octets, first.prefix(3))
            self.writer.name("number")
            self.writer.integer(octets.number(first.dropFirst(3)))
            return
        }
        var rest = words
        if let serial = rest.next(), first.count >= 4, first.count <= 8, octets.isUpper(first),
            [0x52, 0x51, 0x55, 0x59].contains(octets[first.lowerBound])
        {
            let digits = serial.prefix { octets[$0] &- 0x30 < 10 }
            guard (3...4).contains(digits.count) else { return }
            self.open("reference", UInt8(ascii: "{"))
            self.member("routingIndicator", octets, first)
            self.member("stationSerial", octets, digits)
            let section = serial.dropFirst(digits.count + 1)
            if section.count == 2, octets.isDigits(section) {
                self.writer.name("section")
                self.writer.integer(octets.number(section))
            }
            words = rest
            if let filed = rest.next(), filed.count == 7, octets.isDigits(filed) {
                self.member("filed", octets, filed)
                words = rest
            }
            self.writer.close(UInt8(ascii: "}"))
        }
        self.portions(octets, words)
    }

    /// Several portions in one request are separated by hyphens (§417).
    private mutating func portions(_ octets: UnsafeRawBufferPointer, _ words: WordReader) {
        var words = words
        var opened = false
        var inside = false
        while let word = words.next() {
            if word.count == 1, octets[word.lowerBound] == UInt8(ascii: "-") {
                if inside { self.writer.append("\",") }
                inside = false
                continue
            }
            if !opened { self.open("portions", UInt8(ascii: "[")) }
            opened = true
            self.writer.append(inside ? UInt8(ascii: " ") : UInt8(ascii: "\""))
            inside = true
            self.writer.escape(UnsafeRawBufferPointer(rebasing: octets[word]))
        }
        if inside { self.writer.append("\",") }
        if opened { self.writer.close(UInt8(ascii: "]")) }
    }

    private mutating func member(_ name: StaticString, _ octets: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.writer.name(name)
        self.writer.string(UnsafeRawBufferPointer(rebasing: octets[range]))
    }
}

/// Words between blanks.
private struct WordReader {
    private let octets: UnsafeRawBufferPointer
    private var offset = 0

    init(_ octets: UnsafeRawBufferPointer) { self.octets = octets }

    mutating func next() -> Range<Int>? {
        while self.offset < self.octets.count, self.octets[self.offset] <= 0x20 { self.offset += 1 }
        let start = self.offset
        while self.offset < self.octets.count, self.octets[self.offset] > 0x20 { self.offset += 1 }
        return start < self.offset ? start..<self.offset : nil
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func isUpper(_ range: Range<Int>) -> Bool { range.allSatisfy { self[$0] &- 0x41 < 26 } }

    fileprivate func isDigits(_ range: Range<Int>) -> Bool { range.allSatisfy { self[$0] &- 0x30 < 10 } }

    /// Of at most four digits.
    fileprivate func number(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + Int(self[$1] &- 0x30) } }
}
