internal import Glibc
internal import Synchronization

/// A thread of our own for calls that block: the cooperative pool has one thread a core and must never wait in C.
package enum OwnThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts `body` on a new detached thread; false when the system has none to give.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let box = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { context in
                if let context {
                    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                }
                return nil
            }, box.toOpaque())
        guard status == 0 else {
            box.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// Runs one blocking call on a thread of its own and returns its result.
    package static func call<Value: Sendable>(
        _ body: @escaping @Sendable () -> Result<Value, KafkaError>
    ) async throws(KafkaError) -> Value {
        let result: Result<Value, KafkaError> = await withCheckedContinuation { continuation in
            let started = OwnThread.start {
                continuation.resume(returning: body())
            }
            if !started {
                continuation.resume(returning: .failure(.noThread))
            }
        }
        return try result.get()
    }
}

extension OwnThread {
    private final class Answer<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
        let isThere = Wakeup()
    }

    /// Waits for a call that may not end in time; nil when it has not, and it goes on by itself.
    static func call<Value: Sendable>(within limit: Duration, _ body: @escaping @Sendable () -> Value) -> Value? {
        let answer = Answer<Value>()
        let deadline = Deadline.after(limit)
        let started = OwnThread.start {
            let value = body()
            answer.value.withLock { $0 = value }
            answer.isThere.signal()
        }
        if started { answer.isThere.wait(until: deadline) }
        return answer.value.withLock { $0 }
    }
}

extension KafkaError {
    package static let noThread = KafkaError(
        code: EAGAIN, name: "EAGAIN", kind: .retriable, operation: "start a thread", detail: "the system gave no thread"
    )
}

/// A flag that a thread sleeps on: set from any thread, taken by the one that waits. A signal that comes before the wait
/// is not lost.
///
/// `@unchecked`: `signalled` is touched with the mutex held only.
package final class Wakeup: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var signalled = false

    package init() {
        self.mutex.initialize(to: pthread_mutex_t())
        self.condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(self.mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // A wall clock that jumps must not lengthen a wait.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(self.condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(self.condition)
        pthread_mutex_destroy(self.mutex)
        self.condition.deallocate()
        self.mutex.deallocate()
    }

    package func signal() {
        pthread_mutex_lock(self.mutex)
        if !self.signalled {
            self.signalled = true
            pthread_cond_signal(self.condition)
        }
        pthread_mutex_unlock(self.mutex)
    }

    /// Waits for a signal and takes it; false when none came in time.
    @discardableResult
    package func wait(until deadline: Deadline) -> Bool {
        var limit = timespec(
            tv_sec: Int(deadline.nanoseconds / 1_000_000_000), tv_nsec: Int(deadline.nanoseconds % 1_000_000_000))
        pthread_mutex_lock(self.mutex)
        defer { pthread_mutex_unlock(self.mutex) }
        while !self.signalled {
            if pthread_cond_timedwait(self.condition, self.mutex, &limit) == ETIMEDOUT {
                break
            }
        }
        defer { self.signalled = false }
        return self.signalled
    }
}

/// An instant of the monotonic clock until which something may take.
package struct Deadline: Comparable, Sendable {
    /// Since an arbitrary start, as `CLOCK_MONOTONIC` counts.
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static var now: Deadline {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Deadline(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    package static func after(milliseconds: Int64) -> Deadline {
        Deadline(nanoseconds: Deadline.now.nanoseconds &+ milliseconds &* 1_000_000)
    }

    package static func after(_ duration: Duration) -> Deadline {
        Deadline.after(milliseconds: Int64(duration.milliseconds))
    }

    package static func < (left: Deadline, right: Deadline) -> Bool { left.nanoseconds < right.nanoseconds }

    package var hasPassed: Bool { Deadline.now >= self }

    /// Milliseconds left, at most `limit`, as librdkafka's calls want them.
    package func remaining(atMost limit: Int32) -> Int32 {
        let left = (self.nanoseconds &- Deadline.now.nanoseconds) / 1_000_000
        return Int32(clamping: min(max(left, 0), Int64(limit)))
    }
}

extension Duration {
    /// Whole milliseconds within what librdkafka takes for a time-out.
    var milliseconds: Int32 {
        let (seconds, attoseconds) = self.components
        let whole = min(max(seconds, 0), 2_000_000)
        return Int32(clamping: whole * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
