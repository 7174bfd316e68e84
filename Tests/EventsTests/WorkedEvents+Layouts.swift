/// What format 5 and 8 list for the layouts that are not ACP 127, under the names of contract 4.
extension WorkedEvents {
    /// 8.5
    static let s85 = #"""
        {"id": "75PRETORIA2217",
        "layout": "pages1973",
        "heading": "partial",
        "complete": true,
        "transmissions": [
         {"endOfMessage": {"seen": true}}],
        "precedence": {"action": "ROUTINE", "information": "ROUTINE"},
        "dateTimeGroup": {"text": "221305Z APR 75", "instant": "1975-04-22T13:05:00Z"},
        "from": {"name": "AMEMBASSY PRETORIA", "routingIndicator": "RUEHSA"},
        "to": [
         {"name": "SECSTATE WASHDC", "precedence": "ROUTINE", "continuityNumber": "4410", "collective": false}],
        "info": [
         {"name": "AMCONSUL CAPE TOWN", "precedence": "ROUTINE", "collective": false},
         {"name": "AMCONSUL JOHANNESBURG", "precedence": "ROUTINE", "collective": false}],
        "messageReference": {"year": 1975, "post": "PRETORIA", "serial": 2217, "key": "75PRETORIA2217"},
        "classification": {"level": "CONFIDENTIAL", "line": "C O N F I D E N T I A L PRETORIA 2217"},
        "captions": ["LIMDIS"],
        "executiveOrder": {"order": "11652", "value": "XGDS-1"},
        "tags": [
         {"code": "EMIN", "kind": "subject"},
         {"code": "ETRD", "kind": "subject"},
         {"code": "SF", "kind": "geographic", "country": "ZA"}],
        "subject": {"text": "CHROME ORE SHIPPING DELAYS"},
        "references": [
         {"kind": "telegram", "telegram": "75STATE88123", "text": "STATE 88123", "note": "NOTAL", "previous": false},
         {"kind": "airgram", "telegram": "75PRETORIA-A17", "text": "PRETORIA A-17", "previous": false}],
        "summary": "RAIL WAGONS REMAIN SHORT AND ORE IS PILING UP AT THE DOCKS.",
        "paragraphs": [
         {"number": 1, "text": "SUMMARY. RAIL WAGONS REMAIN SHORT AND ORE IS PILING UP AT THE DOCKS. END SUMMARY.", "synthetic": false},
         {"number": 2, "text": "HARBOR OFFICIAL P. QUILLFEATHER SAID WAGONS ALLOCATED TO ORE HAD BEEN GIVEN TO MAIZE.", "synthetic": false},
         {"number": 3, "text": "COMMENT: NO RELIEF BEFORE JUNE.", "synthetic": false}],
        "blocks": {"summary": [1], "comment": [3]},
        "signature": "OKAFOR",
        "distribution": {"number": "44", "action": [{"office": "AF", "copies": 8}], "information": [{"office": "OCT", "copies": 1}, {"office": "ISO", "copies": 0}, {"office": "SS", "copies": 15}, {"office": "NSC", "copies": 5}, {"office": "INR", "copies": 7}, {"office": "EB", "copies": 7}, {"office": "COME", "copies": 0}, {"office": "L", "copies": 2}], "total": 45, "letter": "W", "processed": "221412Z"},
        "relayCounter": "061774",
        "sections": {"expected": 1, "received": [1], "missing": []},
        "findings": [
         {"code": "page-line-removed", "severity": "note", "confidence": 1, "repair": {"was": "PAGE 02  PRETOR 02217  221412Z", "now": "", "rule": "D22"}},
         {"code": "banner-removed", "severity": "note", "confidence": 0.95, "repair": {"was": "CONFIDENTIAL", "now": "", "rule": "D22"}}]}
        """#

    /// 8.6
    static let s86 = #"""
        {"id": "USS FICTIVE|051430Z APR 11|0114",
        "layout": "janap128",
        "heading": "full",
        "complete": true,
        "transmissions": [
         {"identifiers": [{"channel": "MIA", "number": 112}], "precedence": "ROUTINE", "stations": ["RUCBXQC", "RHMFIUU"], "originatingStation": "RHBPXQZ", "stationSerial": "0114", "filed": {"dayOfYear": 95, "time": "1430", "instant": "2011-04-05T14:30:00Z"}, "header": {"mediaFormat": "TT", "classification": "U", "contentIndicator": "ZYUW", "redundancy": "UUUU"}, "security": {"warning": "ZNR", "group": "UUUUU", "level": "UNCLASSIFIED"}, "endOfMessage": {"validation": "0114", "seen": true}}],
        "precedence": {"action": "ROUTINE", "information": "ROUTINE"},
        "dateTimeGroup": {"text": "051430Z APR 11", "instant": "2011-04-05T14:30:00Z"},
        "from": {"name": "USS FICTIVE"},
        "to": [
         {"name": "COMFICTGRU TWO", "precedence": "ROUTINE", "office": "N4", "collective": false}],
        "info": [
         {"name": "AIG 7399", "precedence": "ROUTINE", "collective": true},
         {"name": "NAVSAMPLE DET NORFOLK VA", "precedence": "ROUTINE", "collective": false}],
        "classification": {"level": "UNCLASSIFIED", "line": "UNCLAS //N04400//", "subjectCode": "N04400"},
        "subject": {"text": "GALLEY STEAM KETTLE REPLACEMENT"},
        "references": [
         {"label": "A", "kind": "other", "text": "DOC/NAVSAMPLE/12MAR2011", "previous": false}],
        "paragraphs": [
         {"number": 1, "text": "REF A AUTHORIZED ONE KETTLE. TWO ARE REQUIRED.", "synthetic": false},
         {"number": 2, "text": "REQUEST AMENDMENT.", "synthetic": false}],
        "sets": [
         {"name": "MSGID", "fields": ["GENADMIN", "USS FICTIVE", "-", "APR"]},
         {"name": "SUBJ", "fields": ["GALLEY STEAM KETTLE REPLACEMENT"]},
         {"name": "REF", "fields": ["A", "DOC", "NAVSAMPLE", "12MAR2011"]},
         {"name": "RMKS", "fields": []}],
        "sections": {"expected": 1, "received": [1], "missing": []},
        "findings": []}
        """#

    /// 8.9
    static let s89 = #"""
        {"id": "12LUSAKA417",
        "layout": "smart",
        "heading": "full",
        "complete": true,
        "transmissions": [
         {"endOfMessage": {"seen": false}}],
        "dateTimeGroup": {"text": "081432Z MAY 12", "instant": "2012-05-08T14:32:00Z"},
        "from": {"name": "AMEMBASSY LUSAKA", "routingIndicator": "RUEHLS"},
        "to": [
         {"name": "SECSTATE WASHDC", "precedence": "ROUTINE", "collective": false}],
        "info": [
         {"name": "AMEMBASSY HARARE", "precedence": "ROUTINE", "collective": false}],
        "messageReference": {"year": 2012, "post": "LUSAKA", "serial": 417, "key": "12LUSAKA417"},
        "classification": {"level": "UNCLASSIFIED", "controls": ["SENSITIVE", "SBU"], "line": "UNCLASSIFIED", "portionsHighest": "UNCLASSIFIED"},
        "captions": ["SENSITIVE"],
        "executiveOrder": {"order": "13526"},
        "tags": [
         {"code": "EAGR", "kind": "subject"},
         {"code": "ECON", "kind": "subject"},
         {"code": "KCOM", "kind": "program"},
         {"code": "ZA", "kind": "geographic", "country": "ZM"}],
        "subject": {"text": "Maize Reserve: Silos Full, Roads Closed"},
        "references": [
         {"label": "A", "kind": "telegram", "telegram": "12LUSAKA388", "text": "12 LUSAKA 388", "previous": false},
         {"label": "B", "kind": "telegram", "telegram": "11HARARE1120", "text": "11 HARARE 1120", "previous": false}],
        "summary": "Reserve silos reached capacity in April.",
        "paragraphs": [
         {"number": 1, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "Summary: Reserve silos reached capacity in April. End Summary.", "synthetic": false},
         {"number": 2, "mark": "SBU", "level": "UNCLASSIFIED", "controls": ["SBU"], "text": "Mill owner Ignatius Banda-Frost expects prices to fall by a fifth before July.", "synthetic": false}],
        "blocks": {"summary": [1]},
        "signature": "QUILLFEATHER",
        "staffing": {"drafted": [{"office": "LUSAKA", "name": "Brandt, Ilse"}], "cleared": [{"office": "ECON", "name": "Oduya, Tom"}], "approved": [{"office": "DCM", "name": "Roe, Adelaide"}]},
        "sections": {"expected": 1, "received": [1], "missing": []},
        "findings": []}
        """#

    /// 5.3
    static let acp126 = #"""
        {"id": "CDR FICTIONAL BRIGADE|221905Z OCT 87|037",
        "layout": "acp126",
        "heading": "full",
        "complete": true,
        "transmissions": [
         {"identifiers": [{"channel": "TKA", "number": 37, "prosign": "UU"}], "stations": ["RKLM"], "originatingStation": "RKTA", "stationSerial": "037", "endOfMessage": {"seen": true}}],
        "precedence": {"action": "ROUTINE", "information": "ROUTINE"},
        "dateTimeGroup": {"text": "221905Z OCT 1987", "instant": "1987-10-22T19:05:00Z"},
        "from": {"name": "CDR FICTIONAL BRIGADE"},
        "to": [
         {"name": "CDR FICTIONAL BATTALION", "precedence": "ROUTINE", "collective": false}],
        "groupCount": "GRNC",
        "classification": {"level": "UNCLASSIFIED", "line": "UNCLAS"},
        "paragraphs": [
         {"text": "CONFIRM ARRIVAL OF TWO GENERATORS. REPORT BY ROUTINE MESSAGE.", "synthetic": false}],
        "corrections": [
         {"kind": "wordAfter", "anchor": "ARRIVAL OF", "now": "THREE", "applied": true}],
        "correctedText": "CONFIRM ARRIVAL OF THREE GENERATORS. REPORT BY ROUTINE MESSAGE.",
        "sections": {"expected": 1, "received": [1], "missing": []},
        "findings": []}
        """#

    /// 5.4
    static let doi103 = #"""
        {"id": "FICTIONAL LISTENING POST|080915Z MAY 12|0107",
        "layout": "doi103",
        "heading": "full",
        "complete": true,
        "transmissions": [
         {"identifiers": [{"channel": "MLT", "number": 41}], "precedence": "PRIORITY", "stations": ["YEKAAB"], "originatingStation": "YEKZZC", "stationSerial": "0107", "filed": {"dayOfYear": 129, "time": "0915", "instant": "2012-05-08T09:15:00Z"}, "security": {"warning": "ZNY", "group": "CCCCC", "level": "CONFIDENTIAL"}, "compartment": {"precedence": "PRIORITY", "group": "SOA"}, "endOfMessage": {"validation": "0107", "seen": true}}],
        "precedence": {"action": "PRIORITY", "information": "PRIORITY"},
        "dateTimeGroup": {"text": "080915Z MAY 12", "instant": "2012-05-08T09:15:00Z"},
        "from": {"name": "FICTIONAL LISTENING POST"},
        "to": [
         {"name": "FICTIONAL WATCH CENTER", "precedence": "PRIORITY", "collective": false}],
        "classification": {"level": "CONFIDENTIAL", "line": "C O N F I D E N T I A L", "portionsHighest": "CONFIDENTIAL"},
        "paragraphs": [
         {"number": 1, "mark": "C", "level": "CONFIDENTIAL", "heading": "QQQQ", "text": "NO ACTIVITY OBSERVED DURING PERIOD.", "synthetic": false}],
        "sections": {"expected": 1, "received": [1], "missing": []},
        "findings": [
         {"code": "marking-incomplete", "severity": "warning", "confidence": 1}]}
        """#

    /// 5.8
    static let general = #"""
        {"id": "NAVADMIN941/19",
        "layout": "general",
        "heading": "partial",
        "complete": true,
        "transmissions": [
         {"endOfMessage": {"validation": "0001", "seen": true}}],
        "precedence": {"action": "ROUTINE", "information": "ROUTINE"},
        "dateTimeGroup": {"text": "141502Z MAY 19", "instant": "2019-05-14T15:02:00Z"},
        "from": {"name": "CNO FICTION DC", "office": "N7"},
        "to": [
         {"name": "NAVADMIN", "precedence": "ROUTINE", "collective": true}],
        "info": [
         {"name": "CNO FICTION DC", "precedence": "ROUTINE", "office": "N7", "collective": false}],
        "title": {"text": "NAVADMIN 941/19", "series": "NAVADMIN", "number": 941, "year": 2019},
        "classification": {"level": "UNCLASSIFIED", "line": "UNCLAS"},
        "subject": {"text": "LIGHTHOUSE OPEN DAY"},
        "references": [
         {"label": "A", "kind": "telegram", "text": "MSG/CNO FICTION DC/021200ZMAY19", "note": "NAVADMIN 930/19", "previous": false},
         {"label": "B", "kind": "other", "text": "DOC/OPNAV/12JAN18", "note": "OPNAVINST 9999.1, LIGHTHOUSES", "previous": false}],
        "paragraphs": [
         {"number": 1, "text": "This NAVADMIN announces the open day in line with references (a) and (b).", "synthetic": false},
         {"number": 2, "text": "Dates.", "synthetic": false},
         {"number": 2, "label": "2.a", "text": "Boats leave at 0900.", "synthetic": false},
         {"number": 2, "label": "2.b", "text": "Boats return at 1700.", "synthetic": false}],
        "sets": [
         {"name": "MSGID", "fields": ["GENADMIN", "CNO FICTION DC", "N7", "MAY"]},
         {"name": "SUBJ", "fields": ["LIGHTHOUSE OPEN DAY"]},
         {"name": "REF", "fields": ["A", "MSG", "CNO FICTION DC", "021200ZMAY19"]},
         {"name": "REF", "fields": ["B", "DOC", "OPNAV", "12JAN18"]},
         {"name": "NARR", "fields": ["REF A IS NAVADMIN 930", "19.  REF B IS OPNAVINST 9999.1, LIGHTHOUSES."]},
         {"name": "POC", "fields": ["LAMP", "CDR", "OPNAV N7", "FICTION DC", "TEL: 555-0100"]},
         {"name": "RMKS", "fields": []}],
        "sections": {"expected": 1, "received": [1], "missing": []},
        "findings": []}
        """#
}
