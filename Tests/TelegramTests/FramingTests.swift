import SampleTelegrams
import Testing

@testable import Telegram

struct FramingTests {
    @Test func manyTelegramsInOneRecord() {
        let readings = Reading.all(String(repeating: Samples.s81, count: 100))
        #expect(readings.count == 100)
        #expect(readings.allSatisfy { $0.findings.isEmpty && $0.telegram.complete })
        #expect(Set(readings.map(\.telegram.contentHash.0)).count == 1)
    }

    @Test(arguments: ["\r\n", "\r\r\n", "\r"])
    func lineEnds(end: String) throws {
        let octets = Samples.s81.utf8.flatMap { $0 == 0x0A ? Array(end.utf8) : [$0] }
        let reading = try #require(Reading.all(octets).first)
        let original = try #require(Reading.all(Samples.s81).first)
        #expect(reading.telegram.complete && reading.telegram.contentHash == original.telegram.contentHash)
    }

    @Test func gluedEnd() {
        let text = Samples.s81.trimmingEnd + Samples.s82a
        let readings = Reading.all(text)
        #expect(readings.map(\.identifiers) == [["EKI 417"], ["XRO 3310"]])
        #expect(readings.allSatisfy { $0.telegram.ending.seen })
    }

    @Test func lostEnd() {
        let cut = Samples.s81.replacing("BT\n#0231\n\nNNNN\n", with: "")
        let readings = Reading.all(cut + Samples.s82a)
        #expect(readings.map(\.identifiers) == [["EKI 417"], ["XRO 3310"]])
        #expect(readings.first?.telegram.complete == false)
        #expect(readings.first?.missing == ["BT", "#0231", "NNNN"])
        #expect(readings.last?.telegram.ending.seen == true)
    }

    @Test func preambleAndTail() throws {
        let reading = try #require(Reading.all("HELLO OPERATOR\n\n" + Samples.s81 + "\nTHAT WAS ALL\n").first)
        #expect(reading.findings == [.unexplainedText, .unexplainedText])
        #expect(
            reading.telegram.findings.map { reading[$0.range] } == ["HELLO OPERATOR", "THAT WAS ALL"])
        #expect(reading.telegram.octetCount == Int32("HELLOOPERATORTHATWASALL".count) + content(Samples.s81))
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func everyOctetIsBlankOrCounted(octet: UInt8) throws {
        let isBlank = octet <= 0x20 || octet == 0x7F
        for place in 0..<9 {
            var octets = Array("DE RUEHEK #0231\nBT\n".utf8)
            octets.insert(octet, at: 17 + place % 2)
            octets.insert(contentsOf: Array(repeating: 0x20, count: place), at: 3)
            let reading = try #require(Reading.all(octets).first)
            #expect(reading.telegram.octetCount == 15 + (isBlank ? 0 : 1))
        }
    }

    private func content(_ text: String) -> Int32 { Int32(text.utf8.filter { $0 > 0x20 }.count) }

    @Test func bannerBelongsToTheMessage() throws {
        let reading = try #require(Reading.all("UNCLASSIFIED\n\nROUTINE\n" + Samples.s84).first)
        #expect(reading.telegram.range.start == 0 && reading.telegram.heading == .partial)
        #expect(reading.findings == [.correctedCopy])
    }

    @Test(arguments: [
        ("", Refusal(code: .empty, offset: 0, line: 1, column: 1)),
        (" \n\t\r\n ", Refusal(code: .empty, offset: 0, line: 1, column: 1)),
        ("\n  hello\nworld", Refusal(code: .noTelegram, offset: 3, line: 2, column: 3)),
        ("FM HERE TO THERE\nDE FACTO RULE\n", Refusal(code: .noTelegram, offset: 0, line: 1, column: 1)),
    ])
    func refusals(text: String, refusal: Refusal) {
        #expect(Reading.outcome(text) == Outcome(telegrams: 0, refusal: refusal))
    }

    @Test(arguments: [
        ("UNCLAS STATE 067811\nTEXT\n", Layout.textOnly), ("E.O. 12958: N/A\nTAGS: ENRG\nTEXT", .textOnly),
        ("DE RUEHEK #0231 0760842\n", .acp127), ("VZCZCEKI0417\n", .unknown), ("RR RUEHC\n", .unknown),
        (Samples.s81, .acp127),
    ])
    func layouts(text: String, layout: Layout) {
        #expect(Reading.all(text).map(\.telegram.layout) == [layout])
    }

    @Test func relaysPrependTheirNumbers() throws {
        let text = Samples.s81.replacing("VZCZCEKI0417", with: "VZCZCMGC071EKI0417")
        let reading = try #require(Reading.all(text).first)
        #expect(reading.identifiers == ["MGC 71", "EKI 417"])
        let placeholder = try #require(Reading.all(Samples.s81.replacing("EKI0417", with: "XYZ0000")).first)
        #expect(placeholder.telegram.identifiers.first?.placeholder == true)
    }

    /// Format 6.4 D15: an FL1 inside the text splits it only where a heading follows, `BT` or no `BT`.
    @Test(arguments: ["BT\nUNCLAS BISHKEK", "UNCLAS BISHKEK"], ["VZCZCEKI0418", "EKI0418", "VV   EKI0418"])
    func identificationInsideText(start: String, identification: String) throws {
        let head = Samples.s81.replacing("BT\nUNCLAS BISHKEK", with: start)
        let readings = Reading.all(head.replacing("HALVORSEN\n", with: "\(identification)\nHALVORSEN\n"))
        #expect(readings.count == 1)
        let telegram = try #require(readings.first?.telegram)
        let strays = telegram.findings.filter { $0.code == .strayIdentifier }
        #expect(strays.map(\.confidence) == [0.8] && strays.first?.repair?.rule == .d15)
        #expect(strays.map { readings[0][$0.range] } == [identification])
        #expect(telegram.unexplained.isEmpty)
        let last = try #require(telegram.paragraphs.last)
        #expect(!readings[0][last.text].contains("EKI0418"))

        let next = Samples.s82a.replacing("VZCZCXRO3310", with: identification)
        #expect(next != Samples.s82a)
        let split = Reading.all(
            head.replacing("HALVORSEN\n", with: "").replacing("BT\n#0231\n\nNNNN\n", with: "") + next)
        #expect(split.map(\.identifiers) == [["EKI 417"], ["EKI 418"]])
        #expect(split.allSatisfy { !$0.findings.contains(.strayIdentifier) })
    }

    @Test func quotedTelegramIsText() {
        let quoted =
            "\n5. QUOTE\nR 150900Z MAR 09\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\nBT\nUNCLAS\nTEXT\nBT\nUNQUOTE\n"
        let text = Samples.s81.replacing("HALVORSEN\n", with: quoted + "HALVORSEN\n")
        let readings = Reading.all(text)
        #expect(readings.count == 1)
        #expect(readings.first?.telegram.readdressals.isEmpty == true)
        #expect(readings.first?.telegram.complete == true)
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
