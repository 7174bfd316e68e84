extension Configuration {
    /// Values that are each allowed and do not fit together.
    func validate() throws(ConfigurationError) {
        try self.validateTimes()
        try self.validateTransactions()
        try self.validateLimits()
        try self.validateTopics()
    }

    private func validateTimes() throws(ConfigurationError) {
        // The defaults are librdkafka's own.
        let session = try self.milliseconds("session.timeout.ms", standard: 45_000)
        let heartbeat = try self.milliseconds("heartbeat.interval.ms", standard: 3000)
        let poll = try self.milliseconds("max.poll.interval.ms", standard: 300_000)
        let names = ["rebalance.deadline", "kafka.session.timeout.ms"]
        if self.rebalance.deadline.wholeMilliseconds >= session {
            let deadline = ConfigurationText.text(self.rebalance.deadline)
            throw self.conflict(
                names,
                "is \(deadline) and must be below kafka.session.timeout.ms (\(session)), "
                    + "or the group gives the partitions away while they drain")
        }
        if self.watchdog.limit.wholeMilliseconds <= self.rebalance.deadline.wholeMilliseconds {
            throw self.conflict(
                ["watchdog.limit", "rebalance.deadline"],
                "is \(ConfigurationText.text(self.watchdog.limit)) and must be above rebalance.deadline "
                    + "(\(ConfigurationText.text(self.rebalance.deadline))), or every drain looks like a stall")
        }
        if heartbeat >= session {
            throw self.conflict(
                ["kafka.heartbeat.interval.ms", "kafka.session.timeout.ms"],
                "is \(heartbeat) and must be below kafka.session.timeout.ms (\(session)), best a third of it")
        }
        if poll < session {
            throw self.conflict(
                ["kafka.max.poll.interval.ms", "kafka.session.timeout.ms"],
                "is \(poll) and must not be below kafka.session.timeout.ms (\(session))")
        }
    }

    private func validateTransactions() throws(ConfigurationError) {
        guard self.delivery == .exactlyOnce else {
            if self.kafka["transactional.id"] != nil {
                throw self.conflict(
                    ["kafka.transactional.id", "delivery"], "is for delivery: exactly-once; leave it out, or set that")
            }
            return
        }
        let transaction = try self.milliseconds("transaction.timeout.ms", standard: 40_000)
        if self.rebalance.deadline.wholeMilliseconds >= transaction {
            throw self.conflict(
                ["rebalance.deadline", "kafka.transaction.timeout.ms"],
                "is \(ConfigurationText.text(self.rebalance.deadline)) and must be below kafka.transaction.timeout.ms "
                    + "(\(transaction)), or the broker takes the transaction back while its partitions drain")
        }
        let id = self.transactionalID
        guard (1...249).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw self.conflict(
                ["kafka.transactional.id"],
                "is \(quoted(id)); allowed are 1 to 249 visible ASCII characters, the same at each start of one "
                    + "worker and different from every other worker's")
        }
    }

    private func validateLimits() throws(ConfigurationError) {
        let record = ConfigurationText.text(byteCount: self.limits.recordByteCount)
        for (path, byteCount) in [
            ("limits.inFlight", self.limits.inFlightByteCount), ("limits.queued", self.limits.queuedByteCount),
        ] where byteCount < self.limits.recordByteCount {
            let size = ConfigurationText.text(byteCount: byteCount)
            throw self.conflict(
                [path, "limits.record"],
                "is \(size) and must not be below limits.record (\(record)), or such a record never gets in")
        }
    }

    private func validateTopics() throws(ConfigurationError) {
        let loop = "is also input.topic, so the worker would read what it writes"
        if self.topics.deadLetters == self.input.topic {
            throw self.conflict(["topics.deadLetters", "input.topic"], loop)
        }
        for (path, topic) in [("input.topic", self.input.topic), ("topics.deadLetters", self.topics.deadLetters)]
        where self.topics.sections == topic {
            throw self.conflict(
                ["topics.sections", path], "is also \(path); sections that wait need a topic of their own")
        }
        for (path, topic) in [
            ("input.topic", self.input.topic), ("topics.deadLetters", self.topics.deadLetters),
            ("topics.sections", self.topics.sections),
        ] where self.topics.journal == topic {
            throw self.conflict(
                ["topics.journal", path], "is also \(path); what is remembered needs a compacted topic of its own")
        }
        for (index, output) in self.outputs.enumerated() {
            if output.topic == self.topics.journal {
                throw self.conflict(
                    ["outputs.\(index).topic", "topics.journal"],
                    "is also topics.journal; what is remembered needs a compacted topic of its own")
            }
            if output.topic == self.input.topic {
                throw self.conflict(["outputs.\(index).topic", "input.topic"], loop)
            }
            if output.topic == self.topics.sections {
                throw self.conflict(
                    ["outputs.\(index).topic", "topics.sections"],
                    "is also topics.sections; events and sections that wait need topics of their own")
            }
            if output.topic == self.topics.deadLetters {
                throw self.conflict(
                    ["outputs.\(index).topic", "topics.deadLetters"],
                    "is also topics.deadLetters; events and dead letters need topics of their own")
            }
        }
    }

    /// The first key carries the sentence; the place is that of the first key that somebody gave.
    private func conflict(_ keys: [String], _ problem: String) -> ConfigurationError {
        let origin = keys.lazy.compactMap { self.origins[$0] }.first ?? .standard
        return ConfigurationError(key: keys.first ?? "", origin: origin, reason: .conflict(problem))
    }

    private func milliseconds(_ property: String, standard: Int64) throws(ConfigurationError) -> Int64 {
        guard let text = self.kafka[property] else { return standard }
        guard let value = ConfigurationText.integer(text), (1...86_400_000).contains(value) else {
            throw ConfigurationError(
                key: "kafka." + property, origin: self.origins["kafka." + property] ?? .standard,
                reason: .badValue(text, allowed: "a whole number of milliseconds from 1 to 86400000"))
        }
        return Int64(value)
    }
}
