/// A post that telegrams come from (format, appendix A for the routing indicators).
struct Post: Sendable {
    let name: StaticString
    let kind: StaticString
    let routingIndicator: StaticString
    let geographicTag: StaticString
    let office: StaticString

    private init(
        _ name: StaticString, _ routingIndicator: StaticString, _ geographicTag: StaticString, _ office: StaticString,
        kind: StaticString = "AMEMBASSY"
    ) {
        self.name = name
        self.kind = kind
        self.routingIndicator = routingIndicator
        self.geographicTag = geographicTag
        self.office = office
    }

    /// 64 of them, so that the numbering of telegrams can spread over them evenly.
    static let all: [Post] = [
        Post("BISHKEK", "RUEHEK", "KG", "SCA/CEN"),
        Post("TBILISI", "RUEHSI", "GG", "EUR/CARC"),
        Post("DJIBOUTI", "RUEHDJ", "DJ", "AF/E"),
        Post("YEREVAN", "RUEHYE", "AM", "EUR/CARC"),
        Post("DUSHANBE", "RUEHDBU", "TI", "SCA/CEN"),
        Post("TASHKENT", "RUEHNT", "UZ", "SCA/CEN"),
        Post("ASHGABAT", "RUEHAH", "TX", "SCA/CEN"),
        Post("ASTANA", "RUEHTA", "KZ", "SCA/CEN"),
        Post("BAKU", "RUEHKB", "AJ", "EUR/CARC"),
        Post("MINSK", "RUEHSK", "BO", "EUR/UMB"),
        Post("CHISINAU", "RUEHCH", "MD", "EUR/UMB"),
        Post("RIGA", "RUEHRA", "LG", "EUR/NB"),
        Post("VILNIUS", "RUEHVL", "LH", "EUR/NB"),
        Post("TALLINN", "RUEHTL", "EN", "EUR/NB"),
        Post("WARSAW", "RUEHWR", "PL", "EUR/NCE"),
        Post("PRAGUE", "RUEHPG", "EZ", "EUR/NCE"),
        Post("BRATISLAVA", "RUEHSL", "LO", "EUR/NCE"),
        Post("BUDAPEST", "RUEHUP", "HU", "EUR/NCE"),
        Post("SOFIA", "RUEHSF", "BU", "EUR/NCE"),
        Post("BUCHAREST", "RUEHBM", "RO", "EUR/NCE"),
        Post("SKOPJE", "RUEHSQ", "MK", "EUR/SCE"),
        Post("TIRANA", "RUEHTI", "AL", "EUR/SCE"),
        Post("ZAGREB", "RUEHVB", "HR", "EUR/SCE"),
        Post("LJUBLJANA", "RUEHLJ", "SI", "EUR/NCE"),
        Post("SARAJEVO", "RUEHVJ", "BK", "EUR/SCE"),
        Post("ATHENS", "RUEHTH", "GR", "EUR/SE"),
        Post("ANKARA", "RUEHAK", "TU", "EUR/SE"),
        Post("NICOSIA", "RUEHNC", "CY", "EUR/SE"),
        Post("BEIRUT", "RUEHLB", "LE", "NEA/ELA"),
        Post("AMMAN", "RUEHAM", "JO", "NEA/ELA"),
        Post("CAIRO", "RUEHEG", "EG", "NEA/ELA"),
        Post("KHARTOUM", "RUEHKH", "SU", "AF/E"),
        Post("ADDIS ABABA", "RUEHDS", "ET", "AF/E"),
        Post("NAIROBI", "RUEHNR", "KE", "AF/E"),
        Post("KAMPALA", "RUEHKM", "UG", "AF/E"),
        Post("KIGALI", "RUEHLGB", "RW", "AF/C"),
        Post("LUSAKA", "RUEHLS", "ZA", "AF/S"),
        Post("HARARE", "RUEHSB", "ZI", "AF/S"),
        Post("WINDHOEK", "RUEHWD", "WA", "AF/S"),
        Post("GABORONE", "RUEHOR", "BC", "AF/S"),
        Post("MASERU", "RUEHMR", "LT", "AF/S"),
        Post("MAPUTO", "RUEHTO", "MZ", "AF/S"),
        Post("ANTANANARIVO", "RUEHAN", "MA", "AF/E"),
        Post("ACCRA", "RUEHAR", "GH", "AF/W"),
        Post("LOME", "RUEHPC", "TO", "AF/W"),
        Post("COTONOU", "RUEHCO", "BN", "AF/W"),
        Post("NIAMEY", "RUEHNM", "NG", "AF/W"),
        Post("OUAGADOUGOU", "RUEHOU", "UV", "AF/W"),
        Post("DAKAR", "RUEHDK", "SG", "AF/W"),
        Post("NOUAKCHOTT", "RUEHNK", "MR", "AF/W"),
        Post("RABAT", "RUEHRB", "MO", "NEA/MAG"),
        Post("TUNIS", "RUEHTU", "TS", "NEA/MAG"),
        Post("LIMA", "RUEHPE", "PE", "WHA/AND"),
        Post("QUITO", "RUEHQT", "EC", "WHA/AND"),
        Post("LA PAZ", "RUEHLP", "BL", "WHA/AND"),
        Post("ASUNCION", "RUEHAC", "PA", "WHA/BSC"),
        Post("MONTEVIDEO", "RUEHMN", "UY", "WHA/BSC"),
        Post("SUVA", "RUEHSV", "FJ", "EAP/ANP"),
        Post("DILI", "RUEHDT", "TT", "EAP/MTS"),
        Post("VIENTIANE", "RUEHVN", "LA", "EAP/MLS"),
        Post("KATHMANDU", "RUEHKT", "NP", "SCA/INS"),
        Post("ULAANBAATAR", "RUEHUM", "MG", "EAP/CM"),
        Post("ALMATY", "RUEHAST", "KZ", "SCA/CEN", kind: "AMCONSUL"),
        Post("VLADIVOSTOK", "RUEHVK", "RS", "EUR/RUS", kind: "AMCONSUL"),
    ]
}
