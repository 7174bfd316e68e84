internal import Directory
internal import Events
internal import Telegram

/// What every input goes through: parser, event with provenance, and summary, each used again for the next input.
private struct Readers: ~Copyable {
    var parser = Parser()
    var encoder = TelegramEncoder(directory: Directory(), options: EventOptions(provenance: true))
    let summary = Summary()

    mutating func read(_ octets: [UInt8]) {
        let count = octets.count
        var parser = Parser()
        swap(&parser, &self.parser)
        _ = parser.parse(octets.span) { telegram in
            let limit = telegram.decoded.isEmpty ? count : telegram.decoded.count
            precondition(telegram.range.start >= 0 && telegram.range.end <= count)
            precondition(telegram.explainedCount >= 0 && telegram.explainedCount <= telegram.octetCount)
            for finding in telegram.findings {
                precondition(finding.confidence > 0 && finding.confidence <= 1)
                guard let range = finding.range else { continue }
                precondition(range.start >= 0 && range.start <= range.end && range.end <= max(limit, count))
            }
            for piece in telegram.pieces {
                let bound = piece.origin == .record ? limit : telegram.made.count
                precondition(piece.range.start >= 0 && piece.range.start <= piece.range.end && piece.range.end <= bound)
            }
            let event = self.encoder.encode(telegram, octets: octets.span, source: nil)
            precondition(event.value.count > 2)
            precondition(!self.summary.text(telegram, octets: octets.span).isEmpty)
        }
        swap(&parser, &self.parser)
    }
}

nonisolated(unsafe) private var readers = Readers()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    readers.read(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
