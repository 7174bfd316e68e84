public import Directory
public import Telegram

/// Writes events (contract 4 and 5) straight into octets. Each lane has its own; the octets are reused.
public struct TelegramEncoder: ~Copyable {
    public var options: EventOptions
    /// Of the event encoded last: one a code of its findings, from `options.alerts` up.
    public internal(set) var alerts: [Alert] = []
    let directory: Directory
    let fragments: Fragments
    var writer = JSONWriter()
    /// Keys and header values of the current event.
    var attributes = JSONWriter(capacity: 1024)
    var provenance = JSONWriter(capacity: 1024)
    /// `to.0`: where the next field stands; kept only when provenance is asked for.
    var path: [UInt8] = []
    /// How long the path was before each step.
    var steps: [Int] = []
    /// The record and the parser's made octets; set for the length of one call only.
    var record = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Where each octet of `record` stood before it was decoded; empty where they are the same.
    var origins: [Int32] = []
    var made = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The section whose octets `record` is; 0 for a telegram of one transmission.
    var section = 0
    /// The sections whose joined text `record` is.
    var joined: JoinedTransmissions?
    /// Findings of the current event that become alerts.
    var raised = RaisedFindings()

    public init(directory: Directory, options: EventOptions = EventOptions()) {
        self.directory = directory
        self.fragments = Fragments(directory)
        self.options = options
    }

    /// The event of one telegram that one transmission holds; a service message becomes a service event.
    ///
    /// `octets` are those of the record that the telegram was parsed from.
    public mutating func encode(
        _ telegram: borrowing Telegram, octets: Octets, source: Source?, release: Release = Release()
    ) -> EncodedEvent {
        let kind = telegram.kind
        return self.withOctets(of: telegram, octets) { encoder in
            switch kind {
            case .telegram: encoder.telegramEvent(telegram, source, release)
            case .service: encoder.serviceEvent(telegram, source)
            }
        }
    }

    /// What is written within speaks of these octets.
    @inline(__always)
    mutating func withOctets<Result>(
        of telegram: borrowing Telegram, _ octets: Octets, _ body: (inout TelegramEncoder) -> Result
    ) -> Result {
        self.origins = telegram.origins
        return (telegram.decoded.isEmpty ? octets : telegram.decoded.span).withUnsafeBytes { record in
            telegram.made.withUnsafeBytes { made in
                self.begin(record, made)
                defer { self.end() }
                return body(&self)
            }
        }
    }

    private mutating func begin(_ record: UnsafeRawBufferPointer, _ made: UnsafeRawBufferPointer) {
        self.record = record
        self.made = made
        self.writer.removeAll()
        self.attributes.removeAll()
        self.provenance.removeAll()
        self.path.removeAll(keepingCapacity: true)
        self.steps.removeAll(keepingCapacity: true)
        if !self.raised.isEmpty { self.raised.removeAll() }
        if !self.alerts.isEmpty { self.alerts.removeAll(keepingCapacity: true) }
    }

    private mutating func end() {
        self.record = UnsafeRawBufferPointer(start: nil, count: 0)
        self.made = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    mutating func telegramEvent(
        _ telegram: borrowing Telegram, _ source: Source?, _ release: Release
    ) -> EncodedEvent {
        let attributes = self.attributes(of: telegram, source)
        self.openEnvelope(attributes)
        self.writer.append("{\"id\":")
        self.writer.string(self.attribute(attributes.subject))
        self.member("revision", release.revision)
        self.word("layout", telegram.layout.word)
        self.word("heading", telegram.heading.word)
        self.flag("complete", telegram.complete)
        self.transmissions(telegram, source)
        self.heading(telegram)
        self.markings(telegram)
        self.content(telegram)
        self.others(release)
        self.findings(telegram, release.comparison)
        self.makeAlerts(attributes, source)
        let octetCount = self.joined?.octetCount ?? Int(telegram.octetCount)
        if octetCount > 0 {
            self.writer.name("coverage")
            let explainedCount = self.joined?.explainedCount ?? Int(telegram.explainedCount)
            self.writer.share(Float(explainedCount) / Float(octetCount))
        }
        if self.options.provenance {
            self.writer.append("\"provenance\":[")
            self.writer.append(self.provenance.bytes)
            self.writer.close(UInt8(ascii: "]"))
        }
        self.writer.close(UInt8(ascii: "}"))
        return self.finish(attributes)
    }
}

extension Layout {
    /// The name without making a String.
    var word: StaticString {
        switch self {
        case .acp127: "acp127"
        case .acp126: "acp126"
        case .janap128: "janap128"
        case .doi103: "doi103"
        case .pages1973: "pages1973"
        case .smart: "smart"
        case .general: "general"
        case .archive: "archive"
        case .textOnly: "textOnly"
        case .unknown: "unknown"
        }
    }
}

extension HeadingExtent {
    var word: StaticString {
        switch self {
        case .full: "full"
        case .partial: "partial"
        case .none: "none"
        }
    }
}
