import KafkaClient
import Testing

@testable import Relay

struct AuditTests {
    private func source(_ offset: Int64, _ index: Int32 = 0) -> OutputRecord.Source {
        OutputRecord.Source(partition: 0, offset: offset, index: index)
    }

    private let topics: [OutputRecord.Kind: [Int]] = [
        .telegram: [0], .service: [1], .deadLetter: [2], .alert: [3], .copy: [3],
    ]

    @Test func everyRecordBecomesSomething() {
        var tally = AuditTally()
        // 13 is a transaction marker: no record.
        for offset: Int64 in [10, 11, 12, 14, 15, 16, 17] { tally.exists(offset) }
        tally.found(self.source(10), .telegram, topic: 0)
        tally.found(self.source(11), .telegram, topic: 0)
        tally.found(self.source(11, 1), .service, topic: 1)
        tally.found(self.source(12), .deadLetter, topic: 2)
        tally.found(self.source(14), .telegram, topic: 0)
        tally.found(self.source(14), .telegram, topic: 0)
        tally.found(self.source(13), .telegram, topic: 0)
        var map = OffsetRuns()
        map.append(17..<18)
        let line = tally.line(self.topics, AuditTally.Unfinished(from: 16, finished: map))
        #expect(line.records == 7)
        #expect(line.counts == [.telegram: 3, .service: 1, .deadLetter: 1, .alert: 0, .copy: 0])
        #expect(line.several == 1 && line.twice == 1 && line.absent == 1 && line.inFlight == 1)
        #expect(line.missingRuns == [15..<16, 17..<18] && !line.isWhole && line.missingCount == 2)
    }

    @Test func anEventMustStandOnEveryTopicOfItsKind() {
        var tally = AuditTally()
        for offset: Int64 in 0..<4 { tally.exists(offset) }
        for offset: Int64 in 0..<4 { tally.found(self.source(offset), .telegram, topic: 0) }
        for offset: Int64 in [0, 3] { tally.found(self.source(offset), .telegram, topic: 3) }
        let line = tally.line([.telegram: [0, 3], .service: [1], .deadLetter: [2]], nil)
        #expect(line.missingRuns.isEmpty && line.missingRunsOn == [3: [1..<3]] && !line.isWhole)
        #expect(line.counts[.telegram] == 4 && line.twice == 0)
    }

    @Test func anAlertAccountsForNothing() {
        var tally = AuditTally()
        for offset: Int64 in 0..<4 { tally.exists(offset) }
        tally.found(self.source(0), .telegram, topic: 0)
        tally.found(self.source(0), .alert, topic: 3)
        // Two of one telegram are not one that stands twice.
        tally.found(self.source(0), .alert, topic: 3)
        tally.found(self.source(1), .alert, topic: 3)
        tally.found(self.source(2, 1), .alert, topic: 3)
        let line = tally.line(self.topics, AuditTally.Unfinished(from: 2, finished: OffsetRuns()))
        #expect(line.counts == [.telegram: 1, .service: 0, .deadLetter: 0, .alert: 3, .copy: 0])
        #expect(line.missingRuns == [1..<2] && line.inFlight == 2 && line.twice == 0 && line.several == 0)
        // Nor is it missing where a telegram has none.
        #expect(line.missingRunsOn.isEmpty && !line.isWhole)
    }

    /// A section that waits is held; a copy that no event used has its alert, and no other alert will do.
    @Test func copiesAreHeldOrTold() {
        var tally = AuditTally()
        for offset: Int64 in 0..<5 { tally.exists(offset) }
        for offset: Int64 in 0..<2 { tally.foundWaiting(offset) }
        tally.found(self.source(1), .telegram, topic: 0)
        tally.found(self.source(2), .copy, topic: 3)
        tally.found(self.source(4), .alert, topic: 3)
        let line = tally.line(self.topics, AuditTally.Unfinished(from: 5, finished: OffsetRuns()))
        #expect(line.held == 1)
        #expect(line.missingRuns == [3..<5])
        #expect(line.counts[.copy] == 1)
    }

    @Test func anAlertMustStandOnEveryTopicOfAlerts() {
        var tally = AuditTally()
        for offset: Int64 in 0..<3 {
            tally.exists(offset)
            tally.found(self.source(offset), .telegram, topic: 0)
            tally.found(self.source(offset), .alert, topic: 3)
        }
        tally.found(self.source(1), .alert, topic: 4)
        let line = tally.line([.telegram: [0], .service: [1], .deadLetter: [2], .alert: [3, 4]], nil)
        #expect(line.missingRuns.isEmpty && line.missingRunsOn == [4: [0..<1, 2..<3]])
    }

    @Test func withoutAnOutputForAKindNothingIsProved() {
        var tally = AuditTally()
        tally.exists(0)
        let line = tally.line([.telegram: [0], .service: [], .deadLetter: [2]], nil)
        #expect(line.unrouted == 1 && line.isWhole)
    }

    @Test func ofAGroupWithoutCommitsEverythingIsUnfinished() {
        let partition = TopicPartition("in", 0)
        let none = Audit.unfinished([CommittedOffset(partition, offset: Offset.none)])
        #expect(none[0]?.contains(0) == true)
        var metadata = CommitMetadata(offset: 5)
        metadata.runs.append(7..<9)
        let some = Audit.unfinished([CommittedOffset(partition, offset: 5, metadata: metadata.text)])
        #expect([4, 5, 6, 7, 8, 9].map { some[0]?.contains($0) } == [false, true, true, false, false, true])
    }

    // MARK: - Sources

    private func sources(
        _ value: String?, _ headers: [(String, String?)] = [], topic: String = "in"
    ) -> (kind: OutputRecord.Kind?, sources: [OutputRecord.Source]) {
        var found: [OutputRecord.Source] = []
        let bytes = value.map { Array($0.utf8) }
        let kind = withHeaders(headers) { headers in
            func read(_ value: UnsafeRawBufferPointer?) -> OutputRecord.Kind? {
                SourceReader(topic: topic).read(headers, value: value) { found.append($0) }
            }
            guard let bytes else { return read(nil) }
            return bytes.withUnsafeBytes { read($0) }
        }
        return (kind, found)
    }

    @Test func readsTheSourcesOfEvents() {
        let one = self.sources(
            "{\"id\":\"x\",\"transmissions\":[{\"source\":{\"topic\":\"in\",\"partition\":3,\"offset\":17,"
                + "\"timestamp\":\"2009-03-17T08:42:00Z\",\"index\":2}}]}")
        #expect(one.kind == .telegram)
        #expect(one.sources == [OutputRecord.Source(partition: 3, offset: 17, index: 2)])
        let service = self.sources(
            "{\"kind\":\"x\",\"sources\":[{\"topic\":\"in\",\"partition\":0,\"offset\":5}]}",
            [("ce_type", "taperelay.service.v1")])
        #expect(service.kind == .service)
        #expect(service.sources == [OutputRecord.Source(partition: 0, offset: 5, index: 0)])
        let structured = self.sources(
            "{\"specversion\":\"1.0\",\"id\":\"a\",\"type\":\"taperelay.service.v1\",\"data\":{\"sources\":"
                + "[{\"topic\":\"in\",\"partition\":0,\"offset\":5}]}}")
        #expect(structured.kind == .service)
        let two = self.sources(
            "{\"transmissions\":[{\"source\":{\"topic\":\"in\",\"partition\":1,\"offset\":2}},"
                + "{\"source\":{\"topic\":\"in\",\"partition\":1,\"offset\":9}}]}")
        #expect(two.sources.map(\.offset) == [2, 9])
    }

    @Test func readsTheSourcesOfAlerts() {
        let alert = "{\"code\":\"x\",\"sources\":[{\"topic\":\"in\",\"partition\":1,\"offset\":5,\"index\":1}]}"
        let binary = self.sources(alert, [("ce_type", "taperelay.alert.v1")])
        #expect(binary.kind == .alert)
        #expect(binary.sources == [OutputRecord.Source(partition: 1, offset: 5, index: 1)])
        let envelope = "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/taperelay/in\",\"type\":\"taperelay."
        #expect(self.sources(envelope + "alert.v1\",\"data\":" + alert + "}").kind == .alert)
        #expect(self.sources(envelope + "telegram.v1\",\"data\":" + alert + "}").kind == .telegram)
        // Without an envelope a type is somebody's text.
        #expect(self.sources("{\"type\":\"taperelay.alert.v1\"," + alert.dropFirst()).kind == .telegram)
    }

    /// An alert stands for a copy by its code, and where no event is beside it.
    @Test(arguments: [
        ("duplicate", "", OutputRecord.Kind.copy), ("superseded", "", .copy), ("cancelled", "", .copy),
        ("duplicate", #""details":{"verdict":"worse"},"#, .copy),
        ("duplicate", #""message":"\"details\":{\"event\":","#, .copy),
        ("superseded", #""details":{"event":"0a","verdict":"better"},"#, .alert),
        ("cancelled", #""details":{"event":"0a"},"#, .alert), ("duplicates", "", .alert), ("section-late", "", .alert),
        ("portion-above-classification", #""details":{"findings":[{"code":"duplicate"}]},"#, .alert),
    ])
    func alertsThatStandForCopies(code: String, details: String, kind: OutputRecord.Kind) {
        let alert =
            #"{"code":"\#(code)",\#(details)"sources":[{"topic":"in","partition":1,"offset":5},"#
            + #"{"topic":"in","partition":1,"offset":2}]}"#
        let binary = self.sources(alert, [("ce_type", "taperelay.alert.v1")])
        #expect(binary.kind == kind && binary.sources.map(\.offset) == [5, 2])
        let envelope = #"{"specversion":"1.0","id":"0b","type":"taperelay.alert.v1","data":"#
        #expect(self.sources(envelope + alert + "}").kind == kind)
    }

    @Test func readsTheSourcesOfDeadLetters() {
        let headers: [(String, String?)] = [
            ("taperelay-error-code", "empty"), ("taperelay-source-topic", "in"),
            ("taperelay-source-partition", "4"), ("taperelay-source-offset", "8"),
        ]
        #expect(self.sources(nil, headers).kind == .deadLetter)
        #expect(self.sources("", headers).sources == [OutputRecord.Source(partition: 4, offset: 8, index: 0)])
        #expect(self.sources(nil, headers, topic: "other").kind == nil)
    }

    @Test(arguments: [
        "", "{", "{\"topic\":\"in\",\"partition\":", "{\"topic\":\"in\",\"partition\":5",
        "{\"topic\":\"in\",\"partition\":5,\"offset\":", "{\"topic\":\"in\",\"partition\":99999999999,\"offset\":1}",
        "{\"topic\":\"out\",\"partition\":5,\"offset\":1}",
        "{\"text\":\"{\\\"topic\\\":\\\"in\\\",\\\"partition\\\":5}\"}",
    ])
    func whatIsNoSourceIsForeign(value: String) {
        #expect(self.sources(value).kind == nil && self.sources(value).sources.isEmpty)
    }

    @Test func aSourceCutAnywhereTrapsNowhere() {
        let whole = "{\"topic\":\"in\",\"partition\":3,\"offset\":17,\"timestamp\":\"2009\",\"index\":2}"
        for count in 0...whole.utf8.count { _ = self.sources(String(whole.prefix(count))) }
    }

    // MARK: - Commits

    @Test func commitsAreDecodedForPeople() {
        let partition = TopicPartition("in", 2)
        var metadata = CommitMetadata(offset: 100)
        metadata.counts.published = 90
        metadata.from = "beginning"
        metadata.runs.append(103..<105)
        let marks = Admin.Watermarks(low: 10, high: 110)
        let line = GroupCommits.Line(CommittedOffset(partition, offset: 100, metadata: metadata.text), marks)
        #expect(line.offset == 100 && line.lag == 8 && line.finished == [103..<105])
        #expect(line.counts.published == 90 && line.from == "beginning" && line.problem == nil)
        #expect(GroupCommits.Line(CommittedOffset(partition, offset: Offset.none), marks).lag == 100)
        for (text, word) in [("hello", "another"), ("tr9;o=100", "newer"), ("tr1;o=99", "99")] {
            let line = GroupCommits.Line(CommittedOffset(partition, offset: 100, metadata: text), marks)
            #expect(line.problem?.contains(word) == true && line.lag == 10)
        }
    }
}
