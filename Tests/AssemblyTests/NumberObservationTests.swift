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
