import SampleTelegrams
import Testing

@testable import Telegram

struct HeadingRuleTests {
    private static let received = Instant(year: 2010, month: 1, day: 3)

    /// Format 1.5.
    @Test(arguments: [
        ("R 170842Z MAR 09", "2009-03-17T08:42"), ("R170842Z MAR 09", "2009-03-17T08:42"),
        ("R 090655Z AUG 2004", "2004-08-09T06:55"), ("R 090655ZAUG04", "2004-08-09T06:55"),
        ("O P 142210Z NOV 08 ZZK", "2008-11-14T22:10"), ("R 170842B MAR 09", "2009-03-17T06:42"),
        ("R 170842R MAR 75", "1975-03-17T13:42"), ("R 170842J MAR 09", nil), ("R 310842Z JUN 09", nil),
        ("R 172400Z MAR 09", "2009-03-18T00:00"), ("R 172500Z MAR 09", nil),
        ("R 311815Z DEC", "2009-12-31T18:15"), ("R 021815Z JAN", "2010-01-02T18:15"),
        ("R 091630Z", "2009-12-09T16:30"), ("R 111815Z JAN 23 MID200090011223U", "2023-01-11T18:15"),
    ])
    func dateTimeGroups(line: String, instant: String?) throws {
        let text =
            "RR RUEHC\nDE RUEHEK #0231 3431700\nZNR UUUUU\n\(line)\nFM AMEMBASSY BISHKEK\nTO RUEHC/X\nBT\nBT\nNNNN\n"
        let undated = line.hasSuffix("DEC") || line.hasSuffix("JAN")
        let heading = undated ? text.replacing("DE RUEHEK #0231 3431700\n", with: "DE RUEHEK #0231\n") : text
        let reading = try #require(Reading.all(heading, context: .init(received: Self.received)).first)
        let group = try #require(reading.telegram.dateTimeGroup)
        #expect(group.instant?.text == instant)
    }

    @Test func theYearGivenWins() throws {
        let text = "R 290842Z FEB\nFM A\nTO B\nBT\nNNNN\n"
        let reading = try #require(Reading.all(text, context: .init(received: Self.received, year: 1988)).first)
        #expect(reading.telegram.dateTimeGroup?.instant?.text == "1988-02-29T08:42")
        let none = try #require(Reading.all(text).first)
        #expect(none.telegram.dateTimeGroup?.year == nil && none.telegram.dateTimeGroup?.instant == nil)
    }

    @Test(arguments: [Int64.min, -1, 1 << 39, 1 << 50, Int64.max])
    func absurdTimes(seconds: Int64) {
        for year in [nil, Int.min, 0, Int.max] {
            let context = Parser.Context(received: Instant(seconds: seconds), year: year)
            let readings = Reading.all(
                "DE RUEHEK #0231 0760842\nR 290842Z\nFM A\nTO B\n" + Samples.s81, context: context)
            #expect(readings.count == 2)
        }
    }

    /// Format 1.7.
    @Test(arguments: [
        ("RUEHC/SECSTATE WASHDC NIACT IMMEDIATE 0591", "RUEHC|SECSTATE WASHDC|NIACT IMMEDIATE|0591|"),
        ("RUEHC/SECSTATE WASHDC NIACT 0591", "RUEHC|SECSTATE WASHDC|NIACT IMMEDIATE|0591|"),
        ("ZEN/ZEN/AMEMBASSY BERN", "|AMEMBASSY BERN|||"), ("AIG 1234", "|AIG 1234|||"),
        ("RUEHC/AIG 12345", "RUEHC|AIG 12345|||"), ("CTF 151", "|CTF 151|||"), ("VP 1234", "|VP 1234|||"),
        ("CTF 151 PRIORITY 0044", "|CTF 151|PRIORITY|0044|"), ("AMEMBASSY ROME 12", "|AMEMBASSY ROME 12|||"),
        ("AMEMBASSY ROME 1234567", "|AMEMBASSY ROME 1234567|||"),
        ("RHEFDIA/DIA WASHDC//XY-2//", "RHEFDIA|DIA WASHDC|||XY-2"),
        ("RUEKJCS/JCS WASHDC//J5/J3// PRIORITY 0102", "RUEKJCS|JCS WASHDC|PRIORITY|0102|J5/J3"),
        ("RUEKJCS/JCS WASHDC PRIORITY//J5//", "RUEKJCS|JCS WASHDC|PRIORITY||J5"),
        ("US MISSION GENEVA 0400", "|US MISSION GENEVA||0400|"), ("PRIORITY", "|PRIORITY|||"), ("1234", "|1234|||"),
        ("CIS COLLECTIVE 0912", "|CIS COLLECTIVE||0912|"), ("RUEHXX", "RUEHXX|RUEHXX|||"),
        ("RUEHC/SECSTATE WASHDC//", "RUEHC|SECSTATE WASHDC|||"),
    ])
    func addressees(line: String, party: String) throws {
        let text = "R 170842Z MAR 09\nFM A\nTO \(line)\nBT\nUNCLAS\nBT\nNNNN\n"
        let reading = try #require(Reading.all(text).first)
        #expect(reading.parties(.action) == [party])
    }

    @Test func wrappedNamesAndExemptions() throws {
        let long = "RUEHC/DEPARTMENT OF SOMETHING WITH A NAME OF MORE THAN SIXTY LETTERS IN"
        let text = """
            R 170842Z MAR 09
            FM A
            TO \(long)
            WASHDC PRIORITY 0012
            AMEMBASSY ROME

            ALL AFRICAN POSTS COLLECTIVE, XMT, AMEMBASSY ACCRA, AMEMBASSY LOME
            INFO AIG 7
            XMT/AMEMBASSY DILI
            ACCT WD GR 112
            BT
            UNCLAS
            BT
            NNNN

            """
        let reading = try #require(Reading.all(text).first)
        let telegram = reading.telegram
        #expect(
            reading.parties(.action) == [
                long.replacing("/", with: "|") + " WASHDC|PRIORITY|0012|", "|AMEMBASSY ROME|||",
                "|ALL AFRICAN POSTS COLLECTIVE|||",
            ])
        #expect(telegram.exempted.map { reading[$0] } == ["AMEMBASSY ACCRA", "AMEMBASSY LOME", "AMEMBASSY DILI"])
        #expect(telegram.addressees.map(\.exempt.count) == [0, 0, 2, 1])
        #expect(reading[telegram.groupCount] == "112" && reading[telegram.accounting] == "WD")
    }

    /// Format 1.4.
    @Test(arguments: [
        ("ZNY SSSBB/FFFFF", Level.secret, "BB", "FFFFF"), ("ZNY CCCCC ZZH", .confidential, nil, nil),
        ("ZNY EEEEE", .unclassified, nil, nil), ("ZNR UUUAA", .unclassified, "AA", nil), ("ZNY MMABC", nil, nil, nil),
    ])
    func securityWarnings(line: String, level: Level?, release: String?, handling: String?) throws {
        let reading = try #require(Reading.all(Samples.s81.replacing("ZNR UUUUU ZZH", with: line)).first)
        let security = try #require(reading.telegram.security)
        #expect(security.level == level)
        #expect(reading[security.releaseCode] == release && reading[security.specialHandling] == handling)
    }

    /// Format 1.17.
    @Test(arguments: [
        ("#0231\n", "#0232\n", [FindingCode.validationMismatch]), ("RR RUEHC", "PP RUEHC", [.precedenceMismatch]),
        ("R 170842Z", "R P 170842Z", [.precedenceOrder]), ("0760842", "2760842", [.filingDateMismatch]),
        ("0760842", "3660842", [.filingDateMismatch]), ("0760842", "0800842", [.filingTimeUnusual]),
        ("ZNR UUUUU", "ZNR SSSSS", [.malformedLine, .warningAboveClassification]),
        ("R 170842Z MAR", "R 320842Z MAR", [.malformedLine]),
    ])
    func consistency(was: String, now: String, codes: [FindingCode]) throws {
        let reading = try #require(Reading.all(Samples.s81.replacing(was, with: now)).first)
        #expect(reading.findings == codes)
    }

    /// Format 1.15, 1.16.
    @Test func cancelled() throws {
        let reading = try #require(
            Reading.all(Samples.s81.replacing("BT\n#0231\n\n", with: "E E E E E E E E AR\n")).first)
        #expect(reading.telegram.ending.cancelled && reading.telegram.ending.seen && !reading.telegram.complete)
    }

    @Test(arguments: [
        ("BT\nUNCLAS", "UNCLAS", ["BT"]), ("FM AMEMBASSY BISHKEK\n", "", ["FM"]), ("\nNNNN", "", ["NNNN"]),
        ("#0231\n\n", "\n", ["#0231"]),
    ])
    func missingElements(was: String, now: String, missing: [String]) throws {
        let reading = try #require(Reading.all(Samples.s81.replacing(was, with: now)).first)
        #expect(reading.missing == missing)
        #expect(reading.telegram.addressees.count == 3)
    }
}
