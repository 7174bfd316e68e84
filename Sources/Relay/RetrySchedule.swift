internal import KafkaClient

/// Records that could not be handled and are tried again, each when it is due. The rest of their partition flows on.
struct RetrySchedule {
    struct Retry {
        var token: Token
        var batch: RecordBatch
        var index: Int
        /// Attempts made so far.
        var attempts: Int
        var cause: String
        var due: ContinuousClock.Instant
    }

    private var retries: [Retry] = []

    var isEmpty: Bool { self.retries.isEmpty }

    mutating func add(_ retry: Retry) { self.retries.append(retry) }

    /// Takes those that are due.
    mutating func due(at now: ContinuousClock.Instant) -> [Retry] {
        if self.retries.isEmpty { return [] }
        let due = self.retries.filter { $0.due <= now }
        if !due.isEmpty { self.retries.removeAll { $0.due <= now } }
        return due
    }

    /// Forgets those of slots that are gone.
    mutating func keep(_ isKept: (Int) -> Bool) { self.retries.removeAll { !isKept($0.token.slot) } }

    /// The pause before the next attempt.
    static func pause(after attempts: Int, first: Duration) -> Duration {
        min(first * (1 << min(max(attempts - 1, 0), 16)), .seconds(10))
    }
}
