internal import Glibc
internal import KafkaClient
internal import Operations

/// Ends the process where nothing else does: a thread that hangs in a library cannot be joined. What is committed is
/// committed, and the rest is done again by whoever comes next.
enum LastResort {
    static func exit(after time: Duration, saying message: String) {
        _ = OwnThread.start {
            let end = Deadline.after(time)
            while !end.hasPassed { Wakeup().wait(until: end) }
            Terminal.complain(message)
            // Not exit(): librdkafka's handlers could hang too.
            _exit(ExitStatus.internalFault.rawValue)
        }
    }
}
