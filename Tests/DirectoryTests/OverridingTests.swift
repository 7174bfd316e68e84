import Testing

@testable import Directory

struct OverridingTests {
    private static let header = "name,key,routingIndicator,kind,country,region,latitude,longitude,aliases\n"

    @Test func rowsReplaceAndAdd() throws {
        var tables = Directory.Tables()
        tables.posts = Array(
            (Self.header + "Frunze,BISHKEK,RUEHEK,consulate,KG,SCA,42.9,74.6,\r\n\n\"Little, America\",LITTLEAMERICA,"
                + "RUEHZZZ,other,,,-78.5,-163.8,BYRD STATION\n").utf8)
        let directory = try Directory(overriding: tables)
        let bishkek = Array("AMEMBASSY BISHKEK".utf8)
        #expect(directory.post(named: bishkek.span)?.name == "Frunze")
        let station = Array("BYRD STATION".utf8)
        #expect(directory.post(named: station.span)?.name == "Little, America")
        #expect(directory.posts.count == Directory().posts.count + 1)
    }

    @Test(arguments: [
        ("name\n", 1, "the first line must be"),
        (Self.header + "A,A\n", 2, "2 fields, 9 expected"),
        (Self.header + "\n\"A,A\n", 3, "not closed"),
        (Self.header + ",A,,other,,,,,\n", 2, "name"),
        (Self.header + "A,a,,other,,,,,\n", 2, "key is 'a'"),
        (Self.header + "A,A,,castle,,,,,\n", 2, "embassy consulate mission other"),
        (Self.header + "A,A,,other,KGZ,,,,\n", 2, "country"),
        (Self.header + "A,A,,other,,,91,,\n", 2, "latitude"),
        (Self.header + "A,A,,other,,,nan,,\n", 2, "latitude"),
        (Self.header + "A,A,,other,,,,1e2,\n", 2, "longitude"),
        (Self.header + "A,A,,other,,,,01,\n", 2, "longitude"),
    ])
    func badRowsAreRefusedWithTheirLine(_ csv: String, _ line: Int, _ says: String) {
        var tables = Directory.Tables()
        tables.posts = Array(csv.utf8)
        do {
            _ = try Directory(overriding: tables)
            Issue.record("accepted")
        } catch {
            #expect(error.line == line)
            #expect(error.description.contains(says))
        }
    }

    @Test func anyOctetsAreRefusedOrRead() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var tables = Directory.Tables()
            tables.tags = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = try? Directory(overriding: tables)
        }
    }
}
