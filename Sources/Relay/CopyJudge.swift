internal import Assembly

/// The telegrams of one input partition, and what each is beside those that came before (format 4.1).
struct CopyJudge {
    private var versions: TelegramVersions
    /// Telegrams whose entries are to be written, and which change of this life was the last of each.
    private var changes: [OctetKey: Int] = [:]
    private var changeCount = 0

    init(settings: VersionSettings) { self.versions = TelegramVersions(settings: settings) }

    /// `now`: milliseconds since 1970.
    mutating func judge(_ copy: TelegramCopy, at now: Int64) -> Judgement {
        defer { self.noteChanges() }
        return self.versions.copyArrived(copy, at: now)
    }

    /// The second value is the telegram's identity where it is known, else the name.
    mutating func judge(_ cancellation: Cancellation, by source: PartSource, at now: Int64) -> (Judgement, [UInt8]) {
        defer { self.noteChanges() }
        let judgement = self.versions.cancellationArrived(of: cancellation.name, source: source, at: now)
        return (
            judgement,
            judgement.other == nil ? cancellation.name : self.versions.identity(of: cancellation.name, at: now)
        )
    }

    // MARK: The journal

    /// True also for what is not its own.
    mutating func restore(_ key: [UInt8], from entry: [UInt8]) -> Bool {
        guard TelegramVersions.owns(key) else { return true }
        do throws(SnapshotError) {
            try self.versions.restore(key, from: entry)
            self.noteChanges()
            return true
        } catch {
            return false
        }
    }

    /// As they are by now, one of each telegram, however often it changed; what changed last is last there too.
    mutating func takeEntries() -> [JournalEntry] {
        defer { self.changes.removeAll(keepingCapacity: true) }
        return self.changes.sorted { $0.value < $1.value }.map { identity, _ in
            JournalEntry(key: TelegramVersions.key(identity.octets), value: self.versions.entry(of: identity))
        }
    }

    private mutating func noteChanges() {
        for identity in self.versions.changed {
            self.changeCount += 1
            self.changes[identity] = self.changeCount
        }
    }
}
