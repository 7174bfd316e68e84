public import Telegram

extension TelegramCopy {
    /// Nil for a service message and for a part of a longer telegram: sections are judged where they meet.
    ///
    /// `identity` is the telegram's id and `eventID` the `ce_id` of its event (contract 4).
    public init?(
        _ telegram: borrowing Telegram, octets: Octets, identity: [UInt8], eventID: [UInt8], source: PartSource
    ) {
        guard telegram.kind == .telegram, !identity.isEmpty, telegram.isWhole else { return nil }
        // The serial of FL3 is that of the heading in front: of a readdressal it is not the telegram's own.
        let readdressal = telegram.readdressals.first
        let group = readdressal == nil ? telegram.dateTimeGroup : readdressal?.dateTimeGroup
        let name = telegram.messageName(octets)
        self.init(
            identity: identity, aliases: telegram.names(name, octets), dateTimeGroup: group?.octets,
            stationSerial: name,
            content: ContentHash(high: telegram.contentHash.0, low: telegram.contentHash.1),
            quality: CopyQuality(telegram, octets), marks: Marks(telegram, octets), source: source, eventID: eventID)
    }
}

extension TelegramCopy.Marks {
    fileprivate init(_ telegram: borrowing Telegram, _ octets: Octets) {
        self = []
        if telegram.findings.contains(where: { $0.code == .suspectedDuplicate }) { self.insert(.suspected) }
        if !telegram.readdressals.isEmpty { self.insert(.readdressed) }
        // Of heading and class line, without those of a service message's text.
        for signal in telegram.operatingSignals where signal.place != .service && !signal.interrogative {
            if signal.place == .precedenceLine, telegram.says(signal.signal, "ZFG", octets) {
                self.insert(.deliverAlways)
            }
            if telegram.says(signal.signal, "ZDK", octets) { self.insert(.repetition) }
        }
    }
}

/// What a service message says about other messages (format 4.2).
public struct Cancellation: Hashable, Sendable {
    /// By which `TelegramCopy` knows what it cancels: `RUEHXX 0231 0760842`, `RUEHXX 0231` or `QKA0417`.
    public var name: [UInt8]

    /// Each `ZFR` and what is named behind it; a section alone is no telegram.
    public static func all(in telegram: borrowing Telegram, octets: Octets) -> [Cancellation] {
        guard telegram.kind == .service else { return [] }
        return telegram.operatingSignals.compactMap { signal in
            guard signal.place == .service, !signal.interrogative, let argument = signal.argument,
                telegram.characters(signal.signal, octets).elementsEqual("ZFR".utf8)
            else { return nil }
            return Self.name(telegram.characters(argument, octets)).map { Cancellation(name: $0) }
        }
    }

    private static func name(_ argument: [UInt8]) -> [UInt8]? {
        let words = argument.split { $0 <= 0x20 }.map { word in Array(word.drop { $0 == 0x23 }) }
        guard let first = words.first, !argument.contains(0x2F) else { return nil }
        func isNumber(_ index: Int) -> Bool {
            words.indices.contains(index) && words[index].prefix(3).allSatisfy { (0x30...0x39).contains($0) }
                && words[index].count >= 3
        }
        if first.count > 5, first.dropFirst(3).allSatisfy({ (0x30...0x39).contains($0) }) { return first }
        guard isNumber(1) else { return nil }
        if first.count == 3 { return first + words[1] }
        guard isNumber(2), words[2].count == 7 else { return first + [0x20] + words[1] }
        return first + [0x20] + words[1] + [0x20] + words[2]
    }
}

extension Telegram {
    /// Not one of several sections, though it may say `SECTION 01 OF 01`; what an archive merged is whole.
    fileprivate var isWhole: Bool {
        if self.sectionsReceived.count > 1 { return true }
        return self.sectionsExpected <= 1 && (self.transmissionSection == nil || self.classification?.sectionCount == 1)
    }

    /// `RUEHXX 0231`: the message identification without its filing time.
    fileprivate func messageName(_ octets: Octets) -> [UInt8]? {
        guard let station = self.originatingStation, let serial = self.stationSerial else { return nil }
        var name: [UInt8] = []
        name.reserveCapacity(station.count + 1 + serial.count)
        self.append(station, of: octets, to: &name)
        name.append(0x20)
        self.append(serial, of: octets, to: &name)
        return name
    }

    /// What a service message may call it (format 4.2).
    fileprivate func names(_ messageName: [UInt8]?, _ octets: Octets) -> [[UInt8]] {
        var names: [[UInt8]] = []
        names.reserveCapacity(2 + self.identifiers.count)
        if let messageName {
            if let filed = self.filed {
                var name = messageName
                name.append(0x20)
                self.append(filed.range, of: octets, to: &name)
                names.append(name)
            }
            names.append(messageName)
        }
        for index in self.identifiers.indices {
            if let name = self.channelNumber(self.identifiers[index], octets) { names.append(name) }
        }
        return names
    }

    /// `EKI0417`: the number that the copy had on its last hop.
    public func channelNumber(_ octets: Octets) -> [UInt8]? {
        self.identifierIntoUs(octets).flatMap { self.channelNumber($0, octets) }
    }

    private func channelNumber(_ identifier: ChannelIdentifier, _ octets: Octets) -> [UInt8]? {
        if identifier.placeholder { return nil }
        var name: [UInt8] = []
        name.reserveCapacity(identifier.channel.count + 8)
        self.append(identifier.channel, of: octets, to: &name)
        let number = max(identifier.number, 0)
        var digits = 1
        var unit: Int32 = 1
        while number / unit >= 10 || digits < min(Int(identifier.digits), 9) {
            digits += 1
            unit *= 10
        }
        while unit > 0 {
            name.append(0x30 + UInt8(truncatingIfNeeded: number / unit % 10))
            unit /= 10
        }
        return name
    }
}
