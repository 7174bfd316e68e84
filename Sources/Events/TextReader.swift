internal import Telegram

/// Strings from a telegram's ranges, for people: any octets become UTF-8, controls become spaces, so that a telegram
/// cannot steer the terminal it is shown on.
struct TextReader: ~Copyable {
    private let record: [UInt8]
    private let made: [UInt8]

    init(_ octets: Octets, _ made: [UInt8]) {
        self.record = octets.withUnsafeBytes { Array($0) }
        self.made = made
    }

    func string(_ range: OctetRange, _ origin: Piece.Origin = .record) -> String {
        let octets = origin == .record ? self.record : self.made
        guard range.lower >= 0, range.lower < range.upper, range.end <= octets.count else { return "" }
        return TextReader.plain(octets[range.start..<range.end])
    }

    func string(_ text: Text, of telegram: borrowing Telegram) -> String {
        var result = ""
        let pieces = text.indices.clamped(to: 0..<telegram.pieces.count)
        for index in pieces {
            let piece = telegram.pieces[index]
            if index > pieces.lowerBound, piece.join != .nothing { result += " " }
            result += self.string(piece.range, piece.origin)
        }
        return result
    }

    private static func plain(_ octets: ArraySlice<UInt8>) -> String {
        var writer = JSONWriter(capacity: octets.count + 64)
        octets.withUnsafeBytes { writer.appendUTF8($0) }
        var text = String.UnicodeScalarView()
        for scalar in writer.text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            text.append(isControl ? " " : scalar)
        }
        return String(text)
    }
}
