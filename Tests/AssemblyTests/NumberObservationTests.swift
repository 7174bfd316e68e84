import SampleTelegrams
import Telegram
import Testing

@testable import Assembly

/// Which numbers of a transmission are watched (format 1.1, 1.3, 1.7, 4.4).
struct NumberObservationTests {
    static func parse<Result>(_ text: String, _ body: (borrowing Telegram, Octets) -> Result) -> [Result] {
        var parser = Parser()
        var results: [Result] = []
        let octets = Array(text.utf8)
        _ = parser.parse(octets.span) { telegram in results.append(body(telegram, octets.span)) }
        return results
    }

    private static func observations(_ text: String) -> [NumberObservation] {
        Self.parse(text) { telegram, octets in
            NumberObservation.all(
                in: telegram, octets: octets, identity: Array("identity".utf8), time: 77,
                source: PartSource(partition: 2, offset: 9))
        }.flatMap { $0 }
    }

    private static func names(_ text: String) -> [String] {
        Self.observations(text).map { observation in
            let key = String(decoding: observation.series.key, as: UTF8.self)
            return "\(key) \(observation.number ?? -1) \(observation.width)"
        }
    }

    @Test func aTelegramBringsAllThree() {
        #expect(
            Self.names(Samples.s81) == [
                "channel|EKI 417 4", "station|RUEHEK 231 4", "pair|AMEMBASSY BISHKEK|SECSTATE WASHDC 1844 4",
                "pair|AMEMBASSY BISHKEK|CIS COLLECTIVE 912 4",
            ])
        let observations = Self.observations(Samples.s81)
        #expect(observations.allSatisfy { $0.time == 77 && $0.source == PartSource(partition: 2, offset: 9) })
        #expect(Set(observations.map(\.identity)) == [Array("identity".utf8)])
    }

    @Test func theScopeSaysWhichOfThem() {
        let pair = Array("CIS COLLECTIVE".utf8)
        let scopes: [(ContinuityScope, [String])] = [
            (ContinuityScope(stations: false, addressees: []), ["channel|EKI"]),
            (ContinuityScope(channels: false, addressees: []), ["station|RUEHEK"]),
            (
                ContinuityScope(channels: false, stations: false, addressees: [pair]),
                ["pair|AMEMBASSY BISHKEK|CIS COLLECTIVE"]
            ),
            (ContinuityScope(channels: false, stations: false, addressees: []), []),
        ]
        for (scope, keys) in scopes {
            let names = Self.parse(Samples.s81) { telegram, octets in
                NumberObservation.all(
                    in: telegram, octets: octets, identity: [], time: 0, source: PartSource(partition: 0, offset: 0),
                    scope: scope
                ).map { String(decoding: $0.series.key, as: UTF8.self) }
            }
            #expect(names == [keys])
            #expect(scope.isEmpty == keys.isEmpty)
        }
    }

    @Test func keysComeBack() {
        for kind in NumberSeries.Kind.allCases {
            let series = NumberSeries(kind, Array("A|B".utf8))
            #expect(NumberSeries(key: series.key) == series)
            #expect(series.key.starts(with: Array("\(kind)|".utf8)))
        }
        #expect(NumberSeries(key: Array("set|A".utf8)) == nil)
    }

    /// Three digits, a position letter, no FL5.
    @Test func aServiceMessageIsNumberedToo() {
        #expect(Self.names(Samples.s87c) == ["channel|SIA 118 3"])
        #expect(Self.names(Samples.s87a) == ["channel|SIO 455 4", "station|RUEHCS 912 4"])
        #expect(Self.names(Samples.s811).contains("station|RBDXQT 42 3"))
    }

    // MARK: Answers

    /// `channel|QKA 413-414`, of each series that is answered for.
    private static func answers(_ text: String) -> [String] {
        Self.observations(text).filter { !$0.answered.isEmpty }.map { observation in
            let ranges = observation.answered.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
            return "\(String(decoding: observation.series.key, as: UTF8.self)) \(ranges)"
        }
    }

    /// Over the channel QKA.
    private static func service(_ text: String) -> String {
        "VZCZCQKA0420\nRR RUEHXX\nDE RUEHYY #0912 2771540\nZNR UUUUU\nBT\n\(text)\nBT\n#0912\nNNNN\n"
    }

    private static let texts: [(String, [String])] = [
        ("UNCLAS SVC ZFX QKA0413", ["channel|QKA 413-413"]),
        ("UNCLAS SVC ZFX QKA0413 QKA0415\nQKA0417 TO QKA0419 NOTHING SENT", ["channel|QKA 413-413 415-415 417-419"]),
        ("UNCLAS SVC ZUI RUEHXX 0912 2771540 ZFX QKA0413 - QKA0415", ["channel|QKA 413-413 415-415"]),
        ("UNCLAS SVC ZFX QKA0413-QKA0415", ["channel|QKA 413-413 415-415"]),
        ("UNCLAS SVC ZFX QKA413", ["channel|QKA 413-413"]),
        ("UNCLAS SVC ZFX QKA9998 TO QKA0002", ["channel|QKA 9998-9999 1-2"]),
        ("UNCLAS SVC ZFX QKA998 TO QKA002", ["channel|QKA 998-999 1-2"]),
        ("UNCLAS SVC ZFX QKA0413 ZFX QKA0415", ["channel|QKA 413-413 415-415"]),
        // A receiver's report, and a question.
        ("UNCLAS SVC ZFX QKB0413", []), ("UNCLAS SVC INT ZFX QKA0413", []),
        ("UNCLAS SVC ZFX QKA0413 TO QKB0415", []), ("UNCLAS SVC ZFX QKA0415 TO QKA0413", []),
        ("UNCLAS SVC ZFX QKA0000", []), ("UNCLAS SVC ZFX 0413", []), ("UNCLAS SVC ZFX", []),
        ("UNCLAS SVC ZDK QKB0413", ["channel|QKB 413-413"]),
        ("UNCLAS SVC ZDK QKA0413 QKB0007", ["channel|QKA 413-413", "channel|QKB 7-7"]),
        ("UNCLAS SVC ZDK QKB0413 TWO NOTES OF THE GAUGE", ["channel|QKB 413-413"]),
        ("UNCLAS SVC ZDK QKB0413 WA PREAMBLE WHERE", []), ("UNCLAS SVC ZDK QKB0413 NEITHER TO COMMISSION", []),
        ("UNCLAS SVC INT ZDK QKA0413", []), ("UNCLAS SVC ZES2 QKA0413", []), ("UNCLAS SVC ZDK RUEHSI 2468", []),
        ("UNCLAS SVC ZFT QKA0413", []), ("UNCLAS SVC ZFQ QKA0413", []), ("UNCLAS SVC ZFK QKA0413", []),
        ("UNCLAS SVC ZIC QKA0413", []), ("UNCLAS SVC ZFR QKA0413", []),
    ]

    @Test(arguments: texts)
    func aServiceMessageAnswers(text: String, answers: [String]) {
        #expect(Self.answers(Self.service(text)) == answers)
    }

    /// Its own number comes as ever; of another channel none.
    @Test func anAnswerBringsNoNumber() {
        let observations = Self.observations(Self.service("UNCLAS SVC ZDK QKA0413 QKB0007"))
        #expect(observations.map(\.number) == [420, nil, 912])
        #expect(observations.map(\.answered) == [[413...413], [7...7], []])
        #expect(observations.allSatisfy { $0.source == PartSource(partition: 2, offset: 9) && $0.time == 77 })
    }

    /// Format 8.7: a receiver says over SIA that it has nothing under XRO3311.
    @Test func theSamplesAnswerForNothing() {
        #expect(Samples.all.flatMap { Self.answers($0) }.isEmpty)
        let transmitter = Samples.s87c.replacing("SIA118", with: "XRO3319")
        #expect(Self.answers(transmitter) == ["channel|XRO 3311-3311"])
    }

    /// What is sent again has a number of its own and says which one it had.
    @Test(arguments: [
        Samples.s88.replacing("ZFD RUEHC", with: "ZDK QKA0413"),
        Samples.s81.replacing("UUUUU ZZH", with: "UUUUU ZZH ZDK QKA0413"),
        Samples.s81.replacing("170842Z MAR 09", with: "170842Z MAR 09 ZDK QKA0413"),
    ])
    func aRepetitionAnswers(text: String) {
        #expect(Self.answers(text) == ["channel|QKA 413-413"])
        #expect(Self.answers(text.replacing("ZDK", with: "INT ZDK")).isEmpty)
        #expect(Self.answers(text.replacing("ZDK", with: "ZFX")).isEmpty)
    }

    @Test func withoutChannelsNoAnswersAreCollected() {
        let observations = Self.parse(Self.service("UNCLAS SVC ZDK QKB0413")) { telegram, octets in
            NumberObservation.all(
                in: telegram, octets: octets, identity: [], time: 0, source: PartSource(partition: 0, offset: 0),
                scope: ContinuityScope(channels: false))
        }
        #expect(observations.joined().allSatisfy { $0.series.kind != .channel })
    }

    @Test func answersOfOneTransmissionAreBounded() {
        let numbers = (1000..<3000).map { "QKA\($0)" }.joined(separator: "\n")
        let letters = "ABCDEFGHIJKLMN"
        let channels = letters.flatMap { first in letters.map { "ZDK \(first)\($0)X0413" } }.joined(separator: "\n")
        for text in ["ZFX \(numbers)", "ZFX \(numbers) ZFX \(numbers)", channels] {
            let observations = Self.observations(Self.service("UNCLAS SVC " + text)).filter { !$0.answered.isEmpty }
            #expect(observations.reduce(0) { $0 + $1.answered.count } >= NumberObservation.answerLimit - 1)
            #expect(observations.count <= NumberObservation.answerLimit)
            #expect(observations.allSatisfy { $0.answered.count <= NumberObservation.answerLimit })
        }
    }

    /// Sections share the serial, not the channel's number: one message there, three here.
    @Test func sectionsAreMessagesOfAChannel() {
        let observations = [Samples.s82a, Samples.s82b, Samples.s82c].flatMap { Self.observations($0) }
        let channels = observations.filter { $0.series.kind == .channel }
        #expect(Set(channels.map(\.identity)).count == 3)
        let stations = observations.filter { $0.series.kind == .station }
        #expect(Set(stations.map(\.identity)).count == 1)
        #expect(Set(stations.map(\.number)) == [2468])
    }

    /// The relay that put a pilot in front sent it over its own channel; the other number is an earlier hop's.
    @Test func aPilotsChannelIsTheLastHop() {
        #expect(Self.names(Samples.s88).first == "channel|CSA 93 4")
        #expect(!Self.names(Samples.s88).contains("channel|EKI 417 4"))
        let unnumbered = Samples.s88.replacing("VZCZCCSA0093\n", with: "")
        #expect(!Self.names(unnumbered).contains { $0.hasPrefix("channel|") })
    }

    @Test(arguments: [
        ("VZCZCXYZ0000", []), ("VZCZCQKB0071QKA0308", ["channel|QKB 71 4"]),
        ("VZCZCQKA0419QKA0418", ["channel|QKA 418 4"]), ("VZCZCQKA0418QKA0419", ["channel|QKA 418 4"]),
        ("VZCZCQKA001QKA999", ["channel|QKA 999 3"]), ("", []),
    ])
    func theChannelIntoUsCounts(line: String, channels: [String]) {
        let text = Samples.s81.replacing("VZCZCEKI0417\n", with: line.isEmpty ? "" : line + "\n")
        #expect(Self.names(text).filter { $0.hasPrefix("channel|") } == channels)
    }

    /// Format 4.5: the numbers inside were given by another originator to others.
    @Test func aReaddressalHasItsOwnNumbers() {
        let text = Samples.s812.replacing("AMEMBASSY TUNIS\n", with: "AMEMBASSY TUNIS 0318\n")
            .replacing("TO RUEHEG/AMEMBASSY CAIRO\n", with: "TO RUEHEG/AMEMBASSY CAIRO 0455\n")
        #expect(
            Self.names(text) == [
                "channel|EGA 210 4", "station|RUEHEG 1190 4", "pair|AMEMBASSY CAIRO|AMEMBASSY TUNIS 318 4",
            ])
    }

    @Test func anAddresseeIsNamedOnce() {
        let text = Samples.s81.replacing(
            "INFO RUCNCIS/CIS COLLECTIVE 0912", with: "INFO RUEHC/SECSTATE   WASHDC 1850")
        #expect(Self.names(text).filter { $0.hasSuffix("SECSTATE WASHDC 1850 4") }.isEmpty)
        #expect(Self.names(text).filter { $0.contains("SECSTATE WASHDC") }.count == 1)
    }

    @Test func gapsOfOthersPairsCanBeLeftOut() {
        var settings = ContinuitySettings()
        settings.addressees = [Array("SECSTATE WASHDC".utf8)]
        for (addressee, count) in [("SECSTATE WASHDC", 1), ("CIS COLLECTIVE", 0)] {
            var watch = ContinuityWatch(settings: settings)
            let series = NumberSeries(.pair, Array("AMEMBASSY EXAMPLE|\(addressee)".utf8))
            let decisions = watch.arrive(
                [7, 9].enumerated().map { Observations.of($1, at: Int64($0), series: series, width: 4) })
            #expect(decisions.gaps.count == count)
        }
    }

    @Test(arguments: Samples.all)
    func whateverIsCutOffNothingTraps(text: String) {
        for count in stride(from: 0, through: text.utf8.count, by: 7) {
            _ = Self.observations(String(decoding: Array(text.utf8).prefix(count), as: UTF8.self))
        }
    }
}
