@testable import Telegram

/// The telegram of format 8.1, filled by hand as the parser would.
struct Sample {
    static let text = """
        VZCZCEKI0417
        RR RUEHC RUCNCIS RUCPDOC
        DE RUEHEK #0231 0760842
        ZNR UUUUU ZZH
        R 170842Z MAR 09
        FM AMEMBASSY BISHKEK
        TO RUEHC/SECSTATE WASHDC 1844
        INFO RUCNCIS/CIS COLLECTIVE 0912
        RUCPDOC/DEPT OF COMMERCE WASHDC
        BT
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
        BT
        #0231

        NNNN

        """

    var octets: [UInt8]
    var telegram = Telegram()

    /// `preamble` stands before the telegram: everything moves by its length.
    init(preamble: Int = 0) {
        self.octets = [UInt8](repeating: UInt8(ascii: "\n"), count: preamble) + Array(Sample.text.utf8)
        self.fillHeading()
        self.fillMarkings()
        self.fillContent()
    }

    /// The range of the n-th place of a word.
    func range(_ word: String, _ occurrence: Int = 0) -> OctetRange {
        let wanted = Array(word.utf8)
        var found = 0
        for start in 0..<max(0, self.octets.count - wanted.count + 1)
        where Array(self.octets[start..<start + wanted.count]) == wanted {
            if found == occurrence { return OctetRange(start, start + wanted.count) }
            found += 1
        }
        return OctetRange(0, 0)
    }

    mutating func made(_ word: String) -> OctetRange {
        let start = self.telegram.made.count
        self.telegram.made += Array(word.utf8)
        return OctetRange(start, self.telegram.made.count)
    }

    mutating func text(_ words: String...) -> Text {
        let first = self.telegram.pieces.count
        for word in words { self.telegram.pieces.append(Piece(self.range(word))) }
        return Text(first: Int32(first), count: Int32(words.count))
    }

    mutating func text(_ range: OctetRange) -> Text {
        self.telegram.pieces.append(Piece(range))
        return Text(first: Int32(self.telegram.pieces.count - 1), count: 1)
    }

    private mutating func fillHeading() {
        self.telegram.range = OctetRange(0, self.octets.count)
        self.telegram.layout = .acp127
        self.telegram.heading = .full
        self.telegram.complete = true
        self.telegram.identifiers = [
            ChannelIdentifier(channel: self.range("EKI"), number: 417, digits: 4, prosign: nil, placeholder: false)
        ]
        self.telegram.routingPrecedence = .routine
        self.telegram.stations = ["RUEHC", "RUCNCIS", "RUCPDOC"].map { self.range($0) }
        self.telegram.called = Slice(first: 0, count: 3)
        self.telegram.originatingStation = self.range("RUEHEK")
        self.telegram.stationSerial = self.range("0231")
        self.telegram.filed = FilingTime(
            dayOfYear: 76, dayOfMonth: nil, hour: 8, minute: 42,
            instant: Instant(year: 2009, month: 3, day: 17, hour: 8, minute: 42), range: self.range("0760842"))
        self.telegram.security = SecurityWarning(
            warning: self.range("ZNR"), group: self.range("UUUUU"), level: .unclassified, efto: false, releaseCode: nil,
            specialHandling: nil)
        self.telegram.operatingSignals = [
            OperatingSignal(signal: self.range("ZZH"), argument: nil, interrogative: false, place: .securityLine)
        ]
        self.telegram.actionPrecedence = .routine
        self.telegram.dateTimeGroup = DateTimeGroup(
            range: self.range("170842Z MAR 09"), day: 17, hour: 8, minute: 42, zone: UInt8(ascii: "Z"), month: 3,
            year: 2009, yearInferred: true, instant: Instant(year: 2009, month: 3, day: 17, hour: 8, minute: 42))
        self.telegram.originator = self.party(.originator, "AMEMBASSY BISHKEK", nil, nil)
        self.telegram.addressees = [
            self.party(.action, "SECSTATE WASHDC", self.range("RUEHC", 1), "1844"),
            self.party(.information, "CIS COLLECTIVE", self.range("RUCNCIS", 1), "0912"),
            self.party(.information, "DEPT OF COMMERCE WASHDC", self.range("RUCPDOC", 1), nil),
        ]
        self.telegram.addressees[1].collective = true
        self.telegram.ending = Ending(validation: self.range("0231", 2), seen: true, cancelled: false)
        self.telegram.contentHash = (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210)
    }

    private mutating func party(
        _ role: Party.Role, _ name: String, _ indicator: OctetRange?, _ number: String?
    ) -> Party {
        Party(
            role: role, name: self.text(name), routingIndicator: indicator, office: nil, precedence: nil,
            precedenceRange: nil, continuityNumber: number.map { self.range($0) }, collective: false,
            alreadyServed: false, exempt: .none, range: self.range(name))
    }

    private mutating func fillMarkings() {
        let line = self.range("UNCLAS BISHKEK 000231")
        self.telegram.classification = ClassificationLine(
            line: self.text(line), level: .unclassified, controls: [], post: self.text(self.range("BISHKEK", 1)),
            serial: 231, serialRange: self.range("000231"), section: nil, sectionCount: nil, range: line)
        self.telegram.messageReference = MessageReference(
            year: 2009, post: self.made("BISHKEK"), serial: 231, key: self.made("09BISHKEK231"))
        self.telegram.captions = [self.range("SENSITIVE"), self.range("SIPDIS")]
        self.telegram.controls = [.sensitive]
        self.telegram.offices = [self.range("SCA/CEN"), self.range("ITA/MAC")]
        self.telegram.attentions = [
            Attention(
                agency: self.range("DEPT", 1), offices: Slice(first: 0, count: 1), range: self.range("DEPT FOR SCA/CEN")
            ),
            Attention(
                agency: self.range("USDOC"), offices: Slice(first: 1, count: 1), range: self.range("USDOC FOR ITA/MAC")),
        ]
        self.telegram.executiveOrder = ExecutiveOrder(
            order: 12958, value: self.range("N/A"), notApplicable: true, declassifyOn: nil, event: nil,
            exemptions: .none, range: self.range("E.O. 12958: N/A"))
        self.telegram.tags =
            ["ENRG", "ECON", "EINV", "PGOV"].map { Tag(code: self.range($0), kind: .subject) }
            + [Tag(code: self.range("KG"), kind: .geographic)]
        self.telegram.subject = self.text("SMALL HYDRO TENDER SLIPS TO SUMMER")
        self.telegram.references = [
            Reference(
                kind: .telegram, label: UInt8(ascii: "A"), text: self.text("BISHKEK 198"),
                key: self.made("09BISHKEK198"), note: nil, previous: false, confidence: 1),
            Reference(
                kind: .telegram, label: UInt8(ascii: "B"), text: self.text("08 BISHKEK 1177"),
                key: self.made("08BISHKEK1177"), note: self.range("NOTAL"), previous: false, confidence: 1),
        ]
    }

    private mutating func fillContent() {
        let texts = [
            self.text(
                "SUMMARY: THE ENERGY MINISTRY WILL REOPEN BIDS FOR FOUR",
                "SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.  END SUMMARY."),
            self.text(
                "DEPUTY MINISTER AYDAR TEMIRKAN TOLD ECONOFF ON MARCH 16",
                "THAT FLOW DATA FOR THE NARYN SITES WERE WRONG (REF A)."),
            self.text(
                "ACTION REQUEST: DEPARTMENT OF COMMERCE IS ASKED TO NAME A", "POINT OF CONTACT BY MARCH 27."),
            self.text("COMMENT: THE DELAY IS TECHNICAL, NOT POLITICAL.  END", "COMMENT."),
        ]
        let marks = [self.range("SBU"), self.range("SBU", 1), self.range("(U)"), self.range("SBU", 2)]
        for index in 0..<4 {
            let isBare = index == 2
            let mark = isBare ? OctetRange(marks[2].start + 1, marks[2].end - 1) : marks[index]
            self.telegram.paragraphs.append(
                Paragraph(
                    number: Int32(index + 1), label: nil,
                    mark: Mark(text: mark, level: .unclassified, controls: isBare ? [] : [.sbu], entireText: false),
                    heading: .none, synthetic: false, text: texts[index], range: OctetRange(0, 0)))
        }
        self.telegram.blocks = [
            Block(kind: .summary, firstParagraph: 0, lastParagraph: 0),
            Block(kind: .actionRequest, firstParagraph: 2, lastParagraph: 2),
            Block(kind: .comment, firstParagraph: 3, lastParagraph: 3),
        ]
        self.telegram.signature = self.text("HALVORSEN")
        self.telegram.octetCount = 1000
        self.telegram.explainedCount = 994
    }
}
