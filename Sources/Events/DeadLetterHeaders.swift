/// The headers of a dead letter (contract 5): why a record could not be handled, and where it was.
///
/// They are set, never appended: whoever produces the record drops carried headers that `isOwn` knows, then adds these.
public struct DeadLetterHeaders: ~Copyable {
    /// What happened, in the words of the program.
    public struct Cause: Sendable {
        /// As in `no-telegram`, `too-large`, `output-refused`.
        public var code: StaticString
        public var message: String
        /// Counted from 1; nil where no place can be named.
        public var line: Int?
        public var column: Int?

        public init(code: StaticString, message: String, line: Int? = nil, column: Int? = nil) {
            self.code = code
            self.message = message
            self.line = line
            self.column = column
        }
    }

    private var storage = HeaderStorage(capacity: 512)

    /// All names that a dead letter may carry from us.
    public static let names: [StaticString] = [
        "taperelay-error-code", "taperelay-error-message", "taperelay-error-line", "taperelay-error-column",
        "taperelay-source-topic", "taperelay-source-partition", "taperelay-source-offset",
        "taperelay-source-timestamp", "taperelay-attempt", "taperelay-first-failed-at", "taperelay-worker-version",
        "taperelay-value-omitted",
    ]

    /// Whether a carried header is one of ours from an earlier attempt.
    public static func isOwn(_ name: UnsafeRawBufferPointer) -> Bool {
        self.names.contains { own in
            own.utf8CodeUnitCount == name.count
                && name.elementsEqual(UnsafeRawBufferPointer(start: own.utf8Start, count: own.utf8CodeUnitCount))
        }
    }

    /// `firstFailedAt` in milliseconds since 1970; `omitted` is the size of octets that the topic refused.
    public init(
        _ cause: Cause, source: Source, attempt: Int, firstFailedAt: Int64, version: String, omitted: Int? = nil
    ) {
        self.storage.set("taperelay-error-code", "\(cause.code)")
        self.storage.set("taperelay-error-message", cause.message)
        if let line = cause.line { self.storage.set("taperelay-error-line", String(line)) }
        if let column = cause.column { self.storage.set("taperelay-error-column", String(column)) }
        self.storage.set("taperelay-source-topic", source.topic)
        self.storage.set("taperelay-source-partition", String(source.partition))
        self.storage.set("taperelay-source-offset", String(source.offset))
        if let timestamp = source.timestamp {
            self.storage.set("taperelay-source-timestamp") { $0.timestamp(milliseconds: timestamp) }
        }
        self.storage.set("taperelay-attempt", String(attempt))
        self.storage.set("taperelay-first-failed-at") { $0.timestamp(milliseconds: firstFailedAt) }
        self.storage.set("taperelay-worker-version", version)
        if let omitted { self.storage.set("taperelay-value-omitted", String(omitted)) }
    }

    /// Valid while this value is.
    public var list: HeaderList { self.storage.list }
}
