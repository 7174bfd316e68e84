package import KafkaClient

/// What a group has committed on the input topic, decoded for people.
package struct GroupCommits: Sendable {
    package struct Line: Sendable {
        package var partition: Int32
        /// Nil where nothing is committed.
        package var offset: Int64?
        package var low: Int64
        package var end: Int64
        package var counts = CommitMetadata.Counts()
        /// Finished beyond the offset.
        package var finished: [Range<Int64>] = []
        /// The `--from` that was obeyed.
        package var from: String?
        /// What is wrong with the text, if anything.
        package var problem: String?
        /// As it was committed.
        package var text = ""

        /// Offsets that are not finished.
        package var lag: Int64 {
            let done = self.finished.reduce(0) { $0 + Int64($1.count) }
            return max(self.end - max(self.offset ?? 0, self.low) - done, 0)
        }
    }

    /// Asks the cluster; the group is not touched.
    package static func read(
        _ configuration: WorkerConfiguration, group: String, reports: ClientReports = ClientReports()
    ) async throws(KafkaError) -> [Line] {
        try await Admin.with(configuration.kafka, reports: reports) { admin throws(KafkaError) in
            var unmade = configuration
            unmade.createTopics = false
            _ = try await TopicCheck(admin: admin, configuration: unmade).input()
            let marks = try await admin.watermarks(ofAll: configuration.input)
            let commits = try await admin.committed(group: group, topic: configuration.input)
            return commits.map { Line($0, marks[$0.partition.partition] ?? Admin.Watermarks(low: 0, high: 0)) }
        }
    }
}

extension GroupCommits.Line {
    init(_ commit: CommittedOffset, _ marks: Admin.Watermarks) {
        self.partition = commit.partition.partition
        self.end = marks.high
        self.text = commit.metadata
        self.low = marks.low
        guard commit.offset >= 0 else { return }
        self.offset = commit.offset
        if commit.metadata.isEmpty { return }
        do throws(CommitMetadata.Failure) {
            let metadata = try CommitMetadata(commit.metadata, offset: commit.offset)
            self.counts = metadata.counts
            self.finished = metadata.finished
            self.from = metadata.from
        } catch {
            switch error {
            case .foreign: self.problem = "another program's text"
            case .newer(let version): self.problem = "of a newer version, \(version)"
            case .moved(let offset): self.problem = "for offset \(offset): the group was moved by a tool"
            }
        }
    }
}
