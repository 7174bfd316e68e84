import SampleTelegrams
import Testing

@testable import Telegram

/// The layout is chosen by evidence, in the order of format 5.0, with a confidence.
struct LayoutTests {
    private static let body = "BT\nUNCLAS ACCRA 000012\n1. ALL WELL.\nBT\nNNNN\n"
    private static let preamble = "R 170842Z MAR 09\nFM AMEMBASSY ACCRA\nTO SECSTATE WASHDC 0001\n"

    @Test(arguments: [
        ("janap128", Samples.s86, Layout.janap128, 1.0),
        ("doi103", Samples.doi103, .doi103, 1),
        ("doi103 by its station", "PP YEKAAB\nDE YEKZZC #0107 1290915\nZNY CCCCC\n" + preamble + body, .doi103, 0.8),
        (
            "doi103 by its line", "PP RUEHC\nDE RUEHAR #0107 1290915\nZNY CCCCC\nZKZK PP SOA DE\n" + preamble + body,
            .doi103, 0.8
        ),
        ("archive", Samples.s810, .archive, 1), ("acp127", Samples.s81, .acp127, 1),
        ("pages1973", Samples.s85, .pages1973, 1), ("smart", Samples.s89, .smart, 1),
        ("acp126", Samples.acp126, .acp126, 1),
        ("acp126 on one line", "NKLM DE NKTA NR 037\n" + preamble + body, .acp126, 1),
        ("acp126 with nobody called", "VZCZCTKA037\nDE RKTA NR 037\n" + preamble + body, .acp126, 0.8),
        ("bare heading", preamble + body, .acp127, 0.9), ("general", Samples.general, .general, 1),
        ("general by its sets", preamble + "BT\nUNCLAS\nMSGID/GENADMIN/ACCRA//\nSUBJ/X//\nBT\n", .general, 0.9),
        ("text only", "UNCLAS ACCRA 000012\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X\n1. Y.\n", .textOnly, 0.8),
        ("FL2 lost", "DE RUEHAR #0107 1290915\n" + preamble + body, .acp127, 0.9),
        ("FL1 and FL2 alone", "VZCZCEKI0417\nRR RUEHC\nBT\nUNCLAS SOMETHING\nBT\nNNNN\n", .acp127, 0.6),
    ])
    func layout(name: String, text: String, layout: Layout, confidence: Float) {
        let readings = Reading.all(text)
        #expect(readings.count == 1)
        #expect(readings.first?.telegram.layout == layout)
        #expect(readings.first?.telegram.layoutConfidence == confidence)
        let doubts = readings.first?.findings.contains(.layoutDoubt)
        #expect(doubts == (confidence < 0.7))
    }

    @Test(arguments: [
        ("R 051430Z APR 11\n", "FL5"), ("FM USS FICTIVE\n", "FM"), ("UNCLAS //N04400//\n", ""), ("BT\n#0114", "BT"),
        ("#0114\n", "#0114"), ("NNNN\n", "NNNN"),
    ])
    func lostElementsAreNamed(lost: String, name: String) {
        let text = Samples.s86.replacing(lost, with: lost.hasPrefix("BT") ? "#0114" : "")
        #expect(Reading.all(text).first?.missing == (name.isEmpty ? [] : [name]))
    }

    @Test func pagesAreEvidence() throws {
        let pages = try #require(Reading.all(Samples.s85).first)
        #expect(pages.telegram.pageLines.map(\.page) == [1, 2])
        #expect(pages.telegram.pageLines.map(\.serial) == [2217, 2217])
        #expect(pages.telegram.pageLines.map { pages[$0.post] } == ["PRETOR", "PRETOR"])
        #expect(pages.telegram.pageLines.map { pages[$0.time] } == ["221412Z", "221412Z"])
        let wrapped = try #require(Reading.all(Samples.s84).first)
        #expect(wrapped.telegram.pageLines.map(\.page) == [2])
        #expect(wrapped.telegram.pageLines.map(\.serial) == [67811])
        #expect(wrapped[wrapped.telegram.pageLines[0].time] == "301710Z")
        let sectioned = try #require(Reading.all(Samples.s82a).first)
        #expect(sectioned.telegram.pageLines.map(\.page) == [2])
        #expect(sectioned.telegram.pageLines.map(\.section) == [1])
        #expect(sectioned.telegram.pageLines.map(\.sectionCount) == [3])
    }

    @Test(arguments: [
        ("RTTUZYUW RHBPXQZ0114 0951430-UUUU--RUCBXQC.", true), ("PAAUZYUW RUAB0001 3652359-SSAA--RUCBXQC RUEHC.", true),
        ("RTTUZYUW RHBPXQZ114 0951430-UUUU--RUCBXQC.", false), ("RTTUZYUW RHBPXQZ0114 095143-UUUU--RUCBXQC.", false),
        ("RTTUZYUW RHBPXQZ0114 0951430-UUUU-RUCBXQC.", false), ("RTTUZYUW RHBPXQZ0114 0951430UUUUU--RUCBXQC.", false),
        ("XTTUZYUW RHBPXQZ0114 0951430-UUUU--RUCBXQC.", false), ("RTTUZYUWX RHBPXQZ0114 0951430-UUUU--RUCBXQ.", false),
    ])
    func headerLine(text: String, reads: Bool) {
        let octets = Array(text.utf8)
        let parsed = octets.span.routingHeader(OctetRange(0, octets.count))
        #expect((parsed != nil) == reads)
    }

    @Test func headerStationsGoOnUpToTheFullStop() {
        let text = Samples.s86.replacing("RUCBXQC RHMFIUU.", with: "RUCBXQC RHMFIUU\nRUEHC RUEHNO\nRUEHLO.")
        #expect(Reading.all(text).first?.stations == ["RUCBXQC", "RHMFIUU", "RUEHC", "RUEHNO", "RUEHLO"])
    }

    @Test(arguments: [
        ("RTTUZYUW RHBPXQZ0114 0951430-UUUU--RUCBXQC RHMFIUU.", false),
        ("RTTUZYUW RHBPXQZ0114 0951430-CCCC--RUEHC.", true),
        ("RTTCZYUW RHBPXQZ0114 0951430-UUUU--RUEHC.", true), ("RTTUZYUW RHBPXQZ0114 0951430-UUAA--RUEHC.", false),
        ("RTTCZYUW RHBPXQZ0114 0951430-CCCC--RUEHC.", true),
    ])
    func headerAgreesWithItself(header: String, disagrees: Bool) {
        let text = Samples.s86.replacing("RTTUZYUW RHBPXQZ0114 0951430-UUUU--RUCBXQC RHMFIUU.", with: header)
        #expect(Reading.all(text).first?.findings.contains(.securityDisagreement) == disagrees)
    }

    @Test func envelope() throws {
        let text = """
            ENVELOPE
            CDSN = ABC123 MCN = 91049/12345 TOR = 910491814
            RTTUZYUW RHBPXQZ0114 0951430-UUUU--RUCBXQC.
            ZNR UUUUU
            HEADER
            R 051430Z APR 11
            FM USS FICTIVE
            TO COMFICTGRU TWO
            CONTROLS
            BT
            UNCLAS //N04400//
            BODY
            MSGID/GENADMIN/USS FICTIVE/-/APR//
            SUBJ/KETTLE//
            RMKS/1. TWO ARE REQUIRED.//
            ADMIN
            BT
            #0114
            NNNN

            """
        let reading = try #require(Reading.all(text).first)
        #expect(reading.telegram.layout == .janap128)
        #expect(reading.identifiers == ["ABC 123"])
        #expect(reading[reading.telegram.subject] == "KETTLE")
        #expect(reading.telegram.sets.map { reading[$0.name] ?? "" } == ["MSGID", "SUBJ", "RMKS"])
        #expect(reading.telegram.paragraphs.map(\.number) == [1])
        #expect(reading.telegram.complete)
        #expect(reading.telegram.unexplained.isEmpty)
    }

    @Test func setsWithoutLineBreaks() throws {
        let text = """
            UNCLASSIFIED//
            ROUTINE
            R 141502Z MAY 19
            FM CMC FICTION DC
            TO MARADMIN
            UNCLAS
            MARADMIN 012/19
            MSGID/GENADMIN/CMC FICTION//SUBJ/(U) OPEN DAY AND
            ITS BOATS//REF/A/LTR/CMC/1JAN19//AMPN/REF A IS THE LETTER OF HTTP://EXAMPLE//POC/LAMP/-//
            GENTEXT/REMARKS/1. (U) ALL.
            1.a. (U) BOATS.
            1.a.(1) (U) OARS.
            2. (U) RELEASED BY MAJOR A. LAMP, DIRECTOR.//

            """
        let reading = try #require(Reading.all(text).first)
        #expect(reading.telegram.layout == .general)
        #expect(
            reading.telegram.sets.map { reading[$0.name] ?? "" } == ["MSGID", "SUBJ", "REF", "AMPN", "POC", "GENTEXT"])
        #expect(reading[reading.telegram.subject] == "OPEN DAY AND ITS BOATS")
        #expect(reading.telegram.subjectMark?.level == .unclassified)
        #expect(reading.telegram.references.map(\.kind) == [.letter])
        #expect(reading[reading.telegram.references[0].note] == "THE LETTER OF HTTP://EXAMPLE")
        #expect(reading.telegram.staff.map { reading[$0.name] } == ["MAJOR A. LAMP, DIRECTOR"])
        #expect(reading.telegram.title.map { Int($0.number) } == 12)
        #expect(reading.telegram.paragraphs.map { reading[$0.label] } == [nil, "1.a", "1.a.(1)", nil])
        #expect(reading.telegram.complete)
    }

    @Test func whatTheDepartmentPrintedAbove() throws {
        let text = """
            UNCLASSIFIED
            Margaret P. Grafeld Declassified/Released US Department of State EO Systematic Review 05 JUL 2006

            PAGE 01        STATE   067811
            ORIGIN EUR-12
            INFO OCT-01 ISO-00 /014 R
            DRAFTED BY EUR/NE:RTQUILL:MM
            APPROVED BY EUR:JAMARSH
            L/EUR:PBRAND
            DESIRED DISTRIBUTION:
            --------------------- 301711Z 067811 /21
            R 301702Z JUN 77
            FM SECSTATE WASHDC
            TO AMEMBASSY OSLO
            UNCLAS STATE 067811
            E.O. 11652: N/A
            TAGS: OVIP
            SUBJECT: VISIT
            1. ALL WELL.
            VANCE
            UNCLASSIFIED
            NNN
            Message Attributes
            Document Number: 1977STATE067811
            Subject: VISIT
            OF THE MINISTER
            *** Current Classification *** UNCLASSIFIED

            """
        let reading = try #require(Reading.all(text).first)
        let telegram = reading.telegram
        #expect(telegram.layout == .pages1973)
        #expect(telegram.distribution?.isOutgoing == true)
        #expect(telegram.distribution?.total == 14)
        #expect(reading.findings.contains(.distributionTotal))
        #expect(telegram.staff.map { reading[$0.name] } == ["RTQUILL:MM", "JAMARSH", "PBRAND"])
        #expect(telegram.staff.map { reading[$0.office] } == ["EUR/NE", "EUR", "L/EUR"])
        #expect(reading[telegram.relayCounter] == "067811")
        #expect(telegram.filed?.instant?.text == "1977-06-30T17:11")
        #expect(telegram.releaseStamps.count == 2)
        #expect(telegram.attributes.map { reading[$0.name] } == ["Document Number", "Subject"])
        #expect(telegram.attributes.map { reading[$0.value] } == ["1977STATE067811", "VISIT OF THE MINISTER"])
        #expect(reading[telegram.signature] == "VANCE")
        #expect(telegram.classification?.level == .unclassified)
        #expect(telegram.complete)
        #expect(telegram.unexplained.isEmpty)
    }

    @Test func anArchiveNumberNamesTheTelegram() {
        let text = """
            PAGE 01  PRETOR 02217  221412Z
            ACTION AF-08
            R 221305Z APR 75
            FM AMEMBASSY PRETORIA
            TO SECSTATE WASHDC
            CONFIDENTIAL
            1. ALL WELL.
            NNN
            MESSAGE ATTRIBUTES
            DOCUMENT NUMBER: 1975PRETOR02217

            """
        let reading = Reading.all(text).first
        let key = reading?.telegram.messageReference.map { reading?.telegram.made[$0.key.start..<$0.key.end] ?? [] }
        #expect(key.map { String(decoding: $0, as: UTF8.self) } == "75PRETORIA2217")
    }

    /// `PAGE 01` of another section continues the record, that of another telegram does not (format 5.5).
    @Test(arguments: [("PRETOR 02217", 1), ("PRETOR 02218", 2)])
    func pagesOfFurtherSections(post: String, count: Int) {
        let text = Samples.s85.replacing("NNN\n", with: "") + Samples.s85.replacing("PRETOR 02217", with: post)
        #expect(Reading.all(text).count == count)
    }

    @Test func labelsInOtherForms() throws {
        let text = """
            SECRET
            NOFORN
            mrn: 2012 LUSAKA 417
            DATE/DTG: May 08, 2012 / 081432Z MAY 12
            From: LUSAKA, AMEMBASSY
            ACTION: SECSTATE WASHDC IMMEDIATE; AMEMBASSY HARARE ROUTINE
                    AMEMBASSY LILONGWE
            E.O.: 13526
            Declassify: 2022/05/08
            Captions: NOFORN, EXDIS
            Sensitivity: none
            SUBJECT: ONE LINE
                AND ANOTHER

            1. (S/NF) TEXT.

            Signature: ROE
            Drafted By: POL:Brandt
            Cleared By: ECON:Oduya
                        MGT:Lamp
            SECRET
            """
        let reading = try #require(Reading.all(text).first)
        let telegram = reading.telegram
        #expect(telegram.layout == .smart)
        #expect(telegram.originator.map { reading[$0.name] } == "AMEMBASSY LUSAKA")
        #expect(
            reading.parties(.action) == [
                "|SECSTATE WASHDC|IMMEDIATE||", "|AMEMBASSY HARARE|ROUTINE||", "|AMEMBASSY LILONGWE|||",
            ])
        #expect(telegram.classification?.level == .secret)
        #expect(telegram.controls.contains(.noforn))
        #expect(telegram.executiveOrder?.declassifyOn?.text == "2022-05-08T00:00")
        #expect(reading[telegram.subject] == "ONE LINE AND ANOTHER")
        #expect(telegram.staff.map { reading[$0.name] } == ["Brandt", "Oduya", "Lamp"])
        #expect(telegram.staff.map(\.role) == [.drafted, .cleared, .cleared])
        #expect(reading[telegram.signature] == "ROE")
        #expect(telegram.messageReference?.year == 2012)
        #expect(telegram.unexplained.isEmpty)
    }
}
