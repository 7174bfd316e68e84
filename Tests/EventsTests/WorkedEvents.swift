/// The events of the samples of format 8, without what the directory adds.
enum WorkedEvents {
    /// 8.1
    static let s81 = #"""
        {"id": "09BISHKEK231",
        "layout": "acp127",
        "heading": "full",
        "complete": true,
        "transmissions": [{
         "identifiers": [{"channel": "EKI", "number": 417}],
         "precedence": "ROUTINE",
         "stations": ["RUEHC", "RUCNCIS", "RUCPDOC"],
         "originatingStation": "RUEHEK",
         "stationSerial": "0231",
         "filed": {"dayOfYear": 76, "time": "0842", "instant": "2009-03-17T08:42:00Z"},
         "security": {"warning": "ZNR", "group": "UUUUU", "level": "UNCLASSIFIED"},
         "operatingSignals": [{"signal": "ZZH"}],
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
        "findings": []}
        """#

    /// 8.2, section 1.
    static let s82a = #"""
        {"id": "07TBILISI2468",
        "layout": "acp127",
        "heading": "full",
        "complete": false,
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
         {"number": 3, "mark": "C", "level": "CONFIDENTIAL", "text": "THE VISITORS ACCEPTED THE TABLES AFTER A NIGHT OF PHONE CALLS, AND THEN ASKED THAT THE ANNEX BE MOVED TO", "synthetic": false}],
        "blocks": {"summary": [1]},
        "sections": {"expected": 3, "received": [1], "missing": [2, 3]},
        "findings": [
         {"code": "page-line-removed", "severity": "note", "confidence": 1, "repair": {"was": "TBILISI 00002468  001.2 OF 003", "now": "", "rule": "D22"}}]}
        """#

    /// 8.2, section 3.
    static let s82b = #"""
        {"id": "07TBILISI2468",
        "layout": "acp127",
        "heading": "full",
        "complete": false,
        "transmissions": [{
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
        "classification": {"level": "CONFIDENTIAL", "controls": ["NOFORN"], "line": "C O N F I D E N T I A L SECTION 03 OF 03 TBILISI 002468", "portionsHighest": "CONFIDENTIAL"},
        "captions": ["SIPDIS", "NOFORN"],
        "executiveOrder": {"order": "12958", "value": "DECL: 10/04/2017", "declassifyOn": "2017-10-04"},
        "tags": [
         {"code": "PREL", "kind": "subject"},
         {"code": "PGOV", "kind": "subject"},
         {"code": "MARR", "kind": "subject"},
         {"code": "NATO", "kind": "organization"},
         {"code": "GG", "kind": "geographic", "country": "GE"}],
        "subject": {"text": "BORDER WATER TALKS: THREE SESSIONS, ONE PROTOCOL"},
        "paragraphs": [
         {"number": 5, "mark": "C", "level": "CONFIDENTIAL", "text": "COMMENT: A COMMISSION WITHOUT A BUDGET WILL NOT MEND GATES. END COMMENT.", "synthetic": false}],
        "blocks": {"comment": [5]},
        "signature": "VANDERHOOF",
        "sections": {"expected": 3, "received": [3], "missing": [1, 2]},
        "findings": []}
        """#

    /// 8.2, section 2.
    static let s82c = #"""
        {"id": "07TBILISI2468",
        "layout": "acp127",
        "heading": "full",
        "complete": false,
        "transmissions": [{
         "identifiers": [{"channel": "XRO", "number": 3313}],
         "precedence": "PRIORITY",
         "stations": ["RUEHNO", "RUEHLN"],
         "originatingStation": "RUEHSI",
         "stationSerial": "2468",
         "section": 2,
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
        "classification": {"level": "CONFIDENTIAL", "controls": ["NOFORN"], "line": "C O N F I D E N T I A L SECTION 02 OF 03 TBILISI 002468", "portionsHighest": "CONFIDENTIAL"},
        "captions": ["SIPDIS", "NOFORN"],
        "executiveOrder": {"order": "12958", "value": "DECL: 10/04/2017", "declassifyOn": "2017-10-04"},
        "tags": [
         {"code": "PREL", "kind": "subject"},
         {"code": "PGOV", "kind": "subject"},
         {"code": "MARR", "kind": "subject"},
         {"code": "NATO", "kind": "organization"},
         {"code": "GG", "kind": "geographic", "country": "GE"}],
        "subject": {"text": "BORDER WATER TALKS: THREE SESSIONS, ONE PROTOCOL"},
        "paragraphs": [
         {"text": "THE PREAMBLE, WHERE IT HAS NO FORCE.", "synthetic": false},
         {"number": 4, "mark": "C", "level": "CONFIDENTIAL", "heading": "SECOND AND THIRD SESSIONS: THE GATES", "text": "NEITHER SIDE WOULD PAY.  A JOINT COMMISSION WILL \"STUDY FINANCING.\"", "synthetic": false}],
        "sections": {"expected": 3, "received": [2], "missing": [1, 3]},
        "findings": []}
        """#

    /// 8.3
    static let s83 = #"""
        {"id": "08DJIBOUTI318",
        "layout": "acp127",
        "heading": "full",
        "complete": true,
        "transmissions": [{
         "identifiers": [{"channel": "DJO", "number": 66}],
         "precedence": "IMMEDIATE",
         "stations": ["RUEHC", "RUEHDS", "RUEHNR", "RHEFDIA"],
         "originatingStation": "RUEHDJ",
         "stationSerial": "0318",
         "filed": {"dayOfYear": 319, "time": "2210", "instant": "2008-11-14T22:10:00Z"},
         "security": {"warning": "ZNY", "group": "SSSSS", "level": "SECRET"},
         "operatingSignals": [{"signal": "ZZH"}, {"signal": "ZZK"}],
         "endOfMessage": {"validation": "0318", "seen": true}}],
        "precedence": {"action": "IMMEDIATE", "information": "PRIORITY"},
        "dateTimeGroup": {"text": "142210Z NOV 08", "instant": "2008-11-14T22:10:00Z"},
        "from": {"name": "AMEMBASSY DJIBOUTI", "routingIndicator": "RUEHDJ"},
        "to": [
         {"name": "SECSTATE WASHDC", "routingIndicator": "RUEHC", "precedence": "NIACT IMMEDIATE", "continuityNumber": "0591", "collective": false}],
        "info": [
         {"name": "AMEMBASSY ADDIS ABABA", "routingIndicator": "RUEHDS", "precedence": "PRIORITY", "continuityNumber": "0102", "collective": false},
         {"name": "AMEMBASSY NAIROBI", "routingIndicator": "RUEHNR", "precedence": "PRIORITY", "continuityNumber": "0077", "collective": false},
         {"name": "DIA WASHINGTON DC", "routingIndicator": "RHEFDIA", "precedence": "PRIORITY", "office": "XY-2", "collective": false}],
        "messageReference": {"year": 2008, "post": "DJIBOUTI", "serial": 318, "key": "08DJIBOUTI318"},
        "classification": {"level": "SECRET", "controls": ["NOFORN"], "line": "S E C R E T DJIBOUTI 000318", "portionsHighest": "SECRET"},
        "captions": ["EXDIS", "NOFORN"],
        "executiveOrder": {"order": "12958", "value": "DECL: 11/14/2018", "declassifyOn": "2018-11-14"},
        "tags": [
         {"code": "PREL", "kind": "subject"},
         {"code": "PTER", "kind": "subject"},
         {"code": "EWWT", "kind": "subject"},
         {"code": "DJ", "kind": "geographic", "country": "DJ"}],
        "subject": {"text": "PORT TURNS BACK A COASTER BY NIGHT", "mark": "S/NF"},
        "references": [
         {"kind": "telegram", "telegram": "08DJIBOUTI311", "text": "DJIBOUTI 311", "previous": true}],
        "classifiedBy": [
         {"name": "Ottoline Braithwaite", "title": "Deputy Chief of Mission", "reasons": ["1.4(b)", "1.4(d)"]}],
        "paragraphs": [
         {"number": 1, "mark": "S/NF", "level": "SECRET", "controls": ["NOFORN"], "text": "AT 2130 LOCAL THE HARBORMASTER REFUSED ENTRY TO A COASTER WHOSE MANIFEST LISTED ONLY \"GLASS.\"", "synthetic": false},
         {"number": 2, "mark": "S", "level": "SECRET", "text": "POLOFF SAW NO CARGO LANDED.", "synthetic": false},
         {"number": 3, "mark": "C", "level": "CONFIDENTIAL", "text": "EMBASSY WILL REPORT AGAIN AT 0600Z.", "synthetic": false}],
        "signature": "MERRIWEATHER",
        "sections": {"expected": 1, "received": [1], "missing": []},
        "findings": [
         {"code": "split-word-joined", "severity": "note", "confidence": 0.85, "repair": {"was": "reaso\nns", "now": "reasons", "rule": "D17"}}]}
        """#
}
