import Directory
import Generator
import SampleTelegrams
import Testing

@testable import Events
@testable import Telegram

/// One event of a telegram's sections (contract 4, format 3.4).
struct SectionEventTests {
    struct Encoded {
        var event: JSONValue
        var identifier: String
        var headers: [String: String]
    }

    private static let directory = Directory()

    /// Sections by their numbers, each at its own offset.
    static func encode(
        _ sections: [(Int, String)], expected: Int, revision: Int = 1, conflicts: [SectionSet.Conflict] = [],
        source: (Int) -> Source? = { _ in nil }
    ) throws -> Encoded {
        let encoded = Self.encoded(sections, expected: expected, revision, conflicts, source)
        return try #require(encoded)
    }

    /// Nil where the first section holds no telegram, and where what comes out is no JSON.
    private static func encoded(
        _ sections: [(Int, String)], expected: Int, _ revision: Int = 1, _ conflicts: [SectionSet.Conflict] = [],
        _ source: (Int) -> Source? = { _ in nil }
    ) -> Encoded? {
        let present = Set(sections.map(\.0))
        let missing = (1...expected).filter { !present.contains($0) }
        let set = SectionSet(
            transmissions: sections.enumerated().map { index, section in
                SectionSet.Transmission(
                    octets: Array(section.1.utf8), section: section.0, source: source(index), offset: 10_000 * section.0
                )
            },
            expected: expected, missing: missing, isWhole: missing.isEmpty, revision: revision, conflicts: conflicts)
        var encoder = TelegramEncoder(directory: Self.directory, options: EventOptions(provenance: true))
        var sectionEncoder = SectionEncoder()
        guard let event = sectionEncoder.encode(set, with: &encoder), let value = JSONValue(Array(event.value)) else {
            return nil
        }
        var headers: [String: String] = [:]
        for index in event.headers.indices {
            headers[event.headers[index].name.description] = String(
                decoding: event.headers[index].value, as: UTF8.self)
        }
        return Encoded(
            event: value, identifier: String(decoding: event.identifier, as: UTF8.self), headers: headers)
    }

    private static let threeSections = [(1, Samples.s82a), (2, Samples.s82c), (3, Samples.s82b)]

    private static func expect(_ event: JSONValue, _ expected: String) throws {
        let worked = try #require(JSONValue(expected))
        guard case .object(let members) = event.plain, case .object(let wanted) = worked else {
            Issue.record("no object")
            return
        }
        for member in Set(members.keys).union(wanted.keys).sorted() {
            #expect(members[member] == wanted[member], "\(member)")
        }
    }

    /// 8.2: every value that the format lists for the whole telegram.
    @Test func threeSectionsAreOneTelegram() throws {
        try Self.expect(try Self.encode(Self.threeSections, expected: 3).event, SectionEvents.s82)
    }

    /// 8.11 with the section that it waits for: corrections count the lines of their own section.
    @Test func twoAlliedSectionsAreOneTelegram() throws {
        let sections = [(1, Samples.s811), (2, SectionEvents.s811Final)]
        try Self.expect(try Self.encode(sections, expected: 2).event, SectionEvents.s811)
    }

    @Test func whatIsMissingIsSaid() throws {
        let event = try Self.encode([(1, Samples.s82a), (3, Samples.s82b)], expected: 3, revision: 2).event
        #expect(event["complete"] == .boolean(false))
        #expect(event["revision"]?.integer == 2)
        #expect(event["sections"] == JSONValue(#"{"expected": 3, "missing": [2], "received": [1, 3]}"#))
        #expect(event["paragraphs"]?.elements.map { $0["number"]?.integer } == [1, 2, 3, 5])
        #expect(event["transmissions"]?.elements.map { $0["section"]?.integer } == [1, 3])
        #expect(event["signature"]?.string == "VANDERHOOF")
        let numbers = event["findings"]?.elements.filter { $0["code"]?.string == "paragraph-missing" }
        #expect(numbers?.count == 1)
    }

    /// Without section 1 the lowest present gives the heading.
    @Test func theLowestSectionHoldsTheHeading() throws {
        let event = try Self.encode([(2, Samples.s82c), (3, Samples.s82b)], expected: 3).event
        #expect(event["subject"]?["text"]?.string == "BORDER WATER TALKS: THREE SESSIONS, ONE PROTOCOL")
        #expect(event["paragraphs"]?.elements.map { $0["number"]?.integer } == [nil, 4, 5])
        #expect(event["id"]?.string == "07TBILISI2468")
    }

    @Test func anEndOfMessageThatIsMissingLeavesItIncomplete() throws {
        let torn = Samples.s82b.replacing("NNNN\n", with: "")
        let event = try Self.encode([(1, Samples.s82a), (2, Samples.s82c), (3, torn)], expected: 3).event
        #expect(event["complete"] == .boolean(false))
        let missing = event["findings"]?.elements.first { $0["code"]?.string == "end-of-message-missing" }
        #expect(missing?["section"]?.integer == 3)
    }

    /// Every range counts in the record of the section that it names.
    @Test func rangesLieInTheirOwnSection() throws {
        let event = try Self.encode(Self.threeSections, expected: 3).event
        let octets = Dictionary(uniqueKeysWithValues: Self.threeSections.map { ($0.0, Array($0.1.utf8)) })
        var texts: [String: [String]] = [:]
        for entry in event["provenance"]?.elements ?? [] {
            let section = try #require(entry["section"]?.integer)
            let range = (entry["range"]?.elements ?? []).compactMap(\.integer)
            let record = try #require(octets[section])
            let bounds = range.map { $0 - 10_000 * section }
            let isInside = bounds.count == 2 && 0 <= bounds[0] && bounds[0] < bounds[1] && bounds[1] <= record.count
            try #require(isInside)
            texts[entry["field"]?.string ?? "", default: []].append(
                "\(section) " + String(decoding: record[bounds[0]..<bounds[1]], as: UTF8.self))
        }
        #expect(texts["paragraphs.2.text"]?.last == "2 THE PREAMBLE, WHERE IT HAS NO FORCE.")
        #expect(texts["paragraphs.2.text"]?.first?.hasPrefix("1 THE VISITORS ACCEPTED") == true)
        #expect(texts["paragraphs.3.heading"] == ["2 SECOND AND THIRD SESSIONS: THE GATES"])
        #expect(texts["paragraphs.4.mark"] == ["3 C"])
        #expect(texts["signature"] == ["3 VANDERHOOF"])
        #expect(texts["from.name"] == ["1 AMEMBASSY TBILISI"])
        #expect(texts["transmissions.1.identifiers.0.channel"] == ["2 XRO"])
        #expect(texts["transmissions.2.endOfMessage.validation"] == ["3 2468"])
        let page = event["findings"]?.elements.first
        #expect(page?["section"]?.integer == 1)
        let start = page?["range"]?.elements.first?.integer ?? 0
        #expect(octets[1]?[(start - 10_000)...].starts(with: "TBILISI 00002468".utf8) == true)
    }

    /// The identifier is made of the sections' texts and nothing else.
    @Test func theIdentifierIsTheTexts() throws {
        let whole = try Self.encode(Self.threeSections, expected: 3)
        let otherSource = try Self.encode(Self.threeSections, expected: 3, revision: 7) {
            Source(topic: "t", partition: 1, offset: Int64($0), timestamp: 1_000 * Int64(3 - $0))
        }
        #expect(whole.identifier == otherSource.identifier)
        #expect(otherSource.headers["ce_source"] == "/taperelay/t")
        #expect(otherSource.headers["ce_time"] == "1970-01-01T00:00:03Z")
        #expect(otherSource.headers["ce_subject"] == "07TBILISI2468")
        #expect(otherSource.event["transmissions"]?.elements.map { $0["source"]?["offset"]?.integer } == [0, 1, 2])
        let otherText = try Self.encode(
            [(1, Samples.s82a), (2, Samples.s82c.replacing("NEITHER", with: "EITHER")), (3, Samples.s82b)], expected: 3)
        #expect(whole.identifier != otherText.identifier)
        let incomplete = try Self.encode([(1, Samples.s82a), (2, Samples.s82c)], expected: 3)
        #expect(whole.identifier != incomplete.identifier)
        // Another channel, another route: the same telegram.
        let otherCopy = try Self.encode(
            [(1, Samples.s82a), (2, Samples.s82c.replacing("VZCZCXRO3313", with: "VZCZCABC0001")), (3, Samples.s82b)],
            expected: 3)
        #expect(whole.identifier == otherCopy.identifier)
    }

    @Test func anotherAddresseeIsAddedAndFlagged() throws {
        let second = Samples.s82c.replacing(
            "RUEHYE/AMEMBASSY YEREVAN\n", with: "RUEHYE/AMEMBASSY YEREVAN\nRUEHKV/AMEMBASSY KYIV\n")
        let event = try Self.encode([(1, Samples.s82a), (2, second), (3, Samples.s82b)], expected: 3).event
        #expect(
            event["info"]?.elements.compactMap { $0["name"]?.string } == [
                "USMISSION USNATO", "AMEMBASSY YEREVAN", "AMEMBASSY KYIV",
            ])
        let flags = event["findings"]?.elements.filter { $0["code"]?.string == "sections-differ" } ?? []
        #expect(flags.map { $0["section"]?.integer } == [2])
    }

    /// A caption is never lost: it may be the only NOFORN.
    @Test func anotherCaptionIsAddedAndFlagged() throws {
        let first = Samples.s82a.replacing("SIPDIS\nNOFORN\n", with: "SIPDIS\n")
        let event = try Self.encode([(1, first), (2, Samples.s82c), (3, Samples.s82b)], expected: 3).event
        #expect(event["captions"]?.description == #"["NOFORN", "SIPDIS"]"#)
        #expect(event["classification"]?["controls"]?.description == #"["NOFORN"]"#)
        let flags = event["findings"]?.elements.filter { $0["code"]?.string == "sections-differ" } ?? []
        #expect(flags.map { $0["section"]?.integer } == [2, 3])
    }

    @Test func anotherSubjectIsFlagged() throws {
        let second = Samples.s82c.replacing("THREE SESSIONS", with: "FOUR SESSIONS")
        let event = try Self.encode([(1, Samples.s82a), (2, second), (3, Samples.s82b)], expected: 3).event
        #expect(event["subject"]?["text"]?.string == "BORDER WATER TALKS: THREE SESSIONS, ONE PROTOCOL")
        let flags = event["findings"]?.elements.filter { $0["code"]?.string == "sections-differ" } ?? []
        #expect(flags.map { $0["section"]?.integer } == [2])
        #expect(event["paragraphs"]?.elements.count == 5)
    }

    @Test func conflictsAreFindings() throws {
        let event = try Self.encode(
            Self.threeSections, expected: 3,
            conflicts: [
                .init(.sectionCountConflict, section: 2), .init(.sectionContradiction, section: 3),
            ]
        ).event
        let findings = event["findings"]?.elements.suffix(2) ?? []
        #expect(findings.map { $0["code"]?.string } == ["section-count-conflict", "section-contradiction"])
        #expect(findings.map { $0["section"]?.integer } == [2, 3])
        #expect(findings.allSatisfy { $0["severity"]?.string == "warning" })
    }

    /// The join rule of format 3.4: no paragraph ends at a boundary unless a sentence does and a blank line stands there.
    @Test(arguments: [
        ("MOVED TO\nBT", "THE PREAMBLE", "MOVED TO THE PREAMBLE"), ("IT ENDS.\nBT", "THEN", "IT ENDS.\\n\\nTHEN"),
        ("THE WATER-\nBT", "SHARING", "THE WATER-SHARING"),
    ])
    func boundaries(end: String, start: String, joined: String) throws {
        let first = Samples.s82a.replacing("MOVED TO\nBT", with: end)
        let second = Samples.s82c.replacing("THE PREAMBLE", with: start)
        let event = try Self.encode([(1, first), (2, second), (3, Samples.s82b)], expected: 3).event
        let text = event["paragraphs"]?.elements[2]["text"]?.description ?? ""
        #expect(text.replacing("\n", with: "\\n").contains(joined), "\(text)")
    }

    /// Whatever stands in them, what comes out is one event in whose ranges nothing points outside of a section.
    @Test func hostileSectionsAreOneEvent() throws {
        var seed: UInt64 = 5
        func next() -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33)
        }
        let samples = Samples.all.map { Array($0.utf8) }
        var count = 0
        for _ in 0..<300 {
            let sections = (1...3).map { number in
                var octets = samples[next() % samples.count]
                for _ in 0..<next() % 6 {
                    let place = next() % octets.count
                    octets[place] = UInt8(next() & 0x7F)
                    if next() % 4 == 0 { octets.removeSubrange(place..<min(octets.count, place + 200)) }
                    if octets.isEmpty { octets = [0x41] }
                }
                return (number, String(decoding: octets, as: UTF8.self))
            }
            guard let event = Self.encoded(sections, expected: 3)?.event else { continue }
            count += 1
            for entry in (event["provenance"]?.elements ?? []) + (event["findings"]?.elements ?? []) {
                guard let bounds = entry["range"]?.elements.compactMap(\.integer), bounds.count == 2 else { continue }
                let section = try #require(entry["section"]?.integer)
                let limit = sections[section - 1].1.utf8.count
                let isInside =
                    10_000 * section <= bounds[0] && bounds[0] <= bounds[1] && bounds[1] <= 10_000 * section + limit
                #expect(isInside, "\(entry)")
            }
        }
        #expect(count > 200)
    }

    /// Cut into sections and put together again, a telegram says what it said in one piece.
    @Test func sectionsOfGeneratedTelegramsAreTheTelegram() throws {
        var generator = TelegramGenerator(seed: 6)
        for round in 0..<300 {
            var octets: [UInt8] = []
            let known = generator.next(into: &octets)
            let sections = generator.sections(of: octets, count: 2 + round % 8)
            guard sections.count > 1 else { continue }
            let joined = try Self.encode(
                sections.enumerated().map { ($0.offset + 1, String(decoding: $0.element, as: UTF8.self)) },
                expected: sections.count
            ).event
            let whole = try #require(WorkedTelegramTests.events(octets).first.flatMap { JSONValue($0) })
            for member in [
                "id", "complete", "heading", "layout", "precedence", "dateTimeGroup", "from", "to", "info",
                "messageReference", "captions", "attention", "executiveOrder", "tags", "subject", "references",
                "classifiedBy", "summary", "paragraphs", "blocks", "signature", "findings", "coverage",
            ] {
                #expect(joined[member]?.plain == whole[member]?.plain, "\(known.id) \(member)")
            }
            #expect(joined["transmissions"]?.elements.count == sections.count)
        }
    }
}
