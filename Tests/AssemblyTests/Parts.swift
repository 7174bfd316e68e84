import Telegram

@testable import Assembly

/// Parts as the tests write them down.
enum Parts {
    /// Section `section` of `count` of a telegram; offset and text as given.
    static func part(
        _ section: Int, of count: Int?, at offset: Int64, telegram: String = "A", text: UInt64? = nil,
        level: Level? = .confidential, precedence: Precedence = .routine, quality: CopyQuality = CopyQuality(),
        octets: Int = 100
    ) -> SectionPart {
        SectionPart(
            keys: SectionKeys(station: Array("S\(telegram)".utf8), reference: Array("R\(telegram)".utf8)),
            section: section, count: count, level: level, precedence: precedence,
            content: ContentHash(high: UInt64(section), low: text ?? 0), quality: quality, octetCount: octets,
            source: PartSource(partition: 0, offset: offset))
    }
}

extension [AssemblyDecision] {
    var releases: [SectionRelease] {
        self.compactMap { if case .released(let release) = $0 { release } else { nil } }
    }
}

extension SectionRelease {
    var sections: [Int] { self.parts.map(\.section) }
    var offsets: [Int64] { self.parts.map(\.source.offset) }
}

extension SectionSets {
    /// All that comes, at one time.
    mutating func arrive(_ parts: [SectionPart], at now: Int64 = 0) -> [AssemblyDecision] {
        parts.flatMap { self.partArrived($0, at: now) }
    }
}
