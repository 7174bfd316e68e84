internal import CRdkafka

extension ClientConfiguration {
    /// What a producer's settings must be to each other (trap 43). librdkafka says so too, but only once a client is made,
    /// and not of every combination.
    func fitProducer(_ made: OpaquePointer) throws(KafkaError) {
        // Unset, librdkafka makes it 5.
        if self.sets("max.in.flight", "max.in.flight.requests.per.connection"),
            let requests = ClientConfiguration.number("max.in.flight.requests.per.connection", of: made), requests > 5
        {
            throw KafkaError.configuration(
                "max.in.flight.requests.per.connection: \(requests) requests at once would let records change places;"
                    + " at most 5 are allowed")
        }
        if let replicas = ClientConfiguration.number("acks", of: made), replicas != -1 {
            throw KafkaError.configuration("acks must stay all: what this program promises rests on it")
        }
        try self.fitTime(made)
        try self.fitLinger(made)
    }

    /// How long a batch waits for company: librdkafka's `linger.ms`, 5 ms by default. `Pace` keeps to it.
    var linger: Duration {
        let text = self.properties.last { ClientConfiguration.lingerNames.contains($0.name) }?.value
        return .seconds((text.flatMap { Double($0) } ?? 5) / 1000)
    }

    private static let lingerNames = ["linger.ms", "queue.buffering.max.ms"]

    /// The library itself waits for full batches, as long as it may: less than a record has at all.
    private func fitLinger(_ made: OpaquePointer) throws(KafkaError) {
        let record = ClientConfiguration.number("message.timeout.ms", of: made) ?? 0
        try Property("linger.ms", String(record > 0 ? min(record / 2, 900_000) : 900_000)).set(on: made)
        // Records without a key go to one partition for so long; unset, the library makes it twice its own.
        guard !self.sets("sticky.partitioning.linger.ms") else { return }
        let sticky = Int64(self.linger / .milliseconds(1)) * 2
        try Property("sticky.partitioning.linger.ms", String(min(sticky, 900_000))).set(on: made)
    }

    /// A transaction's records have its time.
    private func fitTime(_ made: OpaquePointer) throws(KafkaError) {
        guard self.isTransactional else { return }
        if self.properties.contains(where: { $0.name == "transactional.id" && $0.value.isEmpty }) {
            throw KafkaError.configuration("transactional.id must not be empty")
        }
        guard let whole = ClientConfiguration.number("transaction.timeout.ms", of: made) else { return }
        guard self.sets("message.timeout.ms", "delivery.timeout.ms") else {
            try Property("message.timeout.ms", String(whole)).set(on: made)
            return
        }
        // 0 is for ever.
        guard let record = ClientConfiguration.number("message.timeout.ms", of: made), record < 1 || record > whole
        else { return }
        throw KafkaError.configuration(
            "message.timeout.ms: a record may not take longer (\(record == 0 ? "for ever" : "\(record) ms")) than its"
                + " transaction (transaction.timeout.ms, \(whole) ms)")
    }

    private static func number(_ name: String, of configuration: OpaquePointer) -> Int? {
        var text = [CChar](repeating: 0, count: 32)
        var size = text.count
        guard rd_kafka_conf_get(configuration, name, &text, &size) == RD_KAFKA_CONF_OK else { return nil }
        return Int(text.text)
    }
}
