import Testing

@testable import Telegram

/// The forms in which fields of the text are printed (format 2.1, 2.4, 2.5, 2.8).
struct FieldFormTests {
    private static func reading(
        _ text: String, line: String = "C O N F I D E N T I A L BISHKEK 000231", year: String = "09",
        signature: String = "HALVORSEN"
    ) -> Reading? {
        Reading.all(
            """
            VZCZCEKI0417
            RR RUEHC
            DE RUEHEK #0231 0760842
            ZNY CCCCC ZZH
            R 170842Z MAR \(year)
            FM AMEMBASSY BISHKEK
            TO RUEHC/SECSTATE WASHDC 1844
            BT
            \(line)
            \(text)
            \(signature)
            BT
            #0231
            NNNN

            """
        ).first
    }

    /// Order, date, exemptions, event; each of 2.4's forms, and how a year of two digits is read.
    @Test(arguments: [
        ("11652: GDS", "75", "1981-12-31", "", ""), ("11652: XGDS-1", "75", "", "", ""),
        ("11652: ADS 12/31/80", "75", "1980-12-31", "", ""), ("11652 GDS 4/1/81", "75", "1981-04-01", "", ""),
        ("12065: GDS 4/22/85 (QUILLFEATHER, M.) OR-P", "79", "1985-04-22", "", ""),
        ("12065: XDS-4 4/22/00", "80", "2000-04-22", "", ""), ("12065: NA", "80", "", "", ""),
        ("12356: DECL: OADR", "84", "", "", ""), ("12356: DECL: 4/22/94", "84", "1994-04-22", "", ""),
        ("12958: DECL: X1, X5", "97", "", "X1 X5", ""), ("12958: DECL: 1.6X5", "97", "", "1.6X5", ""),
        ("12958: DECL: UPON REUNIFICATION", "05", "", "", "UPON REUNIFICATION"),
        ("12958 DECL 03/17/2019", "09", "2019-03-17", "", ""), ("12958: DECL: 17 MAR 19", "09", "2019-03-17", "", ""),
        ("13526: DECL: 25X1, 2061/01/01", "11", "2061-01-01", "25X1", ""),
        ("13526: DECL: 50X1-HUM", "11", "", "50X1-HUM", ""), ("13526: DECL: 20220508", "12", "2022-05-08", "", ""),
    ])
    func executiveOrder(value: String, year: String, date: String, exemptions: String, event: String) throws {
        let reading = try #require(
            Self.reading("E.O. \(value)\nTAGS: PREL KG\nSUBJECT: X\n\n1. (C) Y.", year: year))
        let order = try #require(reading.telegram.executiveOrder)
        #expect(order.order == Int32(value.prefix(5)))
        #expect(order.declassifyOn.map { String($0.text.prefix(10)) } ?? "" == date)
        #expect(
            order.exemptions.indices.map { reading[reading.telegram.exemptions[$0]] ?? "" }.joined(separator: " ")
                == exemptions)
        #expect(reading[order.event] ?? "" == event)
        #expect(!reading.findings.contains(.declassificationDoubt))
    }

    @Test(arguments: [
        ("TAGS: OVIP (QUILL, MARY), PREL, KG", "OVIP QUILL, MARY|PREL KG"),
        ("TAGS OVIP QUILL, MARY", "OVIP QUILL, MARY|"),
        ("TAGS: OVIP, PREL, KG", "OVIP PREL KG"), ("TAGS: ECONEFINETRDPE", "ECON EFIN ETRD PE"),
        ("TAGS: PEECON", "PE ECON"), ("TAGS: PREL, PGOV,\nKG, NATO", "PREL PGOV KG NATO"),
        ("TAGS: PREL\nKG KDEM", "PREL KG KDEM"), ("TAGS: PREL SIPDIS KG PREL", "PREL KG"),
        ("TAGS: UN/UNGA, ICTY", "UN/UNGA ICTY"), ("TAG: PREL KG", "PREL KG"),
    ])
    func tags(line: String, codes: String) throws {
        let reading = try #require(Self.reading("E.O. 12958: DECL: 03/17/2019\n\(line)\nSUBJECT: X\n\n1. (C) Y."))
        let read = reading.telegram.tags.map { (reading[$0.code] ?? "") + ($0.kind == .person ? "|" : "") }
        #expect(read.joined(separator: " ").replacing("| ", with: "|") == codes)
    }

    /// Title, name and reasons.
    @Test(arguments: [
        ("Classified By: DCM Merle Tarkington for reasons 1.4 (b) and (d).", "DCM", "Merle Tarkington", "14b14d"),
        ("CLASSIFIED BY: AMBASSADOR JOHN ROE. REASON: 1.4(B/D)", "AMBASSADOR", "JOHN ROE", "14b14d"),
        (
            "(U) Classified by Charge d'Affaires a.i. Jane Q. Roe, Reasons 1.5 b,d", "Charge d'Affaires a.i.",
            "Jane Q. Roe", "15b15d"
        ),
        (
            "Classified By: Merle Tarkington, Deputy Chief of Mission, for reasons 1.4 (b, d)",
            "Deputy Chief of Mission", "Merle Tarkington", "14b14d"
        ),
        ("CLASSIFIED BY POL/ECON CHIEF ROE, E.O. 12958, REASONS 1.5 (B) AND (D)", "POL/ECON CHIEF", "ROE", "15b15d"),
        ("Classified By: A/DCM Roe, Reason 1.4 (b) & (d).", "A/DCM", "Roe", "14b14d"),
        ("DERIVED FROM: DSCG 05-1\nDECLASSIFY ON: 20190317", "", "DSCG 05-1", ""),
        ("DERIVED FROM: DSCG 05-1\nDERIVATIVELY CLASSIFIED BY: Jane Roe", "DSCG 05-1", "Jane Roe", ""),
    ])
    func classifier(line: String, title: String, name: String, reasons: String) throws {
        let reading = try #require(
            Self.reading(
                "\(line.hasPrefix("DERIVED") ? "" : "E.O. 12958: X1\n")TAGS: PREL KG\nSUBJECT: X\n\n\(line)\n\n1. (C) Y."
            ))
        let classifier = try #require(reading.telegram.classifiers.first)
        #expect(reading[classifier.title] == title)
        #expect(reading[classifier.name] == name)
        let read = classifier.reasons.indices.map { index in
            let reason = reading.telegram.reasons[index]
            return "\(reason.section)" + String(UnicodeScalar(reason.letter))
        }
        #expect(read.joined() == reasons)
        #expect(reading.telegram.paragraphs.map(\.number) == [1])
        #expect(
            reading.telegram.executiveOrder?.declassifyOn?.text
                == (line.contains("ON: 2019") ? "2019-03-17T00:00" : nil))
    }

    @Test(arguments: [
        ("C O N F I D E NT I A L BISHKEK 000231", nil), ("CONFIDENTIAL BISHKEK 231", nil),
        ("C O N F I D E N T I A L NOFORN BISHKEK 000231", nil), ("C O N F I D E N T I A L CITE BISHKEK 000231", nil),
        ("C O N F I D E N T I A L BISHKEK 000231 ZDK 412", nil),
        ("C O N F I D E N T I A L SECTION 01 OF 01 BISHKEK 000231", nil),
        ("C O N F I D E N T I A L BISHKEK 000231 SUSPECTED DUPLICATE", FindingCode.suspectedDuplicate),
        ("C O N F I D E N T I A L BISHKEK 000231 CORRECTED COPY", .correctedCopy),
        ("CONFIDENTAL BISHKEK 000231", .wordRestored),
    ])
    func classificationLine(line: String, code: FindingCode?) throws {
        let reading = try #require(
            Self.reading("E.O. 12958: DECL: 03/17/2019\nTAGS: PREL KG\nSUBJECT: X\n\n1. (C) Y.", line: line))
        #expect(reading.telegram.classification?.level == .confidential)
        #expect(reading.telegram.messageReference?.serial == 231)
        let post = reading.telegram.messageReference.map { reading.telegram.made[$0.post.start..<$0.post.end] }
        #expect(post.map { String(decoding: $0, as: UTF8.self) } == "BISHKEK")
        #expect(reading.telegram.findings.map(\.code) == (code.map { [$0] } ?? []))
        #expect(reading.telegram.unexplained.isEmpty)
    }

    @Test func groupsBeforeTheOrders() {
        let reading = Self.reading("SUBJECT: X\n\nREF: STATE 12.\n\n1. Y.\n", year: "71", signature: "ROE\nGP-3")
        #expect(reading?.telegram.executiveOrder?.order == 10501)
    }
}
