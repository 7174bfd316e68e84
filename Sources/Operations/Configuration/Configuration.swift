/// What the worker is told: defaults, then the file, then the environment, then `-X`.
///
/// The initial values here are the defaults; `ConfigurationKey.all` says how each key reads and is written.
package struct Configuration: Sendable {
    package struct Input: Equatable, Sendable {
        package var topic = "telegrams.raw"
        package var start = Start.beginning
    }

    /// Where to begin on a partition for which the group has committed nothing.
    package enum Start: String, Sendable, CaseIterable {
        case beginning
        case end
    }

    /// One rule of `outputs`: events of a kind go to a topic.
    package struct Output: Equatable, Sendable {
        package enum Event: String, Sendable, CaseIterable {
            case telegram
            case service
            case alert
        }

        package var topic: String
        package var event: Event
    }

    package enum Delivery: String, Sendable, CaseIterable {
        case atLeastOnce = "at-least-once"
        case exactlyOnce = "exactly-once"
    }

    package enum Order: String, Sendable, CaseIterable {
        case input
    }

    /// How the CloudEvents envelope travels.
    package enum Mode: String, Sendable, CaseIterable {
        case binary
        case structured
    }

    package struct Alerts: Equatable, Sendable {
        /// What the severity of a finding may be, the least first.
        package enum Severity: String, Sendable, CaseIterable {
            case note
            case warning
            case critical
        }

        package var severity = Severity.warning
    }

    package struct Topics: Equatable, Sendable {
        package var deadLetters = "telegrams.dead-letters"
        package var sections = "telegrams.sections"
        package var journal = "telegrams.journal"
    }

    /// How long, and how many, sections of longer telegrams wait for each other.
    package struct Sections: Equatable, Sendable {
        package var flash = Duration.seconds(600)
        package var immediate = Duration.seconds(3600)
        package var priority = Duration.seconds(6 * 3600)
        package var routine = Duration.seconds(24 * 3600)
        package var limit = 20_000
        package var byteCount = 256 << 20

        package var longest: Duration { max(self.flash, self.immediate, self.priority, self.routine) }
    }

    /// How much of the telegrams that came is remembered, for copies, corrections and cancellations.
    package struct Journal: Equatable, Sendable {
        package var telegrams = 100_000
        package var age = Duration.seconds(31 * 24 * 3600)
    }

    /// Which numbers are watched for gaps, and how long they may come in disorder.
    package struct Continuity: Equatable, Sendable {
        package var channels = true
        package var stations = false
        /// In capitals; `*` alone is all.
        package var addressees: [String] = []
        package var settling = Duration.seconds(5)
        package var pairSettling = Duration.seconds(900)
        package var limit = 20_000
    }

    package struct Commit: Equatable, Sendable {
        package var interval = Duration.seconds(1)
    }

    package struct Transaction: Equatable, Sendable {
        package var interval = Duration.milliseconds(100)
    }

    package struct Retry: Equatable, Sendable {
        package var attempts = 5
        package var pause = Duration.milliseconds(200)
    }

    package struct Watchdog: Equatable, Sendable {
        package var limit = Duration.seconds(60)
    }

    package struct Deadline: Equatable, Sendable {
        package var deadline: Duration
    }

    package struct Limits: Equatable, Sendable {
        /// Larger records become dead letters.
        package var recordByteCount = 10 << 20
        /// Octets of the input that are taken in and not yet acknowledged.
        package var inFlightByteCount = 64 << 20
        package var inFlightRecordCount = 20_000
        /// Octets in all of librdkafka's fetch queues together; per partition it is this divided by the partitions.
        package var queuedByteCount = 128 << 20
    }

    package struct Log: Equatable, Sendable {
        package var level = LogLevel.info
        package var format = LogFormat.text
    }

    /// librdkafka's own properties; of these only the two defaults are always there.
    ///
    /// May hold secrets: print `description`, never this.
    package var kafka = ["bootstrap.servers": "localhost:9092", "group.id": "taperelay"]
    package var input = Input()
    package var outputs = [
        Output(topic: "telegrams.events", event: .telegram),
        Output(topic: "telegrams.service", event: .service),
        Output(topic: "telegrams.alerts", event: .alert),
    ]
    package var delivery = Delivery.atLeastOnce
    package var order = Order.input
    package var mode = Mode.binary
    package var createTopics = false
    package var alerts = Alerts()
    package var topics = Topics()
    package var sections = Sections()
    package var journal = Journal()
    package var continuity = Continuity()
    package var commit = Commit()
    package var transaction = Transaction()
    package var retry = Retry()
    package var watchdog = Watchdog()
    package var shutdown = Deadline(deadline: .seconds(30))
    package var rebalance = Deadline(deadline: .seconds(20))
    /// Parallel lanes; 0 is one a core.
    package var lanes = 0
    package var limits = Limits()
    package var log = Log()

    /// Where each value that is not a default came from, by dotted path.
    package internal(set) var origins: [String: ConfigurationOrigin] = [:]

    package init() {}
}
