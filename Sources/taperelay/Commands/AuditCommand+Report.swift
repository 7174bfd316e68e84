internal import Operations
internal import Relay

/// What `audit` prints.
extension AuditCommand {
    private static let columns: [(head: String, name: String, value: @Sendable (AuditLine) -> Int)] = [
        ("records", "records", { $0.records }),
        ("telegrams", "telegrams", { $0.counts[.telegram] ?? 0 }),
        ("service", "service", { $0.counts[.service] ?? 0 }),
        ("dead letters", "deadLetters", { $0.counts[.deadLetter] ?? 0 }),
        ("alerted", "alerted", { ($0.counts[.alert] ?? 0) + ($0.counts[.copy] ?? 0) }),
        ("several", "several", { $0.several }),
        ("unrouted", "unrouted", { $0.unrouted }),
        ("held", "held", { $0.held }),
        ("in flight", "inFlight", { $0.inFlight }),
        ("twice", "twice", { $0.twice }),
        ("missing", "missing", { Int($0.missingCount) }),
    ]

    func text(_ report: Audit.Report) -> String {
        var table = TextTable(["partition", "from", "to"] + AuditCommand.columns.map(\.head))
        var text = ""
        for number in report.range.partitions {
            guard let part = report.range.parts[number], let line = report.lines[number] else { continue }
            table.add(
                [String(number), String(part.start), String(part.end)]
                    + AuditCommand.columns.map { String($0.value(line)) })
            if !line.missingRuns.isEmpty { text += "missing: \(number): \(line.missingRuns.listed)\n" }
            for (topic, runs) in line.missingRunsOn.sorted(by: { $0.key < $1.key }) {
                text += "missing on \(report.topics[topic]): \(number): \(runs.listed)\n"
            }
            if line.absent > 0 { text += "named by outputs, not on the input any more: \(number): \(line.absent)\n" }
            if part.gone > 0 { text += "gone from the input before this audit: \(number): \(part.gone) offsets\n" }
        }
        let lines = report.lines.values
        table.add(
            ["all", "", ""]
                + AuditCommand.columns.map { column in String(lines.reduce(0) { $0 + column.value($1) }) })
        if report.foreign > 0 { text += "outputs that name no record of \(report.range.topic): \(report.foreign)\n" }
        return table.text + text + (report.isWhole ? "nothing is missing\n" : "records are missing\n")
    }

    func json(_ report: Audit.Report) -> JSONObject {
        var object = JSONObject()
        object.set("topic", report.range.topic)
        object.set("outputs", report.topics)
        object.set("whole", report.isWhole)
        object.set("foreign", Int64(report.foreign))
        object.set(
            "partitions",
            report.range.partitions.map { number in
                var member = JSONObject()
                let part = report.range.parts[number]
                let line = report.lines[number] ?? AuditLine()
                member.set("partition", Int64(number))
                member.set("from", part?.start ?? 0)
                member.set("to", part?.end ?? 0)
                for column in AuditCommand.columns { member.set(column.name, Int64(column.value(line))) }
                member.set("absent", Int64(line.absent))
                member.set("gone", part?.gone ?? 0)
                member.set("missingOffsets", line.missingRuns)
                member.set(
                    "missingOn",
                    line.missingRunsOn.sorted { $0.key < $1.key }.map { topic, runs in
                        var gap = JSONObject()
                        gap.set("topic", report.topics[topic])
                        gap.set("offsets", runs)
                        return gap
                    })
                return member
            })
        return object
    }

    // MARK: - Commits

    func text(_ lines: [GroupCommits.Line]) -> String {
        var table = TextTable([
            "partition", "committed", "end", "lag", "published", "dead-lettered", "unrouted", "lost", "events",
            "beyond",
            "from", "remark",
        ])
        var text = ""
        for line in lines {
            let counts = line.counts
            table.add(
                [
                    String(line.partition), line.offset.map { String($0) } ?? "-", String(line.end), String(line.lag),
                ]
                    + [counts.published, counts.deadLettered, counts.unrouted, counts.lost, counts.events]
                    .map { String($0) } + [
                        String(line.finished.reduce(0) { $0 + $1.count }), line.from ?? "", line.problem ?? "",
                    ])
            if !line.finished.isEmpty {
                text += "finished beyond the offset: \(line.partition): \(line.finished.listed)\n"
            }
            if line.problem != nil { text += "text: \(line.partition): \(AuditCommand.printable(line.text))\n" }
        }
        return table.text + text
    }

    /// A foreign text must not write to the terminal what it likes.
    private static func printable(_ text: String) -> String {
        String(
            decoding: text.utf8.prefix(200).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }

    func json(_ lines: [GroupCommits.Line]) -> JSONObject {
        var object = JSONObject()
        object.set("group", self.configuration.kafka["group.id"] ?? "")
        object.set("topic", self.configuration.input.topic)
        object.set(
            "partitions",
            lines.map { line in
                var member = JSONObject()
                member.set("partition", Int64(line.partition))
                if let offset = line.offset { member.set("committed", offset) }
                member.set("end", line.end)
                member.set("lag", line.lag)
                member.set("published", line.counts.published)
                member.set("deadLettered", line.counts.deadLettered)
                member.set("unrouted", line.counts.unrouted)
                member.set("lost", line.counts.lost)
                member.set("events", line.counts.events)
                member.set("finishedBeyond", line.finished)
                if let from = line.from { member.set("from", from) }
                if let problem = line.problem { member.set("problem", problem) }
                member.set("text", line.text)
                return member
            })
        return object
    }
}
