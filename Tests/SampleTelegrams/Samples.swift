/// The invented telegrams of section 8 of the format document, by section.
public enum Samples {
    /// 8.1: a single section, from a post to the Department.
    public static let s81 = #"""
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

        """#

    /// 8.2: a section of three.
    public static let s82a = #"""
        VZCZCXRO3310
        PP RUEHNO RUEHLN
        DE RUEHSI #2468/01 2771315
        ZNY CCCCC ZZH
        P 041315Z OCT 07
        FM AMEMBASSY TBILISI
        TO RUEHC/SECSTATE WASHDC PRIORITY 7702
        INFO RUEHNO/USMISSION USNATO PRIORITY 3120
        RUEHYE/AMEMBASSY YEREVAN
        BT
        C O N F I D E N T I A L SECTION 01 OF 03 TBILISI 002468

        SIPDIS
        NOFORN

        DEPT FOR EUR/CARC

        E.O. 12958: DECL: 10/04/2017
        TAGS: PREL PGOV MARR NATO GG
        SUBJECT: BORDER WATER TALKS: THREE SESSIONS, ONE PROTOCOL

        REF: A. TBILISI 2401
             B. STATE 138877 (EXDIS)
             C. LINDQVIST-OKORO EMAIL 10/02/07

        Classified By: DCM Merle Tarkington for reasons 1.4 (b) and (d).

        1.  (C) SUMMARY.  NEGOTIATORS INITIALED A WATER-SHARING PROTOCOL ON
        OCTOBER 3.  WHO REPAIRS THE SLUICE GATES WAS LEFT OPEN.  END SUMMARY.

        FIRST SESSION: NUMBERS
        ----------------------

        2.  (C/NF) THE HOSTS TABLED FLOW TABLES NEW TO POST.

        TBILISI 00002468  001.2 OF 003


        3.  (C) THE VISITORS ACCEPTED THE TABLES AFTER A NIGHT OF PHONE
        CALLS, AND THEN ASKED THAT THE ANNEX BE MOVED TO
        BT
        #2468
        NNNN

        """#

    /// 8.2: a section of three.
    public static let s82b = #"""
        VZCZCXRO3312
        PP RUEHNO RUEHLN
        DE RUEHSI #2468/03 2771315
        ZNY CCCCC ZZH
        P 041315Z OCT 07
        FM AMEMBASSY TBILISI
        TO RUEHC/SECSTATE WASHDC PRIORITY 7702
        INFO RUEHNO/USMISSION USNATO PRIORITY 3120
        RUEHYE/AMEMBASSY YEREVAN
        BT
        C O N F I D E N T I A L SECTION 03 OF 03 TBILISI 002468

        SIPDIS
        NOFORN
        E.O. 12958: DECL: 10/04/2017
        TAGS: PREL PGOV MARR NATO GG
        SUBJECT: BORDER WATER TALKS: THREE SESSIONS, ONE PROTOCOL

        5.  (C) COMMENT: A COMMISSION WITHOUT A BUDGET WILL NOT MEND GATES.
        END COMMENT.
        VANDERHOOF
        BT
        #2468
        NNNN

        """#

    /// 8.2: a section of three.
    public static let s82c = #"""
        VZCZCXRO3313
        PP RUEHNO RUEHLN
        DE RUEHSI #2468/02 2771315
        ZNY CCCCC ZZH
        P 041315Z OCT 07
        FM AMEMBASSY TBILISI
        TO RUEHC/SECSTATE WASHDC PRIORITY 7702
        INFO RUEHNO/USMISSION USNATO PRIORITY 3120
        RUEHYE/AMEMBASSY YEREVAN
        BT
        C O N F I D E N T I A L SECTION 02 OF 03 TBILISI 002468

        SIPDIS
        NOFORN
        E.O. 12958: DECL: 10/04/2017
        TAGS: PREL PGOV MARR NATO GG
        SUBJECT: BORDER WATER TALKS: THREE SESSIONS, ONE PROTOCOL

        THE PREAMBLE, WHERE IT HAS NO FORCE.

        SECOND AND THIRD SESSIONS: THE GATES
        ------------------------------------

        4.  (C) NEITHER SIDE WOULD PAY.  A JOINT COMMISSION WILL "STUDY
        FINANCING."
        BT
        #2468
        NNNN

        """#

    /// 8.3: NIACT, dual precedence.
    public static let s83 = #"""
        VZCZCDJO0066
        OO RUEHC RUEHDS RUEHNR RHEFDIA
        DE RUEHDJ #0318 3192210
        ZNY SSSSS ZZH
        O P 142210Z NOV 08 ZZK
        FM AMEMBASSY DJIBOUTI
        TO RUEHC/SECSTATE WASHDC NIACT IMMEDIATE 0591
        INFO RUEHDS/AMEMBASSY ADDIS ABABA PRIORITY 0102
        RUEHNR/AMEMBASSY NAIROBI PRIORITY 0077
        RHEFDIA/DIA WASHINGTON DC//XY-2//
        BT
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
        BT
        #0318
        NNNN

        """#

    /// 8.4: an archive copy without FL1-FL4.
    public static let s84 = #"""
        P 301702Z JUN 09
        FM SECSTATE WASHDC
        TO PAGE 02        STATE   067811  301710Z
        ALL DIPLOMATIC AND CONSULAR POSTS COLLECTIVE PRIORITY
        XMT AMEMBASSY DILI
        AMCONSUL RECIFE

        UNCLAS STATE 067811

        C O R R E C T E D  C O P Y (DATE OF CHECK)
        INFORM CONSULS

        E.O. 12958: N/A
        TAGS: ACOA, AINF
        SUBJECT: CHANNEL NUMBER CHECK WEEK

        ALL POSTS ARE TO COMPARE CHANNEL NUMBERS WITH THEIR RELAY AT 0001Z
        ON JULY 14, NOT JULY 7.  MINIMIZE CONSIDERED.
        DUNMORE

        """#

    /// 8.7: a service message.
    public static let s87a = #"""
        VZCZCSIO0455
        RR RUEHSI
        DE RUEHCS #0912 2771540
        ZNR UUUUU
        BT
        UNCLAS SVC INT ZDK RUEHSI 2468/02 2771315 WA PREAMBLE - NEITHER TO
        COMMISSION
        BT
        #0912
        NNNN

        """#

    /// 8.7: a service message.
    public static let s87b = #"""
        VZCZCXRO3320
        RR RUEHCS
        DE RUEHSI #2471 2771602
        ZNR UUUUU
        BT
        UNCLAS SVC ZUI RUEHCS 0912 2771540 ZDK RUEHSI 2468/02 WA PREAMBLE
        WHERE - NEITHER SIDE WOULD PAY. A JOINT COMMISSION
        BT
        #2471
        NNNN

        """#

    /// 8.7: a service message.
    public static let s87c = #"""
        VV   SIA118     UU
        OO RUEHC
        DE RUEHCS 04/1611Z
        ZFX XRO3311
        NNNN

        """#

    /// 8.8: what stands in front of 8.1.
    public static let pilot = #"""
        VZCZCCSA0093
        RR RUCPDOC
        ZNR UUUUU ZFD RUEHC

        """#

    /// 8.10: archive-merged and damaged.
    public static let s810 = #"""
        VZCZCXRO9041
        RR RUEHLN RUEHVK RUEHYG
        DE RUEHYE #0087/01 0421118
        ZNR UUUUU ZZH
        R 111118Z FEB 10
        FM AMEMBASSY YEREVAN
        TO RUEHC/SECSTATE WASHDC 0330
        RUCNCIS/CIS COLLECTIVE
        INFO RUEHYE/AMEMBASSY YEREVAN 0741

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

        """#

    /// 8.11: allied, with corrections.
    public static let s811 = #"""
        VV   PXA062     HH
        RR RNFPXQ
        DE RBDXQT 042A 23/0648Z
        R 230630Z SEP 1992
        FM RAF FICTON
        TO NLAF FICTSTAD
        BT
        R E S T R I C T E D SECTION 1 OF 2
        HANGAR INSPECTION. DOOR NORTH LOCKED. DOOR SOUTH CLEAR.
        C LINE 2 WA NORTH JAMMED


        PAGE 2 RBDXQT 042A R E S T R I C T E D
        CRANE RATED 12 TONS
        E E E E E E E E RATED 10 TONS.
        BT
        NNNN

        """#

    /// 8.12: a readdressal.
    public static let s812 = #"""
        VZCZCEGA0210
        PP RUEHTU
        DE RUEHEG #1190 0620930
        ZNR UUUUU
        P 020915Z MAR 88
        FM AMEMBASSY CAIRO
        TO RUEHTU/AMEMBASSY TUNIS
        R 291140Z FEB 88
        FM USMISSION GENEVA
        TO RUEHEG/AMEMBASSY CAIRO
        INFO ZEN/AMEMBASSY BERN
        BT
        UNCLAS GENEVA 01877
        E.O. 12356: N/A
        TAGS: EAGR, TBIO
        SUBJECT: LOCUST BULLETIN 3
        1. SWARMS REPORTED NORTH OF THE ROAD.
        LINDQVIST
        BT
        #1190
        NNNN

        """#

    /// 8.8: 8.1 behind a pilot.
    public static let s88 = Samples.pilot + Samples.s81

    public static let all =
        [
            Samples.s81, Samples.s82a, Samples.s82b, Samples.s82c, Samples.s83, Samples.s84, Samples.s87a, Samples.s87b,
            Samples.s87c, Samples.s810, Samples.s811, Samples.s812, Samples.s88,
        ] + Samples.layouts
}
