import Testing

@testable import Telegram

struct TextSampleTests {
    static let damaged: String = """
        UNCLAS SECTION 01 OF 03 YEREVAN 000087

        SIPDIS

        E.O. 12958: N/A

        TAGS: SENV EAGR PGOV AM
        SUBJECT: LAKE LEVELS: COUNTING FISH

        REF: A) YEREVAN 42; B) 09 YEREVAN 788

        YEREVAN 00000087 001.2 OF 003

        11. (SBU) SUMMARY: The lake has fallen forty centimeters since December 12009. END SUMMARY

        THE FISH COUNT

        - 12. (SBU) Warden Hrant Melik counted 900 nets.
        - 13. (SBU) He said that

        most belonged to restaurants.
        14. (SBU) The ministry has two boats.
        15. (SBU) Neither runs.
        - 16. (SBU) Fines are small.

        YEREVAN 00000087 002.2 OF 003

        17. (SBU) Nobody pays them.
        18. (SBU) Prices rose in early 12010.
        19. (C) The mayor owns a restaurant.
        110. (SBU) He denies it.

        poachers now work by day, the warden said.
        112. (SBU) A census is planned for May.
        13. (SBU) COMMENT: Count the boats first. END COMMENT PELLEGRINl
        """
    static let single: String = """
        UNCLAS BISHKEK 000231

        SENSITIVE
        SIPDIS

        DEPT FOR SCA/CEN
        USDOC FOR ITA/MAC

        E.O. 12958: N/A
        TAGS: ENRG ECON EINV PGOV KG
        SUBJECT: SMALL HYDRO TENDER SLIPS TO SUMMER

        REF: A) BISHKEK 198; B) 08 BISHKEK 1177 (NOTAL)

        1.  (SBU) SUMMARY: THE ENERGY MINISTRY WILL REOPEN BIDS FOR FOUR
        SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.  END SUMMARY.

        2.  (SBU) DEPUTY MINISTER AYDAR TEMIRKAN TOLD ECONOFF ON MARCH 16
        THAT FLOW DATA FOR THE NARYN SITES WERE WRONG (REF A).

        3.  (U) ACTION REQUEST: DEPARTMENT OF COMMERCE IS ASKED TO NAME A
        POINT OF CONTACT BY MARCH 27.

        4.  (SBU) COMMENT: THE DELAY IS TECHNICAL, NOT POLITICAL.  END
        COMMENT.
        HALVORSEN
        """
    static let secret: String = """
        S E C R E T DJIBOUTI 000318

        EXDIS
        NOFORN

        E.O. 12958: DECL: 11/14/2018
        TAGS: PREL PTER EWWT DJ
        SUBJECT: (S/NF) PORT TURNS BACK A COASTER BY NIGHT
        REF: DJIBOUTI 311 AND PREVIOUS

        Classified By: Deputy Chief of Mission Ottoline Braithwaite for reaso
        ns 1.4 (b/d).

        1.  (S/NF) AT 2130 LOCAL THE HARBORMASTER REFUSED ENTRY TO A COASTER
        WHOSE MANIFEST LISTED ONLY "GLASS."

        2.  (S) POLOFF SAW NO CARGO LANDED.

        3.  (C) EMBASSY WILL REPORT AGAIN AT 0600Z.
        MERRIWEATHER
        """
    static let circularText: String = """
        UNCLAS STATE 067811

        C O R R E C T E D  C O P Y (DATE OF CHECK)
        INFORM CONSULS

        E.O. 12958: N/A
        TAGS: ACOA, AINF
        SUBJECT: CHANNEL NUMBER CHECK WEEK

        ALL POSTS ARE TO COMPARE CHANNEL NUMBERS WITH THEIR RELAY AT 0001Z
        ON JULY 14, NOT JULY 7.  MINIMIZE CONSIDERED.
        DUNMORE
        """

    @Test func damagedArchive() {
        let read = ReadText(
            Self.damaged, year: 2010, month: 2, day: 11, layout: .archive, level: .unclassified,
            from: "AMEMBASSY YEREVAN")
        #expect(read.numbers == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
        #expect(read.marks[8] == "C")
        #expect(read.marks[10] == nil)
        #expect(read.telegram.paragraphs[10].synthetic)
        #expect(read.text(read.telegram.paragraphs[2].text) == "He said that most belonged to restaurants.")
        #expect(read.text(read.telegram.paragraphs[1].heading) == "THE FISH COUNT")
        #expect(read.text(read.telegram.signature) == "PELLEGRINI")
        #expect(read.keys == ["10YEREVAN42", "09YEREVAN788"])
        #expect(read.made(read.telegram.messageReference?.key) == "10YEREVAN87")
        #expect(read.codes.filter { $0 == .yearRestored }.count == 2)
        #expect(read.codes.filter { $0 == .bulletDropped }.count == 3)
        #expect(read.codes.filter { $0 == .sectionBoundaryJoined }.count == 1)
        #expect(read.codes.filter { $0 == .paragraphNumberLost }.count == 1)
        #expect(
            read.codes.filter { $0.severity != .note } == [.portionAboveClassification, .sbuCaptionMissing])
        #expect(read.telegram.sectionsReceived == 1...3)
    }

    @Test func singleSection() {
        let read = ReadText(Self.single, level: .unclassified, from: "AMEMBASSY BISHKEK")
        #expect(read.made(read.telegram.messageReference?.key) == "09BISHKEK231")
        #expect(read.telegram.captions.map { read.text($0) } == ["SENSITIVE", "SIPDIS"])
        #expect(read.telegram.attentions.map { read.text($0.agency) } == ["DEPT", "USDOC"])
        #expect(read.telegram.tags.map { read.text($0.code) } == ["ENRG", "ECON", "EINV", "PGOV", "KG"])
        #expect(read.text(read.telegram.subject) == "SMALL HYDRO TENDER SLIPS TO SUMMER")
        #expect(read.keys == ["09BISHKEK198", "08BISHKEK1177"])
        #expect(read.telegram.references.last?.note.map { read.text($0) } == "NOTAL")
        #expect(read.numbers == [1, 2, 3, 4])
        #expect(read.telegram.blocks.map(\.kind) == [.summary, .actionRequest, .comment])
        #expect(read.text(read.telegram.signature) == "HALVORSEN")
        #expect(read.codes == [])
    }

    @Test func secretWithCutWord() {
        let read = ReadText(
            Self.secret, year: 2008, month: 11, day: 14, level: .secret, from: "AMEMBASSY DJIBOUTI")
        #expect(read.telegram.classification?.level == .secret)
        #expect(read.telegram.subjectMark.map { read.text($0.text) } == "S/NF")
        #expect(read.text(read.telegram.subject) == "PORT TURNS BACK A COASTER BY NIGHT")
        #expect(read.keys == ["08DJIBOUTI311"])
        #expect(read.telegram.references.first?.previous == true)
        #expect(read.telegram.classifiers.map { read.text($0.title) } == ["Deputy Chief of Mission"])
        #expect(read.telegram.classifiers.map { read.text($0.name) } == ["Ottoline Braithwaite"])
        #expect(read.telegram.reasons.map(\.letter) == [0x62, 0x64])
        #expect(read.marks == ["S/NF", "S", "C"])
        #expect(read.text(read.telegram.signature) == "MERRIWEATHER")
        #expect(read.telegram.executiveOrder?.declassifyOn == Instant(year: 2018, month: 11, day: 14))
        #expect(read.codes == [.splitWordJoined])
    }

    @Test func circular() {
        let read = ReadText(Self.circularText, year: 2009, month: 6, day: 30, from: "SECSTATE WASHDC")
        #expect(read.made(read.telegram.messageReference?.key) == "09STATE67811")
        #expect(read.telegram.correctedCopy.map { read.text($0) } == "DATE OF CHECK")
        #expect(read.telegram.captions.map { read.text($0) } == ["INFORM CONSULS"])
        #expect(read.numbers == [nil])
        #expect(read.text(read.telegram.signature) == "DUNMORE")
        #expect(read.codes == [.correctedCopy])
    }

    @Test(arguments: [
        TextSampleTests.damaged, TextSampleTests.single, TextSampleTests.secret, TextSampleTests.circularText,
    ])
    func noPrefixTraps(_ sample: String) {
        for count in stride(from: 0, through: sample.count, by: 1) {
            _ = ReadText(String(sample.prefix(count)), layout: .archive)
        }
    }
}
