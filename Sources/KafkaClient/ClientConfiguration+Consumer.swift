extension ClientConfiguration {
    private static let strategy = "partition.assignment.strategy"

    /// Whether partitions come and go one by one. Read from the settings: asking librdkafka may block (trap 7).
    var isCooperative: Bool {
        self.properties.last { $0.name == ClientConfiguration.strategy }?.value.contains("cooperative") ?? false
    }

    /// For a consumer that assigns to itself. librdkafka wants a group's name all the same; as long as nothing is joined or
    /// committed, no broker makes a group of it.
    var withoutGroup: ClientConfiguration {
        let groups = ["group.id", "group.instance.id", ClientConfiguration.strategy]
        var changed = self
        changed.properties.removeAll { groups.contains($0.name) }
        changed.properties.append(Property("group.id", "no-group"))
        return changed
    }

    /// Trap 10: reproduced at every second rebalance (measurements 7.2). Transactions commit elsewhere.
    func fitConsumer() throws(KafkaError) {
        guard self.isCooperative, self.commitsThroughConsumer, !ClientLibrary.isAtLeast(2, 10) else { return }
        throw KafkaError.configuration(
            "\(ClientConfiguration.strategy): cooperative rebalancing with commits by the consumer loses assignments on"
                + " librdkafka \(ClientLibrary.version) (issue 4059, mended in 2.10.0); allowed are range and roundrobin"
        )
    }
}
