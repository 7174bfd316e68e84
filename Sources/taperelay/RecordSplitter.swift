internal import Directory
internal import Events
internal import Telegram

/// Cuts a stretch of octets into records, one a transmission. No octet is left out: what stands between two transmissions
/// goes with the later one, what follows the last with that.
final class RecordSplitter {
    struct Record {
        var key: [UInt8]?
        var value: [UInt8]
    }

    enum Key {
        /// The telegram's id, so that all copies of a telegram meet in one partition; a service message's station.
        case telegram
        case fixed([UInt8])
        case none
    }

    private let key: Key
    private var parser = Parser()
    private var encoder = TelegramEncoder(directory: Directory())

    init(_ key: Key) { self.key = key }

    /// A stretch without any telegram is one record without a key: the worker will say what is wrong with it.
    func records(of bytes: [UInt8]) -> [Record] {
        var records: [Record] = []
        var start = 0
        let octets = bytes.span
        _ = self.parser.parse(octets) { telegram in
            let end = telegram.range.end
            let key =
                switch self.key {
                case .telegram: [UInt8](self.encoder.encode(telegram, octets: octets, source: nil).key)
                case .fixed(let key): key
                case .none: [UInt8]?.none
                }
            records.append(Record(key: key, value: Array(bytes[start..<end])))
            start = end
        }
        if let last = records.indices.last {
            let rest = bytes[start...]
            // Blanks behind the last one carry nothing.
            if rest.contains(where: { $0 > 0x20 }) { records[last].value += rest }
        } else {
            var key: [UInt8]?
            if case .fixed(let fixed) = self.key { key = fixed }
            records.append(Record(key: key, value: bytes))
        }
        return records
    }
}
