internal import KafkaClient
internal import Operations
internal import Relay

/// The worker's events as log lines.
struct WorkerLog: Sendable {
    let logger: Logger

    init(_ logger: Logger) { self.logger = logger }

    /// librdkafka's own lines, in our levels (syslog's: 3 error, 4 warning, 6 info, 7 debug).
    var reports: ClientReports {
        let logger = self.logger
        return ClientReports(log: { level, facility, message in
            let ours: LogLevel = level <= 3 ? .error : level <= 4 ? .warning : level <= 6 ? .info : .debug
            // One configuration serves all clients; that a producer has no use for group.id is no news.
            logger.log(
                facility == "CONFWARN" ? .debug : ours, "librdkafka", [("facility", facility), ("text", message)])
        })
    }

    func write(_ event: EngineEvent) {
        switch event {
        case .assigned(let partitions):
            self.logger.info(
                "assigned",
                [("partitions", partitions.map { "\($0.partition)@\(self.offset($0.offset))" }.joined(separator: ","))])
        case .revoked(let partitions, let lost, let finished):
            self.logger.log(
                finished ? .info : .warning, lost ? "lost" : "revoked",
                [("partitions", partitions.map(\.description).joined(separator: ",")), ("drained", String(finished))])
        case .undrained(let records):
            self.logger.warning(
                "the drain ends at shutdown.deadline; what is in flight is left to the next worker",
                [("records", String(records))])
        case .committed(let offsets):
            self.logger.log(
                .debug, "committed",
                [("offsets", offsets.map { "\($0.partition)@\($0.offset)" }.joined(separator: ","))])
        case .commitFailed(let offsets, let error):
            self.logger.warning("commit failed", [("error", error.description), ("partitions", String(offsets.count))])
        case .deadLettered(let partition, let offset, let rejection):
            self.logger.warning(
                "dead letter",
                self.place(partition, offset) + [("code", "\(rejection.code)"), ("reason", rejection.message)])
        case .retried(let partition, let offset, let attempt, let cause):
            self.logger.warning(
                "record failed and is tried again",
                self.place(partition, offset) + [("attempt", String(attempt)), ("cause", cause)])
        case .metadataIgnored(let partition, let reason):
            self.logger.warning(
                "the commit's metadata is not used", [("partition", partition.description), ("reason", "\(reason)")])
        case .moved(let partition, let from, let to):
            self.logger.warning(
                "--from moves the group",
                [("partition", partition.description), ("from", self.offset(from)), ("to", self.offset(to))])
        case .mapFull(let partition, let offset):
            self.logger.warning(
                "intake rests: too much is finished beyond an unfinished record", self.place(partition, offset))
        case .lost(let partition, let from, let to):
            self.logger.error(
                "records are gone before they were read",
                [("partition", partition.description), ("from", String(from)), ("to", String(to))])
        case .transactionAborted(let error, let records):
            self.logger.warning(
                "transaction aborted, made again", [("error", error.description), ("records", String(records))])
        case .producerRenewed(let error): self.logger.warning("producer renewed", [("error", error.description)])
        case .stalled(let stall):
            self.logger.log(stall.isDeadly ? .error : .warning, "stalled", [("what", stall.description)])
        case .problem(let error, let partition):
            self.logger.warning(
                "problem", [("error", error.description)] + (partition.map { [("partition", $0.description)] } ?? []))
        case .failed(let error): self.logger.error("stopping", [("error", error.description)])
        case .idle: self.logger.info("idle: what is assigned is read to its end, or to --to, and all is acknowledged")
        }
    }

    /// The closing account.
    func write(_ ledger: Ledger) {
        self.logger.settle()
        let total = ledger.total
        self.logger.log(
            ledger.balances ? .info : .error, "ledger",
            [
                ("consumed", String(total.consumed)), ("published", String(total.published)),
                ("events", String(total.events)), ("dead_lettered", String(total.deadLettered)),
                ("unrouted", String(total.unrouted)), ("in_flight", String(total.inFlight)),
                ("held", String(total.held + total.leftWaiting)), ("given_up", String(total.givenUp)),
                ("balances", String(ledger.balances)),
            ])
    }

    private func place(_ partition: TopicPartition, _ offset: Int64) -> [(String, String)] {
        [("topic", partition.topic), ("partition", String(partition.partition)), ("offset", String(offset))]
    }

    private func offset(_ offset: Int64) -> String {
        switch offset {
        case Offset.beginning: "beginning"
        case Offset.end: "end"
        case Offset.none: "nothing committed"
        default: String(offset)
        }
    }
}
