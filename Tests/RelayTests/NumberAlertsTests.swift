import Events
import Testing

@testable import Assembly
@testable import Relay

/// What is told of decisions on numbers.
struct NumberAlertsTests {
    private static let channel = NumberSeries(.channel, Array("EKI".utf8))
    private static let pair = NumberSeries(.pair, Array("AMEMBASSY BISHKEK|SECSTATE WASHDC".utf8))

    private static func source(_ offset: Int64) -> PartSource { PartSource(partition: 3, offset: offset) }

    private static func gap(
        _ missing: [ClosedRange<Int>], of series: NumberSeries = channel, width: Int = 4, before: Int64 = 8
    ) -> NumberGap {
        NumberGap(
            series: series, missing: missing, after: 9, before: 20, width: width, time: 1_237_279_500_250,
            sourceAfter: Self.source(7), sourceBefore: Self.source(before))
    }

    private static func alerts(_ decisions: ContinuityDecision...) -> [Alert] {
        NumberAlerts(input: "telegrams.raw", at: 1_237_279_600_000) { _ in 4 }.of(decisions)
    }

    private static func text(_ alerts: [Alert]) -> [String] {
        var encoder = AlertEncoder()
        return alerts.map { String(decoding: encoder.encode($0).value, as: UTF8.self) }
    }

    @Test func aGapNamesWhatIsMissing() {
        let alerts = Self.alerts(.gap(Self.gap([10...10, 12...19])))
        #expect(
            Self.text(alerts) == [
                #"{"code":"channel-gap","severity":"warning","subject":"EKI","at":"2009-03-17T08:46:40Z","#
                    + #""message":"9 numbers are missing.","details":{"series":"channel","state":"open","#
                    + #""missing":["0010","0012-0019"],"count":9,"after":"0009","before":"0020","#
                    + #""draft":"UNCLAS SVC INT ZDK EKI0010 EKI0012 TO EKI0019"},"#
                    + #""sources":[{"topic":"telegrams.raw","partition":3,"offset":7},"#
                    + #"{"topic":"telegrams.raw","partition":3,"offset":8,"timestamp":"2009-03-17T08:45:00.250Z"}]}"#
            ])
    }

    @Test func threeDigitsArePrintedAsThree() {
        let text = Self.text(Self.alerts(.gap(Self.gap([10...10], width: 3))))[0]
        #expect(text.contains(#""message":"A number is missing.""#))
        #expect(text.contains(#""missing":["010"],"count":1,"after":"009","before":"020""#))
    }

    @Test func aGapOfAPairHasNoDraft() {
        let text = Self.text(Self.alerts(.gap(Self.gap([10...10], of: Self.pair))))[0]
        #expect(text.hasPrefix(#"{"code":"continuity-gap""#) && text.contains(#""series":"pair""#))
        #expect(text.contains(#""subject":"AMEMBASSY BISHKEK|SECSTATE WASHDC""#))
        #expect(!text.contains("draft"))
    }

    @Test func aClosedGapIsWithdrawn() {
        let alerts = Self.alerts(.closed(Self.gap([]), number: 10, by: Self.source(30)))
        #expect(alerts.count == 1 && alerts[0].code == .channelGap && alerts[0].subject == "EKI")
        #expect(alerts[0].sources.map(\.offset) == [7, 8, 30])
        let text = Self.text(alerts)[0]
        #expect(text.contains(#""state":"withdrawn","missing":[],"count":0,"after":"0009","before":"0020"}"#))
    }

    /// Once for what came together, and each gap for itself.
    @Test func ofSeveralThatCloseOneGapTheLastCounts() {
        let alerts = Self.alerts(
            .gap(Self.gap([10...12])), .closed(Self.gap([11...12]), number: 10, by: Self.source(30)),
            .closed(Self.gap([15...15], before: 9), number: 14, by: Self.source(31)),
            .closed(Self.gap([12...12]), number: 11, by: Self.source(32)))
        #expect(alerts.map { $0.sources.map(\.offset) } == [[7, 8], [7, 9, 31], [7, 8, 32]])
        #expect(Self.text(alerts)[2].contains(#""state":"narrowed","missing":["0012"],"count":1"#))
    }

    /// What answered is named as what brings a number is.
    @Test func anAnswerSaysThatItIsOne() {
        let alerts = Self.alerts(.answered(Self.gap([]), [10...10], by: Self.source(30)))
        #expect(alerts.map { $0.sources.map(\.offset) } == [[7, 8, 30]])
        #expect(
            Self.text(alerts)[0].contains(
                #""state":"withdrawn","missing":[],"count":0,"after":"0009","before":"0020","by":"answer"}"#))
        #expect(!Self.text(Self.alerts(.closed(Self.gap([]), number: 10, by: Self.source(30))))[0].contains("answer"))
    }

    /// Neither hides the other; two of one transmission would be one to whoever reads.
    @Test func whatCameAndWhatWasAnsweredForAreToldApart() {
        let apart = Self.alerts(
            .answered(Self.gap([12...14]), [10...11], by: Self.source(30)),
            .answered(Self.gap([13...14]), [12...12], by: Self.source(31)),
            .closed(Self.gap([14...14]), number: 13, by: Self.source(32)))
        #expect(apart.map { $0.sources.map(\.offset) } == [[7, 8, 31], [7, 8, 32]])
        #expect(Self.text(apart).map { $0.contains("answer") } == [true, false])
        let together = Self.alerts(
            .closed(Self.gap([11...11]), number: 10, by: Self.source(30)),
            .answered(Self.gap([]), [11...11], by: Self.source(30)))
        #expect(together.count == 1 && Self.text(together)[0].contains(#""state":"withdrawn""#))
    }

    @Test func theWithdrawalIsAnotherAlert() {
        var encoder = AlertEncoder()
        let decisions: [ContinuityDecision] = [
            .gap(Self.gap([10...10])), .closed(Self.gap([]), number: 10, by: Self.source(30)),
            .gap(Self.gap([10...10])),
        ]
        let identifiers = decisions.map { decision in
            Self.alerts(decision).map { String(decoding: encoder.encode($0).identifier, as: UTF8.self) }
        }
        #expect(identifiers[0] != identifiers[1] && identifiers[0] == identifiers[2])
    }

    @Test(arguments: [true, false])
    func twoMessagesUnderOneNumber(isSame: Bool) {
        let alerts = Self.alerts(
            .repeated(Self.channel, number: 17, source: Self.source(9), of: Self.source(8), isSame: isSame))
        #expect(alerts.map(\.code) == [.channelRepeat])
        #expect(alerts[0].sources.map(\.offset) == [9, 8])
        #expect(Self.text(alerts)[0].contains(#"{"series":"channel","number":"0017","sameMessage":\#(isSame)}"#))
        let unknown = Self.alerts(
            .repeated(Self.channel, number: 17, source: Self.source(9), of: nil, isSame: false))
        #expect(unknown[0].sources.map(\.offset) == [9])
    }

    @Test func onlyAResetAgainstTheRuleIsTold() {
        let reset = { (isExpected: Bool) in
            ContinuityDecision.reset(
                Self.channel, after: 400, number: 17, source: Self.source(9), isExpected: isExpected)
        }
        #expect(Self.alerts(reset(true)).isEmpty)
        let alerts = Self.alerts(reset(false))
        #expect(alerts.map(\.code) == [.channelReset] && alerts[0].sources.map(\.offset) == [9])
        #expect(Self.text(alerts)[0].contains(#"{"series":"channel","after":"0400","number":"0017"}"#))
    }

    @Test func theRestIsNoNews() {
        let alerts = Self.alerts(
            .known(Self.source(1)), .late(Self.channel, number: 4, source: Self.source(2)),
            .unnumbered(Self.channel, after: 4, source: Self.source(3)),
            .repeated(Self.pair, number: 4, source: Self.source(4), of: nil, isSame: false),
            .reset(Self.pair, after: 9, number: 1, source: Self.source(5), isExpected: false))
        #expect(alerts.isEmpty)
    }
}
