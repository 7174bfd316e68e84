import Directory
import SampleTelegrams
import Testing

@testable import Events
@testable import Telegram

/// Parsed and encoded: every value that format 8 lists for its samples.
struct WorkedTelegramTests {
    private static let directory = Directory()

    /// The events of all telegrams of a record, with provenance.
    static func events(_ octets: [UInt8]) -> [[UInt8]] {
        var parser = Parser()
        var encoder = TelegramEncoder(directory: Self.directory, options: EventOptions(provenance: true))
        var events: [[UInt8]] = []
        _ = parser.parse(octets.span) { telegram in
            let event = encoder.encode(telegram, octets: octets.span, source: nil)
            events.append(Array(event.value))
        }
        return events
    }

    @Test(arguments: [
        ("8.1", Samples.s81, WorkedEvents.s81), ("8.2 section 1", Samples.s82a, WorkedEvents.s82a),
        ("8.2 section 3", Samples.s82b, WorkedEvents.s82b), ("8.2 section 2", Samples.s82c, WorkedEvents.s82c),
        ("8.3", Samples.s83, WorkedEvents.s83), ("8.4", Samples.s84, WorkedEvents.s84),
        ("8.7 request", Samples.s87a, WorkedEvents.s87a), ("8.7 answer", Samples.s87b, WorkedEvents.s87b),
        ("8.7 open number", Samples.s87c, WorkedEvents.s87c), ("8.8", Samples.s88, WorkedEvents.s88),
        ("8.10", Samples.s810, WorkedEvents.s810), ("8.11", Samples.s811, WorkedEvents.s811),
        ("8.12", Samples.s812, WorkedEvents.s812),
    ])
    func sample(name: String, text: String, expected: String) throws {
        try Self.expectEvent(name, text, expected)
    }

    /// The text gives one event, with exactly these members.
    static func expectEvent(_ name: String, _ text: String, _ expected: String) throws {
        let events = Self.events(Array(text.utf8))
        #expect(events.count == 1)
        let event = try #require(events.first.flatMap { JSONValue($0)?.plain })
        let worked = try #require(JSONValue(expected))
        guard case .object(let members) = event, case .object(let wanted) = worked else {
            Issue.record("\(name) is no object")
            return
        }
        for member in Set(members.keys).union(wanted.keys).sorted() {
            #expect(members[member] == wanted[member], "\(name) \(member)")
        }
    }

    @Test(arguments: Samples.all)
    func everyOctetOfASampleIsExplained(text: String) throws {
        for event in Self.events(Array(text.utf8)) {
            let event = try #require(JSONValue(event))
            if let coverage = event["coverage"]?.double { #expect(coverage >= 0.99) }
            for finding in event["findings"]?.elements ?? [] {
                let bounds = finding["range"]?.elements.compactMap(\.integer) ?? [0, 0]
                #expect(bounds.count == 2 && bounds[0] >= 0 && bounds[0] <= bounds[1] && bounds[1] <= text.utf8.count)
            }
        }
    }

    /// A telegram is read alike, whatever follows it in the record.
    @Test(arguments: Samples.all)
    func whatFollowsChangesNothing(text: String) {
        guard text.contains("NNNN") else { return }
        let alone = Self.events(Array(text.utf8))
        for other in Samples.all {
            let together = Self.events(Array((text + other).utf8))
            #expect(together.count == alone.count + 1)
            #expect(together.first == alone.first)
        }
    }
}
