public import Telegram

extension SectionPart {
    /// Nil where the transmission is a whole telegram, a service message, an archive's telegram of merged sections, or one
    /// that nothing joins to others: all keys hold the date-time group (format 3.4).
    public init?(_ telegram: borrowing Telegram, octets: Octets, source: PartSource) {
        guard telegram.sectionsExpected > 1 || telegram.transmissionSection != nil else { return nil }
        guard telegram.kind == .telegram, telegram.sectionsReceived.count == 1, let number = telegram.section,
            let group = telegram.dateTimeGroup
        else { return nil }
        let section = Int(number)
        let printed = telegram.classification?.sectionCount ?? telegram.sectionsExpected
        // Without `OF m` the parser takes the section for the last one.
        let isCounted = telegram.classification?.sectionCount != nil || printed > number
        let count = isCounted && printed >= number ? Int(printed) : nil
        guard (1...SectionPart.limit).contains(section), (count ?? 1) <= SectionPart.limit, section > 1 || count != 1
        else { return nil }
        let keys = SectionKeys(telegram, group, section, count, octets)
        guard !keys.all.isEmpty else { return nil }
        self.init(
            keys: keys, section: section, count: count,
            level: telegram.classification?.level ?? telegram.security?.level,
            precedence: telegram.actionPrecedence ?? telegram.routingPrecedence ?? .routine,
            content: ContentHash(high: telegram.contentHash.0, low: telegram.contentHash.1),
            quality: CopyQuality(telegram, octets),
            isSuspected: telegram.findings.contains { $0.code == .suspectedDuplicate },
            octetCount: max(telegram.range.count, 0), source: source)
    }
}

extension CopyQuality {
    /// Format 4.1: garbled octets and repairs, and what the copy's marks say of it.
    init(_ telegram: borrowing Telegram, _ octets: Octets) {
        var garble = 0
        var standing = Standing.ordinary
        for finding in telegram.findings {
            if finding.code == .garbledText { garble += max(finding.range?.count ?? 0, 0) }
            if finding.repair != nil { garble += 1 }
            if finding.code == .correctedCopy { standing = .corrected }
        }
        for signal in telegram.operatingSignals where signal.place != .service {
            if telegram.says(signal.signal, "ZOJ", octets) { standing = .corrected }
            if standing == .ordinary, telegram.says(signal.signal, "ZDG", octets) { standing = .provisional }
        }
        self.init(
            isWhole: telegram.ending.seen && !telegram.ending.cancelled, standing: standing, garble: garble,
            filed: telegram.filed?.instant?.seconds)
    }
}

extension SectionKeys {
    fileprivate init(
        _ telegram: borrowing Telegram, _ group: DateTimeGroup, _ section: Int, _ count: Int?, _ octets: Octets
    ) {
        let time = "|\(group.key)"
        var station: [UInt8]?
        var kin: [UInt8]?
        if let name = telegram.originatingStation.map({ telegram.characters($0, octets) }), !name.isEmpty {
            if telegram.transmissionSection != nil, let range = telegram.stationSerial {
                let serial = telegram.characters(range, octets)
                let shared = Array("station|".utf8) + name + [0x7C] + serial
                station = shared + time.utf8
                kin = shared + "|\(count ?? 0)".utf8
            } else if let count {
                let originator = telegram.originatorName(octets)
                let serial = telegram.stationSerial.map { telegram.characters($0, octets) } ?? []
                let first = SectionKeys.firstSerial(serial, section)
                let shared = Array("stations|".utf8) + name + [0x7C] + originator + "|\(count)|".utf8 + first
                station = shared + time.utf8
                kin = shared
            }
        }
        var reference: [UInt8]?
        if let key = telegram.messageReference?.key, key.lower >= 0, key.end <= telegram.made.count, !key.isEmpty {
            let shared = Array("reference|".utf8) + telegram.made[key.start..<key.end]
            reference = shared + time.utf8
            kin = shared
        }
        self.init(station: station, reference: reference, kin: kin)
    }

    /// The serial that section 1 has where each has the next one, `042A` for `043A` of section 2 (format 3.1, 9 number 3).
    private static func firstSerial(_ serial: [UInt8], _ section: Int) -> [UInt8] {
        let digits = serial.prefix { (0x30...0x39).contains($0) }
        guard (1...6).contains(digits.count) else { return serial }
        let modulus = digits.reduce(1) { count, _ in count * 10 }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        let first = ((number - section + 1) % modulus + modulus) % modulus
        return Array("\(first)".utf8) + serial[digits.count...]
    }
}

extension Telegram {
    /// FL6 without blanks, in capitals.
    fileprivate func originatorName(_ octets: Octets) -> [UInt8] {
        self.name(self.originator?.name ?? .none, octets).filter { $0 != 0x20 }
    }
}
