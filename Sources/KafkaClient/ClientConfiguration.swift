internal import CRdkafka
internal import Glibc

/// What a client is made of: librdkafka's own properties, in the order given, over our defaults and under what our
/// promises need.
package struct ClientConfiguration: Sendable {
    package enum Role: Sendable {
        case consumer
        case producer
        /// A consumer that joins no group: metadata, watermarks, administration.
        case admin
    }

    package struct Property: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var role: Role
    /// The user's, later ones win.
    package var properties: [Property]
    /// Whether a consumer commits its offsets itself, as against a transaction.
    package var commitsThroughConsumer = true

    package init(role: Role, properties: [Property]) {
        self.role = role
        self.properties = properties
    }

    package init(role: Role, properties: [(name: String, value: String)]) {
        self.init(role: role, properties: properties.map { Property($0.name, $0.value) })
    }

    /// Sets every property on a configuration that is thrown away, without a thread or a connection: the first one that
    /// librdkafka does not know or take is thrown with its reason.
    package static func validate(
        _ properties: [Property], role: Role, commitsThroughConsumer: Bool = true
    ) throws(KafkaError) {
        var configuration = ClientConfiguration(role: role, properties: properties)
        configuration.commitsThroughConsumer = commitsThroughConsumer
        rd_kafka_conf_destroy(try configuration.makeConfiguration())
    }

    /// The names that the library knows, other names for the same among them. Only its own table has those: `conf_dump`
    /// leaves them out.
    package static func propertyNames() -> [String] {
        var text: UnsafeMutablePointer<CChar>?
        var size = 0
        guard let stream = open_memstream(&text, &size) else { return [] }
        rd_kafka_conf_properties_show(stream)
        fclose(stream)
        guard let text else { return [] }
        defer { free(text) }
        // Rows of `name | consumer or producer | …`.
        return String(cString: text).split(separator: "\n").compactMap { row in
            guard let bar = row.firstIndex(of: "|") else { return nil }
            let name = row[..<bar].filter { $0 != " " }
            return name.first?.isLowercase == true ? String(name) : nil
        }
    }

    /// What a user may override.
    var defaults: [Property] {
        switch self.role {
        case .consumer:
            [
                // Cooperative rebalancing with periodic commits loses the assignment on old libraries (trap 10).
                Property("partition.assignment.strategy", "range"),
                // The heartbeat sets how fast rebalances go; a short session loses it when any broker dies.
                Property("heartbeat.interval.ms", "1000"),
                Property("session.timeout.ms", "45000"),
                // Added partitions are seen within seconds, not after five minutes.
                Property("topic.metadata.refresh.interval.ms", "10000"),
                // Also what makes the fetch of committed offsets wait for open transactions (trap 37).
                Property("isolation.level", "read_committed"),
                Property("socket.nagle.disable", "true"),
            ]
        case .producer:
            [
                // As Java's producer does it, so that keys meet in the same partition.
                Property("partitioner", "murmur2_random"),
                Property("socket.nagle.disable", "true"),
            ]
                + (self.isTransactional
                    // Longer than a lost broker is waited for (21 s, measurements 7.6), shorter than a session: whoever takes
                    // over must not wait for it too (trap 41). How long a record may take follows from it.
                    ? [Property("transaction.timeout.ms", "40000")]
                    // Never gives up on a record.
                    : [Property("message.timeout.ms", "0")])
        case .admin:
            [
                Property("socket.nagle.disable", "true"),
                Property("isolation.level", "read_committed"),
            ]
        }
    }

    /// What our promises rest on: a differing value is refused, not ignored.
    var promises: [Property] {
        switch self.role {
        case .consumer:
            [
                // Offsets are committed by us alone, with their map (traps 11, 12, 17).
                Property("enable.auto.commit", "false"),
                Property("enable.auto.offset.store", "false"),
                // A silent jump over records must not be (trap 33).
                Property("auto.offset.reset", "error"),
                Property("enable.partition.eof", "true"),
                // Following replicas loops for ever on an offset out of range (trap 34) only if `client.rack` is set;
                // that one is the user's. A broker must not create what we subscribe to.
                Property("allow.auto.create.topics", "false"),
            ]
        case .producer:
            [Property("enable.idempotence", "true")]
        case .admin:
            [
                Property("enable.auto.commit", "false"),
                Property("allow.auto.create.topics", "false"),
            ]
        }
    }

    var isTransactional: Bool { self.role == .producer && self.sets("transactional.id") }

    func sets(_ names: String...) -> Bool {
        self.properties.contains { names.contains($0.name) }
    }

    /// The C object; whoever calls owns it.
    func makeConfiguration() throws(KafkaError) -> OpaquePointer {
        guard let made = rd_kafka_conf_new() else {
            throw KafkaError.configuration("librdkafka gave no configuration object")
        }
        do throws(KafkaError) {
            for property in self.defaults { try property.set(on: made) }
            for property in self.properties {
                try property.set(on: made)
                try self.refuseBroken(property)
            }
            for property in self.promises { try property.set(on: made) }
            switch self.role {
            case .producer: try self.fitProducer(made)
            case .consumer: try self.fitConsumer()
            case .admin: break
            }
        } catch {
            rd_kafka_conf_destroy(made)
            throw error
        }
        return made
    }

    private func refuseBroken(_ property: Property) throws(KafkaError) {
        // The admin client and a producer take the consumer's settings, and the other way round: they mean nothing there.
        if self.role == .admin { return }
        for promise in self.promises
        where promise.name == property.name && promise.value != property.value.lowercased() {
            throw KafkaError.configuration(
                "\(property.name) must stay \(promise.value): what this program promises rests on it")
        }
    }
}

extension ClientConfiguration.Property {
    /// Values that no message may show.
    var isSecret: Bool {
        let name = self.name.lowercased()
        return ["password", "secret", "pem", "oauthbearer", "jaas"].contains { name.contains($0) }
    }

    func set(on configuration: OpaquePointer) throws(KafkaError) {
        // A NUL would end the value early and silently.
        if self.name.utf8.contains(0) || self.value.utf8.contains(0) {
            throw KafkaError.configuration("\(self.isSecret ? "a property" : self.name) contains a NUL")
        }
        var reason = [CChar](repeating: 0, count: 512)
        let result = rd_kafka_conf_set(configuration, self.name, self.value, &reason, reason.count)
        guard result != RD_KAFKA_CONF_OK else { return }
        let detail = self.isSecret && result == RD_KAFKA_CONF_INVALID ? "the value is not accepted" : reason.text
        throw KafkaError.configuration("\(self.name): \(detail)")
    }
}
