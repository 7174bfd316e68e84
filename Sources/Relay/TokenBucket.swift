internal import KafkaClient

/// So many a second, and after a rest never more at once than a quarter of a second's worth.
struct TokenBucket: Sendable {
    private static let second: Int64 = 1_000_000_000

    private let rate: Int64
    private let capacity: Int64
    /// In billionths of a token: nothing is lost by rounding.
    private var credit: Int64
    private var last: Deadline

    init(rate: Int, at now: Deadline = .now) {
        self.rate = Int64(min(max(rate, 1), 1_000_000_000))
        self.capacity = max(self.rate * TokenBucket.second / 4, TokenBucket.second)
        self.credit = self.capacity
        self.last = now
    }

    /// How many may be taken now.
    mutating func available(at now: Deadline) -> Int {
        if now > self.last {
            let time = min(now.nanoseconds - self.last.nanoseconds, TokenBucket.second)
            self.credit = min(self.credit + time * self.rate, self.capacity)
            self.last = now
        }
        return Int(max(self.credit / TokenBucket.second, 0))
    }

    mutating func take(_ count: Int) { self.credit -= Int64(count) * TokenBucket.second }
}
