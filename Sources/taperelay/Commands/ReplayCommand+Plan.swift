internal import Operations
internal import Relay

/// What `--dry-run` prints.
extension ReplayCommand {
    func print(_ plan: Replay.Plan) throws -> ExitStatus {
        try Terminal.print(self.format == .json ? self.json(plan).text + "\n" : self.text(plan))
        return .success
    }

    private func text(_ plan: Replay.Plan) -> String {
        var table = TextTable(["partition", "from", "to", "records at most", "done before"])
        for number in plan.range.partitions {
            guard let part = plan.range.parts[number] else { continue }
            table.add([
                String(number), String(part.start), String(part.end), String(part.count),
                String(plan.done[number] ?? 0),
            ])
        }
        let gone = plan.range.parts.values.reduce(0) { $0 + $1.gone }
        return table.text + "total: at most \(plan.range.count) records of \(plan.range.topic), "
            + "\(plan.done.values.reduce(0, +)) of them done before"
            + (gone > 0 ? "; \(gone) offsets of the range are gone from the topic" : "") + "\n"
            + "into: \(plan.topics.joined(separator: ", "))\n"
            + (plan.missing.isEmpty
                ? ""
                : "\(self.configuration.createTopics ? "to be made" : "missing"): \(plan.missing.joined(separator: ", "))\n")
            + "replay: \(plan.identifier), \(self.configuration.delivery.rawValue)\n"
    }

    private func json(_ plan: Replay.Plan) -> JSONObject {
        var object = JSONObject()
        object.set("replay", plan.identifier)
        object.set("delivery", self.configuration.delivery.rawValue)
        object.set("topic", plan.range.topic)
        object.set("into", plan.topics)
        object.set("missingTopics", plan.missing)
        if let start = plan.start { object.set("firstStarted", start) }
        object.set(
            "partitions",
            plan.range.partitions.map { number in
                var member = JSONObject()
                let part = plan.range.parts[number]
                member.set("partition", Int64(number))
                member.set("from", part?.start ?? 0)
                member.set("to", part?.end ?? 0)
                member.set("gone", part?.gone ?? 0)
                member.set("done", plan.done[number] ?? 0)
                return member
            })
        return object
    }
}
