internal import Telegram

/// Octets of what the parser's ranges point to.
extension Telegram {
    /// Of the characters that all ranges count in.
    func characters(_ range: OctetRange, _ octets: Octets) -> [UInt8] {
        (self.decoded.isEmpty ? octets : self.decoded.span).withUnsafeBytes { $0.octets(range) }
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

    /// The signals of heading and class line, without those of a service message's text.
    func signals(_ octets: Octets) -> [(name: [UInt8], place: OperatingSignal.Place)] {
        self.operatingSignals.filter { $0.place != .service && !$0.interrogative }.map {
            (self.characters($0.signal, octets), $0.place)
        }
    }
}

extension DateTimeGroup {
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
