import SampleTelegrams
import Testing

@testable import Events

/// The telegrams of format 5 and 8 that are not ACP 127, as events.
struct LayoutEventTests {
    @Test(arguments: [
        ("8.5", Samples.s85, WorkedEvents.s85), ("8.6", Samples.s86, WorkedEvents.s86),
        ("8.9", Samples.s89, WorkedEvents.s89), ("5.3", Samples.acp126, WorkedEvents.acp126),
        ("5.4", Samples.doi103, WorkedEvents.doi103), ("5.8", Samples.general, WorkedEvents.general),
    ])
    func sample(name: String, text: String, expected: String) throws {
        let events = WorkedTelegramTests.events(Array(text.utf8))
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
}
