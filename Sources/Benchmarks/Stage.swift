internal import Directory
internal import Events
internal import Telegram

/// What is timed. The bare escape is the yardstick: no event can be written with less.
enum Stage: String, CaseIterable {
    case escape, parse, events

    var title: String {
        switch self {
        case .escape: "JSON escape alone"
        case .parse: "parser"
        case .events: "parser and events"
        }
    }
}

/// The buffers that the passes use again, as a lane of the worker does.
struct Bench: ~Copyable {
    private var parser = Parser()
    private var encoder: TelegramEncoder
    private var writer = JSONWriter(capacity: 1 << 20)
    private let source = Source(topic: "telegrams.raw", partition: 3, offset: 1_234_567, timestamp: 1_700_000_000_123)

    init(provenance: Bool = false) {
        // As in the worker with its default configuration.
        self.encoder = TelegramEncoder(
            directory: Directory(), options: EventOptions(provenance: provenance, alerts: .warning))
    }

    /// One pass over the corpus; what it gives back keeps the optimizer from leaving the work out.
    mutating func run(_ stage: Stage, _ corpus: borrowing Corpus) -> Int {
        var sum = 0
        corpus.octets.withUnsafeBufferPointer { buffer in
            for record in corpus.records {
                switch stage {
                case .escape:
                    self.writer.removeAll()
                    self.writer.string(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer[record])))
                    sum &+= self.writer.count
                case .parse:
                    let octets = Octets(_unsafeElements: UnsafeBufferPointer(rebasing: buffer[record]))
                    _ = self.parser.parse(octets) { sum &+= Int($0.octetCount) }
                case .events:
                    let octets = Octets(_unsafeElements: UnsafeBufferPointer(rebasing: buffer[record]))
                    _ = self.parser.parse(octets) {
                        sum &+= self.encoder.encode($0, octets: octets, source: self.source).value.count
                    }
                }
            }
        }
        return sum
    }

    /// FNV-1a over all events, and how many they are.
    mutating func digest(_ corpus: borrowing Corpus) -> (hash: UInt64, events: Int) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var count = 0
        corpus.octets.withUnsafeBufferPointer { buffer in
            for record in corpus.records {
                let octets = Octets(_unsafeElements: UnsafeBufferPointer(rebasing: buffer[record]))
                _ = self.parser.parse(octets) {
                    let event = self.encoder.encode($0, octets: octets, source: self.source)
                    for part in [event.value, event.identifier, event.key] {
                        for octet in part { hash = (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01B3 }
                    }
                    count += 1
                }
            }
        }
        return (hash, count)
    }
}
