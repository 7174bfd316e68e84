internal import KafkaClient

/// `telegrams.journal` as it must be: the last entry of each key stays, whatever its age.
struct JournalTopic {
    let name: String
    private let partitions: Int?

    /// Nil where nothing is remembered. `partitions`: of the input; nil where it is not there yet.
    init?(configuration: WorkerConfiguration, partitions: Int?) {
        guard let name = configuration.engine.journal else { return nil }
        self.name = name
        self.partitions = partitions
    }

    /// What it is created with. Entries are small and change often: a segment is cleaned only once it is closed.
    static let settings: [ClientConfiguration.Property] = [
        .init("cleanup.policy", "compact"),
        .init("segment.ms", String(6 * 3_600_000)),
        .init("min.cleanable.dirty.ratio", "0.2"),
    ]

    /// Throws what would lose what is to be remembered. What the broker does not say is not judged.
    func check(_ settings: [String: String], partitions count: Int) throws(KafkaError) {
        if let policy = settings["cleanup.policy"], policy != "compact" {
            throw self.refused(
                "cleanup.policy is \(policy), which takes away what is still to be remembered; set it to compact")
        }
        guard let partitions = self.partitions, count < partitions else { return }
        throw self.refused(
            "it has \(count) \(count == 1 ? "partition" : "partitions"), and each of the \(partitions) of the input topic and of "
                + "topics.sections needs one of its number; add partitions with `kafka-topics.sh --alter --topic \(self.name) --partitions "
                + "\(partitions)`")
    }

    private func refused(_ detail: String) -> KafkaError {
        KafkaError(
            code: 0, name: "INVALID_CONFIG", kind: .configuration, operation: "check topics",
            detail: "\(self.name): \(detail)")
    }
}
