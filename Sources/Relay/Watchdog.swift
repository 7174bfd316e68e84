package import KafkaClient
internal import Synchronization

/// Something that should move and does not, with the cause.
package struct Stall: Sendable, Equatable, CustomStringConvertible {
    package enum Part: Sendable, Equatable {
        /// The consumer's poll thread.
        case pollThread
        case lane(Int)
        case transaction
        case partition(TopicPartition)
    }

    package var part: Part
    /// For how long it has not moved, in seconds.
    package var seconds: Int
    /// Why it is not at the partition's head, as far as the engine knows.
    package var cause: String
    /// Nothing within the process helps: it has to end, so that another life may begin.
    package var isDeadly: Bool

    package var description: String {
        let name =
            switch self.part {
            case .pollThread: "the poll thread"
            case .lane(let number): "lane \(number)"
            case .transaction: "the transaction"
            case .partition(let partition): "\(partition)"
            }
        return "\(name) has not moved for \(self.seconds) s: \(self.cause)"
    }
}

/// The consumer as the watchdog sees it.
package protocol WatchedConsumer: AnyObject, Sendable {
    /// When the poll loop last turned, in nanoseconds of the monotonic clock; 0 before the first turn.
    var lastTurn: Int64 { get }
    /// The end of what can be read of a partition, asked of its broker. Blocks.
    func readableEnd(of partition: TopicPartition) throws(KafkaError) -> Int64
    /// Begins to fetch the partition anew, where it was.
    func restart(_ partition: TopicPartition)
}

extension Consumer: WatchedConsumer {
    package func readableEnd(of partition: TopicPartition) throws(KafkaError) -> Int64 {
        try self.readableEnd(of: partition, timeout: .seconds(10))
    }
}

/// Looks, again and again, for what is assigned and does not move: librdkafka's own check takes any poll for life (trap 28), and
/// partitions have fallen silent without an error (traps 24, 30).
///
/// What it finds it reports with the cause, and acts upon: a silent partition is fetched anew; if that does not help, or if a
/// thread hangs, the worker ends. A transaction that hangs has limits of its own (`Transactions`); a slow downstream is reported,
/// no more, since waiting is right.
struct Watchdog: Sendable {
    let engine: Engine
    let consumer: any WatchedConsumer
    let limit: Duration

    /// What it remembers between two looks.
    struct Memory {
        /// When each stall was last reported.
        var reported: [String: Deadline] = [:]
        /// Silent partitions that were begun anew, and where they stood.
        var restarted: [TopicPartition: Int64] = [:]
    }

    /// Until cancelled.
    func run() async {
        var memory = Memory()
        let pause = max(self.limit / 10, .milliseconds(50))
        while !Task.isCancelled {
            do { try await Task.sleep(for: pause) } catch { return }
            guard self.engine.isRunning, !self.engine.isStopping else { continue }
            self.lookAtThreads(&memory)
            await self.lookAtPartitions(&memory)
        }
    }

    private func lookAtThreads(_ memory: inout Memory) {
        let now = Deadline.now.nanoseconds
        self.look(at: .pollThread, since: self.consumer.lastTurn, now, "it is in a call that does not return", &memory)
        for (number, lane) in self.engine.lanes.enumerated() {
            let token = Token(rawValue: lane.record.load(ordering: .relaxed))
            let place = self.engine.place(of: token) ?? "a record of a partition that is gone"
            self.look(
                at: .lane(number), since: lane.busySince.load(ordering: .relaxed), now, "it is at \(place)", &memory)
        }
        self.look(
            at: .transaction, since: self.engine.transactionEndingSince, now,
            "its end waits for the brokers; the calls have limits of their own", &memory, isDeadly: false)
    }

    private func look(
        at part: Stall.Part, since start: Int64, _ now: Int64, _ cause: String, _ memory: inout Memory,
        isDeadly: Bool = true
    ) {
        let time = Duration.nanoseconds(now - start)
        guard start > 0, time > self.limit else { return }
        let stall = Stall(part: part, seconds: Int(time.components.seconds), cause: cause, isDeadly: isDeadly)
        self.report(stall, &memory)
    }

    private func lookAtPartitions(_ memory: inout Memory) async {
        for quiet in self.engine.quietPartitions(longerThan: self.limit) {
            let seconds = Int(quiet.time.components.seconds)
            if let cause = quiet.cause {
                self.report(
                    Stall(part: .partition(quiet.partition), seconds: seconds, cause: cause, isDeadly: false), &memory)
                continue
            }
            let consumer = self.consumer
            let end = try? await OwnThread.call { () -> Result<Int64, KafkaError> in
                do throws(KafkaError) { return .success(try consumer.readableEnd(of: quiet.partition)) } catch {
                    return .failure(error)
                }
            }
            // Where nobody answers, librdkafka says so itself; at the end, silence is right.
            guard let end, let position = quiet.next, end > position else {
                memory.restarted[quiet.partition] = nil
                continue
            }
            let isDeadly = memory.restarted[quiet.partition] == position
            let cause = "\(end - position) records could be read and none comes"
            self.report(
                Stall(
                    part: .partition(quiet.partition), seconds: seconds,
                    cause: cause + (isDeadly ? ", although it was fetched anew" : "; it is fetched anew"),
                    isDeadly: isDeadly), &memory)
            memory.restarted[quiet.partition] = position
            self.engine.touched(quiet.partition)
            consumer.restart(quiet.partition)
        }
    }

    /// Says the same thing once in a while.
    private func report(_ stall: Stall, _ memory: inout Memory) {
        let key = "\(stall.part)"
        if let last = memory.reported[key], !stall.isDeadly, Deadline.now < last { return }
        memory.reported[key] = .after(self.limit)
        self.engine.report(.stalled(stall))
        if stall.isDeadly { self.engine.fail(stall.error) }
    }
}

extension Stall {
    /// What the worker ends with.
    fileprivate var error: KafkaError {
        KafkaError(code: 0, name: "STALLED", kind: .fatal, operation: "watch", detail: self.description)
    }
}
