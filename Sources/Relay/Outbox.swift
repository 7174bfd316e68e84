package import KafkaClient

/// The way from a lane to the producer: keeps order when the producer's queue is full, and counts what went.
package struct Outbox {
    private struct Waiting {
        var topic: String
        var partition: Int32?
        var key: [UInt8]?
        var value: [UInt8]?
        var headers: [(StaticString, [UInt8])]
        var original: RecordBatch.Slot?
        var token: UInt64
    }

    private let producer: any RecordProducer
    var token: UInt64 = 0
    /// Sent for the record at hand.
    private(set) var sent = 0
    private var waiting: [Waiting] = []

    /// Of what is sent for no record, and how much was.
    private var looseToken: UInt64 = 0
    private(set) var loose = 0

    package init(producer: any RecordProducer) { self.producer = producer }

    mutating func open(_ token: UInt64) {
        self.token = token
        self.sent = 0
    }

    /// A step begins, or goes on after `count`: what is sent in it for no record carries this token.
    mutating func loosen(_ token: Token, after count: Int) {
        self.looseToken = token.rawValue
        self.loose = count
    }

    /// What is sent next is sent for no record.
    mutating func openLoose() { self.open(self.looseToken) }

    /// What is sent next for the record at hand carries this token.
    mutating func mark(_ token: UInt64) { self.token = token }

    /// Hands one record to the producer, or keeps a copy of it while the producer's queue is full.
    package mutating func send(
        topic: String, partition: Int32? = nil, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        headers: [Header], original: RecordBatch.Slot?
    ) throws(KafkaError) {
        FaultPoint.beforeProduce.pass()
        if self.waiting.isEmpty {
            do throws(KafkaError) {
                try self.producer.send(
                    topic: topic, partition: partition, key: key, value: value, headers: headers, timestamp: -1,
                    original: original, token: self.token)
                self.count()
                return
            } catch  where error.kind == .retriable {
                // Falls through: kept until there is room.
            }
        }
        self.count()
        self.waiting.append(
            Waiting(
                topic: topic, partition: partition, key: key.map { [UInt8]($0) }, value: value.map { [UInt8]($0) },
                headers: headers.map { ($0.name, [UInt8]($0.value)) }, original: original, token: self.token))
    }

    private mutating func count() {
        self.sent += 1
        if Token(rawValue: self.token).stage == .step { self.loose += 1 }
    }

    /// One entry of the journal.
    mutating func write(
        _ entry: JournalEntry, to journal: TopicPartition, _ token: Token
    ) throws(KafkaError) {
        let (old, sent, loose) = (self.token, self.sent, self.loose)
        self.token = token.rawValue
        defer {
            self.token = old
            self.sent = sent
            self.loose = loose
        }
        let result: Result<Void, KafkaError> = entry.key.withUnsafeBytes { key in
            withOptionalBytes(entry.value) { value in
                Result { () throws(KafkaError) in
                    try self.send(
                        topic: journal.topic, partition: journal.partition, key: key, value: value, headers: [],
                        original: nil)
                }
            }
        }
        try result.get()
    }

    /// Drops what waited: the transaction that it was for is lost, or the worker.
    mutating func clear() { self.waiting.removeAll() }

    package var isFull: Bool { !self.waiting.isEmpty }

    /// Sends what waited, as far as there is room.
    package mutating func retry() throws(KafkaError) {
        var done = 0
        defer { self.waiting.removeFirst(done) }
        for item in self.waiting {
            do throws(KafkaError) {
                try Outbox.send(item, to: self.producer)
                done += 1
            } catch {
                if error.kind == .retriable { return }
                throw error
            }
        }
    }

    private static func send(_ item: Waiting, to producer: any RecordProducer) throws(KafkaError) {
        // One flat buffer lends the headers stable addresses for the call.
        var flat: [UInt8] = []
        for header in item.headers { flat += header.1 }
        let result: Result<Void, KafkaError> = flat.withUnsafeBytes { bytes in
            var headers: [Header] = []
            var start = 0
            for (name, value) in item.headers {
                headers.append(Header(name, UnsafeRawBufferPointer(rebasing: bytes[start..<start + value.count])))
                start += value.count
            }
            return withOptionalBytes(item.key) { key in
                withOptionalBytes(item.value) { value in
                    Result { () throws(KafkaError) in
                        try producer.send(
                            topic: item.topic, partition: item.partition, key: key, value: value, headers: headers,
                            timestamp: -1, original: item.original, token: item.token)
                    }
                }
            }
        }
        try result.get()
    }
}

private func withOptionalBytes<Answer>(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Answer) -> Answer {
    guard let bytes else { return body(nil) }
    return bytes.withUnsafeBytes { body($0) }
}
