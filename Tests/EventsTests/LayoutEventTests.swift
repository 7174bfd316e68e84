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
        try WorkedTelegramTests.expectEvent(name, text, expected)
    }
}
