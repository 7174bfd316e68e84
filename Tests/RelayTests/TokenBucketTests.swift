import KafkaClient
import Testing

@testable import Relay

struct TokenBucketTests {
    private func instant(_ milliseconds: Int64) -> Deadline { Deadline(nanoseconds: milliseconds * 1_000_000) }

    @Test func givesItsRateAndNoMoreThanAQuarterSecondAtOnce() {
        var bucket = TokenBucket(rate: 100, at: self.instant(0))
        #expect(bucket.available(at: self.instant(0)) == 25)
        bucket.take(25)
        #expect(bucket.available(at: self.instant(9)) == 0)
        #expect(bucket.available(at: self.instant(20)) == 2)
        bucket.take(2)
        #expect(bucket.available(at: self.instant(60_000)) == 25)
    }

    @Test func oneASecondComesThrough() {
        var bucket = TokenBucket(rate: 1, at: self.instant(0))
        var taken = 0
        for tick in 0..<1000 {
            let available = bucket.available(at: self.instant(Int64(tick) * 100))
            bucket.take(available)
            taken += available
        }
        // 99.9 s, and the one that lay ready.
        #expect(taken == 100)
    }

    @Test func whatWasTakenTooMuchIsMadeUpFor() {
        var bucket = TokenBucket(rate: 10, at: self.instant(0))
        bucket.take(12)
        #expect(bucket.available(at: self.instant(900)) == 0)
        #expect(bucket.available(at: self.instant(1100)) == 1)
    }
}
