internal import CRdkafka
internal import Glibc
internal import Synchronization

/// Where a client's logs and statistics go. Both are called on librdkafka's threads or the client's own, and return at once.
package struct ClientReports: Sendable {
    /// Syslog level (0 to 7), facility, text.
    package var log: (@Sendable (_ level: Int32, _ facility: String, _ message: String) -> Void)?
    /// JSON, every `statistics.interval.ms`; the bytes are valid during the call.
    package var statistics: (@Sendable (UnsafeRawBufferPointer) -> Void)?

    package init(
        log: (@Sendable (_ level: Int32, _ facility: String, _ message: String) -> Void)? = nil,
        statistics: (@Sendable (UnsafeRawBufferPointer) -> Void)? = nil
    ) {
        self.log = log
        self.statistics = statistics
    }
}

/// The one owner of an `rd_kafka_t` and of the object that its callbacks reach.
///
/// The handle is destroyed by `destroy(until:)` alone. Whoever forgets that, or holds a batch beyond it, leaks the handle on
/// purpose: `rd_kafka_destroy` may block for ever (traps 1 and 9), and a `deinit` would let it block any thread.
///
/// `@unchecked`: librdkafka documents the handle as safe to use from any thread; the rest is immutable or atomic.
final class ClientHandle: @unchecked Sendable {
    let raw: OpaquePointer
    let reports: ClientReports
    /// Batches whose messages are still in use.
    let batches = Atomic<Int>(0)
    private let callbacks: Unmanaged<Callbacks>

    /// What the log callback reaches through the client's opaque pointer.
    private final class Callbacks: Sendable {
        let reports: ClientReports

        init(_ reports: ClientReports) {
            self.reports = reports
        }
    }

    /// `events`: bits of `RD_KAFKA_EVENT_…`, delivered on queues; no callback but the log's is used.
    init(
        _ configuration: ClientConfiguration, type: rd_kafka_type_t, events: Int32, reports: ClientReports
    ) throws(KafkaError) {
        let settings = try configuration.makeConfiguration()
        let callbacks = Unmanaged.passRetained(Callbacks(reports))
        rd_kafka_conf_set_events(settings, events)
        rd_kafka_conf_set_opaque(settings, callbacks.toOpaque())
        rd_kafka_conf_set_log_cb(settings) { client, level, facility, message in
            guard let client, let opaque = rd_kafka_opaque(client) else { return }
            let callbacks = Unmanaged<Callbacks>.fromOpaque(opaque).takeUnretainedValue()
            callbacks.reports.log?(
                level, facility.map { String(cString: $0) } ?? "", message.map { String(cString: $0) } ?? "")
        }
        var reason = [CChar](repeating: 0, count: 512)
        guard let raw = rd_kafka_new(type, settings, &reason, reason.count) else {
            rd_kafka_conf_destroy(settings)  // it is the library's only after success
            callbacks.release()
            throw KafkaError.configuration(reason.text, during: "create client")
        }
        self.raw = raw
        self.reports = reports
        self.callbacks = callbacks
    }

    /// Waits for batches in use, then destroys the client on a thread of its own; an error when either took too long, in
    /// which case the client stays until the process ends (trap 1). Nothing may use the handle afterwards.
    func destroy(until deadline: Deadline) -> KafkaError? {
        let pause = Wakeup()
        while self.batches.load(ordering: .acquiring) > 0 {
            if deadline.hasPassed {
                return .make(
                    RD_KAFKA_RESP_ERR__TIMED_OUT, during: "destroy client", detail: "records are still in use")
            }
            pause.wait(until: .after(milliseconds: 5))
        }
        let done = Wakeup()
        let started = OwnThread.start {
            // The consumer has been closed or given up by now; closing again here could hang (trap 1).
            rd_kafka_destroy_flags(self.raw, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
            self.callbacks.release()  // no callback runs once destroy has returned
            done.signal()
        }
        guard started, done.wait(until: deadline) else {
            return .make(RD_KAFKA_RESP_ERR__TIMED_OUT, during: "destroy client", detail: "librdkafka did not end")
        }
        return nil
    }

    /// Hands a statistics event on.
    func report(statistics event: OpaquePointer) {
        guard let receive = self.reports.statistics, let text = rd_kafka_event_stats(event) else { return }
        receive(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
}
