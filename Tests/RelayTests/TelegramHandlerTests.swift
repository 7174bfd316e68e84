import Directory
import KafkaClient
import Synchronization
import Telegram
import Testing

@testable import Relay

/// What a record becomes, and where it goes.
struct TelegramHandlerTests {
    /// A warning (no SENSITIVE for the SBU) and a critical finding (a portion above the telegram).
    static let conflict = """
        VZCZCEKI0418
        RR RUEHC
        DE RUEHEK #0232 0760915
        ZNR UUUUU ZZH
        R 170915Z MAR 09
        FM AMEMBASSY BISHKEK
        TO RUEHC/SECSTATE WASHDC 1845
        BT
        UNCLAS BISHKEK 000232

        SIPDIS

        E.O. 12958: N/A
        TAGS: ENRG KG
        SUBJECT: FLOW DATA FOR THE NARYN SITES

        1.  (SBU) THE MINISTRY SENT NEW FLOW DATA.

        2.  (C) THE OLD DATA WERE WRONG.
        HALVORSEN
        BT
        #0232

        NNNN

        """
    /// Nothing to say about it.
    static let plain = conflict.replacing("UNCLAS BISHKEK", with: "CONFIDENTIAL BISHKEK").replacing(
        "SIPDIS", with: "SENSITIVE\nSIPDIS"
    ).replacing("ZNR UUUUU", with: "ZNY CCCCC").replacing("12958: N/A", with: "12958: DECL: 03/17/2019").replacing(
        "(SBU)", with: "(C)"
    ).replacing("1.  (C)", with: "CLASSIFIED BY: A. HALVORSEN, REASON 1.4(B).\n\n1.  (C)")

    private struct Sent: Equatable {
        var topic: String
        var key: String
        var type: String
        var code: String
        var part: ReplayPart?
    }

    /// Keeps what a test looks at; octets are the handler's.
    private final class Catcher: RecordProducer {
        let sent = Mutex<[Sent]>([])

        func send(
            topic: String, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
            headers: [Header], timestamp: Int64, original: RecordBatch.Slot?, token: UInt64
        ) throws(KafkaError) {
            let origin = OriginHeaders(headers.lazy.map { ($0.name.octets, $0.value) })
            let text = value.map { String(decoding: $0, as: UTF8.self) } ?? ""
            let code = text.hasPrefix("{\"code\":\"") ? text.dropFirst(9).prefix { $0 != "\"" } : ""
            let sent = Sent(
                topic: topic, key: key.map { String(decoding: $0, as: UTF8.self) } ?? "",
                type: origin.type.map { String(decoding: $0, as: UTF8.self) } ?? "", code: String(code),
                part: origin.part)
            self.sent.withLock { $0.append(sent) }
        }

        func waitForRoom() async {}
    }

    private static let directory = Directory()

    private func handle(
        _ text: String, replay: Bool = false, _ change: (inout WorkerConfiguration) -> Void = { _ in }
    ) throws -> [Sent] {
        var configuration = WorkerConfiguration()
        change(&configuration)
        let catcher = Catcher()
        let mark =
            replay ? ReplayMark(ReplayStamp(identifier: "0123456789abcdef", start: 5), countsOutputs: true) : nil
        let handler = TelegramHandler(configuration, directory: Self.directory, mark: mark)
        var outbox = Outbox(producer: catcher)
        let partition = TopicPartition("telegrams.raw", 3)
        let batch = makeBatch(partition, from: 40, [text])
        #expect(try handler.handle(batch[0], from: partition, outbox: &outbox) == .done)
        return catcher.sent.withLock { $0 }
    }

    private func event(_ topic: String = "telegrams.events", part: ReplayPart? = nil) -> Sent {
        Sent(topic: topic, key: "09BISHKEK232", type: "taperelay.telegram.v1", code: "", part: part)
    }

    private func alert(_ code: String, _ topic: String = "telegrams.alerts", part: ReplayPart? = nil) -> Sent {
        Sent(topic: topic, key: "09BISHKEK232", type: "taperelay.alert.v1", code: code, part: part)
    }

    @Test func alertsFollowTheEventTheySpeakOf() throws {
        #expect(
            try self.handle(Self.conflict) == [
                self.event(), self.alert("portion-above-classification"), self.alert("sbu-caption-missing"),
            ])
    }

    @Test func aTelegramWithoutFindingsHasNone() throws {
        #expect(try self.handle(Self.plain) == [self.event()])
        #expect(try self.handle(Self.plain) { $0.alertSeverity = .note } == [self.event()])
    }

    @Test func theSeverityIsTheConfigurations() throws {
        let sent = try self.handle(Self.conflict) { $0.alertSeverity = .critical }
        #expect(sent == [self.event(), self.alert("portion-above-classification")])
    }

    @Test func withoutAnOutputNoneAreMade() throws {
        #expect(try self.handle(Self.conflict) { $0.routes.alerts = [] } == [self.event()])
    }

    @Test func alertsMayBeAllThatIsWanted() throws {
        let sent = try self.handle(Self.conflict) {
            $0.routes.telegrams = []
            $0.routes.alerts = ["a", "b"]
            $0.alertSeverity = .critical
        }
        #expect(
            sent == [
                self.alert("portion-above-classification", "a"), self.alert("portion-above-classification", "b"),
            ])
    }

    @Test func everyTelegramOfARecordHasItsOwn() throws {
        let sent = try self.handle(Self.plain + Self.conflict + Self.conflict) { $0.alertSeverity = .critical }
        let pair = [self.event(), self.alert("portion-above-classification")]
        #expect(sent == [self.event()] + pair + pair)
    }

    /// Killed between them, a replay must tell that some are not there yet.
    @Test func inAReplayAlertsAreCountedWithTheEvents() throws {
        let text = Self.plain + Self.conflict
        let sent = try self.handle(text, replay: true) { $0.routes.telegrams = ["e", "f"] }
        #expect(sent.map(\.topic) == ["e", "f", "e", "f", "telegrams.alerts", "telegrams.alerts"])
        #expect(sent.map(\.part) == (1...6).map { ReplayPart(number: $0, count: 6) })
        #expect(try self.handle(Self.plain, replay: true) == [self.event()])
        let without = try self.handle(text, replay: true) { $0.routes.alerts = [] }
        #expect(without.map(\.part) == (1...2).map { ReplayPart(number: $0, count: 2) })
    }
}
