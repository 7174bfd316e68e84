import Testing

@testable import Events

struct DeadLetterHeadersTests {
    @Test func headersSayWhatWhyAndWhere() {
        let headers = DeadLetterHeaders(
            DeadLetterHeaders.Cause(code: "no-telegram", message: "No telegram was found.", line: 3, column: 7),
            source: Source(topic: "telegrams.raw", partition: 2, offset: 41, timestamp: 0), attempt: 2,
            firstFailedAt: 1000, version: "0.1.0", omitted: 12)
        let list = headers.list
        let found = list.indices.map { "\(list[$0].name)=\(String(decoding: list[$0].value, as: UTF8.self))" }
        #expect(
            found == [
                "taperelay-error-code=no-telegram", "taperelay-error-message=No telegram was found.",
                "taperelay-error-line=3", "taperelay-error-column=7", "taperelay-source-topic=telegrams.raw",
                "taperelay-source-partition=2", "taperelay-source-offset=41",
                "taperelay-source-timestamp=1970-01-01T00:00:00Z", "taperelay-attempt=2",
                "taperelay-first-failed-at=1970-01-01T00:00:01Z", "taperelay-worker-version=0.1.0",
                "taperelay-value-omitted=12",
            ])
    }

    @Test func ownHeadersAreKnown() {
        #expect(Array("taperelay-attempt".utf8).withUnsafeBytes { DeadLetterHeaders.isOwn($0) })
        #expect(!Array("traceparent".utf8).withUnsafeBytes { DeadLetterHeaders.isOwn($0) })
    }
}
