internal import KafkaClient

/// So many a second, and after a rest never more at once than a quarter of a second's worth.
struct TokenBucket: Sendable {
    private let rate: Double
    private let capacity: Double
    private var tokens: Double
    private var last: Deadline

    init(rate: Int, at now: Deadline = .now) {
        self.rate = Double(max(rate, 1))
        self.capacity = max(self.rate / 4, 1)
        self.tokens = self.capacity
        self.last = now
    }

    /// How many may be taken now.
    mutating func available(at now: Deadline) -> Int {
        if now > self.last {
            let seconds = Double(now.nanoseconds - self.last.nanoseconds) / 1_000_000_000
            self.tokens = min(self.tokens + seconds * self.rate, self.capacity)
            self.last = now
        }
        return Int(max(self.tokens, 0))
    }

    mutating func take(_ count: Int) { self.tokens -= Double(count) }
}
