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
