internal import Telegram

/// Octets of what the parser's ranges point to.
extension Telegram {
    /// Of the characters that all ranges count in.
    func characters(_ range: OctetRange, _ octets: Octets) -> [UInt8] {
        (self.decoded.isEmpty ? octets : self.decoded.span).withUnsafeBytes { $0.octets(range) }
    }

    func append(_ range: OctetRange, of octets: Octets, to name: inout [UInt8]) {
        (self.decoded.isEmpty ? octets : self.decoded.span).withUnsafeBytes { characters in
            guard range.lower >= 0, range.lower < range.upper, range.end <= characters.count else { return }
            name.append(contentsOf: characters[range.start..<range.end])
        }
    }

    func says(_ range: OctetRange, _ word: StaticString, _ octets: Octets) -> Bool {
        (self.decoded.isEmpty ? octets : self.decoded.span).withUnsafeBytes { characters in
            let count = word.utf8CodeUnitCount
            guard range.count == count, range.lower >= 0, range.end <= characters.count else { return false }
            return characters[range.start..<range.end].elementsEqual(
                UnsafeBufferPointer(start: word.utf8Start, count: count))
        }
    }

    /// Also of what repairs made.
    func octets(of piece: Piece, _ octets: Octets) -> [UInt8] {
        piece.origin == .record
            ? self.characters(piece.range, octets) : self.made.withUnsafeBytes { $0.octets(piece.range) }
    }

    /// In capitals, with one blank between its words.
    func name(_ text: Text, _ octets: Octets) -> [UInt8] {
        var name: [UInt8] = []
        var isApart = false
        for index in text.indices.clamped(to: self.pieces.indices) {
            isApart = isApart || self.pieces[index].join != .nothing
            for octet in self.octets(of: self.pieces[index], octets) {
                guard octet > 0x20, octet != 0x7F else {
                    isApart = true
                    continue
                }
                if isApart, !name.isEmpty { name.append(0x20) }
                isApart = false
                name.append((0x61...0x7A).contains(octet) ? octet - 0x20 : octet)
            }
        }
        return name
    }

}

extension DateTimeGroup {
    /// The same values, in fewer octets.
    var octets: [UInt8] {
        let year = UInt16(bitPattern: self.year ?? 0)
        return [
            UInt8(bitPattern: self.day), UInt8(bitPattern: self.hour), UInt8(bitPattern: self.minute), self.zone,
            UInt8(bitPattern: self.month ?? 0), UInt8(year >> 8), UInt8(truncatingIfNeeded: year),
        ]
    }

    /// From the values: copies may differ in their blanks.
    var key: String {
        "\(self.day) \(self.hour) \(self.minute) \(self.zone) \(self.month ?? 0) \(self.year ?? 0)"
    }
}

extension UnsafeRawBufferPointer {
    /// Empty where the range does not lie in them.
    func octets(_ range: OctetRange) -> [UInt8] {
        guard range.lower >= 0, range.lower < range.upper, range.end <= self.count else { return [] }
        return Array(self[range.start..<range.end])
    }
}
