/// The invented telegrams of the layouts that are not ACP 127 (format 5 and 8).
extension Samples {
    /// 8.5: two pages of 1975.
    public static let s85 = #"""
        CONFIDENTIAL

        PAGE 01  PRETOR 02217  221412Z

        44
        ACTION AF-08

        INFO  OCT-01  ISO-00  SS-15  NSC-05  INR-07  EB-07  COME-00
              L-02  /045 W
                             --------------------- 061774
        R 221305Z APR 75
        FM AMEMBASSY PRETORIA
        TO SECSTATE WASHDC 4410
        INFO AMCONSUL CAPE TOWN
        AMCONSUL JOHANNESBURG
        C O N F I D E N T I A L PRETORIA 2217

        LIMDIS
        E.O. 11652: XGDS-1
        TAGS: EMIN, ETRD, SF
        SUBJECT: CHROME ORE SHIPPING DELAYS
        REF: STATE 88123 NOTAL; PRETORIA A-17

        1. SUMMARY. RAIL WAGONS REMAIN SHORT AND ORE IS PILING UP AT
        THE DOCKS. END SUMMARY.
        -
        2. HARBOR OFFICIAL P. QUILLFEATHER SAID WAGONS ALLOCATED TO
        CONFIDENTIAL

        PAGE 02  PRETOR 02217  221412Z

        ORE HAD BEEN GIVEN TO MAIZE.

        3. COMMENT: NO RELIEF BEFORE JUNE.
        OKAFOR

        CONFIDENTIAL

        NNN

        """#

    /// 8.6: a military message with sets.
    public static let s86 = #"""
        VZCZCMIA112
        RTTUZYUW RHBPXQZ0114 0951430-UUUU--RUCBXQC RHMFIUU.
        ZNR UUUUU
        R 051430Z APR 11
        FM USS FICTIVE
        TO COMFICTGRU TWO//N4//
        INFO AIG 7399
        NAVSAMPLE DET NORFOLK VA
        BT
        UNCLAS //N04400//
        MSGID/GENADMIN/USS FICTIVE/-/APR//
        SUBJ/GALLEY STEAM KETTLE REPLACEMENT//
        REF/A/DOC/NAVSAMPLE/12MAR2011//
        RMKS/1. REF A AUTHORIZED ONE KETTLE. TWO ARE REQUIRED.
        2. REQUEST AMENDMENT.//
        BT
        #0114
        NNNN

        """#

    /// 8.9: labels.
    public static let s89 = #"""
        UNCLASSIFIED
        SBU
        MRN:           12 LUSAKA 417
        Date/DTG:      May 08, 2012 / 081432Z MAY 12
        From:          AMEMBASSY LUSAKA
        Action:        WASHDC, SECSTATE ROUTINE
        Info:          HARARE, AMEMBASSY ROUTINE
        E.O.:          13526
        TAGS:          EAGR, ECON, KCOM, ZA
        Captions:      SENSITIVE
        Reference:     A) 12 LUSAKA 388
                       B) 11 HARARE 1120
        Subject:       Maize Reserve: Silos Full, Roads Closed

        1. (SBU) Summary: Reserve silos reached capacity in April. End
        Summary.

        2. (SBU) Mill owner Ignatius Banda-Frost expects prices to fall by
        a fifth before July.

        Signature:     QUILLFEATHER

        Drafted By:    LUSAKA:Brandt, Ilse
        Cleared By:    ECON:Oduya, Tom
        Approved By:   DCM:Roe, Adelaide
        UNCLASSIFIED
        SBU

        """#

    /// 5.3: call signs.
    public static let acp126 = #"""
        VZCZCTKA037 UU
        RKLM
        DE RKTA NR 037
        R 221905Z OCT 1987
        FM CDR FICTIONAL BRIGADE
        TO CDR FICTIONAL BATTALION
        GRNC
        BT
        UNCLAS
        CONFIRM ARRIVAL OF TWO GENERATORS. REPORT BY ROUTINE MESSAGE.
        BT
        C WA ARRIVAL OF THREE
        NNNN

        """#

    /// 5.4: the special security network.
    public static let doi103 = #"""
        VZCZCMLT041
        PP YEKAAB
        DE YEKZZC #0107 1290915
        ZNY CCCCC
        ZKZK PP SOA DE
        P 080915Z MAY 12
        FM FICTIONAL LISTENING POST
        TO FICTIONAL WATCH CENTER
        BT
        C O N F I D E N T I A L
        QQQQ
        1. (C) NO ACTIVITY OBSERVED DURING PERIOD.
        BT
        #0107
        NNNN

        """#

    /// 5.8: a general message.
    public static let general = #"""
        UNCLASSIFIED//
        ROUTINE
        R 141502Z MAY 19
        FM CNO FICTION DC
        TO NAVADMIN
        INFO CNO FICTION DC
        BT
        UNCLAS
        PASS TO OFFICE CODES:
        FM CNO FICTION DC//N7//
        INFO CNO FICTION DC//N7//
        NAVADMIN 941/19
        MSGID/GENADMIN/CNO FICTION DC/N7/MAY//
        SUBJ/LIGHTHOUSE OPEN DAY//
        REF/A/MSG/CNO FICTION DC/021200ZMAY19//
        REF/B/DOC/OPNAV/12JAN18//
        NARR/REF A IS NAVADMIN 930/19.  REF B IS OPNAVINST 9999.1, LIGHTHOUSES.//
        POC/LAMP/CDR/OPNAV N7/FICTION DC/TEL: 555-0100//
        RMKS/1.  This NAVADMIN announces the open day in line with references (a)
        and (b).
        2.  Dates.
        2.a.  Boats leave at 0900.
        2.b.  Boats return at 1700.//
        BT
        #0001
        NNNN
        UNCLASSIFIED//

        """#

    public static let layouts = [Samples.s85, s86, s89, acp126, doi103, general]
}
