import SampleTelegrams

@testable import Telegram

/// For each code a telegram that has the finding and one that must not have it.
struct FindingCase {
    var code: FindingCode
    var rule: Rule?
    var yields: String
    var without: String

    init(_ code: FindingCode, _ rule: Rule? = nil, _ yields: String, _ without: String) {
        self.code = code
        self.rule = rule
        self.yields = yields
        self.without = without
    }

    /// 8.1 with other words.
    static func s81(_ old: String, _ new: String) -> String { Samples.s81.replacing(old, with: new) }
    static func s83(_ old: String, _ new: String) -> String { Samples.s83.replacing(old, with: new) }

    /// A telegram whose body is this.
    static func body(_ text: String, line: String = "UNCLAS BISHKEK 000231") -> String {
        """
        VZCZCEKI0417
        RR RUEHC
        DE RUEHEK #0231 0760842
        ZNR UUUUU ZZH
        R 170842Z MAR 09
        FM AMEMBASSY BISHKEK
        TO RUEHC/SECSTATE WASHDC 1844
        BT
        \(line)
        E.O. 12958: N/A
        TAGS: ENRG KG
        SUBJECT: SMALL HYDRO

        \(text)
        HALVORSEN
        BT
        #0231
        NNNN

        """
    }

    static let repeated = """
        1. (U) THE ENERGY MINISTRY WILL REOPEN BIDS FOR FOUR SITES THIS YEAR
        AND EXPECTS THE FIRST OFFERS FROM THREE COMPANIES BEFORE SUMMER.
        THE ENERGY MINISTRY WILL REOPEN BIDS FOR FOUR SITES THIS YEAR AGAIN
        """
    static let passage =
        "THE COMMISSION WILL MEET AGAIN IN THE AUTUMN TO WEIGH THE OFFERS\nAND WILL THEN ASK THE MINISTRY FOR A DECISION ON ALL FOUR SITES\nWHICH THE GOVERNORS OF THE TWO REGIONS HAVE TO CONFIRM BY LETTER\n"

    static let all: [FindingCase] =
        FindingCase.damage + FindingCase.words + FindingCase.heading + FindingCase.markings

    private static let damage: [FindingCase] = [
        FindingCase(
            .paragraphNumberRestored, .d1, body("11. (U) ONE.\n\n12. (U) TWO."), body("1. (U) ONE.\n\n2. (U) TWO.")),
        FindingCase(.paragraphNumberLost, .d7, Samples.s810, Samples.s81),
        FindingCase(
            .yearRestored, .d2, body("11. (U) SINCE 12005 NOTHING.\n\n12. (U) TWO."),
            body("1. (U) SINCE 12005 NOTHING.\n\n2. (U) TWO.")),
        FindingCase(
            .possibleStrayDigit, .d3, body("11. (U) ABOUT 1350 TONS.\n\n12. (U) TWO."),
            body("1. (U) ABOUT 1350 TONS.\n\n2. (U) TWO.")),
        FindingCase(.referenceLetterRestored, .d4, s81("REF: A)", "REF: 1A)"), Samples.s81),
        FindingCase(.bulletDropped, .d5, body("- 1. (U) ONE.\n\n- 2. (U) TWO."), body("1. (U) ONE.\n- A DASH.")),
        FindingCase(.sectionBoundaryJoined, .d6, Samples.s810, Samples.s82a),
        FindingCase(.splitWordJoined, .d17, Samples.s83, Samples.s81),
        FindingCase(
            .signatureRestored, .d18, s81("END\nCOMMENT.\nHALVORSEN", "END COMMENT. HALVORSEN"), Samples.s81),
        FindingCase(
            .pageLineRemoved, .d22, Samples.s82a,
            body("1. (U) THE PAGE 2 OF THE REPORT WAS LOST.\nPAGE 2 IS LOST.")),
        FindingCase(.bannerRemoved, .d22, Samples.s85, body("1. (U) THE WORD IS\nCONFIDENTIAL\nAND STAYS.")),
        FindingCase(
            .errorProsign, .d13, body("1. (U) TEN TONS E E E E E E E E TEN MILES."),
            body("1. (U) TEN TONS E E E AND TEN MILES.")),
        FindingCase(
            .errorProsign, .d13, body("1. (U) TEN TONS E  E  E  E  E  E  E  E TEN MILES."),
            body("1. (U) TEN TONS E  E  E  E  E  E  E TEN MILES.")),
        FindingCase(
            .errorProsign, .d13, body("1. (U) TEN TONS\nEEEEEEEE TEN\nMILES."),
            body("1. (U) TEN TONS\nEEEEEEE TEN\nMILES.")),
        FindingCase(
            .errorProsign, .d13, body("1. (U) TEN TONS E   E   E   E   E   E   E   E TEN MILES."),
            body("1. (U) TEN TONS E   E   E   E   E   E   E TEN MILES.")),
        FindingCase(
            .errorProsign, .d13, body("1. (U) TEN TONS E     E E    E   E  E   E      E TEN MILES."),
            body("1. (U) TEN TONS THE     E E    E   E  E   E   E TEN MILES.")),
        FindingCase(
            .garbledText, nil,
            body("1. (U) " + String(repeating: "5#3 9'&53-:A1 ,8$ ", count: 20) + "\nEND."),
            body("1. (U) " + String(repeating: "12.5 PCT, 100 MW; ", count: 20) + "\nEND.")),
        FindingCase(.redacted, .d21, body("1. (U) MR. XXXXXXXXX CAME."), body("1. (U) MR. XXXX CAME WITH MAXXXXXXX.")),
        FindingCase(
            .strayIdentifier, .d15, body("1. (U) THE MINISTER VZCZCXRO6325 AGREED."),
            body("1. (U) THE MINISTER ZCZC AGREED.")),
        FindingCase(
            .strayIdentifier, .d15, body("1. (U) THE MINISTER\nEKI0418\nAGREED."),
            body("1. (U) THE MINISTER\nPAN0418\nAGREED. EKI0418 STAYS.")),
        FindingCase(
            .strayIdentifier, .d15, body("1. (U) THE MINISTER\nVV   EKI0418\nAGREED."),
            body("1. (U) THE MINISTER\nEKI0418A\nAGREED.")),
        FindingCase(
            .invalidEncoding, nil, "", body("1. (U) THE CAF\u{E9} IS OPEN.")),
        FindingCase(
            .controlCharacters, nil, body("1. (U) THE CAFE\u{1} IS OPEN."), body("1. (U) THE\tCAFE IS OPEN.")),
        FindingCase(.transcoded, nil, "", Samples.s81),
        FindingCase(
            .markupRead, nil, body("1. (U) OIL &amp; GAS."), body("1. (U) OIL & GAS &CO; A<B> AND \\ OR <BRIDGE>.")),
        FindingCase(.markupRead, nil, body("1. (U) OIL<br>AND GAS."), Samples.s81),
        FindingCase(.markupRead, nil, body("1. (U) OIL\\\nAND GAS\\\nAND COAL."), body("1. (U) C:\\OIL\\\nAND GAS.")),
        FindingCase(
            .repeatedPassage, .d14, body("1. (U) THE OFFERS CAME.\n" + passage + passage + "END."), body(repeated)),
        FindingCase(
            .headingInsideText, nil,
            body("1. (U) ONE.\n\nR 170842Z MAR 09\nFM AMEMBASSY ACCRA\nTO AMEMBASSY LOME\n"),
            body("1. (U) ONE.\n\nR 170842Z MAR 09 WAS THE GROUP.\n")),
    ]

    private static let words: [FindingCase] = [
        FindingCase(.wordRestored, .d8, s81("TAGS:", "AGS:"), Samples.s81),
        FindingCase(.wordRestored, .d8, s83("S E C R E T DJIBOUTI", "S E C R E T DJIBUTI"), Samples.s83),
        FindingCase(
            .wordRestored, .d8, Samples.s82a.replacing("SECTION 01", with: "SECION 01"), Samples.s82a),
        FindingCase(.wordRestored, .d9, s83("S E C R E T DJIBOUTI", "S E C R E T DJQUTI"), Samples.s83),
        FindingCase(
            .wordRestored, .d9, Samples.s82a.replacing("SECTION 01", with: "SQCTION 01"), Samples.s82a),
        FindingCase(.wordRestored, .d10, s81("UNCLAS BISHKEK 000231", "UNCLAS BISHKEK 0OO231"), Samples.s81),
        FindingCase(.wordRestored, .d10, s81("R 170842Z MAR 09", "R 17O842Z MAR 09"), Samples.s81),
        FindingCase(.wordRestored, .d10, Samples.s82a.replacing("01 OF 03", with: "01 O3"), Samples.s82a),
        FindingCase(.wordRestored, .d11, s81("UNCLAS BISHKEK 000231", "UNCLAS BISHKEK PPPWEQ"), Samples.s81),
        FindingCase(.wordRestored, .d11, s81("DE RUEHEK #0231", "DE RUEHEK #PWEQ"), Samples.s81),
        FindingCase(
            .wordRestored, .d11, s81("UNCLAS BISHKEK 000231", "UNCLAS 17859 000231"),
            s81("UNCLAS BISHKEK 000231", "UNCLAS 17858 000231")),
        FindingCase(.wordRestored, .d11, s81("R 170842Z", "4 170842Z"), s81("R 170842Z", "5 170842Z")),
        FindingCase(.wordRestored, .d11, s81("ENRG ECON", "ENRG 0534"), s81("ENRG ECON", "ENRG 0543")),
        FindingCase(
            .wordRestored, .d11, s81("WASHDC 1844", "WASHDC 04894856 1844"), s81("WASHDC 1844", "WASHDC 04894855 1844")),
        FindingCase(
            .wordRestored, .d12,
            Samples.s810.replacing("FM AMEMBASSY YEREVAN", with: "FM ELSEWHERE").replacing(
                "03 YEREVAN 000087", with: "03 YERAVAN 000087"),
            Samples.s810),
        FindingCase(.wordRestored, .d20, s81("R 170842Z MAR 09", "R 17 0842Z MAR 09"), Samples.s81),
        FindingCase(.wordRestored, .d20, s81("UNCLAS BISHKEK 000231", "UNCLAS BISHKEK 0 00231"), Samples.s81),
        FindingCase(.wordRestored, .d20, s81("ENRG ECON EINV PGOV KG", "ENRGECON KG"), Samples.s81),
    ]

    private static let heading: [FindingCase] = [
        FindingCase(.missingElement, nil, s81("BT\n#0231\n", "#0231\n"), Samples.s81),
        FindingCase(.endOfMessageMissing, nil, s81("NNNN\n", "\n"), Samples.s81),
        FindingCase(.precedenceMismatch, nil, s81("RR RUEHC", "OO RUEHC"), Samples.s81),
        FindingCase(.precedenceOrder, nil, s81("R 170842Z", "R P 170842Z"), s81("R 170842Z", "P R 170842Z")),
        FindingCase(.validationMismatch, nil, s81("\n#0231\n", "\n#0232\n"), Samples.s81),
        FindingCase(.filingDateMismatch, nil, s81("0760842", "1960842"), s81("0760842", "0760843")),
        FindingCase(.filingTimeUnusual, nil, s81("0760842", "0800842"), s81("0760842", "0770842")),
        FindingCase(.serialMismatch, nil, s81("#0231", "#0232"), Samples.s812),
        FindingCase(.postMismatch, nil, s81("UNCLAS BISHKEK", "UNCLAS LIMA"), Samples.s81),
        FindingCase(
            .messageReferenceYearDoubt, nil,
            s81("R 170842Z MAR 09", "R 310842Z DEC 09").replacing("000231", with: "000012"),
            s81("R 170842Z MAR 09", "R 310842Z DEC 09")),
        FindingCase(
            .paragraphMissing, nil, body("1. (U) ONE.\n\n3. (U) THREE."), body("1. (U) ONE.\n\n2. (U) THREE.")),
        FindingCase(
            .declassificationDoubt, nil, s83("DECL: 11/14/2018", "DECL: 11/14/2008"), s83("11/14/2018", "11/14/2033")),
        FindingCase(.noSubjectTag, nil, s81("TAGS: ENRG ECON EINV PGOV KG", "TAGS: KG"), Samples.s81),
        FindingCase(
            .repeatedElement, nil, s81("SUBJECT:", "TAGS: PHUM, RS\nSUBJECT:"),
            s81("SUBJECT:", "TAGS: ENRG ECON EINV PGOV KG\nSUBJECT:")),
        FindingCase(
            .repeatedElement, nil, s81("TAGS:", "E.O. 13526: N/A\nTAGS:"),
            s81("TAGS: ENRG", "TAGS:\nTAGS: ENRG")),
        FindingCase(.malformedLine, nil, s81("RR RUEHC RUCNCIS", "RR RUEHC R3"), Samples.s81),
        FindingCase(
            .malformedLine, nil, s81("MAR 09\n", "MAR 09 ODD WORDS\n"), s81("MAR 09\n", "MAR 09 MID200090011223U ZEX\n")
        ),
        FindingCase(.groupCountMismatch, nil, s81("1844\n", "1844\nGR 12\n"), s81("1844\n", "1844\nGRNC\n")),
        FindingCase(
            .timesOutOfOrder, nil, Samples.s812.replacing("P 020915Z MAR 88", with: "P 020915Z JAN 88"), Samples.s812),
        FindingCase(
            .reasonDoubt, nil, s83("1.4 (b/d)", "1.4 (k)"), Samples.s83),
        FindingCase(.layoutDoubt, nil, "VZCZCEKI0417\nRR RUEHC\nBT\nUNCLAS SOMETHING\nBT\nNNNN\n", Samples.s81),
        FindingCase(.distributionTotal, nil, Samples.s85.replacing("/045 W", with: "/046 W"), Samples.s85),
        FindingCase(.unexplainedText, nil, "ODD WORDS OF THE OPERATOR.\n" + Samples.s81, Samples.s81),
        FindingCase(.suspectedDuplicate, nil, Samples.s88, Samples.s81),
        FindingCase(.correctedCopy, nil, Samples.s84, Samples.s81),
        FindingCase(.readdressed, nil, Samples.s812, Samples.s81),
        // Of sections beside each other only: SectionEventTests has the cases that yield them.
        FindingCase(.sectionsDiffer, nil, "", Samples.s82a + Samples.s82c),
        FindingCase(.sectionCountConflict, nil, "", Samples.s82a + Samples.s82c),
        FindingCase(.sectionContradiction, nil, "", Samples.s82a + Samples.s82c),
        // Only beside another copy: InputDeskTests has the case.
        FindingCase(.copiesDiffer, nil, "", Samples.s81),
        // Only of one that the journal knows: SectionMemoryTests has the case.
        FindingCase(.sourceExpired, nil, "", Samples.s82a + Samples.s82c),
    ]

    private static let markings: [FindingCase] = [
        FindingCase(
            .portionAboveClassification, nil, s81("3.  (U)", "3.  (C)"), s81("(REF A)", "(C)")),
        FindingCase(
            .warningBelowClassification, nil, s83("ZNY SSSSS", "ZNY CCCCC"), s83("ZNY SSSSS", "ZNY TTTTT")),
        FindingCase(.warningAboveClassification, nil, s83("ZNY SSSSS", "ZNY TTTTT"), Samples.s83),
        FindingCase(
            .overmarked, nil,
            s83("1.  (S/NF)", "1.  (C/NF)").replacing("2.  (S)", with: "2.  (C)").replacing(
                "(S/NF) PORT", with: "PORT"), Samples.s83),
        FindingCase(
            .markingIncomplete, nil, Samples.doi103, Samples.s83),
        FindingCase(.declassificationOnUnclassified, nil, s81("12958: N/A", "12958: DECL: 03/17/2019"), Samples.s81),
        FindingCase(.sbuCaptionMissing, nil, s81("SENSITIVE\n", ""), Samples.s81),
        FindingCase(.nofornMissing, nil, s83("EXDIS\nNOFORN", "EXDIS"), Samples.s83),
        FindingCase(.releaseConflict, nil, s83("ZNY SSSSS", "ZNY SSSBB"), Samples.s83),
        FindingCase(
            .securityDisagreement, nil, Samples.s86.replacing("-UUUU-", with: "-CCCC-"), Samples.s86),
        FindingCase(
            .classificationUnreadable, nil, Samples.doi103.replacing("C O N F I D E N T I A L", with: "C Q 5 F"),
            Samples.doi103),
        FindingCase(
            .classificationUnreadable, nil, Samples.doi103.replacing("C O N F I D E N T I A L\n", with: ""),
            s81("UNCLAS BISHKEK 000231\n", "")),
        FindingCase(.markUnreadable, nil, s81("2.  (SBU)", "2.  (SBX)"), Samples.s81),
        FindingCase(
            .classificationMissing, nil, s81("UNCLAS BISHKEK 000231\n", ""), Samples.s81),
    ]
}
