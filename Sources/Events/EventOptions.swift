public import Telegram

/// What of an event is a choice.
public struct EventOptions: Sendable {
    /// Where the CloudEvents attributes stand.
    public enum Mode: Sendable {
        /// In the record's headers.
        case binary
        /// Around the event, in the value.
        case structured
    }

    public var mode = Mode.binary
    /// Adds `provenance`: which octets each field was read from.
    public var provenance = false
    /// Added to every range: where the octets start in the file that they were taken from.
    public var offset = 0
    /// The least severity of a finding that becomes an alert; nil makes none.
    public var alerts: Severity?

    public init(mode: Mode = .binary, provenance: Bool = false, alerts: Severity? = nil) {
        self.mode = mode
        self.provenance = provenance
        self.alerts = alerts
    }
}
