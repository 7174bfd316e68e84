package import KafkaClient
internal import Synchronization

/// Puts raw records on the input topic and waits until the broker has them all.
package final class Publisher: Sendable {
    private let producer: Producer
    private let topic: String
    private let counts: Counts

    private final class Counts: Sendable {
        let sent = Atomic<Int>(0)
        let acknowledged = Atomic<Int>(0)
        let failure = Mutex<KafkaError?>(nil)
        let refused = Mutex<Int?>(nil)

        func took(_ deliveries: [Delivery]) {
            for delivery in deliveries {
                if let error = delivery.error {
                    if error.kind == .record { self.refused.withLock { $0 = $0 ?? Int(delivery.token) } }
                    self.failure.withLock { $0 = $0 ?? error }
                } else {
                    self.acknowledged.add(1, ordering: .relaxed)
                }
            }
        }
    }

    /// Connects, and checks (or, if told to, creates) the topic.
    package init(
        _ configuration: WorkerConfiguration, topic: String, reports: ClientReports = ClientReports()
    ) async throws(KafkaError) {
        let admin = try Admin(
            configuration: ClientConfiguration(role: .admin, properties: configuration.kafka), reports: reports,
            timeout: .seconds(15))
        var configuration = configuration
        configuration.input = topic
        let limit: Int?
        do throws(KafkaError) {
            limit = try await TopicCheck(admin: admin, configuration: configuration).input()
        } catch {
            try? await admin.close()
            throw error
        }
        try? await admin.close()
        let counts = Counts()
        self.counts = counts
        self.topic = topic
        self.producer = try Producer(
            configuration: ClientConfiguration(
                role: .producer,
                properties: [
                    .init("message.max.bytes", String(min(max(limit ?? 0, 1 << 20) + (1 << 20), 1_000_000_000))),
                    .init("linger.ms", "20"), .init("queue.buffering.max.messages", "100000"),
                    .init("queue.buffering.max.kbytes", "262144"),
                ] + configuration.kafka.batched(below: limit)), reports: reports,
            failed: { error in if error.isFatal { counts.failure.withLock { $0 = $0 ?? error } } },
            deliveries: { counts.took($0) })
        try self.producer.prepare(topic: topic)
    }

    /// The first record that was refused for what it is (too large, say), by its number among those that were sent, from 0.
    package var refused: Int? { self.counts.refused.withLock { $0 } }
    /// Handed over so far.
    package var sent: Int { self.counts.sent.load(ordering: .relaxed) }
    package var acknowledged: Int { self.counts.acknowledged.load(ordering: .relaxed) }

    /// Enqueues one record, waiting while the queue is full. Throws also what befell an earlier record.
    package func send(key: [UInt8]?, value: [UInt8]) async throws(KafkaError) {
        while true {
            if let failure = self.counts.failure.withLock({ $0 }) { throw failure }
            let number = self.sent
            do throws(KafkaError) {
                try self.enqueue(key: key, value: value, number)
                self.counts.sent.store(number + 1, ordering: .relaxed)
                return
            } catch {
                guard error.kind == .retriable else {
                    self.counts.took([Delivery(token: UInt64(number), error: error)])
                    throw error
                }
                await self.producer.waitForRoom()
            }
        }
    }

    private func enqueue(key: [UInt8]?, value: [UInt8], _ number: Int) throws(KafkaError) {
        let result: Result<Void, KafkaError> = value.withUnsafeBytes { value in
            func send(_ key: UnsafeRawBufferPointer?) -> Result<Void, KafkaError> {
                Result { () throws(KafkaError) in
                    try self.producer.send(
                        topic: self.topic, key: key, value: value, headers: [], timestamp: -1, original: nil,
                        token: UInt64(number))
                }
            }
            guard let key else { return send(nil) }
            return key.withUnsafeBytes { send($0) }
        }
        try result.get()
    }

    /// Waits for every acknowledgement and closes. Throws the first failure.
    package func finish(timeout: Duration = .seconds(60)) async throws(KafkaError) {
        var flushError: KafkaError?
        do throws(KafkaError) { try await self.producer.flush(timeout: timeout) } catch { flushError = error }
        try? await self.producer.close(timeout: .seconds(5))
        if let failure = self.counts.failure.withLock({ $0 }) ?? flushError { throw failure }
    }
}
