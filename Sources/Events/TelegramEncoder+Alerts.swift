public import Telegram

/// What of an event's findings becomes alerts (contract 5).
extension TelegramEncoder {
    /// Keeps the finding that stands in the writer from `start` on, if it is grave enough.
    @inline(__always)
    mutating func raise(_ code: FindingCode, from start: Int) {
        guard let least = self.options.alerts, code.severity >= least else { return }
        self.raised.add(code, self.writer[start..<self.writer.count])
    }

    /// Once the findings are written.
    @inline(__always)
    mutating func makeAlerts(_ attributes: EventAttributes, _ source: Source?) {
        if !self.raised.isEmpty { self.makeRaisedAlerts(attributes, source) }
    }

    @inline(never)
    private mutating func makeRaisedAlerts(_ attributes: EventAttributes, _ source: Source?) {
        let subject = String(decoding: self.attribute(attributes.subject), as: UTF8.self)
        let event = String(decoding: self.attribute(attributes.identifier), as: UTF8.self)
        let sources = self.joined?.set.transmissions.compactMap(\.source) ?? source.map { [$0] } ?? []
        self.alerts = self.raised.groups.map { group in
            Alert(
                .finding(group.code), subject: subject, sources: sources,
                details: [
                    "event": .text(event), "count": .integer(group.count), "findings": .findings(group.findings),
                ])
        }
    }
}

extension Telegram {
    /// How many alerts its findings make: one a code.
    public borrowing func alertCount(from severity: Severity) -> Int {
        var codes: Set<FindingCode> = []
        for index in self.findings.indices where self.findings[index].code.severity >= severity {
            codes.insert(self.findings[index].code)
        }
        return codes.count
    }
}
