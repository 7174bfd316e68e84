internal import Operations
internal import Relay

/// What `--compare` prints.
extension ReplayCommand {
    func print(_ findings: Replay.Findings) throws {
        try Terminal.print(self.format == .json ? self.json(findings).text + "\n" : self.text(findings))
    }

    private func text(_ findings: Replay.Findings) -> String {
        var table = TextTable(["", "topic", "source", "ce_id", "first differing place"])
        for (name, items) in [
            ("differs", findings.differing), ("missing", findings.missing), ("superfluous", findings.superfluous),
        ] {
            for item in items {
                table.add([name, item.topic, "\(item.partition):\(item.offset)", item.identifier, item.place])
            }
        }
        let counts =
            "\(findings.made) made of the range: \(findings.same) the same, \(findings.differingCount) differ, "
            + "\(findings.missingCount) missing, \(findings.superfluousCount) superfluous"
            + (findings.again > 0 ? "; \(findings.again) stand more than once" : "") + "\n"
        return (findings.areNone ? "" : table.text) + counts
    }

    private func json(_ findings: Replay.Findings) -> JSONObject {
        var object = JSONObject()
        object.set("made", Int64(findings.made))
        object.set("same", Int64(findings.same))
        object.set("differing", Int64(findings.differingCount))
        object.set("missing", Int64(findings.missingCount))
        object.set("superfluous", Int64(findings.superfluousCount))
        object.set("again", Int64(findings.again))
        object.set("firstDiffering", findings.differing.map { self.json($0) })
        object.set("firstMissing", findings.missing.map { self.json($0) })
        object.set("firstSuperfluous", findings.superfluous.map { self.json($0) })
        return object
    }

    private func json(_ item: Replay.Findings.Item) -> JSONObject {
        var object = JSONObject()
        object.set("topic", item.topic)
        object.set("partition", Int64(item.partition))
        object.set("offset", item.offset)
        object.set("id", item.identifier)
        if !item.place.isEmpty { object.set("place", item.place) }
        return object
    }
}
