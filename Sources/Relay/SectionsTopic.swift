internal import Assembly
internal import KafkaClient

/// `telegrams.sections` as it must be: what waits there must not be taken away by the broker.
struct SectionsTopic {
    let name: String
    /// The longest wait that is configured, in milliseconds.
    private let wait: Int64
    /// Those that observations of numbers are sent to; nil where none are.
    private let partitions: Int?
    /// To read what waits again, after a restart.
    private static let margin: Int64 = 3_600_000

    /// Nil where sections do not wait. `partitions`: of the input; nil where it is not there yet.
    init?(configuration: WorkerConfiguration, partitions: Int? = nil) {
        guard let name = configuration.engine.sections else { return nil }
        self.name = name
        self.partitions = configuration.watchedContinuity == nil ? nil : partitions
        let settings = configuration.sections
        let longest = max(settings.flash, settings.immediate, settings.priority, settings.routine)
        self.wait = Int64(longest / .milliseconds(1))
    }

    private var least: Int64 { self.wait + Self.margin }

    /// What it is created with: a week, or longer where a wait is.
    var settings: [ClientConfiguration.Property] {
        [
            .init("cleanup.policy", "delete"),
            .init("retention.ms", String(max(7 * 86_400_000, 2 * self.wait))),
        ]
    }

    /// Throws what would lose sections that wait. What the broker does not say is not judged.
    func check(_ settings: [String: String], partitions count: Int) throws(KafkaError) {
        if let partitions = self.partitions, count < partitions {
            throw self.refused(
                "it has \(count) \(count == 1 ? "partition" : "partitions") and the input topic has \(partitions), which is to how "
                    + "many the series of numbers are spread; add partitions with `kafka-topics.sh --alter --topic \(self.name) "
                    + "--partitions \(partitions)`")
        }
        if let policy = settings["cleanup.policy"], policy.contains("compact") {
            throw self.refused(
                "cleanup.policy is \(policy), which drops sections of one date-time group but for the last; set it to "
                    + "delete")
        }
        guard let retention = settings["retention.ms"].flatMap({ Int64($0) }), retention >= 0, retention < self.least
        else { return }
        throw self.refused(
            "retention.ms is \(retention) (\(Self.text(retention))), but sections wait up to \(Self.text(self.wait)) and "
                + "an hour is needed to read them again: \(self.wait) + \(Self.margin) = \(self.least); set "
                + "retention.ms to at least \(self.least), or shorten the waits under sections")
    }

    private func refused(_ detail: String) -> KafkaError {
        KafkaError(
            code: 0, name: "INVALID_CONFIG", kind: .configuration, operation: "check topics",
            detail: "\(self.name): \(detail)")
    }

    /// In the largest unit that leaves a whole number.
    private static func text(_ milliseconds: Int64) -> String {
        for (size, unit) in [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1000, "s")] as [(Int64, String)]
        where milliseconds > 0 && milliseconds % size == 0 {
            return "\(milliseconds / size) \(unit)"
        }
        return "\(milliseconds) ms"
    }
}
