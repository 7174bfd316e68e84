/// Invented words and parts of sentences; nothing here comes from a real telegram.
enum Phrases {
    static let given: [StaticString] = [
        "Aydar", "Merle", "Ottoline", "Hrant", "Tamsin", "Oswin", "Brannoc", "Ilvira", "Casimo", "Delphia", "Emeric",
        "Fenna", "Goran", "Hesper", "Isolde", "Jarek", "Katell", "Lorcan", "Mirela", "Nadir", "Orsolya", "Perpetua",
        "Quillon", "Rosmund", "Sabeth", "Teodric", "Ulvi", "Vesna", "Wystan", "Yanick", "Zelda", "Anselm",
    ]
    static let surnames: [StaticString] = [
        "Temirkan", "Quillfeather", "Melikov", "Dunmore", "Okoro", "Lindqvist", "Vantongeren", "Sorrel", "Brackenbury",
        "Amadika", "Castellane", "Drozdek", "Eskerov", "Fairweather", "Ghaleb", "Hadrovic", "Ibarrane", "Jurasek",
        "Kestrelov", "Lamborne", "Mukasani", "Nordhaven", "Ostrander", "Petrossel", "Ravenel", "Szabolcs", "Thistle",
        "Uwanda", "Vellacott", "Winterbourne", "Yarrow", "Zoubek",
    ]
    static let signers: [StaticString] = [
        "HALVORSEN", "VANDERHOOF", "MERRIWEATHER", "PELLEGRINI", "BRAITHWAITE", "TARKINGTON", "ASHGROVE", "CALLOWAY",
        "DRUMMOND", "FEATHERSTONE", "GALLOWGLASS", "HOLLINGWORTH", "KINGSOLVER", "LOCKHAVEN", "MONTCLAIR", "STANHOPE",
    ]
    static let titles: [StaticString] = [
        "DCM", "Deputy Chief of Mission", "Ambassador", "Charge d'Affaires", "Economic Counselor",
        "Political Counselor",
    ]
    static let places: [StaticString] = [
        "Narenka", "the Upper Sorva", "Kastanis", "Port Elvire", "Tamaruk", "Old Vasht", "Lake Ombeli", "Durnholm",
        "the Pelikan delta", "Corvada", "Mont Serein", "Zelenik", "Hara Gorge", "Bellacosta", "Quon Valley", "Ishkora",
    ]
    static let months: [StaticString] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let monthGroups: [StaticString] = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    static let subjectTags: [StaticString] = [
        "ENRG", "ECON", "EINV", "PGOV", "PREL", "PHUM", "EAGR", "EAID", "EFIN", "ETRD", "SENV", "SOCI", "KDEM", "KCRM",
        "MARR", "PTER", "SNAR", "ELAB", "EWWT", "EMIN", "TRGY", "CVIS", "ASEC", "SCUL",
    ]
    static let organizationTags: [StaticString] = ["NATO", "OSCE", "UNGA"]

    static let subjectTopics: [StaticString] = [
        "SMALL HYDRO TENDER", "LAKE CENSUS", "GRAIN BOARD AUDIT", "BORDER WATER TALKS", "HARBOR DUES REFORM",
        "TEACHERS' STRIKE", "CUSTOMS UNION DRAFT", "COPPER ROYALTY BILL", "FERRY CONCESSION", "ELECTION CALENDAR",
        "RAIL GAUGE STUDY", "HONEY EXPORT PERMITS", "MOUNTAIN ROAD LOAN", "PRESS LAW DEBATE", "VACCINE COLD CHAIN",
        "FISHERY QUOTA TALKS",
    ]
    static let subjectEvents: [StaticString] = [
        "SLIPS TO SUMMER", "REACHES PARLIAMENT", "MEETS RESISTANCE", "FINDS A BACKER", "GOES TO A SECOND ROUND",
        "DIVIDES THE COALITION", "LEAVES TRADERS COLD", "NEARS SIGNATURE", "STALLS OVER MONEY",
        "SURPRISES THE MINISTRY",
        "WINS QUIET APPROVAL", "RAISES OLD QUESTIONS",
    ]
    static let subjectRiders: [StaticString] = [
        "", "", "", ": MUCH TALK, LITTLE MONEY", ": A VIEW FROM THE PROVINCES", ", AND THE NEIGHBORS NOTICE",
        ": WHO PAYS FOR THE SECOND PHASE IS LEFT OPEN UNTIL AFTER THE RECESS", ", SAYS RIVER AUTHORITY",
    ]
    static let headings: [StaticString] = [
        "FIRST SESSION: NUMBERS", "THE FISH COUNT", "WHO PAYS", "A LONG ROAD", "VIEWS FROM THE PROVINCES",
        "THE MINISTRY REPLIES", "MONEY AND MAPS", "NEXT STEPS", "WHAT THE TRADERS SAY", "OLD QUARRELS",
    ]

    /// What stands before a name that is a source.
    static let sources: [StaticString] = [
        "Deputy Minister ", "According to the warden, ", "Council member ", "Harbormaster ", "Opposition deputy ",
        "Customs director ", "In a call on the Ambassador, ", "Governor ", "Over lunch with Econoff, ", "Union leader ",
        "Editor ", "At a reception in the capital, ", "Engineer ", "Adviser ", "Without notes, ", "Prosecutor ",
    ]
    static let attributions: [StaticString] = [
        " told Poloff that ", " said that ", " claimed that ", " told the Embassy in confidence that ",
        " repeated to visitors that ", " complained to Emboffs that ", " was certain that ", " expects that ",
        " doubts that ", " noted (reftel) that ", " let it be known that ", " would only confirm that ",
    ]
    static let leads: [StaticString] = [
        "Local papers report that ", "Post contacts agree that ", "It is common talk in the bazaar that ",
        "Three embassies have heard that ", "The radio had it on two evenings that ",
        "A circular of the bank states that ",
        "Visitors from the north say that ", "Few doubt that ", "An unsigned memorandum argues that ",
        "Shippers take it as given that ",
    ]
    static let actors: [StaticString] = [
        "the energy ministry", "the port authority", "the municipal council", "the opposition bloc", "the grain board",
        "the customs service", "a majority of deputies", "the central bank", "the border commission",
        "the river authority",
        "the teachers' union", "the state railway", "the election board", "the mining syndicate",
        "the national archive",
        "the fishing cooperative", "the health inspectorate", "the governor's staff", "the coalition's junior partner",
        "the audit chamber",
    ]
    static let deeds: [StaticString] = [
        " will reopen bids before the harvest", " has not paid its contractors since the spring",
        " lost the maps on which the whole plan rests", " wants foreign engineers to look at the sluice gates",
        " prefers a loan in local currency", " cannot say who owns the northern quay",
        " signed a protocol without an annex", " would welcome observers but will not invite them",
        " counts each net and each boat twice", " put the question to a vote and then withdrew it",
        " has asked for a technical mission of modest size", " moved the ceremony indoors at the last minute",
        " blames the weather for delays that have other causes", " keeps two sets of books on the ferry concession",
        " sees no need for another study", " hired the contractor's cousin as its only inspector",
        " had never read the agreement that it denounced", " will send a delegation, though not a senior one",
        " expects the price of flour to double", " promised schools a roof and a stove each",
    ]
    static let tails: [StaticString] = [
        "", "", "", ", although there is no budget line for it", ", a step that traders had long expected",
        ", which nobody in the room disputed", ", and there the matter will rest until the recess",
        ", if only to please the provinces", ", whatever the newspapers may print",
        " because the neighbors insist on it",
        ", and asked us not to repeat it", " once the snow is off the pass",
    ]
    static let measures: [StaticString] = [
        " villages on the eastern bank", " kilometers of new road", " tons of seed potatoes", " empty railway cars",
        " registered voters in the old quarter", " fishing permits", " megawatts of small hydropower",
        " crates of school books",
    ]
}
