internal import Glibc

/// Lets the poll thread wait, with a deadline, for lanes and acknowledgements. A condition variable, since that thread is
/// none of Swift's pool and may block.
///
/// `@unchecked`: the pthread objects are made to be shared, and nothing else is stored.
final class DrainSignal: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var signals: UInt64 = 0
    private var seen: UInt64 = 0

    init() {
        pthread_mutex_init(self.mutex, nil)
        pthread_cond_init(self.condition, nil)
    }

    deinit {
        pthread_cond_destroy(self.condition)
        pthread_mutex_destroy(self.mutex)
        self.condition.deallocate()
        self.mutex.deallocate()
    }

    func signal() {
        pthread_mutex_lock(self.mutex)
        self.signals &+= 1
        pthread_cond_signal(self.condition)
        pthread_mutex_unlock(self.mutex)
    }

    /// Returns after a signal since the last wait; false at the deadline.
    func wait(until deadline: ContinuousClock.Instant) -> Bool {
        pthread_mutex_lock(self.mutex)
        defer {
            self.seen = self.signals
            pthread_mutex_unlock(self.mutex)
        }
        while self.seen == self.signals {
            let left = deadline - .now
            guard left > .zero else { return false }
            var until = timespec()
            clock_gettime(CLOCK_REALTIME, &until)
            let nanoseconds = Int(until.tv_nsec) + Int(left.components.attoseconds / 1_000_000_000)
            until.tv_sec += Int(left.components.seconds) + nanoseconds / 1_000_000_000
            until.tv_nsec = nanoseconds % 1_000_000_000
            _ = pthread_cond_timedwait(self.condition, self.mutex, &until)
        }
        return true
    }
}
