import Directory
import Testing

@testable import Events
@testable import Telegram

struct TelegramEncoderTests {
    private static let source = Source(
        topic: "telegrams.raw", partition: 0, offset: 17, timestamp: 1_237_279_500_250)
    private static let directory = Directory()

    /// Value, key and headers as text.
    private struct Event: Equatable {
        var value: String
        var key: String
        var headers: [String: String]
    }

    private func encode(
        _ sample: Sample, options: EventOptions = EventOptions(), source: Source? = source, release: Release = Release()
    ) -> Event {
        var encoder = TelegramEncoder(directory: Self.directory, options: options)
        let event = encoder.encode(sample.telegram, octets: sample.octets.span, source: source, release: release)
        var headers: [String: String] = [:]
        for index in event.headers.indices {
            let header = event.headers[index]
            headers["\(header.name)"] = String(decoding: header.value, as: UTF8.self)
        }
        return Event(
            value: String(decoding: event.value, as: UTF8.self), key: String(decoding: event.key, as: UTF8.self),
            headers: headers)
    }

    @Test func theSampleBecomesTheEventOfTheContract() {
        let event = self.encode(Sample())
        #expect(event.value == Golden.sample)
        #expect(StrictJSON.accepts(Array(event.value.utf8)))
        #expect(event.key == "09BISHKEK231")
        #expect(event.headers["ce_specversion"] == "1.0")
        #expect(event.headers["ce_source"] == "/taperelay/telegrams.raw")
        #expect(event.headers["ce_type"] == "taperelay.telegram.v1")
        #expect(event.headers["ce_subject"] == "09BISHKEK231")
        #expect(event.headers["ce_time"] == "2009-03-17T08:45:00.250Z")
        #expect(event.headers["content-type"] == "application/json")
        #expect(event.headers["ce_id"]?.count == 32)
    }

    @Test func theIdentifierRestsOnTypeIdAndTextAlone() {
        let plain = self.encode(Sample()).headers["ce_id"]
        var other = Self.source
        other.offset = 99
        other.timestamp = nil
        #expect(
            self.encode(Sample(preamble: 31), source: other, release: Release(revision: 7)).headers["ce_id"] == plain)
        #expect(self.encode(Sample(), source: nil).headers["ce_id"] == plain)
        var garbled = Sample()
        garbled.telegram.contentHash.1 ^= 1
        #expect(self.encode(garbled).headers["ce_id"] != plain)
        var renamed = Sample()
        let key = renamed.made("09BISHKEK232")
        renamed.telegram.messageReference?.key = key
        #expect(self.encode(renamed).headers["ce_id"] != plain)
    }

    @Test func aReleaseNamesTheOthers() {
        let release = Release(revision: 3, duplicateOf: Array("0a".utf8), supersedes: Array("0b".utf8))
        let event = self.encode(Sample(), release: release)
        #expect(StrictJSON.accepts(Array(event.value.utf8)))
        #expect(event.value.hasPrefix(#"{"id":"09BISHKEK231","revision":3,"layout""#))
        #expect(event.value.contains(#""missing":[]},"duplicateOf":"0a","supersedes":"0b","findings":["#))
        #expect(event.headers == self.encode(Sample()).headers)
    }

    @Test func theIdentityIsKnownBeforeTheEvent() {
        var encoder = TelegramEncoder(directory: Self.directory)
        var sample = Sample()
        for _ in 0..<2 {
            let event = self.encode(sample)
            let identity = encoder.identity(of: sample.telegram, octets: sample.octets.span)
            #expect(identity.map { String(decoding: $0.telegram, as: UTF8.self) } == event.key)
            #expect(identity.map { String(decoding: $0.event, as: UTF8.self) } == event.headers["ce_id"])
            sample.telegram.messageReference = nil
        }
        // Nothing but its text: no other is the same telegram.
        sample.telegram.dateTimeGroup = nil
        #expect(encoder.identity(of: sample.telegram, octets: sample.octets.span) == nil)
    }

    @Test func withoutReferenceTheHeadingIdentifies() {
        var sample = Sample()
        sample.telegram.messageReference = nil
        #expect(self.encode(sample).key == "AMEMBASSY BISHKEK|170842Z MAR 09|0231")
        sample.telegram.sectionsExpected = 2
        #expect(self.encode(sample).key == "AMEMBASSY BISHKEK|170842Z MAR 09")
        sample.telegram.transmissionSection = 1
        #expect(self.encode(sample).key == "AMEMBASSY BISHKEK|170842Z MAR 09|0231")
        sample.telegram.originator = nil
        #expect(self.encode(sample).key == "RUEHEK|170842Z MAR 09|0231")
        sample.telegram.dateTimeGroup = nil
        #expect(self.encode(sample).key == "unidentified-0123456789abcdeffedcba9876543210")
    }

    @Test func addresseesWithoutAWordGetTheLowestPrecedence() {
        var sample = Sample()
        sample.telegram.actionPrecedence = .immediate
        sample.telegram.informationPrecedence = .priority
        sample.telegram.addressees[2].precedence = .niactImmediate
        let value = self.encode(sample).value
        #expect(value.contains(#""precedence":{"action":"IMMEDIATE","information":"PRIORITY"}"#))
        #expect(value.contains(#""name":"SECSTATE WASHDC","routingIndicator":"RUEHC","precedence":"PRIORITY""#))
        #expect(value.contains(#""routingIndicator":"RUCPDOC","precedence":"NIACT IMMEDIATE""#))
    }

    @Test func provenanceNamesTheOctetsOfFields() {
        let sample = Sample(preamble: 5)
        let value = self.encode(sample, options: EventOptions(provenance: true)).value
        #expect(StrictJSON.accepts(Array(value.utf8)))
        for (field, range) in [
            ("from.name", sample.range("AMEMBASSY BISHKEK")), ("to.0.name", sample.range("SECSTATE WASHDC")),
            ("info.1.routingIndicator", sample.range("RUCPDOC", 1)), ("captions.1", sample.range("SIPDIS")),
            ("transmissions.0.identifiers.0.channel", sample.range("EKI")), ("tags.4.code", sample.range("KG")),
            ("attention.1.offices.0", sample.range("ITA/MAC")), ("signature", sample.range("HALVORSEN")),
            ("paragraphs.3.text", sample.range("COMMENT.")),
        ] {
            #expect(value.contains(#"{"field":"\#(field)","range":[\#(range.lower),\#(range.upper)]}"#), "\(field)")
        }
        #expect(!self.encode(sample).value.contains("provenance"))
    }

    @Test func structuredModePutsTheEnvelopeIntoTheValue() {
        let event = self.encode(Sample(), options: EventOptions(mode: .structured))
        #expect(StrictJSON.accepts(Array(event.value.utf8)))
        #expect(event.headers == ["content-type": "application/cloudevents+json; charset=UTF-8"])
        #expect(event.value.hasPrefix(#"{"specversion":"1.0","id":""#))
        #expect(event.value.hasSuffix(#""datacontenttype":"application/json","data":"# + Golden.sample + "}"))
    }

    @Test func oneOfSeveralTelegramsOfARecordHasItsIndex() {
        var source = Self.source
        source.index = 2
        #expect(
            self.encode(Sample(), source: source).value.contains(#""timestamp":"2009-03-17T08:45:00.250Z","index":2}"#))
    }

    @Test func findingsCarryRepairAndPlace() {
        var sample = Sample()
        let now = sample.made("1.")
        sample.telegram.missing = [sample.made("NNNN")]
        sample.telegram.findings = [
            Finding(
                .paragraphNumberRestored, range: OctetRange(1, 4), paragraph: 0, confidence: 0.98,
                repair: Repair(was: sample.range("12"), now: Piece(now, origin: .made), rule: .d1)),
            Finding(.missingElement, confidence: .nan, repair: nil),
        ]
        let value = self.encode(sample).value
        #expect(
            value.contains(
                #""paragraph":1,"message":"A paragraph number had a stray 1 in front and was restored.","confidence":0.98,"#
                    + #""repair":{"was":"12","now":"1.","rule":"D1"},"range":[1,4]}"#))
        #expect(value.contains(#""element":"NNNN","confidence":0}"#))
    }

    @Test func serviceMessagesAreServiceEvents() {
        var sample = Sample()
        sample.telegram.kind = .service
        sample.telegram.operatingSignals = [
            OperatingSignal(
                signal: sample.range("ZZH"), argument: sample.range("0417"), interrogative: true, place: .service)
        ]
        sample.telegram.body = sample.text("SMALL HYDRO TENDER SLIPS TO SUMMER")
        let event = self.encode(sample)
        #expect(event.key == "RUEHEK")
        #expect(event.headers["ce_type"] == "taperelay.service.v1")
        #expect(StrictJSON.accepts(Array(event.value.utf8)))
        #expect(event.value.contains(#""argument":"0417","interrogative":true"#))
        #expect(event.value.contains(#""sources":[{"topic":"telegrams.raw","partition":0,"offset":17"#))
    }

    @Test(arguments: 0..<120)
    func anyOctetsGiveJSON(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var sample = Sample()
        for index in sample.octets.indices {
            sample.octets[index] = UInt8.random(in: 0...255, using: &generator)
        }
        sample.telegram.made = sample.telegram.made.map { _ in UInt8.random(in: 0...255, using: &generator) }
        sample.telegram.kind = seed % 5 == 0 ? .service : .telegram
        if seed % 3 == 0 {
            // Ranges and slices that lie anywhere.
            sample.octets.removeLast(Int.random(in: 0...sample.octets.count, using: &generator))
            for index in sample.telegram.pieces.indices {
                sample.telegram.pieces[index].range = OctetRange(
                    Int.random(in: -5...2000, using: &generator), Int.random(in: -5...2000, using: &generator))
                sample.telegram.pieces[index].join =
                    [.nothing, .space, .newline, .blankLine].randomElement(using: &generator) ?? .space
            }
            sample.telegram.blocks[0].lastParagraph = 900
            sample.telegram.attentions[0].offices = Slice(first: 1, count: 77)
            sample.telegram.sectionsExpected = .max
            sample.telegram.sectionsReceived = -3 ... .max
        }
        for mode in [EventOptions.Mode.binary, .structured] {
            let event = self.encode(sample, options: EventOptions(mode: mode, provenance: seed % 2 == 0))
            #expect(StrictJSON.accepts(Array(event.value.utf8)), "seed \(seed)")
        }
    }

    @Test func anEmptyTelegramIsAnEvent() {
        var sample = Sample()
        sample.telegram = Telegram()
        sample.octets = []
        let event = self.encode(sample, source: nil)
        #expect(StrictJSON.accepts(Array(event.value.utf8)))
        #expect(event.key.hasPrefix("unidentified-"))
    }
}
