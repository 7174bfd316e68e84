internal import Telegram

/// What the transmissions of a set say of themselves, written down while each was read, and their joined text.
///
/// A class, so that a telegram of one transmission pays for no more than a null pointer.
final class JoinedTransmissions {
    struct Place {
        var section: Int
        var offset: Int
        var origins: [Int32]
    }

    let set: SectionSet
    var text = JoinedSections()
    /// JSON, each with a comma behind it.
    var transmissions: [UInt8] = []
    var findings: [UInt8] = []
    var raised = RaisedFindings()
    var provenance: [UInt8] = []
    /// In step with `text`'s sections.
    var places: [Place] = []
    var hashes: [(UInt64, UInt64)] = []
    var octetCount = 0
    var explainedCount = 0

    init(_ set: SectionSet) { self.set = set }

    var source: Source? { Source.standing(for: self.set.transmissions.compactMap(\.source)) }

    /// Where the range of the joined characters is in its record.
    func place(of range: OctetRange) -> (section: Int, range: Range<Int>) {
        let found = self.text.place(of: range)
        guard self.places.indices.contains(found.section) else { return (0, 0..<0) }
        return self.place(found.range, in: found.section)
    }

    func place(_ range: OctetRange, in index: Int) -> (section: Int, range: Range<Int>) {
        let place = self.places[index]
        return (place.section, TelegramEncoder.recordRange(range, place.origins, place.offset))
    }
}

extension TelegramEncoder {
    /// Writes what a section says of its own transmission, and takes its text.
    mutating func read(
        _ telegram: borrowing Telegram, _ octets: Octets, _ index: Int, _ transmission: SectionSet.Transmission,
        into sections: JoinedTransmissions
    ) {
        sections.text.append(telegram, octets: octets)
        sections.hashes.append(telegram.contentHash)
        sections.octetCount += Int(telegram.octetCount)
        sections.explainedCount += Int(telegram.explainedCount)
        sections.places.append(
            JoinedTransmissions.Place(
                section: transmission.section, offset: transmission.offset, origins: telegram.origins))
        let offset = self.options.offset
        self.options.offset = transmission.offset
        self.section = transmission.section
        self.withOctets(of: telegram, octets) { encoder in
            encoder.transmission(telegram, transmission.source, index)
            sections.transmissions.append(contentsOf: encoder.writer.bytes)
            sections.provenance.append(contentsOf: encoder.provenance.bytes)
            guard index > 0 else { return }
            encoder.writer.removeAll()
            swap(&encoder.raised, &sections.raised)
            encoder.findingEntries(telegram, ofSection: true)
            swap(&encoder.raised, &sections.raised)
            sections.findings.append(contentsOf: encoder.writer.bytes)
        }
        self.section = 0
        self.options.offset = offset
    }

    /// The event of the telegram that all sections make together.
    mutating func encode(_ telegram: borrowing Telegram, _ sections: JoinedTransmissions) -> EncodedEvent {
        self.joined = sections
        defer { self.joined = nil }
        let characters = sections.text.characters
        return self.withOctets(of: telegram, characters.span) { encoder in
            sections.provenance.withUnsafeBytes { encoder.provenance.append($0) }
            encoder.raised = sections.raised
            return encoder.telegramEvent(telegram, sections.source, Release(revision: sections.set.revision))
        }
    }

    mutating func sections(_ set: SectionSet) {
        self.open("sections", UInt8(ascii: "{"))
        self.member("expected", set.expected)
        self.open("received", UInt8(ascii: "["))
        for transmission in set.transmissions { self.writer.integer(transmission.section) }
        self.writer.close(UInt8(ascii: "]"))
        self.open("missing", UInt8(ascii: "["))
        for section in set.missing { self.writer.integer(section) }
        self.writer.close(UInt8(ascii: "]"))
        self.writer.close(UInt8(ascii: "}"))
    }

    /// What only shows where the sections stand beside each other.
    mutating func joinedFindings(_ sections: JoinedTransmissions) {
        sections.findings.withUnsafeBytes { self.writer.append($0) }
        for place in sections.text.differences {
            self.finding(.sectionsDiffer, at: sections.place(place.range, in: place.section))
        }
        for place in sections.text.cut {
            self.finding(.unexplainedText, at: sections.place(place.range, in: place.section))
        }
        for conflict in sections.set.conflicts { self.finding(conflict.code, at: (conflict.section, nil)) }
    }

    private mutating func finding(_ code: FindingCode, at place: (section: Int, range: Range<Int>?)) {
        let start = self.writer.count
        self.writer.append(UInt8(ascii: "{"))
        self.findingHead(code)
        self.word("message", code.message)
        self.writer.append("\"confidence\":1.0,")
        self.member("section", place.section)
        if let range = place.range { self.range(range) }
        self.writer.close(UInt8(ascii: "}"))
        self.raise(code, from: start)
    }
}
