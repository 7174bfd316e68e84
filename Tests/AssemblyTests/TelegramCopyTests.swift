import SampleTelegrams
import Telegram
import Testing

@testable import Assembly

/// What a telegram says of itself as a copy (format 4.1, 4.3).
struct TelegramCopyTests {
    private static func copies(_ text: String, offset: Int64 = 0) -> [TelegramCopy?] {
        NumberObservationTests.parse(text) { telegram, octets in
            TelegramCopy(
                telegram, octets: octets, identity: Array("09EXAMPLE231".utf8), eventID: [1],
                source: PartSource(partition: 0, offset: offset))
        }
    }

    private static func copy(_ text: String, offset: Int64 = 0) throws -> TelegramCopy {
        try #require(Self.copies(text, offset: offset).first ?? nil)
    }

    @Test func whatIsKnownOfATelegram() throws {
        let copy = try Self.copy(Samples.s81)
        #expect(copy.dateTimeGroup == [17, 8, 42, 90, 3, 7, 217])
        #expect(copy.stationSerial.map { String(decoding: $0, as: UTF8.self) } == "RUEHEK 0231")
        #expect(
            copy.aliases.map { String(decoding: $0, as: UTF8.self) } == [
                "RUEHEK 0231 0760842", "RUEHEK 0231", "EKI0417",
            ])
        #expect(copy.marks == [])
        #expect(copy.quality.isWhole)
        #expect(copy.identity == Array("09EXAMPLE231".utf8))
        #expect(copy.eventID == [1])
    }

    private static let changes: [(String, String, Judgement.Verdict)] = [
        ("VZCZCEKI0417", "VZCZCEKI0430", .duplicate),
        ("ZNR UUUUU ZZH", "ZNR UUUUU ZZH ZFD RUEHC", .suspectedDuplicate),
        ("R 170842Z MAR 09", "R 170842Z MAR 09 ZFG", .deliveredAgain),
        ("SIPDIS\n", "SIPDIS\nC O R R E C T E D  C O P Y (PARA 2)\n", .supersedes),
        ("DE RUEHEK #0231 0760842\nZNR UUUUU ZZH", "DE RUEHEK #0231 0760942\nZNR UUUUU ZDK", .duplicate),
        ("R 170842Z MAR 09", "R 180842Z MAR 09", .rereleased),
        ("MARCH 27.\n\n4.  (SBU)", "MARCH 28.\n\n4.  (SBU)", .worse),
    ]

    /// A copy with another word in it, and what is said of it beside the first.
    @Test(arguments: changes.indices)
    func aSecondCopy(index: Int) throws {
        let (old, new, verdict) = Self.changes[index]
        var versions = TelegramVersions()
        #expect(try versions.copyArrived(Self.copy(Samples.s81), at: 0).verdict == .first)
        let second = try Self.copy(Samples.s81.replacing(old, with: new), offset: 1)
        let judgement = versions.copyArrived(second, at: 0)
        // Of two sound texts neither is the less garbled: which is read depends on nothing but them.
        #expect(judgement.verdict == verdict || (verdict == .worse && judgement.verdict == .better))
        #expect(judgement.other?.source.offset == 0)
    }

    /// That of the last hop: behind a pilot stands what the one before it was sent by.
    @Test func theChannelIsThatIntoUs() throws {
        let names = [Samples.s81, Samples.s88].flatMap { text in
            NumberObservationTests.parse(text) { telegram, octets in
                telegram.channelNumber(octets).map { String(decoding: $0, as: UTF8.self) }
            }
        }
        #expect(names == ["EKI0417", "CSA0093"])
    }

    @Test func aPilotSuspectsADuplicate() throws {
        var versions = TelegramVersions()
        #expect(try versions.copyArrived(Self.copy(Samples.s88), at: 0).verdict == .suspectedNew)
        #expect(try versions.copyArrived(Self.copy(Samples.s81, offset: 1), at: 0).verdict == .duplicate)
        #expect(try versions.copyArrived(Self.copy(Samples.s88, offset: 2), at: 0).verdict == .suspectedDuplicate)
    }

    @Test func aRequestedCopyReplacesATornOne() throws {
        var versions = TelegramVersions()
        let torn = Samples.s81.replacing("COMMENT.\nHALVORSEN\nBT\n#0231\n\nNNNN\n", with: "COMM")
        #expect(try versions.copyArrived(Self.copy(torn), at: 0).verdict == .first)
        let again = Samples.s81.replacing("ZNR UUUUU ZZH", with: "ZNR UUUUU ZDK")
        let judgement = try versions.copyArrived(Self.copy(again, offset: 1), at: 0)
        #expect(judgement.verdict == .retransmission)
        #expect(judgement.revision == 2)
    }

    @Test func aReaddressalIsAnIssueOfItsOwn() throws {
        let copy = try Self.copy(Samples.s812)
        #expect(copy.marks == .readdressed)
        #expect(copy.dateTimeGroup == [2, 9, 15, 90, 3, 7, 196])
        let original = Samples.s812.replacing(
            "P 020915Z MAR 88\nFM AMEMBASSY CAIRO\nTO RUEHTU/AMEMBASSY TUNIS\n", with: ""
        ).replacing("DE RUEHEG #1190 0620930", with: "DE RUEHGV #1877 0601140")
        var versions = TelegramVersions()
        _ = try versions.copyArrived(Self.copy(original), at: 0)
        let other = try Self.copy(Samples.s812, offset: 1)
        #expect(versions.copyArrived(other, at: 0).verdict == .readdressed)
        let again = try Self.copy(Samples.s812.replacing("EGA0210", with: "EGB0031"), offset: 2)
        #expect(versions.copyArrived(again, at: 0).verdict == .duplicate)
        let elsewhere = try Self.copy(
            Samples.s812.replacing("EGA0210", with: "EGB0032").replacing("#1190", with: "#1191"), offset: 3)
        #expect(versions.copyArrived(elsewhere, at: 0).verdict == .readdressed)
    }

    @Test(arguments: [
        Samples.s82a, Samples.s811, Samples.s87a, Samples.s87c,
        // A section that nothing joins to others is no version of them.
        Samples.s82a.replacing("P 041315Z OCT 07\n", with: ""),
    ])
    func noWholeTelegramIsNoCopy(text: String) {
        let copies = Self.copies(text)
        #expect(copies.count == 1)
        #expect(copies.allSatisfy { $0 == nil })
    }

    @Test func oneOfOneIsWhole() throws {
        let copy = try Self.copy(Samples.s82a.replacing("SECTION 01 OF 03", with: "SECTION 01 OF 01"))
        #expect(copy.marks == [])
    }

    // MARK: Cancellations

    @Test(arguments: [
        ("ZFR RUEHEK 0231 0760842", ["RUEHEK 0231 0760842"]), ("ZFR RUEHEK #0231", ["RUEHEK 0231"]),
        ("ZFR EKI0417", ["EKI0417"]), ("ZFR EKI 0417", ["EKI0417"]), ("ZFR RUEHEK 0231/02", []),
        ("INT ZFR EKI0417", []), ("ZFR", []), ("ZDK EKI0417", []), ("ZFR YOUR LAST", []),
        ("ZFR EKI0417 ZFR EKI0418", ["EKI0417", "EKI0418"]),
    ])
    func whatIsCancelled(body: String, names: [String]) {
        let text =
            "VZCZCQKB0001\nRR RUEHXX\nDE RUEHYY #0912 0770940\nZNR UUUUU\nBT\nUNCLAS SVC \(body)\nBT\n#0912\nNNNN\n"
        let found = NumberObservationTests.parse(text) { telegram, octets in
            Cancellation.all(in: telegram, octets: octets).map { String(decoding: $0.name, as: UTF8.self) }
        }
        #expect(found == [names])
    }

    @Test func aServiceMessageCancels() throws {
        var versions = TelegramVersions()
        let copy = try Self.copy(Samples.s81)
        _ = versions.copyArrived(copy, at: 0)
        for (index, name) in copy.aliases.enumerated() {
            let source = PartSource(partition: 1, offset: Int64(index))
            #expect(versions.cancellationArrived(of: name, source: source, at: 0).other?.source == copy.source)
        }
        // The same name long after is another telegram's.
        let later = versions.cancellationArrived(
            of: Array("RUEHEK 0231".utf8), source: PartSource(partition: 1, offset: 9), at: 8 * 86_400_000)
        #expect(later.other == nil)
    }
}
