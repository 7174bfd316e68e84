internal import Telegram

/// Everything of a pool that the records of its parts do not say, and the parts themselves: sources, no texts.
extension SectionPool {
    private static let largest = Int(Int32.max)

    var snapshot: [UInt8] {
        var writer = SnapshotWriter(.sectionSet)
        let names = self.names
        let places = [[UInt8]: Int](zip(names, names.indices), uniquingKeysWith: { first, _ in first })
        writer.write(names) { $0.write($1) }
        writer.write(self.keys.compactMap { places[$0] }) { $0.write($1) }
        writer.write(self.kin.compactMap { places[$0] }) { $0.write($1) }
        writer.write(self.opened)
        writer.write(self.releasedAt) { $0.write($1) }
        writer.write(min(self.revision, Self.largest))
        writer.write(self.parts) { writer, part in
            for key in [part.keys.station, part.keys.reference, part.keys.kin] {
                writer.write(key.flatMap { places[$0] }) { $0.write($1) }
            }
            writer.write(part)
        }
        // Those that are not here any more are not placed again.
        writer.write(self.leftOut.filter { self.sources.contains($0) }) { $0.write($1) }
        return writer.octets
    }

    /// All keys, each once: parts share them.
    private var names: [[UInt8]] {
        var names: [[UInt8]] = []
        var seen: Set<[UInt8]> = []
        let ofParts = self.parts.flatMap { [$0.keys.station, $0.keys.reference, $0.keys.kin].compactMap { $0 } }
        for name in self.keys + self.kin + ofParts where seen.insert(name).inserted { names.append(name) }
        return names
    }

    /// As it was when the snapshot was taken. Its parts wait to be given again, if it was not released.
    init(id: Int, from entry: [UInt8]) throws(SnapshotError) {
        var reader = try SnapshotReader(entry, .sectionSet)
        let names = try reader.list { reader throws(SnapshotError) in try reader.text() }
        func name(_ reader: inout SnapshotReader) throws(SnapshotError) -> [UInt8] {
            guard !names.isEmpty else { throw .malformed }
            return names[try reader.number(in: 0...names.count - 1)]
        }
        let keys = try reader.list(name)
        let kin = try reader.list(name)
        self.init(id: id, opened: try reader.signed())
        self.keys = keys
        self.kin = kin
        self.releasedAt = try reader.optional { reader throws(SnapshotError) in try reader.signed() }
        self.revision = try reader.number(in: 0...Self.largest)
        self.parts = try reader.list { reader throws(SnapshotError) in
            let station = try reader.optional(name)
            let reference = try reader.optional(name)
            let keys = SectionKeys(station: station, reference: reference, kin: try reader.optional(name))
            return try SectionPart(keys, &reader)
        }
        self.leftOut = try reader.list { reader throws(SnapshotError) in try reader.source() }
        try reader.finish()
        guard !self.parts.isEmpty, Set(self.sources).count == self.parts.count else { throw .malformed }
        let reading = SectionReading(self)
        if self.releasedAt == nil {
            self.awaited = Set(self.sources)
            self.knowsMore = true
        } else {
            self.isComplete = reading.isComplete
            self.published = reading.published
        }
    }
}

extension SnapshotWriter {
    /// Without its keys.
    fileprivate mutating func write(_ part: SectionPart) {
        self.write(part.section)
        self.write(part.count) { $0.write($1) }
        self.write(part.level) { $0.write($1.rawValue) }
        self.write(part.precedence.rawValue)
        self.write(part.content)
        self.write(part.quality)
        self.write(part.isSuspected)
        self.write(part.octetCount)
        self.write(part.source)
    }
}

extension SectionPart {
    fileprivate init(_ keys: SectionKeys, _ reader: inout SnapshotReader) throws(SnapshotError) {
        let section = try reader.number(in: 1...SectionPart.limit)
        let count = try reader.optional { reader throws(SnapshotError) in
            try reader.number(in: 1...SectionPart.limit)
        }
        let level = try reader.optional { reader throws(SnapshotError) in
            guard let level = Level(rawValue: try reader.octet()) else { throw .malformed }
            return level
        }
        guard let precedence = Precedence(rawValue: try reader.octet()) else { throw .malformed }
        let content = try reader.hash()
        let quality = try reader.quality()
        let isSuspected = try reader.flag()
        let octetCount = try reader.number(in: 0...Int(Int32.max))
        self.init(
            keys: keys, section: section, count: count, level: level, precedence: precedence, content: content,
            quality: quality, isSuspected: isSuspected, octetCount: octetCount, source: try reader.source())
    }
}
