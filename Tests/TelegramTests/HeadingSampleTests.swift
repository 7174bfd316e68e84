import SampleTelegrams
import Testing

@testable import Telegram

/// What section 8 of the format lists for FL1-FL11 and FL13-FL16 of its samples.
struct HeadingSampleTests {
    @Test func singleSection() throws {
        let readings = Reading.all(Samples.s81)
        let reading = try #require(readings.first)
        let telegram = reading.telegram
        #expect(readings.count == 1)
        #expect(telegram.kind == .telegram && telegram.layout == .acp127 && telegram.heading == .full)
        #expect(telegram.complete)
        #expect(reading.identifiers == ["EKI 417"])
        #expect(telegram.identifiers.first?.digits == 4)
        #expect(reading.stations == ["RUEHC", "RUCNCIS", "RUCPDOC"])
        #expect(telegram.routingPrecedence == .routine)
        #expect(reading[telegram.originatingStation] == "RUEHEK")
        #expect(reading[telegram.stationSerial] == "0231")
        #expect(telegram.transmissionSection == nil)
        #expect(telegram.filed?.dayOfYear == 76 && telegram.filed?.hour == 8 && telegram.filed?.minute == 42)
        #expect(telegram.filed?.instant?.text == "2009-03-17T08:42")
        #expect(reading[telegram.security?.warning] == "ZNR" && reading[telegram.security?.group] == "UUUUU")
        #expect(telegram.security?.level == .unclassified && telegram.security?.releaseCode == nil)
        #expect(reading.signals == ["ZZH"])
        #expect(telegram.actionPrecedence == .routine && telegram.informationPrecedence == nil)
        #expect(telegram.dateTimeGroup?.instant?.text == "2009-03-17T08:42")
        #expect(reading[telegram.dateTimeGroup?.range] == "170842Z MAR 09")
        #expect(telegram.originator.map { reading.party($0) } == "|AMEMBASSY BISHKEK|||")
        #expect(reading.parties(.action) == ["RUEHC|SECSTATE WASHDC||1844|"])
        #expect(
            reading.parties(.information) == ["RUCNCIS|CIS COLLECTIVE||0912|", "RUCPDOC|DEPT OF COMMERCE WASHDC|||"])
        #expect(telegram.addressees.map(\.collective) == [false, true, false])
        #expect(reading[telegram.ending.validation] == "0231" && telegram.ending.seen && !telegram.ending.cancelled)
        #expect(reading.findings.isEmpty && reading.missing.isEmpty)
    }

    @Test(arguments: [(Samples.s82a, 1, 3310), (Samples.s82b, 3, 3312), (Samples.s82c, 2, 3313)])
    func sections(text: String, section: Int16, number: Int32) throws {
        let reading = try #require(Reading.all(text).first)
        let telegram = reading.telegram
        #expect(reading.identifiers == ["XRO \(number)"])
        #expect(reading[telegram.originatingStation] == "RUEHSI" && reading[telegram.stationSerial] == "2468")
        #expect(telegram.transmissionSection == section)
        #expect(telegram.sectionsExpected == 3 && telegram.sectionsReceived == section...section)
        #expect(!telegram.complete && telegram.ending.seen)
        #expect(telegram.layout == .acp127)
        #expect(telegram.filed?.instant?.text == "2007-10-04T13:15")
        #expect(telegram.security?.level == .confidential && reading.signals == ["ZZH"])
        #expect(telegram.actionPrecedence == .priority)
        #expect(telegram.dateTimeGroup?.instant?.text == "2007-10-04T13:15")
        #expect(reading.parties(.action) == ["RUEHC|SECSTATE WASHDC|PRIORITY|7702|"])
        #expect(
            reading.parties(.information) == [
                "RUEHNO|USMISSION USNATO|PRIORITY|3120|", "RUEHYE|AMEMBASSY YEREVAN|||",
            ])
        #expect(reading[telegram.ending.validation] == "2468")
        #expect(reading.findings.isEmpty && reading.missing.isEmpty)
    }

    @Test func dualPrecedence() throws {
        let reading = try #require(Reading.all(Samples.s83).first)
        let telegram = reading.telegram
        #expect(reading[telegram.stationSerial] == "0318" && telegram.security?.level == .secret)
        #expect(reading.signals == ["ZZH", "ZZK"])
        #expect(telegram.operatingSignals.map(\.place) == [.securityLine, .precedenceLine])
        #expect(telegram.actionPrecedence == .immediate && telegram.informationPrecedence == .priority)
        #expect(telegram.dateTimeGroup?.instant?.text == "2008-11-14T22:10")
        #expect(reading.parties(.action) == ["RUEHC|SECSTATE WASHDC|NIACT IMMEDIATE|0591|"])
        #expect(
            reading.parties(.information) == [
                "RUEHDS|AMEMBASSY ADDIS ABABA|PRIORITY|0102|", "RUEHNR|AMEMBASSY NAIROBI|PRIORITY|0077|",
                "RHEFDIA|DIA WASHINGTON DC|||XY-2",
            ])
        #expect(telegram.complete && reading.findings.isEmpty)
    }

    @Test func archiveCopyWithoutProcedureLines() throws {
        let reading = try #require(Reading.all(Samples.s84).first)
        let telegram = reading.telegram
        #expect(telegram.layout == .acp127 && telegram.heading == .partial && !telegram.complete)
        #expect(telegram.actionPrecedence == .priority)
        #expect(telegram.dateTimeGroup?.instant?.text == "2009-06-30T17:02")
        #expect(telegram.originator.map { reading.party($0) } == "|SECSTATE WASHDC|||")
        #expect(reading.parties(.action) == ["|ALL DIPLOMATIC AND CONSULAR POSTS COLLECTIVE|PRIORITY||"])
        #expect(telegram.addressees.first?.collective == true)
        #expect(telegram.exempted.map { reading[$0] } == ["AMEMBASSY DILI", "AMCONSUL RECIFE"])
        #expect(telegram.addressees.first?.exempt == Slice(first: 0, count: 2))
        #expect(reading.parties(.information).isEmpty)
        let page = try #require(telegram.pageLines.first)
        #expect(reading[page.post] == "STATE" && page.serial == 67811 && page.page == 2)
        #expect(reading.missing == ["BT", "NNNN"])
    }

    @Test func serviceMessages() throws {
        let readings = Reading.all(Samples.s87a + Samples.s87b + Samples.s87c)
        try #require(readings.count == 3)
        #expect(readings.map(\.telegram.kind) == [.service, .service, .service])
        #expect(readings[0].signals == ["ZDK"])
        #expect(readings[0].telegram.operatingSignals.first?.interrogative == true)
        #expect(
            readings[0][readings[0].telegram.operatingSignals.first?.argument]
                == "RUEHSI 2468/02 2771315 WA PREAMBLE - NEITHER TO\nCOMMISSION")
        #expect(readings[0][readings[0].telegram.stationSerial] == "0912")
        #expect(readings[1].signals == ["ZUI", "ZDK"])
        #expect(readings[1][readings[1].telegram.operatingSignals.first?.argument] == "RUEHCS 0912 2771540")
        let last = readings[2]
        #expect(last.identifiers == ["SIA 118"] && last[last.telegram.identifiers.first?.prosign] == "UU")
        #expect(last.telegram.routingPrecedence == .immediate && last.telegram.stationSerial == nil)
        #expect(last.telegram.filed?.dayOfMonth == 4 && last.telegram.filed?.hour == 16)
        #expect(last.signals == ["ZFX"] && last[last.telegram.operatingSignals.first?.argument] == "XRO3311")
        #expect(last.telegram.ending.seen && last.telegram.complete)
    }

    @Test func pilot() throws {
        let reading = try #require(Reading.all(Samples.s88).first)
        let original = try #require(Reading.all(Samples.s81).first)
        let pilot = try #require(reading.telegram.pilots.first)
        #expect(reading.telegram.pilots.count == 1)
        #expect(pilot.identifier?.number == 93 && pilot.precedence == .routine)
        #expect(pilot.stations.indices.map { reading[reading.telegram.stations[$0]] } == ["RUCPDOC"])
        #expect(reading[pilot.signal] == "ZFD" && reading[pilot.by] == "RUEHC")
        #expect(reading.identifiers == ["EKI 417"])
        #expect(reading.stations == ["RUEHC", "RUCNCIS", "RUCPDOC"])
        #expect(reading.findings == [.suspectedDuplicate])
        #expect(reading.telegram.contentHash == original.telegram.contentHash)
    }

    @Test func archiveMerged() throws {
        let reading = try #require(Reading.all(Samples.s810).first)
        let telegram = reading.telegram
        #expect(telegram.layout == .archive && telegram.heading == .full && !telegram.complete)
        #expect(reading[telegram.stationSerial] == "0087" && telegram.transmissionSection == 1)
        #expect(telegram.sectionsExpected == 3 && telegram.sectionsReceived == 1...3)
        #expect(telegram.dateTimeGroup?.instant?.text == "2010-02-11T11:18")
        #expect(reading.parties(.action) == ["RUEHC|SECSTATE WASHDC||0330|", "RUCNCIS|CIS COLLECTIVE|||"])
        #expect(reading.parties(.information) == ["RUEHYE|AMEMBASSY YEREVAN||0741|"])
        #expect(reading.missing == ["BT", "#0087", "SECTION 02 OF 03", "SECTION 03 OF 03", "NNNN"])
    }

    @Test func alliedWithCorrections() throws {
        let reading = try #require(Reading.all(Samples.s811).first)
        let telegram = reading.telegram
        #expect(telegram.layout == .acp127 && telegram.heading == .full && !telegram.complete)
        #expect(reading.identifiers == ["PXA 62"] && reading[telegram.identifiers.first?.prosign] == "HH")
        #expect(telegram.identifiers.first?.digits == 3)
        #expect(reading[telegram.originatingStation] == "RBDXQT" && reading[telegram.stationSerial] == "042A")
        #expect(telegram.filed?.dayOfMonth == 23 && telegram.filed?.instant?.text == "1992-09-23T06:48")
        #expect(telegram.security == nil)
        #expect(telegram.dateTimeGroup?.instant?.text == "1992-09-23T06:30")
        #expect(telegram.dateTimeGroup?.yearInferred == false)
        #expect(reading.parties(.action) == ["|NLAF FICTSTAD|||"])
        #expect(telegram.sectionsExpected == 2 && telegram.sectionsReceived == 1...1)
        #expect(telegram.corrections.map(\.kind) == [.wordAfter, .errorProsign])
        #expect(telegram.corrections.first?.line == 2)
        #expect(telegram.corrections.map { reading[$0.anchor] } == ["NORTH", "RATED"])
        #expect(reading[telegram.corrections.first?.now] == "JAMMED")
        #expect(
            reading[telegram.correctedText]
                == "HANGAR INSPECTION. DOOR NORTH JAMMED. DOOR SOUTH CLEAR. CRANE RATED 10 TONS.")
        #expect(reading.missing.isEmpty)
    }

    /// The word that the operator goes on with stands below the prosign, in a line or in none (format 1.16).
    @Test(arguments: ["E E E E E E E E\nRATED", "E  E  E  E  E  E  E  E RATED", "EEEEEEEE\n\nRATED"])
    func errorProsigns(_ written: String) throws {
        let record = Samples.s811.replacing("E E E E E E E E RATED", with: written)
        let reading = try #require(Reading.all(record).first)
        #expect(reading.telegram.corrections.map { reading[$0.anchor] } == ["NORTH", "RATED"])
        #expect(
            reading[reading.telegram.correctedText]
                == "HANGAR INSPECTION. DOOR NORTH JAMMED. DOOR SOUTH CLEAR. CRANE RATED 10 TONS.")
    }

    @Test func readdressal() throws {
        let reading = try #require(Reading.all(Samples.s812).first)
        let telegram = reading.telegram
        let outer = try #require(telegram.readdressals.first)
        #expect(telegram.readdressals.count == 1)
        #expect(reading.party(outer.by) == "|AMEMBASSY CAIRO|||" && outer.precedence == .priority)
        #expect(outer.dateTimeGroup?.instant?.text == "1988-03-02T09:15")
        #expect(
            outer.addressees.indices.map { reading.party(telegram.readdressed[$0]) } == ["RUEHTU|AMEMBASSY TUNIS|||"])
        #expect(telegram.filed?.dayOfYear == 62 && telegram.filed?.instant?.text == "1988-03-02T09:30")
        #expect(telegram.actionPrecedence == .routine)
        #expect(telegram.dateTimeGroup?.instant?.text == "1988-02-29T11:40")
        #expect(telegram.originator.map { reading.party($0) } == "|USMISSION GENEVA|||")
        #expect(reading.parties(.action) == ["RUEHEG|AMEMBASSY CAIRO|||"])
        #expect(reading.parties(.information) == ["|AMEMBASSY BERN|||"])
        #expect(telegram.addressees.last?.alreadyServed == true)
        #expect(reading.findings == [.readdressed] && telegram.complete)
    }

    /// Every octet outside FL12 belongs to some field.
    @Test(arguments: [Samples.s81, Samples.s82a, Samples.s83, Samples.s811, Samples.s812, Samples.s88])
    func headingAndEndingAreExplained(text: String) throws {
        let reading = try #require(Reading.all(text).first)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = try #require(lines.firstIndex(of: "BT"))
        let last = try #require(lines.lastIndex(of: "BT"))
        let start = lines[..<first].reduce(0) { $0 + $1.utf8.count + 1 }
        let end = lines[..<last].reduce(0) { $0 + $1.utf8.count + 1 }
        #expect(reading.telegram.unexplained.allSatisfy { $0.start > start && $0.end < end })
    }

    @Test(arguments: [Samples.s87a, Samples.s87b, Samples.s87c])
    func serviceMessagesAreExplained(text: String) throws {
        let telegram = try #require(Reading.all(text).first).telegram
        #expect(telegram.explainedCount == telegram.octetCount && telegram.octetCount > 0)
    }
}
