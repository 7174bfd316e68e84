internal import Assembly
internal import Events
internal import Operations
internal import Relay
internal import Telegram

/// The sections that stand in one input of `parse`, put together; their octets are kept as long as they may be needed.
struct SectionShelf {
    private struct Part {
        var octets: [UInt8]
        var section: Int
    }

    private var sets: SectionSets
    private var parts: [PartSource: Part] = [:]
    private let name: String

    /// Time stands still in a file: only its end, and the room for what waits, end the waiting.
    init(_ file: InputFile) {
        var settings = AssemblySettings()
        settings.open.octets = 64 << 20
        settings.released.octets = 64 << 20
        self.sets = SectionSets(settings: settings)
        self.name = file.name
    }

    /// Nil where the telegram is no section of a longer one; else what is to be written now. `start` is where `octets`
    /// stand in the file.
    mutating func add(_ telegram: borrowing Telegram, _ octets: Octets, from start: Int) -> [SectionSet]? {
        let range = telegram.range
        let source = PartSource(partition: 0, offset: Int64(start + range.start))
        guard let part = SectionPart(telegram, octets: octets, source: source) else { return nil }
        let own = octets.extracting(range.start..<range.end).withUnsafeBytes { Array($0) }
        self.parts[source] = Part(octets: own, section: part.section)
        return self.carryOut(self.sets.partArrived(part, at: 0))
    }

    /// What is incomplete at the end of the input.
    mutating func finish() -> [SectionSet] { self.carryOut(self.sets.inputEnded()) }

    private mutating func carryOut(_ decisions: [AssemblyDecision]) -> [SectionSet] {
        var released: [SectionSet] = []
        for decision in decisions {
            switch decision {
            case .held, .known, .rival: break
            case .copy(let source, let kept, let isExact, _):
                self.drop(source, beside: kept, isExact ? "the same as" : "not as good as")
            case .replaced(let old, let new): self.drop(old, beside: new, "not as good as")
            case .released(let release): released.append(self.set(of: release))
            case .forgotten(let sources): for source in sources { self.parts[source] = nil }
            }
        }
        return released
    }

    private mutating func drop(_ source: PartSource, beside other: PartSource, _ comparison: String) {
        let section = self.parts[source]?.section ?? 0
        self.parts[source] = nil
        Terminal.complain(
            "\(self.name), octet \(source.offset): section \(section) is \(comparison) its copy at octet \(other.offset)"
        )
    }

    private func set(of release: SectionRelease) -> SectionSet {
        let transmissions = release.parts.compactMap { part in
            self.parts[part.source].map {
                SectionSet.Transmission(octets: $0.octets, section: part.section, offset: Int(part.source.offset))
            }
        }
        return SectionSet(release, transmissions: transmissions)
    }
}

extension SectionSet {
    /// The octets of all sections one behind the other, and the sections as they stand in these.
    func joined() -> (octets: [UInt8], set: SectionSet) {
        var set = self
        var octets: [UInt8] = []
        for index in set.transmissions.indices {
            set.transmissions[index].offset = octets.count
            octets += set.transmissions[index].octets
        }
        return (octets, set)
    }
}
