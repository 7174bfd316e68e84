internal import Telegram

/// The findings of one event that are grave enough for an alert, by code, as the event says them.
///
/// Findings of one code are one alert: its `ce_id` rests on code, subject and sources (contract 4), so two would be one
/// and the same to whoever drops what comes again.
struct RaisedFindings {
    struct Group {
        var code: FindingCode
        /// All of them, also those that are not kept.
        var count = 0
        /// JSON objects, each with a comma behind it.
        var findings: [UInt8] = []
    }

    private(set) var groups: [Group] = []

    /// Of one code so many are kept; the rest is counted. A garbled telegram has hundreds.
    static let kept = 32

    var isEmpty: Bool { self.groups.isEmpty }

    mutating func removeAll() { self.groups.removeAll(keepingCapacity: true) }

    mutating func add(_ code: FindingCode, _ finding: UnsafeRawBufferPointer) {
        let index = self.index(of: code)
        self.groups[index].count += 1
        if self.groups[index].count <= RaisedFindings.kept { self.groups[index].findings.append(contentsOf: finding) }
    }

    private mutating func index(of code: FindingCode) -> Int {
        if let index = self.groups.firstIndex(where: { $0.code == code }) { return index }
        self.groups.append(Group(code: code))
        return self.groups.count - 1
    }
}
