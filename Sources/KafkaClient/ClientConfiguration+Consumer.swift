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
        changed.commitsThroughConsumer = true
        return changed
    }

    func fitConsumer() throws(KafkaError) {
        // Trap 37: only so does it wait for what an open transaction is about to commit.
        if !self.commitsThroughConsumer,
            self.properties.last(where: { $0.name == "isolation.level" })?.value == "read_uncommitted"
        {
            throw KafkaError.configuration(
                "isolation.level must stay read_committed where transactions commit the offsets")
        }
        // Trap 10: reproduced at every second rebalance (measurements 7.2). Transactions commit elsewhere.
        guard self.isCooperative, self.commitsThroughConsumer, !ClientLibrary.isAtLeast(2, 10) else { return }
        throw KafkaError.configuration(
            "\(ClientConfiguration.strategy): cooperative rebalancing with commits by the consumer loses assignments on"
                + " librdkafka \(ClientLibrary.version) (issue 4059, mended in 2.10.0); allowed are range and roundrobin"
        )
    }
}
