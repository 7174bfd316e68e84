import Testing

@testable import Telegram

struct TextLabelTests {
    private static func read(_ lines: String) -> ReadText {
        ReadText("UNCLAS BISHKEK 000231\n\n" + lines + "\n\n1. (U) TEXT.\n", from: "AMEMBASSY BISHKEK")
    }

    @Test(arguments: [
        ("A) BISHKEK 198; B) 08 BISHKEK 1177 (NOTAL)", ["09BISHKEK198", "08BISHKEK1177"]),
        ("A. STATE 12345 B. LIMA 88", ["09STATE12345", "09LIMA88"]),
        ("[A] STATE 4410, 5127, [B] LOME 61", ["09STATE4410", "09STATE5127", "09LOME61"]),
        ("A. MAPUTO 812 AND 840", ["09MAPUTO812", "09MAPUTO840"]),
        ("SOFIA 71/74; 06 SOFIA 903/911 AND PREVIOUS", ["09SOFIA71", "09SOFIA74", "06SOFIA903", "06SOFIA911"]),
        ("2009 STATE 12345", ["09STATE12345"]), ("(09) STATE 1", ["09STATE1"]), ("STATE (01) 4410", ["01STATE4410"]),
        ("LIMA 612-91", ["91LIMA612"]), ("OSLO 00244/08", ["08OSLO244"]), ("DOHA 00318 99", ["99DOHA318"]),
        ("RIGA 77 (2002)", ["02RIGA77"]), ("377 WINDHOEK", ["09WINDHOEK377"]), ("A. A) SUVA 11", ["09SUVA11"]),
        ("A. REF A STATE 12", ["09STATE12"]), ("REFERENCE: 01 SUVA 9", ["01SUVA9"]), ("A. 631", ["08BISHKEK631"]),
        ("ST. PETERSBURG 7", ["09STPETERSBURG7"]), ("RIO DE JANEIRO 12", ["09RIODEJANEIRO12"]),
        ("HCMC 14", ["09HOCHIMINHCITY14"]), ("HK 35", ["09HONGKONG35"]), ("UNCLAS USDA FAS 51", ["09USDAFAS51"]),
        ("STATE 1988 TOSEC 12", ["09STATE1988"]), ("A) LIMA 4; 1B. LOME 5", ["09LIMA4", "09LOME5"]),
        ("LUSAKA A-17", ["09LUSAKA-A17"]),
    ])
    func references(_ printed: String, _ keys: [String]) {
        #expect(Self.read("REF: " + printed).keys == keys)
    }

    @Test(arguments: [
        ("QUILL-DUNMORE EMAIL 12/01/09", Reference.Kind.email), ("TELCON QUILL-DUNMORE", .phone),
        ("MEMO OF 1 MAY", .memo), ("9 FAM APPENDIX K", .book), ("TD-314/001", .report), ("IIR 1 234 5678 09", .report),
        ("DAO 061312Z JAN 09", .report),
    ])
    func otherReferences(_ printed: String, _ kind: Reference.Kind) {
        let read = Self.read("REF: " + printed)
        #expect(read.telegram.references.map(\.kind) == [kind])
        #expect(read.telegram.references.map { read.text($0.text) } == [printed])
    }

    @Test(arguments: [
        ("E.O. 12958: DECL: 03/17/2019", 12958, 2019, 3, 17), ("E.O. 13526: DECL: 2022/05/08", 13526, 2022, 5, 8),
        ("EO 12958 DECL 20190317", 12958, 2019, 3, 17),
        ("E. O. 12065: GDS 4/22/15 (QUILLFEATHER, M.) OR-P", 12065, 2015, 4, 22),
        ("E.O. 1298: DECL: 3/7/19", 12958, 2019, 3, 7), ("E.O. 12356: DECL: 08 MAY 12", 12356, 2012, 5, 8),
    ])
    func executiveOrders(_ printed: String, _ order: Int32, _ year: Int, _ month: Int, _ day: Int) {
        let read = Self.read(printed)
        #expect(read.telegram.executiveOrder?.order == order)
        #expect(read.telegram.executiveOrder?.declassifyOn == Instant(year: year, month: month, day: day))
    }

    @Test func executiveOrderWithoutDate() {
        #expect(Self.read("E.O. 12958: N/A").telegram.executiveOrder?.notApplicable == true)
        #expect(Self.read("E.O. 12958: NA").telegram.executiveOrder?.notApplicable == true)
        let event = Self.read("E.O. 12958: DECL: UPON REUNIFICATION")
        #expect(event.telegram.executiveOrder?.event.map { event.text($0) } == "UPON REUNIFICATION")
        let exempt = Self.read("E.O. 13526: DECL: 50X1-HUM")
        #expect(exempt.telegram.exemptions.map { exempt.text($0) } == ["50X1-HUM"])
    }

    @Test(arguments: [
        ("TAGS: ECONEFINETRDPE", ["ECON", "EFIN", "ETRD", "PE"]), ("TAGS: PEECON", ["PE", "ECON"]),
        ("TAGS PREL, PGOV; KTIP TI", ["PREL", "PGOV", "KTIP", "TI"]), ("AGS: PREL PREL SIPDIS BO", ["PREL", "BO"]),
        ("TAGS: OVIP (QUILL, JOHN) PREL NATO", ["OVIP", "QUILL, JOHN", "PREL", "NATO"]),
        ("TAGS: PREL,\nPGOV", ["PREL", "PGOV"]), ("TAGS: PREL\nECON KG", ["PREL", "ECON", "KG"]),
    ])
    func tags(_ printed: String, _ codes: [String]) {
        let read = Self.read(printed)
        #expect(read.telegram.tags.map { read.text($0.code) } == codes)
    }

    @Test func labelsOnOneLine() {
        let read = ReadText(
            "C O N F I D E NT I A L MINSK 000218 SIPDIS E.O. 12958: DECL: 05/02/2017 TAGS: PREL BO\n\n1. (C) TEXT.",
            from: "AMEMBASSY MINSK")
        #expect(read.telegram.classification?.level == .confidential)
        #expect(read.telegram.classification?.serial == 218)
        #expect(read.telegram.captions.map { read.text($0) } == ["SIPDIS"])
        #expect(read.telegram.executiveOrder?.order == 12958)
        #expect(read.telegram.tags.count == 2)
    }

    @Test(arguments: [
        ("S E C R E T DJIBOUTI 000318", Level.secret, Int32?(318)),
        ("UNCLAS SQCTION 01 O2 ATHQS 000012", .unclassified, 12),
        ("T O P  S E C R E T LIMA 0012", .topSecret, 12), ("R E S T R I C T E D SECTION 1 OF 2", .restricted, nil),
        ("LIMITED OFFICIAL USE OSLO 00123", .unclassified, 123), ("CONFIDENTAL OSLO 00123", .confidential, 123),
        ("UNCLAS E F T O OSLO 00123", .unclassified, 123),
    ])
    func classificationLines(_ printed: String, _ level: Level, _ serial: Int32?) {
        let read = ReadText(printed + "\n\n1. TEXT.")
        #expect(read.telegram.classification?.level == level)
        #expect(read.telegram.classification?.serial == serial)
    }

    @Test func seedSequence() {
        var decoder = SequenceDecoder()
        let values: [Int32] = [11, 12, 13, 14, 15, 16, 17, 18, 19, 110, 112, 13, 114, 115, 116, 117, 118, 119, 120]
        decoder.decode(values.map { .init(value: $0, marked: true) }, damaged: true, fromStart: true)
        #expect(decoder.readings == Array(1...10) + Array(12...20))
        decoder.decode((1...24).map { .init(value: $0, marked: true) }, damaged: false, fromStart: true)
        #expect(decoder.readings == Array(1...24))
        decoder.decode((1...10).map { .init(value: $0, marked: false) }, damaged: true, fromStart: true)
        #expect(decoder.readings == Array(1...10))
        decoder.decode([1, 2, 12].map { .init(value: $0, marked: true) }, damaged: false, fromStart: true)
        #expect(decoder.readings == [1, 2, 12])
    }
}
