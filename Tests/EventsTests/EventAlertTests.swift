import Directory
import SampleTelegrams
import Testing

@testable import Events
@testable import Telegram

/// What of an event's findings becomes alerts.
struct EventAlertTests {
    private static let source = Source(topic: "telegrams.raw", partition: 0, offset: 17, timestamp: 1_237_279_500_250)
    private static let directory = Directory()

    private static func encoder(_ severity: Severity?) -> TelegramEncoder {
        TelegramEncoder(directory: Self.directory, options: EventOptions(alerts: severity))
    }

    /// A warning that stands twice, a critical finding and a note.
    private static var sample: Sample {
        var sample = Sample()
        sample.telegram.findings = [
            Finding(.sbuCaptionMissing, range: OctetRange(1, 4), paragraph: 0),
            Finding(.noSubjectTag),
            Finding(.portionAboveClassification, paragraph: 2),
            Finding(.sbuCaptionMissing, range: OctetRange(7, 9), paragraph: 1, confidence: 0.5),
        ]
        return sample
    }

    private func codes(_ severity: Severity?) -> [String] {
        let sample = Self.sample
        var encoder = Self.encoder(severity)
        _ = encoder.encode(sample.telegram, octets: sample.octets.span, source: Self.source)
        return encoder.alerts.map(\.code.name)
    }

    @Test func oneACodeFromTheSeverityUp() {
        #expect(self.codes(.note) == ["sbu-caption-missing", "no-subject-tag", "portion-above-classification"])
        #expect(self.codes(.warning) == ["sbu-caption-missing", "portion-above-classification"])
        #expect(self.codes(.critical) == ["portion-above-classification"])
        #expect(self.codes(nil) == [])
    }

    @Test(arguments: Severity.allCases) func theCountIsThatOfTheAlerts(severity: Severity) {
        #expect(Self.sample.telegram.alertCount(from: severity) == self.codes(severity).count)
        #expect(Sample().telegram.alertCount(from: severity) == 0)
    }

    @Test func anAlertHoldsTheFindingsAsTheEventSaysThem() throws {
        let sample = Self.sample
        var encoder = Self.encoder(.warning)
        let event = encoder.encode(sample.telegram, octets: sample.octets.span, source: Self.source)
        let telegram = try #require(JSONValue(Array(event.value)))
        let identifier = String(decoding: event.identifier, as: UTF8.self)
        var alertEncoder = AlertEncoder()
        let alerts = encoder.alerts.map { JSONValue(Array(alertEncoder.encode($0).value)) }
        try #require(alerts.count == 2)
        for (alert, code) in zip(alerts, ["sbu-caption-missing", "portion-above-classification"]) {
            let findings = telegram["findings"]?.elements.filter { $0["code"]?.string == code }
            #expect(alert?["details"]?["findings"]?.elements == findings, "\(code)")
            #expect(alert?["details"]?["count"]?.integer == findings?.count)
            #expect(alert?["details"]?["event"]?.string == identifier)
            #expect(alert?["subject"]?.string == "09BISHKEK231")
            #expect(alert?["sources"]?.elements.first == telegram["transmissions"]?.elements[0]["source"])
            #expect(alert?["sources"]?.elements.count == 1)
        }
    }

    @Test func anEventLeavesNothingToTheNext() {
        var encoder = Self.encoder(.warning)
        let (first, second) = (Self.sample, Sample())
        _ = encoder.encode(first.telegram, octets: first.octets.span, source: Self.source)
        #expect(encoder.alerts.count == 2)
        _ = encoder.encode(second.telegram, octets: second.octets.span, source: Self.source)
        #expect(encoder.alerts.isEmpty)
    }

    @Test func manyFindingsOfACodeAreCountedAndSomeKept() throws {
        var sample = Sample()
        sample.telegram.findings = (0..<40).map { Finding(.garbledText, range: OctetRange($0, $0 + 1)) }
        var encoder = Self.encoder(.warning)
        _ = encoder.encode(sample.telegram, octets: sample.octets.span, source: Self.source)
        try #require(encoder.alerts.count == 1)
        var alertEncoder = AlertEncoder()
        let alert = try #require(JSONValue(Array(alertEncoder.encode(encoder.alerts[0]).value)))
        #expect(alert["details"]?["count"]?.integer == 40)
        let findings = alert["details"]?["findings"]?.elements ?? []
        #expect(findings.count == 32)
        #expect(findings.last?["range"] == JSONValue("[31,32]"))
    }

    @Test func aServiceMessageHasAlertsToo() {
        var sample = Self.sample
        sample.telegram.kind = .service
        var encoder = Self.encoder(.critical)
        _ = encoder.encode(sample.telegram, octets: sample.octets.span, source: Self.source)
        #expect(encoder.alerts.map(\.subject) == ["RUEHEK"])
    }

    /// Findings of each section, of the whole text and of the sections beside each other; all sections are sources.
    @Test func sectionsTogetherHaveTheirAlertsTogether() throws {
        let torn = Samples.s82b.replacing("NNNN\n", with: "")
        let set = SectionSet(
            transmissions: [(1, Samples.s82a), (2, Samples.s82c), (3, torn)].map { section, text in
                SectionSet.Transmission(
                    octets: Array(text.utf8), section: section,
                    source: Source(topic: "in", partition: 0, offset: Int64(section), timestamp: Int64(4 - section)))
            },
            expected: 3, missing: [], isWhole: true, conflicts: [.init(.sectionCountConflict, section: 2)])
        var encoder = Self.encoder(.note)
        var sections = SectionEncoder()
        let event = try #require(sections.encode(set, with: &encoder))
        let telegram = try #require(JSONValue(Array(event.value)))
        var wanted: [String: [JSONValue]] = [:]
        for finding in telegram["findings"]?.elements ?? [] {
            wanted[finding["code"]?.string ?? "", default: []].append(finding)
        }
        #expect(wanted["section-count-conflict"]?.count == 1)
        #expect(wanted["end-of-message-missing"]?.first?["section"]?.integer == 3)
        var alertEncoder = AlertEncoder()
        var found: [String: [JSONValue]] = [:]
        for alert in encoder.alerts {
            let value = try #require(JSONValue(Array(alertEncoder.encode(alert).value)))
            found[value["code"]?.string ?? ""] = value["details"]?["findings"]?.elements
            #expect(value["sources"]?.elements.map { $0["offset"]?.integer } == [1, 2, 3])
            #expect(value["at"]?.string == "1970-01-01T00:00:00.003Z")
        }
        #expect(found.count == wanted.count)
        for (code, findings) in wanted {
            #expect(Set(findings.map { "\($0)" }) == Set((found[code] ?? []).map { "\($0)" }), "\(code)")
        }
    }

    @Test func theTableHoldsEveryCode() {
        let rows = AlertTable.text(isPlain: true).split(separator: "\n").map { $0.split(separator: "\t") }
        #expect(rows.map { String($0[0]) } == AlertCode.allCases.map(\.name))
        #expect(rows.allSatisfy { $0.count == 4 })
        #expect(AlertTable.text(isPlain: true).hasPrefix(FindingTable.text(isPlain: true)))
        #expect(rows.map { String($0[1]) } == AlertCode.allCases.map(\.severity.rawValue))
    }
}
