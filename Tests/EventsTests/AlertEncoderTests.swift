import Testing

@testable import Events
@testable import Telegram

struct AlertEncoderTests {
    private static let first = Source(topic: "telegrams.raw", partition: 0, offset: 17, timestamp: 1_237_279_500_250)
    private static let second = Source(
        topic: "telegrams.raw", partition: 3, offset: 4, timestamp: 1_237_279_600_000, index: 2)

    /// Value, key and headers as text.
    private struct Event: Equatable {
        var value: String
        var key: String
        var headers: [String: String]
    }

    private func encode(_ alert: Alert, mode: EventOptions.Mode = .binary) -> Event {
        var encoder = AlertEncoder(mode: mode)
        // Whatever was written before leaves no trace.
        _ = encoder.encode(Alert(.duplicate, subject: String(repeating: "before ", count: 300), sources: [Self.second]))
        let event = encoder.encode(alert)
        var headers: [String: String] = [:]
        for index in event.headers.indices {
            headers["\(event.headers[index].name)"] = String(decoding: event.headers[index].value, as: UTF8.self)
        }
        return Event(
            value: String(decoding: event.value, as: UTF8.self), key: String(decoding: event.key, as: UTF8.self),
            headers: headers)
    }

    private static let missing = Alert(
        .sectionMissing, subject: "09BISHKEK231", sources: [first, second], at: 1_237_280_100_000,
        message: "Section 2 of 3 has not come.",
        details: ["expected": .integer(3), "missing": .integers([2]), "channel": .text("EKI \"A\"")])

    private static let missingValue =
        #"{"code":"section-missing","severity":"warning","subject":"09BISHKEK231","at":"2009-03-17T08:55:00Z","#
        + #""message":"Section 2 of 3 has not come.","#
        + #""details":{"expected":3,"missing":[2],"channel":"EKI \"A\""},"#
        + #""sources":[{"topic":"telegrams.raw","partition":0,"offset":17,"timestamp":"2009-03-17T08:45:00.250Z"},"#
        + #"{"topic":"telegrams.raw","partition":3,"offset":4,"timestamp":"2009-03-17T08:46:40Z","index":2}]}"#

    @Test func theEventSaysWhatTheAlertSays() {
        let event = self.encode(Self.missing)
        #expect(event.value == Self.missingValue)
        #expect(StrictJSON.accepts(Array(event.value.utf8)))
        #expect(event.key == "09BISHKEK231")
        #expect(event.headers["ce_specversion"] == "1.0")
        #expect(event.headers["ce_type"] == "taperelay.alert.v1")
        #expect(event.headers["ce_source"] == "/taperelay/telegrams.raw")
        #expect(event.headers["ce_subject"] == "09BISHKEK231")
        #expect(event.headers["ce_time"] == "2009-03-17T08:46:40Z")
        #expect(event.headers["content-type"] == "application/json")
        #expect(event.headers["ce_id"]?.count == 32)
        #expect(event.headers.count == 7)
    }

    @Test func whatIsNotGivenComesFromCodeAndSources() {
        let event = self.encode(
            Alert(
                .duplicate, subject: "09BISHKEK231", sources: [Self.first], details: ["original": .source(Self.second)])
        )
        #expect(
            event.value
                == #"{"code":"duplicate","severity":"note","subject":"09BISHKEK231","at":"2009-03-17T08:45:00.250Z","#
                + #""message":"The transmission is there already; no second event was made.","#
                + #""details":{"original":{"topic":"telegrams.raw","partition":3,"offset":4,"#
                + #""timestamp":"2009-03-17T08:46:40Z","index":2}},"#
                + #""sources":[{"topic":"telegrams.raw","partition":0,"offset":17,"timestamp":"2009-03-17T08:45:00.250Z"}]}"#
        )
    }

    @Test func detailsOfAllKinds() {
        let event = self.encode(
            Alert(
                .channelGap, subject: "EKI", sources: [],
                details: [
                    "missing": .texts(["0413", "0415-\"9"]), "draft": nil, "none": .texts([]), "same": .flag(true),
                ])
        )
        #expect(event.value.contains(#""details":{"missing":["0413","0415-\"9"],"none":[],"same":true},"#))
        #expect(StrictJSON.accepts(Array(event.value.utf8)))
    }

    @Test func withoutSourcesTheEventHasNoTime() {
        let event = self.encode(Alert(.finding(.releaseConflict), subject: "09BISHKEK231", sources: []))
        #expect(
            event.value
                == #"{"code":"release-conflict","severity":"critical","subject":"09BISHKEK231","#
                + #""message":"NOFORN stands beside a release to, or a station of, another nation.","sources":[]}"#)
        #expect(event.headers["ce_time"] == nil)
        #expect(event.headers["ce_source"] == "/taperelay")
    }

    @Test func structuredModePutsTheEnvelopeIntoTheValue() {
        let plain = self.encode(Self.missing)
        let event = self.encode(Self.missing, mode: .structured)
        #expect(StrictJSON.accepts(Array(event.value.utf8)))
        #expect(event.key == plain.key)
        #expect(event.headers == ["content-type": "application/cloudevents+json; charset=UTF-8"])
        #expect(
            event.value
                == #"{"specversion":"1.0","id":"\#(plain.headers["ce_id"] ?? "")","source":"/taperelay/telegrams.raw","#
                + #""type":"taperelay.alert.v1","subject":"09BISHKEK231","time":"2009-03-17T08:46:40Z","#
                + #""datacontenttype":"application/json","data":"# + Self.missingValue + "}")
    }

    @Test func theIdentifierRestsOnCodeSubjectAndSourcesAlone() {
        let plain = self.encode(Self.missing).headers["ce_id"]
        var same = Self.missing
        same.at = 0
        same.message = nil
        same.details = [:]
        same.sources[0].timestamp = nil
        #expect(self.encode(same).headers["ce_id"] == plain)
        var others = [Alert](repeating: Self.missing, count: 6)
        others[0].code = .sectionLate
        others[1].subject = "09BISHKEK232"
        others[2].sources.removeLast()
        others[3].sources[1].offset = 5
        others[4].sources[1].index = 1
        others[5].sources[1].topic = "telegrams.raw2"
        let identifiers = Set(others.map { self.encode($0).headers["ce_id"] } + [plain])
        #expect(identifiers.count == 7)
    }

    @Test func aSubjectOfAnyCharactersStaysWhole() {
        let event = self.encode(Alert(.duplicate, subject: "A\"\n\u{E9}\u{0}", sources: [Self.first]))
        #expect(StrictJSON.accepts(Array(event.value.utf8)))
        #expect(event.value.contains(#""subject":"A\"\n\#u{E9}\u0000","#))
        #expect(event.key == "A\"\n\u{E9}\u{0}")
    }

    @Test func everyCodeHasANameOfItsOwnAndASentence() {
        let codes = AlertCode.allCases
        #expect(Set(codes.map(\.name)).count == codes.count)
        #expect(codes.count == FindingCode.allCases.count + 11)
        for code in codes {
            #expect(code.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(code)")
            #expect(code.message.description.hasSuffix("."), "\(code)")
        }
        for code in FindingCode.allCases {
            #expect(AlertCode.finding(code).name == code.rawValue)
            #expect(AlertCode.finding(code).severity == code.severity)
        }
    }
}
