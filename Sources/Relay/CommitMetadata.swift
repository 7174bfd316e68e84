/// What travels with a committed offset: what is finished beyond it, what became of everything before, and which `--from`
/// the group has already obeyed. The only store that the worker has (architecture, "Held offsets, no database").
///
/// As text `tr1;o=1200;n=1180,3,0,17,1183;f=beginning;t;rBCD`: a version, the offset it belongs to, the counts, the SPEC, the
/// turn, the runs (`OffsetRuns`). Only characters that every tool shows; never more than `limit` octets (traps 13 and 15).
package struct CommitMetadata: Equatable, Sendable {
    /// What became of the records of a partition since the group began on it.
    package struct Counts: Equatable, Sendable {
        package var published: Int64 = 0
        package var deadLettered: Int64 = 0
        package var unrouted: Int64 = 0
        /// Records that retention or truncation took before they were read.
        package var lost: Int64 = 0
        /// Events; a record may hold several telegrams.
        package var events: Int64 = 0

        package init() {}

        package var records: Int64 { self.published + self.deadLettered + self.unrouted }
    }

    package var offset: Int64
    package var counts = Counts()
    /// The `--from` that was obeyed on this partition.
    package var from: String?
    /// Changes from one commit to the next where nothing else does, so that the group can tell whether the later one was made.
    package var turn = false
    var runs = OffsetRuns()

    /// Octets; the brokers' `offset.metadata.max.bytes` unless set otherwise.
    package static let limit = 4096
    /// Octets that the runs may take: three quarters, the rest is for counts, SPEC and a broker that counts otherwise (trap 15).
    static let runLimit = 3072

    package init(offset: Int64) { self.offset = offset }

    /// The finished offsets beyond the committed one.
    package var finished: [Range<Int64>] { self.runs.runs }

    package enum Failure: Error, Equatable {
        /// No text of ours: a foreign tool's, or none.
        case foreign
        /// Ours, from a version that writes what this one does not know.
        case newer(String)
        /// Ours, for another offset: the offset was moved by a tool that kept the text.
        case moved(Int64)
    }

    package init(_ text: String, offset: Int64) throws(Failure) {
        self.init(offset: offset)
        var fields = text.split(separator: ";", omittingEmptySubsequences: false)[...]
        guard text.utf8.count <= 1 << 16, let version = fields.popFirst(), version.hasPrefix("tr") else {
            throw .foreign
        }
        guard version == "tr1" else {
            if Int(version.dropFirst(2)) != nil { throw .newer(String(version)) }
            throw .foreign
        }
        for field in fields {
            if field.hasPrefix("o=") {
                guard let named = Int64(field.dropFirst(2)) else { throw .foreign }
                if named != offset { throw .moved(named) }
            } else if field.hasPrefix("n=") {
                let numbers = field.dropFirst(2).split(separator: ",").map { Int64($0) ?? -1 }
                guard numbers.count == 5, numbers.allSatisfy({ $0 >= 0 && $0 < 1 << 60 }) else { throw .foreign }
                self.counts.published = numbers[0]
                self.counts.deadLettered = numbers[1]
                self.counts.unrouted = numbers[2]
                self.counts.lost = numbers[3]
                self.counts.events = numbers[4]
            } else if field.hasPrefix("f=") {
                self.from = String(field.dropFirst(2))
            } else if field == "t" {
                self.turn = true
            } else {
                guard let runs = OffsetRuns(text: field, base: offset) else { throw .foreign }
                self.runs = runs
            }
        }
    }

    package var text: String {
        var parts = ["tr1", "o=\(self.offset)"]
        let counts = self.counts
        if counts != Counts() {
            parts.append(
                "n=\(counts.published),\(counts.deadLettered),\(counts.unrouted),\(counts.lost),\(counts.events)")
        }
        if let from = self.from { parts.append("f=\(from)") }
        if self.turn { parts.append("t") }
        let runs = self.runs.text(base: self.offset)
        if !runs.isEmpty { parts.append(runs) }
        return parts.joined(separator: ";")
    }
}
