internal import Glibc
internal import KafkaClient
internal import Operations
internal import Relay

/// Ends the process where nothing else does: a thread that hangs in a library cannot be joined. What is committed is
/// committed, and the rest is done again by whoever comes next.
enum LastResort {
    /// Runs what drains when it is cancelled. `isUnderWay`: something has been taken in; before, nothing is to be drained, and no
    /// broker to be waited for.
    static func drain<Value: Sendable>(
        within time: Duration, isUnderWay: @escaping @Sendable () -> Bool,
        _ body: @Sendable () async throws(KafkaError) -> Value
    ) async throws(KafkaError) -> Value {
        let result: Result<Value, KafkaError> = await withTaskCancellationHandler {
            do throws(KafkaError) { return .success(try await body()) } catch { return .failure(error) }
        } onCancel: {
            if !isUnderWay() { _exit(ExitStatus.success.rawValue) }
            LastResort.exit(after: time, saying: "the drain did not end in time")
        }
        return try result.get()
    }

    /// How long the group may take to be left once the drain is given up: brokers that did not answer for the one rarely do for
    /// the other.
    private static let leaving = Duration.seconds(5)

    /// Sees to it that `what` ends: within `time` once its engine has failed, sooner once its drain was given up. `rest` tells
    /// what becomes of what is not done.
    static func watch(
        _ event: EngineEvent, within time: Duration, _ what: String, servers: String, rest: String
    ) {
        switch event {
        case .failed: self.exit(after: time, saying: "the \(what) did not end in time")
        case .undrained:
            self.exit(after: self.leaving, .brokerUnreachable, saying: "no broker answers at \(servers); \(rest)")
        default: break
        }
    }

    private static func exit(after time: Duration, _ status: ExitStatus = .internalFault, saying message: String) {
        _ = OwnThread.start {
            let end = Deadline.after(time)
            while !end.hasPassed { Wakeup().wait(until: end) }
            Terminal.complain(message)
            // Not exit(): librdkafka's handlers could hang too.
            _exit(status.rawValue)
        }
    }
}
