import Testing

@testable import Directory

struct DirectoryTests {
    let directory = Directory()

    @Test(arguments: [
        ("AMEMBASSY BISHKEK", "BISHKEK"), ("BISHKEK", "BISHKEK"), ("AMCONSUL HERAT", "HERAT"),
        ("Amembassy Bishkek", "BISHKEK"), ("USMISSION GENEVA", "GENEVA"), ("US MISSION GENEVA", "GENEVA"),
        ("SECSTATE WASHDC", "STATE"), ("SECSTATE", "STATE"), ("AMEMBASSY MEXICO CITY", "MEXICO"),
        ("AMEMBASSY GUATEMALA", "GUATEMALA"), ("AMEMBASSY KIEV", "KYIV"), ("AMCONSUL CALCUTTA", "KOLKATA"),
        ("AMCONSUL ST PETERSBURG", "STPETERSBURG"), ("UNVIE VIENNA", "UNVIEVIENNA"), ("USUN", "USUNNEWYORK"),
        ("USEU BRUSSELS", "USEUBRUSSELS"), ("AMEMBASSY THE HAGUE", "THEHAGUE"), ("HCMC", "HOCHIMINHCITY"),
        ("AMEMBASSY PORT-AU-PRINCE", "PORTAUPRINCE"), ("AMEMBASSY N'DJAMENA", "NDJAMENA"),
        ("USINT HAVANA", "USINTHAVANA"), ("AIT TAIPEI", "AITTAIPEI"), ("DEPT OF COMMERCE WASHDC", "COMMERCE"),
    ])
    func namesLeadToPosts(_ name: String, _ key: String) {
        #expect(self.post(name)?.key == key)
    }

    @Test(arguments: ["", " ", "AMEMBASSY", "AMEMBASSY BISHKE", "BISHKEK//POL//", "NOWHERE", "AMEMBASSY BISHKEK 0417"])
    func nothingIsGuessed(_ name: String) {
        #expect(self.post(name) == nil)
    }

    @Test func longAndBinaryNamesAreNoPosts() {
        for count in [63, 64, 65, 1000] {
            #expect(self.post(String(repeating: "A", count: count)) == nil)
        }
        for octet in UInt8.min...UInt8.max {
            let name = [octet, octet]
            #expect(self.directory.post(named: name.span) == nil)
        }
    }

    @Test func aPostCarriesItsPlace() throws {
        let post = try #require(self.post("AMEMBASSY BISHKEK"))
        #expect(post.name == "Bishkek")
        #expect(post.kind == .embassy)
        #expect(post.country == "KG")
        #expect(post.region == "SCA")
        #expect(post.latitude == "42.87")
        #expect(post.longitude == "74.61")
        #expect(post.routingIndicators == ["RUEHEK"])
    }

    @Test func routingIndicatorsLeadToPosts() {
        for (index, post) in self.directory.posts.enumerated() {
            for indicator in post.routingIndicators {
                let octets = Array(indicator.utf8)
                #expect(self.directory.indexOfPost(routingIndicator: octets.span) == index)
            }
            let key = Array(post.key.utf8)
            #expect(self.directory.indexOfPost(named: key.span) == index)
        }
        #expect(self.directory.posts.count >= 260)
    }

    @Test func tagsHaveTitlesAndCountries() {
        let kyrgyzstan = Array("KG".utf8)
        let tag = self.directory.tag(kyrgyzstan.span)
        #expect(tag?.title == "Kyrgyzstan")
        #expect(tag?.country == "KG")
        let energy = Array("ENRG".utf8)
        #expect(self.directory.tag(energy.span)?.title == "Energy and Power")
        let unknown = Array("QQQQ".utf8)
        #expect(self.directory.tag(unknown.span) == nil)
    }

    @Test(arguments: [("ZZH", true), ("ZFH1", true), ("ZEQ2", true), ("ZEQ9", false), ("ZQQ", false), ("", false)])
    func signalsHaveMeanings(_ signal: String, _ isKnown: Bool) {
        let octets = Array(signal.utf8)
        #expect((self.directory.operatingSignal(octets.span) != nil) == isKnown)
    }

    private func post(_ name: String) -> Post? {
        let octets = Array(name.utf8)
        return self.directory.post(named: octets.span)
    }
}
