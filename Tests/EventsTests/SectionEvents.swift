/// The events of the sectioned samples of format 8, put together.
enum SectionEvents {
    /// 8.2
    static let s82 = #"""
        {"id": "07TBILISI2468",
        "layout": "acp127",
        "heading": "full",
        "complete": true,
        "transmissions": [{
         "identifiers": [{"channel": "XRO", "number": 3310}],
         "precedence": "PRIORITY",
         "stations": ["RUEHNO", "RUEHLN"],
         "originatingStation": "RUEHSI",
         "stationSerial": "2468",
         "section": 1,
         "filed": {"dayOfYear": 277, "time": "1315", "instant": "2007-10-04T13:15:00Z"},
         "security": {"warning": "ZNY", "group": "CCCCC", "level": "CONFIDENTIAL"},
         "operatingSignals": [{"signal": "ZZH"}],
         "endOfMessage": {"validation": "2468", "seen": true}}, {
         "identifiers": [{"channel": "XRO", "number": 3313}],
         "precedence": "PRIORITY",
         "stations": ["RUEHNO", "RUEHLN"],
         "originatingStation": "RUEHSI",
         "stationSerial": "2468",
         "section": 2,
         "filed": {"dayOfYear": 277, "time": "1315", "instant": "2007-10-04T13:15:00Z"},
         "security": {"warning": "ZNY", "group": "CCCCC", "level": "CONFIDENTIAL"},
         "operatingSignals": [{"signal": "ZZH"}],
         "endOfMessage": {"validation": "2468", "seen": true}}, {
         "identifiers": [{"channel": "XRO", "number": 3312}],
         "precedence": "PRIORITY",
         "stations": ["RUEHNO", "RUEHLN"],
         "originatingStation": "RUEHSI",
         "stationSerial": "2468",
         "section": 3,
         "filed": {"dayOfYear": 277, "time": "1315", "instant": "2007-10-04T13:15:00Z"},
         "security": {"warning": "ZNY", "group": "CCCCC", "level": "CONFIDENTIAL"},
         "operatingSignals": [{"signal": "ZZH"}],
         "endOfMessage": {"validation": "2468", "seen": true}}],
        "precedence": {"action": "PRIORITY", "information": "PRIORITY"},
        "dateTimeGroup": {"text": "041315Z OCT 07", "instant": "2007-10-04T13:15:00Z"},
        "from": {"name": "AMEMBASSY TBILISI", "routingIndicator": "RUEHSI"},
        "to": [
         {"name": "SECSTATE WASHDC", "routingIndicator": "RUEHC", "precedence": "PRIORITY", "continuityNumber": "7702", "collective": false}],
        "info": [
         {"name": "USMISSION USNATO", "routingIndicator": "RUEHNO", "precedence": "PRIORITY", "continuityNumber": "3120", "collective": false},
         {"name": "AMEMBASSY YEREVAN", "routingIndicator": "RUEHYE", "precedence": "PRIORITY", "collective": false}],
        "messageReference": {"year": 2007, "post": "TBILISI", "serial": 2468, "key": "07TBILISI2468"},
        "classification": {"level": "CONFIDENTIAL", "controls": ["NOFORN"], "line": "C O N F I D E N T I A L SECTION 01 OF 03 TBILISI 002468", "portionsHighest": "CONFIDENTIAL"},
        "captions": ["SIPDIS", "NOFORN"],
        "attention": [
         {"agency": "DEPT", "offices": ["EUR/CARC"]}],
        "executiveOrder": {"order": "12958", "value": "DECL: 10/04/2017", "declassifyOn": "2017-10-04"},
        "tags": [
         {"code": "PREL", "kind": "subject"},
         {"code": "PGOV", "kind": "subject"},
         {"code": "MARR", "kind": "subject"},
         {"code": "NATO", "kind": "organization"},
         {"code": "GG", "kind": "geographic", "country": "GE"}],
        "subject": {"text": "BORDER WATER TALKS: THREE SESSIONS, ONE PROTOCOL"},
        "references": [
         {"label": "A", "kind": "telegram", "telegram": "07TBILISI2401", "text": "TBILISI 2401", "previous": false},
         {"label": "B", "kind": "telegram", "telegram": "07STATE138877", "text": "STATE 138877", "note": "EXDIS", "previous": false},
         {"label": "C", "kind": "email", "text": "LINDQVIST-OKORO EMAIL 10/02/07", "previous": false}],
        "classifiedBy": [
         {"name": "Merle Tarkington", "title": "DCM", "reasons": ["1.4(b)", "1.4(d)"]}],
        "summary": "NEGOTIATORS INITIALED A WATER-SHARING PROTOCOL ON OCTOBER 3.  WHO REPAIRS THE SLUICE GATES WAS LEFT OPEN.",
        "paragraphs": [
         {"number": 1, "mark": "C", "level": "CONFIDENTIAL", "text": "SUMMARY.  NEGOTIATORS INITIALED A WATER-SHARING PROTOCOL ON OCTOBER 3.  WHO REPAIRS THE SLUICE GATES WAS LEFT OPEN.  END SUMMARY.", "synthetic": false},
         {"number": 2, "mark": "C/NF", "level": "CONFIDENTIAL", "controls": ["NOFORN"], "heading": "FIRST SESSION: NUMBERS", "text": "THE HOSTS TABLED FLOW TABLES NEW TO POST.", "synthetic": false},
         {"number": 3, "mark": "C", "level": "CONFIDENTIAL", "text": "THE VISITORS ACCEPTED THE TABLES AFTER A NIGHT OF PHONE CALLS, AND THEN ASKED THAT THE ANNEX BE MOVED TO THE PREAMBLE, WHERE IT HAS NO FORCE.", "synthetic": false},
         {"number": 4, "mark": "C", "level": "CONFIDENTIAL", "heading": "SECOND AND THIRD SESSIONS: THE GATES", "text": "NEITHER SIDE WOULD PAY.  A JOINT COMMISSION WILL \"STUDY FINANCING.\"", "synthetic": false},
         {"number": 5, "mark": "C", "level": "CONFIDENTIAL", "text": "COMMENT: A COMMISSION WITHOUT A BUDGET WILL NOT MEND GATES. END COMMENT.", "synthetic": false}],
        "blocks": {"summary": [1], "comment": [5]},
        "signature": "VANDERHOOF",
        "sections": {"expected": 3, "received": [1, 2, 3], "missing": []},
        "findings": [
         {"code": "page-line-removed", "severity": "note", "section": 1, "confidence": 1, "repair": {"was": "TBILISI 00002468  001.2 OF 003", "now": "", "rule": "D22"}}]}
        """#

    /// The section that 8.11 waits for: the next serial, the same date-time group; `C` in its ending speaks of its own line 2.
    static let s811Final = #"""
        VV   PXA063     HH
        RR RNFPXQ
        DE RBDXQT 043A 23/0648Z
        R 230630Z SEP 1992
        FM RAF FICTON
        TO NLAF FICTSTAD
        BT
        R E S T R I C T E D FINAL SECTION OF 2
        THE ROOF OVER BAY TWO LEAKS.
        BT
        C LINE 2 WA BAY THREE
        NNNN

        """#

    /// 8.11 with it.
    static let s811 = #"""
        {"id": "RAF FICTON|230630Z SEP 92",
        "layout": "acp127",
        "heading": "full",
        "complete": true,
        "transmissions": [{
         "identifiers": [{"channel": "PXA", "number": 62, "prosign": "HH"}],
         "precedence": "ROUTINE",
         "stations": ["RNFPXQ"],
         "originatingStation": "RBDXQT",
         "stationSerial": "042A",
         "section": 1,
         "filed": {"dayOfMonth": 23, "time": "0648", "instant": "1992-09-23T06:48:00Z"},
         "endOfMessage": {"seen": true}}, {
         "identifiers": [{"channel": "PXA", "number": 63, "prosign": "HH"}],
         "precedence": "ROUTINE",
         "stations": ["RNFPXQ"],
         "originatingStation": "RBDXQT",
         "stationSerial": "043A",
         "section": 2,
         "filed": {"dayOfMonth": 23, "time": "0648", "instant": "1992-09-23T06:48:00Z"},
         "endOfMessage": {"seen": true}}],
        "precedence": {"action": "ROUTINE", "information": "ROUTINE"},
        "dateTimeGroup": {"text": "230630Z SEP 1992", "instant": "1992-09-23T06:30:00Z"},
        "from": {"name": "RAF FICTON"},
        "to": [
         {"name": "NLAF FICTSTAD", "precedence": "ROUTINE", "collective": false}],
        "classification": {"level": "RESTRICTED", "line": "R E S T R I C T E D SECTION 1 OF 2"},
        "paragraphs": [
         {"text": "HANGAR INSPECTION. DOOR NORTH LOCKED. DOOR SOUTH CLEAR. CRANE RATED 12 TONS E E E E E E E E RATED 10 TONS. THE ROOF OVER BAY TWO LEAKS.", "synthetic": false}],
        "corrections": [
         {"kind": "wordAfter", "line": 2, "anchor": "NORTH", "now": "JAMMED", "applied": true},
         {"kind": "errorProsign", "anchor": "RATED", "applied": true},
         {"kind": "wordAfter", "line": 2, "anchor": "BAY", "now": "THREE", "applied": true}],
        "correctedText": "HANGAR INSPECTION. DOOR NORTH JAMMED. DOOR SOUTH CLEAR. CRANE RATED 10 TONS. THE ROOF OVER BAY THREE LEAKS.",
        "sections": {"expected": 2, "received": [1, 2], "missing": []},
        "findings": [
         {"code": "error-prosign", "section": 1, "severity": "note", "confidence": 0.9, "repair": {"was": " 12 TONS\nE E E E E E E E RATED", "now": "", "rule": "D13"}},
         {"code": "page-line-removed", "section": 1, "severity": "note", "confidence": 1, "repair": {"was": "PAGE 2 RBDXQT 042A R E S T R I C T E D", "now": "", "rule": "D22"}}]}
        """#
}
