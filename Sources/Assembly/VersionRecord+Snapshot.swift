extension VersionRecord {
    private static let largest = Int(Int32.max)

    var snapshot: [UInt8] {
        Self.snapshot(
            heard: self.heard, revision: self.revision, canceller: self.canceller, aliases: self.aliases,
            issues: self.issues, versions: self.versions, judged: self.judged)
    }

    /// Of a telegram of which nothing came before, as most are: what a record says that has judged this copy.
    static func snapshot(
        ofFirst copy: TelegramCopy, aliases: [[UInt8]], judged judgement: Judgement, heard: Int64
    ) -> [UInt8] {
        Self.snapshot(
            heard: heard, revision: judgement.revision ?? 0, canceller: nil, aliases: aliases,
            issues: CollectionOfOne(Issue(copy)), versions: CollectionOfOne(Version(copy, issue: 0)),
            judged: CollectionOfOne(Judged(source: copy.source, judgement: judgement)))
    }

    private static func snapshot(
        heard: Int64, revision: Int, canceller: PartSource?, aliases: [[UInt8]], issues: some Collection<Issue>,
        versions: some Collection<Version>, judged: some Collection<Judged>
    ) -> [UInt8] {
        var writer = SnapshotWriter(.versions, capacity: 256)
        writer.write(heard)
        writer.write(min(revision, Self.largest))
        writer.write(canceller) { $0.write($1) }
        writer.write(aliases) { $0.write($1) }
        writer.write(issues) { writer, issue in
            writer.write(issue.isReaddressal)
            writer.write(issue.dateTimeGroup) { $0.write($1) }
            writer.write(issue.stationSerial) { $0.write($1) }
            writer.write(issue.current)
        }
        writer.write(versions) { writer, version in
            writer.write(version.content)
            writer.write(version.quality)
            writer.write(version.issue)
            writer.write(version.source)
            writer.write(version.eventID)
        }
        writer.write(judged) { writer, judged in
            writer.write(judged.source)
            writer.write(judged.judgement.verdict.rawValue)
            writer.write(judged.judgement.revision) { $0.write($1) }
            writer.write(judged.judgement.other) { $0.write($1) }
            writer.write(judged.judgement.canceller) { $0.write($1) }
        }
        return writer.octets
    }

    /// Its names, without reading what comes behind them.
    static func visitAliases(in entry: [UInt8], _ body: (UnsafeRawBufferPointer) -> Void) {
        guard var reader = try? SnapshotReader(entry, .versions) else { return }
        do throws(SnapshotError) {
            _ = try reader.signed()
            _ = try reader.number(in: 0...Self.largest)
            _ = try reader.optional { reader throws(SnapshotError) in try reader.source() }
            for _ in 0..<min(try reader.unsigned(), UInt64(Self.aliasLimit)) { try reader.withText(body) }
        } catch {
            // What was written here can be read.
        }
    }

    init(_ identity: [UInt8], from entry: [UInt8]) throws(SnapshotError) {
        var reader = try SnapshotReader(entry, .versions)
        self.init(identity, heard: try reader.signed())
        self.revision = try reader.number(in: 0...Self.largest)
        self.canceller = try reader.optional { reader throws(SnapshotError) in try reader.source() }
        self.aliases = try reader.list { reader throws(SnapshotError) in try reader.text() }
        self.issues = try reader.list { reader throws(SnapshotError) in
            let isReaddressal = try reader.flag()
            let group = try reader.optional { reader throws(SnapshotError) in try reader.text() }
            let serial = try reader.optional { reader throws(SnapshotError) in try reader.text() }
            return Issue(
                isReaddressal: isReaddressal, dateTimeGroup: group, stationSerial: serial, current: try reader.hash())
        }
        let issues = self.issues.count
        self.versions = try reader.list { reader throws(SnapshotError) in
            let content = try reader.hash()
            let quality = try reader.quality()
            guard issues > 0 else { throw .malformed }
            let issue = try reader.number(in: 0...issues - 1)
            let source = try reader.source()
            return Version(
                content: content, quality: quality, issue: issue, source: source, eventID: try reader.text())
        }
        self.judged = try reader.list { reader throws(SnapshotError) in try Judged(&reader) }
        try reader.finish()
        guard self.aliases.count <= Self.aliasLimit, issues <= Self.issueLimit,
            self.versions.count <= Self.versionLimit, self.judged.count <= Self.judgedLimit
        else { throw .malformed }
    }
}

extension VersionRecord.Judged {
    fileprivate init(_ reader: inout SnapshotReader) throws(SnapshotError) {
        self.source = try reader.source()
        guard let verdict = Judgement.Verdict(rawValue: try reader.octet()) else { throw .malformed }
        let revision = try reader.optional { reader throws(SnapshotError) in
            try reader.number(in: 0...Int(Int32.max))
        }
        let other = try reader.optional { reader throws(SnapshotError) in
            let source = try reader.source()
            let content = try reader.hash()
            return CopyReference(source: source, content: content, eventID: try reader.text())
        }
        let canceller = try reader.optional { reader throws(SnapshotError) in try reader.source() }
        self.judgement = Judgement(verdict, revision: revision, other: other, canceller: canceller)
    }
}

extension SnapshotWriter {
    fileprivate mutating func write(_ reference: CopyReference) {
        self.write(reference.source)
        self.write(reference.content)
        self.write(reference.eventID)
    }
}
