extension WorkedEvents {
    /// 8.4
    static let s84 = #"""
        {"id": "09STATE67811",
        "layout": "acp127",
        "heading": "partial",
        "complete": false,
        "transmissions": [{
         "endOfMessage": {"seen": false}}],
        "precedence": {"action": "PRIORITY", "information": "PRIORITY"},
        "dateTimeGroup": {"text": "301702Z JUN 09", "instant": "2009-06-30T17:02:00Z"},
        "from": {"name": "SECSTATE WASHDC", "routingIndicator": "RUEHC"},
        "to": [
         {"name": "ALL DIPLOMATIC AND CONSULAR POSTS COLLECTIVE", "precedence": "PRIORITY", "collective": true, "exempt": ["AMEMBASSY DILI", "AMCONSUL RECIFE"]}],
        "messageReference": {"year": 2009, "post": "STATE", "serial": 67811, "key": "09STATE67811"},
        "classification": {"level": "UNCLASSIFIED", "line": "UNCLAS STATE 067811"},
        "captions": ["INFORM CONSULS"],
        "corrected": {"note": "DATE OF CHECK"},
        "executiveOrder": {"order": "12958", "value": "N/A"},
        "tags": [
         {"code": "ACOA", "kind": "subject"},
         {"code": "AINF", "kind": "subject"}],
        "subject": {"text": "CHANNEL NUMBER CHECK WEEK"},
        "paragraphs": [
         {"text": "ALL POSTS ARE TO COMPARE CHANNEL NUMBERS WITH THEIR RELAY AT 0001Z ON JULY 14, NOT JULY 7.  MINIMIZE CONSIDERED.", "synthetic": false}],
        "signature": "DUNMORE",
        "sections": {"expected": 1, "received": [1], "missing": []},
        "findings": [
         {"code": "corrected-copy", "severity": "note", "confidence": 1},
         {"code": "missing-element", "severity": "note", "element": "BT", "confidence": 1},
         {"code": "missing-element", "severity": "note", "element": "NNNN", "confidence": 1}]}
        """#

    /// 8.7, the request.
    static let s87a = #"""
        {"kind": "repeatRequest",
        "identifiers": [
         {"channel": "SIO", "number": 455}],
        "precedence": "ROUTINE",
        "stations": ["RUEHSI"],
        "originatingStation": "RUEHCS",
        "stationSerial": "0912",
        "filed": {"dayOfYear": 277, "time": "1540"},
        "operatingSignals": [
         {"signal": "ZDK", "argument": "RUEHSI 2468/02 2771315 WA PREAMBLE - NEITHER TO\nCOMMISSION", "interrogative": true, "reference": {"routingIndicator": "RUEHSI", "stationSerial": "2468", "section": 2, "filed": "2771315"}, "portions": ["WA PREAMBLE", "NEITHER TO COMMISSION"]}],
        "text": "UNCLAS SVC INT ZDK RUEHSI 2468/02 2771315 WA PREAMBLE - NEITHER TO COMMISSION",
        "findings": [],
        "sources": []}
        """#

    /// 8.7, the answer.
    static let s87b = #"""
        {"kind": "repeat",
        "identifiers": [
         {"channel": "XRO", "number": 3320}],
        "precedence": "ROUTINE",
        "stations": ["RUEHCS"],
        "originatingStation": "RUEHSI",
        "stationSerial": "2471",
        "filed": {"dayOfYear": 277, "time": "1602"},
        "operatingSignals": [
         {"signal": "ZUI", "argument": "RUEHCS 0912 2771540", "reference": {"routingIndicator": "RUEHCS", "stationSerial": "0912", "filed": "2771540"}},
         {"signal": "ZDK", "argument": "RUEHSI 2468/02 WA PREAMBLE\nWHERE - NEITHER SIDE WOULD PAY. A JOINT COMMISSION", "reference": {"routingIndicator": "RUEHSI", "stationSerial": "2468", "section": 2}, "portions": ["WA PREAMBLE WHERE", "NEITHER SIDE WOULD PAY. A JOINT COMMISSION"]}],
        "text": "UNCLAS SVC ZUI RUEHCS 0912 2771540 ZDK RUEHSI 2468/02 WA PREAMBLE WHERE - NEITHER SIDE WOULD PAY. A JOINT COMMISSION",
        "findings": [],
        "sources": []}
        """#

    /// 8.7, the open number.
    static let s87c = #"""
        {"kind": "openNumber",
        "identifiers": [
         {"channel": "SIA", "number": 118, "prosign": "UU"}],
        "precedence": "IMMEDIATE",
        "stations": ["RUEHC"],
        "originatingStation": "RUEHCS",
        "filed": {"dayOfMonth": 4, "time": "1611"},
        "operatingSignals": [
         {"signal": "ZFX", "argument": "XRO3311", "channel": "XRO", "number": 3311}],
        "text": "ZFX XRO3311",
        "findings": [],
        "sources": []}
        """#

    /// 8.8
    static let s88 = #"""
        {"id": "09BISHKEK231",
        "layout": "acp127",
        "heading": "full",
        "complete": true,
        "transmissions": [{
         "pilots": [{"channel": "CSA", "number": 93, "precedence": "ROUTINE", "stations": ["RUCPDOC"], "signal": "ZFD", "by": "RUEHC"}],
         "identifiers": [{"channel": "EKI", "number": 417}],
         "precedence": "ROUTINE",
         "stations": ["RUEHC", "RUCNCIS", "RUCPDOC"],
         "originatingStation": "RUEHEK",
         "stationSerial": "0231",
         "filed": {"dayOfYear": 76, "time": "0842", "instant": "2009-03-17T08:42:00Z"},
         "security": {"warning": "ZNR", "group": "UUUUU", "level": "UNCLASSIFIED"},
         "operatingSignals": [{"signal": "ZFD", "argument": "RUEHC"}, {"signal": "ZZH"}],
         "endOfMessage": {"validation": "0231", "seen": true}}],
        "precedence": {"action": "ROUTINE", "information": "ROUTINE"},
        "dateTimeGroup": {"text": "170842Z MAR 09", "instant": "2009-03-17T08:42:00Z"},
        "from": {"name": "AMEMBASSY BISHKEK", "routingIndicator": "RUEHEK"},
        "to": [
         {"name": "SECSTATE WASHDC", "routingIndicator": "RUEHC", "precedence": "ROUTINE", "continuityNumber": "1844", "collective": false}],
        "info": [
         {"name": "CIS COLLECTIVE", "routingIndicator": "RUCNCIS", "precedence": "ROUTINE", "continuityNumber": "0912", "collective": true},
         {"name": "DEPT OF COMMERCE WASHDC", "routingIndicator": "RUCPDOC", "precedence": "ROUTINE", "collective": false}],
        "messageReference": {"year": 2009, "post": "BISHKEK", "serial": 231, "key": "09BISHKEK231"},
        "classification": {"level": "UNCLASSIFIED", "controls": ["SENSITIVE"], "line": "UNCLAS BISHKEK 000231", "portionsHighest": "UNCLASSIFIED"},
        "captions": ["SENSITIVE", "SIPDIS"],
        "attention": [
         {"agency": "DEPT", "offices": ["SCA/CEN"]},
         {"agency": "USDOC", "offices": ["ITA/MAC"]}],
        "executiveOrder": {"order": "12958", "value": "N/A"},
        "tags": [
         {"code": "ENRG", "kind": "subject"},
         {"code": "ECON", "kind": "subject"},
         {"code": "EINV", "kind": "subject"},
         {"code": "PGOV", "kind": "subject"},
         {"code": "KG", "kind": "geographic", "country": "KG"}],
        "subject": {"text": "SMALL HYDRO TENDER SLIPS TO SUMMER"},
        "references": [
         {"label": "A", "kind": "telegram", "telegram": "09BISHKEK198", "text": "BISHKEK 198", "previous": false},
         {"label": "B", "kind": "telegram", "telegram": "08BISHKEK1177", "text": "08 BISHKEK 1177", "note": "NOTAL", "previous": false}],
        "summary": "THE ENERGY MINISTRY WILL REOPEN BIDS FOR FOUR SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.",
        "paragraphs": [
         {"number": 1, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "SUMMARY: THE ENERGY MINISTRY WILL REOPEN BIDS FOR FOUR SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.  END SUMMARY.", "synthetic": false},
         {"number": 2, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "DEPUTY MINISTER AYDAR TEMIRKAN TOLD ECONOFF ON MARCH 16 THAT FLOW DATA FOR THE NARYN SITES WERE WRONG (REF A).", "synthetic": false},
         {"number": 3, "mark": "U", "level": "UNCLASSIFIED", "text": "ACTION REQUEST: DEPARTMENT OF COMMERCE IS ASKED TO NAME A POINT OF CONTACT BY MARCH 27.", "synthetic": false},
         {"number": 4, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "COMMENT: THE DELAY IS TECHNICAL, NOT POLITICAL.  END COMMENT.", "synthetic": false}],
        "blocks": {"summary": [1], "comment": [4], "actionRequest": [3]},
        "signature": "HALVORSEN",
        "sections": {"expected": 1, "received": [1], "missing": []},
        "findings": [
         {"code": "suspected-duplicate", "severity": "note", "confidence": 1}]}
        """#

    /// 8.10
    static let s810 = #"""
        {"id": "10YEREVAN87",
        "layout": "archive",
        "heading": "full",
        "complete": false,
        "transmissions": [{
         "identifiers": [{"channel": "XRO", "number": 9041}],
         "precedence": "ROUTINE",
         "stations": ["RUEHLN", "RUEHVK", "RUEHYG"],
         "originatingStation": "RUEHYE",
         "stationSerial": "0087",
         "section": 1,
         "filed": {"dayOfYear": 42, "time": "1118", "instant": "2010-02-11T11:18:00Z"},
         "security": {"warning": "ZNR", "group": "UUUUU", "level": "UNCLASSIFIED"},
         "operatingSignals": [{"signal": "ZZH"}],
         "endOfMessage": {"seen": false}}],
        "precedence": {"action": "ROUTINE", "information": "ROUTINE"},
        "dateTimeGroup": {"text": "111118Z FEB 10", "instant": "2010-02-11T11:18:00Z"},
        "from": {"name": "AMEMBASSY YEREVAN", "routingIndicator": "RUEHYE"},
        "to": [
         {"name": "SECSTATE WASHDC", "routingIndicator": "RUEHC", "precedence": "ROUTINE", "continuityNumber": "0330", "collective": false},
         {"name": "CIS COLLECTIVE", "routingIndicator": "RUCNCIS", "precedence": "ROUTINE", "collective": true}],
        "info": [
         {"name": "AMEMBASSY YEREVAN", "routingIndicator": "RUEHYE", "precedence": "ROUTINE", "continuityNumber": "0741", "collective": false}],
        "messageReference": {"year": 2010, "post": "YEREVAN", "serial": 87, "key": "10YEREVAN87"},
        "classification": {"level": "UNCLASSIFIED", "line": "UNCLAS SECTION 01 OF 03 YEREVAN 000087", "portionsHighest": "CONFIDENTIAL"},
        "captions": ["SIPDIS"],
        "executiveOrder": {"order": "12958", "value": "N/A"},
        "tags": [
         {"code": "SENV", "kind": "subject"},
         {"code": "EAGR", "kind": "subject"},
         {"code": "PGOV", "kind": "subject"},
         {"code": "AM", "kind": "geographic", "country": "AM"}],
        "subject": {"text": "LAKE LEVELS: COUNTING FISH"},
        "references": [
         {"label": "A", "kind": "telegram", "telegram": "10YEREVAN42", "text": "YEREVAN 42", "previous": false},
         {"label": "B", "kind": "telegram", "telegram": "09YEREVAN788", "text": "09 YEREVAN 788", "previous": false}],
        "summary": "The lake has fallen forty centimeters since December 2009.",
        "paragraphs": [
         {"number": 1, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "SUMMARY: The lake has fallen forty centimeters since December 2009. END SUMMARY", "synthetic": false},
         {"number": 2, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "heading": "THE FISH COUNT", "text": "Warden Hrant Melik counted 900 nets.", "synthetic": false},
         {"number": 3, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "He said that most belonged to restaurants.", "synthetic": false},
         {"number": 4, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "The ministry has two boats.", "synthetic": false},
         {"number": 5, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "Neither runs.", "synthetic": false},
         {"number": 6, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "Fines are small.", "synthetic": false},
         {"number": 7, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "Nobody pays them.", "synthetic": false},
         {"number": 8, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "Prices rose in early 2010.", "synthetic": false},
         {"number": 9, "mark": "C", "level": "CONFIDENTIAL", "text": "The mayor owns a restaurant.", "synthetic": false},
         {"number": 10, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "He denies it.", "synthetic": false},
         {"number": 11, "text": "poachers now work by day, the warden said.", "synthetic": true},
         {"number": 12, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "A census is planned for May.", "synthetic": false},
         {"number": 13, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "COMMENT: Count the boats first. END COMMENT", "synthetic": false}],
        "blocks": {"summary": [1], "comment": [13]},
        "signature": "PELLEGRINI",
        "sections": {"expected": 3, "received": [1, 2, 3], "missing": []},
        "findings": [
         {"code": "page-line-removed", "severity": "note", "confidence": 1, "repair": {"was": "YEREVAN 00000087 001.2 OF 003", "now": "", "rule": "D22"}},
         {"code": "page-line-removed", "severity": "note", "confidence": 1, "repair": {"was": "YEREVAN 00000087 002.2 OF 003", "now": "", "rule": "D22"}},
         {"code": "signature-restored", "severity": "note", "confidence": 0.7, "repair": {"was": "PELLEGRINl", "now": "PELLEGRINI", "rule": "D18"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 1, "confidence": 0.98, "repair": {"was": "11", "now": "1", "rule": "D1"}},
         {"code": "year-restored", "severity": "note", "paragraph": 1, "confidence": 0.95, "repair": {"was": "12009", "now": "2009", "rule": "D2"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 2, "confidence": 0.98, "repair": {"was": "12", "now": "2", "rule": "D1"}},
         {"code": "bullet-dropped", "severity": "note", "paragraph": 2, "confidence": 0.97, "repair": {"was": "- ", "now": "", "rule": "D5"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 3, "confidence": 0.98, "repair": {"was": "13", "now": "3", "rule": "D1"}},
         {"code": "bullet-dropped", "severity": "note", "paragraph": 3, "confidence": 0.97, "repair": {"was": "- ", "now": "", "rule": "D5"}},
         {"code": "section-boundary-joined", "severity": "note", "paragraph": 3, "confidence": 0.9, "repair": {"was": "\n\n", "now": " ", "rule": "D6"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 4, "confidence": 0.98, "repair": {"was": "14", "now": "4", "rule": "D1"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 5, "confidence": 0.98, "repair": {"was": "15", "now": "5", "rule": "D1"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 6, "confidence": 0.98, "repair": {"was": "16", "now": "6", "rule": "D1"}},
         {"code": "bullet-dropped", "severity": "note", "paragraph": 6, "confidence": 0.97, "repair": {"was": "- ", "now": "", "rule": "D5"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 7, "confidence": 0.98, "repair": {"was": "17", "now": "7", "rule": "D1"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 8, "confidence": 0.98, "repair": {"was": "18", "now": "8", "rule": "D1"}},
         {"code": "year-restored", "severity": "note", "paragraph": 8, "confidence": 0.95, "repair": {"was": "12010", "now": "2010", "rule": "D2"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 9, "confidence": 0.98, "repair": {"was": "19", "now": "9", "rule": "D1"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 10, "confidence": 0.98, "repair": {"was": "110", "now": "10", "rule": "D1"}},
         {"code": "paragraph-number-lost", "severity": "note", "paragraph": 11, "confidence": 0.8, "repair": {"was": "", "now": "11.", "rule": "D7"}},
         {"code": "paragraph-number-restored", "severity": "note", "paragraph": 12, "confidence": 0.98, "repair": {"was": "112", "now": "12", "rule": "D1"}},
         {"code": "missing-element", "severity": "note", "element": "BT", "confidence": 1},
         {"code": "missing-element", "severity": "note", "element": "#0087", "confidence": 1},
         {"code": "missing-element", "severity": "note", "element": "SECTION 02 OF 03", "confidence": 1},
         {"code": "missing-element", "severity": "note", "element": "SECTION 03 OF 03", "confidence": 1},
         {"code": "missing-element", "severity": "note", "element": "NNNN", "confidence": 1},
         {"code": "portion-above-classification", "severity": "critical", "paragraph": 9, "confidence": 1},
         {"code": "sbu-caption-missing", "severity": "warning", "paragraph": 1, "confidence": 1}]}
        """#

    /// 8.11
    static let s811 = #"""
        {"id": "RAF FICTON|230630Z SEP 92",
        "layout": "acp127",
        "heading": "full",
        "complete": false,
        "transmissions": [{
         "identifiers": [{"channel": "PXA", "number": 62, "prosign": "HH"}],
         "precedence": "ROUTINE",
         "stations": ["RNFPXQ"],
         "originatingStation": "RBDXQT",
         "stationSerial": "042A",
         "section": 1,
         "filed": {"dayOfMonth": 23, "time": "0648", "instant": "1992-09-23T06:48:00Z"},
         "endOfMessage": {"seen": true}}],
        "precedence": {"action": "ROUTINE", "information": "ROUTINE"},
        "dateTimeGroup": {"text": "230630Z SEP 1992", "instant": "1992-09-23T06:30:00Z"},
        "from": {"name": "RAF FICTON"},
        "to": [
         {"name": "NLAF FICTSTAD", "precedence": "ROUTINE", "collective": false}],
        "classification": {"level": "RESTRICTED", "line": "R E S T R I C T E D SECTION 1 OF 2"},
        "paragraphs": [
         {"text": "HANGAR INSPECTION. DOOR NORTH LOCKED. DOOR SOUTH CLEAR. CRANE RATED 12 TONS E E E E E E E E RATED 10 TONS.", "synthetic": false}],
        "corrections": [
         {"kind": "wordAfter", "line": 2, "anchor": "NORTH", "now": "JAMMED", "applied": true},
         {"kind": "errorProsign", "anchor": "RATED", "applied": true}],
        "correctedText": "HANGAR INSPECTION. DOOR NORTH JAMMED. DOOR SOUTH CLEAR. CRANE RATED 10 TONS.",
        "sections": {"expected": 2, "received": [1], "missing": [2]},
        "findings": [
         {"code": "error-prosign", "severity": "note", "confidence": 0.9, "repair": {"was": " 12 TONS\nE E E E E E E E RATED", "now": "", "rule": "D13"}},
         {"code": "page-line-removed", "severity": "note", "confidence": 1, "repair": {"was": "PAGE 2 RBDXQT 042A R E S T R I C T E D", "now": "", "rule": "D22"}}]}
        """#

    /// 8.12
    static let s812 = #"""
        {"id": "88GENEVA1877",
        "layout": "acp127",
        "heading": "full",
        "complete": true,
        "transmissions": [{
         "identifiers": [{"channel": "EGA", "number": 210}],
         "precedence": "PRIORITY",
         "stations": ["RUEHTU"],
         "originatingStation": "RUEHEG",
         "stationSerial": "1190",
         "filed": {"dayOfYear": 62, "time": "0930", "instant": "1988-03-02T09:30:00Z"},
         "security": {"warning": "ZNR", "group": "UUUUU", "level": "UNCLASSIFIED"},
         "endOfMessage": {"validation": "1190", "seen": true}}],
        "precedence": {"action": "ROUTINE", "information": "ROUTINE"},
        "dateTimeGroup": {"text": "291140Z FEB 88", "instant": "1988-02-29T11:40:00Z"},
        "from": {"name": "USMISSION GENEVA", "routingIndicator": "RUEHGV"},
        "to": [
         {"name": "AMEMBASSY CAIRO", "routingIndicator": "RUEHEG", "precedence": "ROUTINE", "collective": false}],
        "info": [
         {"name": "AMEMBASSY BERN", "precedence": "ROUTINE", "collective": false, "alreadyServed": true}],
        "readdressedBy": {"name": "AMEMBASSY CAIRO", "routingIndicator": "RUEHEG", "precedence": "PRIORITY", "dateTimeGroup": {"text": "020915Z MAR 88", "instant": "1988-03-02T09:15:00Z"}},
        "supplementaryTo": [
         {"name": "AMEMBASSY TUNIS", "routingIndicator": "RUEHTU", "precedence": "PRIORITY", "collective": false}],
        "messageReference": {"year": 1988, "post": "GENEVA", "serial": 1877, "key": "88GENEVA1877"},
        "classification": {"level": "UNCLASSIFIED", "line": "UNCLAS GENEVA 01877"},
        "executiveOrder": {"order": "12356", "value": "N/A"},
        "tags": [
         {"code": "EAGR", "kind": "subject"},
         {"code": "TBIO", "kind": "subject"}],
        "subject": {"text": "LOCUST BULLETIN 3"},
        "paragraphs": [
         {"number": 1, "text": "SWARMS REPORTED NORTH OF THE ROAD.", "synthetic": false}],
        "signature": "LINDQVIST",
        "sections": {"expected": 1, "received": [1], "missing": []},
        "findings": [
         {"code": "readdressed", "severity": "note", "confidence": 1}]}
        """#
}
