internal import CRdkafka
internal import Synchronization

/// An idempotent producer. Records are copied when sent; how each ended comes to the handler in batches, on the producer's
/// own thread.
package final class Producer: RecordProducer {
    let client: ClientHandle
    let gate = Gate()
    private let handlers: Handlers
    private let pace: Pace
    private let state = Mutex(State())
    /// Given up: its handlers hear no more.
    private let isDiscarded = Atomic<Bool>(false)
    /// No delivery can come any more: the thread may end.
    private let isFinished = Atomic<Bool>(false)
    private let threadEnded = Wakeup()

    private struct Handlers: Sendable {
        let deliveries: @Sendable ([Delivery]) -> Void
        let failed: @Sendable (KafkaError) -> Void
    }

    /// `@unchecked`: a topic handle may be used from any thread.
    private struct Topic: @unchecked Sendable {
        let raw: OpaquePointer
    }

    private struct State: Sendable {
        var topics: [String: Topic] = [:]
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// `deliveries`: called in order of arrival, once per group of reports. `failed`: troubles that the producer goes on
    /// after, and the fatal one (`isFatal`) after which it is finished.
    package init(
        configuration: ClientConfiguration, reports: ClientReports = ClientReports(),
        failed: @escaping @Sendable (KafkaError) -> Void = { _ in },
        deliveries: @escaping @Sendable ([Delivery]) -> Void
    ) throws(KafkaError) {
        guard configuration.role == .producer else {
            throw KafkaError.configuration("a producer needs the producer's settings", during: "create client")
        }
        self.client = try ClientHandle(
            configuration, type: RD_KAFKA_PRODUCER,
            events: RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS, reports: reports)
        self.handlers = Handlers(deliveries: deliveries, failed: failed)
        let pace = Pace(self.client, self.gate, linger: configuration.linger)
        self.pace = pace
        // Holds the producer until `close`: a client that is dropped without closing stays until the process ends.
        guard OwnThread.start({ pace.run() }), OwnThread.start({ self.serve() }) else {
            pace.end()
            _ = self.gate.close()
            _ = self.gate.waitUntilEmpty(until: .after(milliseconds: 1000))
            _ = self.client.destroy(until: .after(milliseconds: 1000))
            throw KafkaError.noThread
        }
    }

    /// Makes the topic known ahead of its first record, which else waits up to a second for metadata (trap 44).
    package func prepare(topic: String) throws(KafkaError) {
        try self.gate.enter(during: "produce")
        defer { self.gate.leave() }
        _ = try self.handle(of: topic)
    }

    package func send(
        topic: String, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        headers: [Header], timestamp: Int64, original: RecordBatch.Slot?, token: UInt64
    ) throws(KafkaError) {
        try self.gate.enter(during: "produce")
        defer { self.gate.leave() }
        let handle = try self.handle(of: topic)
        let list = ProducedHeaders.make(original: original, added: headers)
        let refused = withUnsafeTemporaryAllocation(of: rd_kafka_vu_t.self, capacity: 8) { fields -> OpaquePointer? in
            var count = 0
            func add(_ type: rd_kafka_vtype_t, _ set: (inout rd_kafka_vu_t) -> Void) {
                var field = rd_kafka_vu_t()
                field.vtype = type
                set(&field)
                fields.initializeElement(at: count, to: field)
                count += 1
            }
            add(RD_KAFKA_VTYPE_RKT) { $0.u.rkt = handle.raw }
            add(RD_KAFKA_VTYPE_MSGFLAGS) { $0.u.i = RD_KAFKA_MSG_F_COPY }
            add(RD_KAFKA_VTYPE_OPAQUE) { $0.u.ptr = UnsafeMutableRawPointer(bitPattern: UInt(token)) }
            add(RD_KAFKA_VTYPE_TIMESTAMP) { $0.u.i64 = max(timestamp, 0) }  // 0: now
            // An explicit one that does not exist, with headers, is freed twice (trap 45).
            if let partition {
                add(RD_KAFKA_VTYPE_PARTITION) { $0.u.i32 = partition }
            }
            if let key {
                add(RD_KAFKA_VTYPE_KEY) {
                    $0.u.mem.ptr = UnsafeMutableRawPointer(mutating: key.baseAddress ?? Octets.none)
                    $0.u.mem.size = key.count
                }
            }
            if let value {
                add(RD_KAFKA_VTYPE_VALUE) {
                    $0.u.mem.ptr = UnsafeMutableRawPointer(mutating: value.baseAddress ?? Octets.none)
                    $0.u.mem.size = value.count
                }
            }
            if let list {
                add(RD_KAFKA_VTYPE_HEADERS) { $0.u.headers = list }
            }
            return rd_kafka_produceva(self.client.raw, fields.baseAddress, count)
        }
        guard let refused else {
            self.pace.touch()
            return
        }
        // Headers are the library's only when it takes the record.
        if let list { rd_kafka_headers_destroy(list) }
        let error = KafkaError.make(consuming: refused, during: "produce")
        if error.code == RD_KAFKA_RESP_ERR__FATAL.rawValue {
            throw KafkaError.fatal(of: self.client.raw, during: "produce")
        }
        throw error
    }

    package func waitForRoom() async {
        await withCheckedContinuation { continuation in
            let refused = self.state.withLock { state in
                if self.isFinished.load(ordering: .acquiring) { return true }
                state.waiting.append(continuation)
                return false
            }
            if refused { continuation.resume() }
        }
    }

    /// Records sent whose delivery has not been reported yet.
    package var inFlight: Int {
        guard (try? self.gate.enter(during: "count")) != nil else { return 0 }
        defer { self.gate.leave() }
        return Int(rd_kafka_outq_len(self.client.raw))
    }

    /// Waits until every record sent so far has been reported, at most for `timeout`: then throws `_TIMED_OUT`.
    package func flush(timeout: Duration) async throws(KafkaError) {
        try await OwnThread.call {
            do throws(KafkaError) {
                return .success(try self.flushNow(timeout: timeout))
            } catch {
                return .failure(error)
            }
        }
    }

    /// `flush` for a caller that may block. By moments: librdkafka's thread spins while a flush waits for answers (see `Pace`).
    package func flushNow(timeout: Duration) throws(KafkaError) {
        try self.gate.enter(during: "flush")
        defer { self.gate.leave() }
        let deadline = Deadline.after(timeout)
        let pause = Wakeup()
        while true {
            let code = rd_kafka_flush(self.client.raw, deadline.remaining(atMost: Pace.moment))
            if code != RD_KAFKA_RESP_ERR__TIMED_OUT || deadline.hasPassed {
                return try check(code, during: "flush")
            }
            pause.wait(until: min(deadline, .after(milliseconds: 2)))
        }
    }

    /// Refuses new records, waits for those sent, reports what is left as failed (trap 46: nothing dies unreported), and
    /// destroys the client, all within `timeout` and little more. Throws when records were left or librdkafka did not end.
    package func close(timeout: Duration) async throws(KafkaError) {
        guard self.gate.close() else { return }
        self.pace.end()
        try await OwnThread.call {
            let deadline = Deadline.after(timeout)
            let error = self.end(flushingUntil: deadline)
            return error.map { .failure($0) } ?? .success(())
        }
    }

    /// Gives the producer up at once, open transaction and all: what is queued is thrown away, and nothing that ends after the
    /// return is reported. For one that is fenced, or whose transaction's end is not known (trap 35): the next producer of
    /// the same id settles it. A client that librdkafka cannot destroy stays until the process ends (trap 1).
    package func discard() {
        guard self.gate.close() else { return }
        self.pace.end()
        self.isDiscarded.store(true, ordering: .releasing)
        // Without a thread to be had, it stays too.
        _ = OwnThread.start { _ = self.end(flushingUntil: nil) }
    }

    // MARK: - Within

    private func handle(of name: String) throws(KafkaError) -> Topic {
        let found: Topic? = self.state.withLock { state in
            if let topic = state.topics[name] { return topic }
            guard let raw = rd_kafka_topic_new(self.client.raw, name, nil) else { return nil }
            let topic = Topic(raw: raw)
            state.topics[name] = topic
            return topic
        }
        guard let found else {
            throw KafkaError.make(rd_kafka_last_error(), during: "produce", detail: "no topic can have this name")
        }
        return found
    }

    /// The producer's thread: reports and errors, until `end`.
    private func serve() {
        guard let queue = rd_kafka_queue_get_main(self.client.raw) else { return }
        while true {
            let isLast = self.isFinished.load(ordering: .acquiring)
            if let event = rd_kafka_queue_poll(queue, 100) {
                self.handle(event)
                rd_kafka_event_destroy(event)
            } else if isLast {
                break
            }
            self.releaseWaiting()
        }
        self.releaseWaiting()
        rd_kafka_queue_destroy(queue)
        self.threadEnded.signal()
    }

    private func releaseWaiting() {
        let waiting = self.state.withLock { state in
            let waiting = state.waiting
            state.waiting = []
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func handle(_ event: OpaquePointer) {
        if self.isDiscarded.load(ordering: .acquiring) { return }
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_DR:
            var deliveries: [Delivery] = []
            deliveries.reserveCapacity(rd_kafka_event_message_count(event))
            while let message = rd_kafka_event_message_next(event) {
                let report = message.pointee
                deliveries.append(
                    Delivery(
                        token: UInt64(UInt(bitPattern: report._private)),
                        error: report.err == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : .make(report.err, during: "deliver")))
            }
            // What waited behind it may go.
            self.pace.touch()
            self.handlers.deliveries(deliveries)
        case RD_KAFKA_EVENT_ERROR:
            let code = rd_kafka_event_error(event)
            if code == RD_KAFKA_RESP_ERR__FATAL || rd_kafka_event_error_is_fatal(event) != 0 {
                self.handlers.failed(.fatal(of: self.client.raw, during: "produce"))
            } else {
                let text = rd_kafka_event_error_string(event).map { String(cString: $0) }
                self.handlers.failed(.make(code, during: "produce", detail: text))
            }
        case RD_KAFKA_EVENT_STATS:
            self.client.report(statistics: event)
        default:
            break
        }
    }

    /// Nil: nothing is waited for but calls that are still within, which the purge frees or their own time-out ends.
    private func end(flushingUntil deadline: Deadline?) -> KafkaError? {
        var problem: KafkaError?
        if let deadline {
            guard self.gate.waitUntilEmpty(until: deadline) else {
                // Somebody's flush may take longer than we have.
                return .make(RD_KAFKA_RESP_ERR__TIMED_OUT, during: "close producer", detail: "still in use")
            }
            let flushed = rd_kafka_flush(self.client.raw, deadline.remaining(atMost: .max))
            let left = rd_kafka_outq_len(self.client.raw)
            if flushed != RD_KAFKA_RESP_ERR_NO_ERROR, left > 0 {
                problem = .make(
                    RD_KAFKA_RESP_ERR__TIMED_OUT, during: "close producer",
                    detail: "\(left) records were not delivered")
                self.purge()
            }
        } else {
            self.purge()
            guard self.gate.waitUntilEmpty(until: .after(milliseconds: 300_000)) else { return nil }
            self.purge()  // what a call that was within has added
        }
        self.isFinished.store(true, ordering: .releasing)
        guard self.threadEnded.wait(until: .after(milliseconds: 5000)) else {
            return problem
                ?? .make(RD_KAFKA_RESP_ERR__TIMED_OUT, during: "close producer", detail: "a delivery handler hangs")
        }
        let topics = self.state.withLock { state in
            let topics = state.topics
            state.topics = [:]
            return topics
        }
        for topic in topics.values { rd_kafka_topic_destroy(topic.raw) }
        let undestroyed = self.client.destroy(until: .after(milliseconds: 5000))
        return problem ?? undestroyed
    }

    private func purge() {
        rd_kafka_purge(self.client.raw, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
        rd_kafka_flush(self.client.raw, 1000)
    }
}
