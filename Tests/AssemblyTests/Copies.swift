@testable import Assembly

/// Copies as the tests write them down.
enum Copies {
    static func copy(
        at offset: Int64, text: UInt64 = 1, telegram: String = "09EXAMPLE231", group: String? = "170842Z",
        serial: String? = "0231", quality: CopyQuality = CopyQuality(), marks: TelegramCopy.Marks = [],
        aliases: [String] = []
    ) -> TelegramCopy {
        TelegramCopy(
            identity: Array(telegram.utf8), aliases: aliases.map { Array($0.utf8) },
            dateTimeGroup: group.map { Array($0.utf8) }, stationSerial: serial.map { Array($0.utf8) },
            content: ContentHash(high: 7, low: text), quality: quality, marks: marks,
            source: PartSource(partition: 0, offset: offset), eventID: Array("event \(text)".utf8))
    }

    static func reference(at offset: Int64, text: UInt64 = 1) -> CopyReference {
        CopyReference(
            source: PartSource(partition: 0, offset: offset), content: ContentHash(high: 7, low: text),
            eventID: Array("event \(text)".utf8))
    }
}

extension TelegramVersions {
    /// All that comes, at one time.
    mutating func arrive(_ copies: [TelegramCopy], at now: Int64 = 0) -> [Judgement] {
        copies.map { self.copyArrived($0, at: now) }
    }
}
