public import Telegram

extension NumberObservation {
    /// Names that are longer belong to no series.
    static let nameLimit = 200
    /// So many answers of one transmission count for a series.
    static let answerLimit = 64

    /// The numbers that a transmission brings, service messages' too: that of the channel into us, the station's serial,
    /// and continuity numbers, one of each series; and numbers of channels that it answers for. Of these, what the scope
    /// holds.
    ///
    /// `identity` is what the telegram or service message is known by, the same for all its sections; `time` is when it
    /// came, in milliseconds since 1970.
    public static func all(
        in telegram: borrowing Telegram, octets: Octets, identity: [UInt8], time: Int64, source: PartSource,
        scope: ContinuityScope = ContinuityScope()
    ) -> [NumberObservation] {
        var observations: [NumberObservation] = []
        func add(_ kind: NumberSeries.Kind, _ name: [UInt8], _ number: Int, _ width: Int, _ identity: [UInt8]) {
            let series = NumberSeries(kind, name)
            guard (1...Self.nameLimit).contains(name.count), !observations.contains(where: { $0.series == series })
            else { return }
            observations.append(
                NumberObservation(
                    series: series, number: number, width: width, time: time, identity: identity, source: source))
        }
        func answer(_ numbers: NamedNumbers) {
            let series = NumberSeries(.channel, numbers.channel)
            if let index = observations.firstIndex(where: { $0.series == series }) {
                let room = Self.answerLimit - observations[index].answered.count
                observations[index].answered += numbers.ranges.prefix(room)
            } else if observations.count < Self.answerLimit {
                observations.append(
                    NumberObservation(
                        series: series, number: nil, width: numbers.width, time: time, identity: [], source: source,
                        answered: numbers.ranges))
            }
        }
        if scope.channels {
            let identifier = telegram.identifierIntoUs(octets)
            if let identifier {
                // Each section is a message of its own on a channel.
                let section = telegram.section.map { Array("/\($0)".utf8) } ?? []
                add(
                    .channel, telegram.characters(identifier.channel, octets), Int(identifier.number),
                    Int(identifier.digits), identity.isEmpty ? [] : identity + section)
            }
            if !telegram.operatingSignals.isEmpty {
                telegram.eachAnswer(octets, over: identifier?.channel, answer)
            }
        }
        if scope.stations, let station = telegram.originatingStation, let serial = telegram.stationSerial {
            let digits = telegram.characters(serial, octets).prefix { (0x30...0x39).contains($0) }
            if let number = Int(digits: digits) {
                // Where each section has a serial of its own, it is another number of the series.
                add(.station, telegram.characters(station, octets), number, digits.count, identity)
            }
        }
        if scope.addressees?.isEmpty ?? false { return observations }
        telegram.addContinuityNumbers(octets, of: scope.addressees) { name, number, width in
            add(.pair, name, number, width, identity)
        }
        return observations
    }
}

extension Telegram {
    /// Of the last hop: earlier ones carry what others receive. A relay's pilot stands in front of an earlier hop's FL1.
    func identifierIntoUs(_ octets: Octets) -> ChannelIdentifier? {
        guard self.pilots.isEmpty else {
            return self.pilots.first?.identifier.flatMap { $0.placeholder ? nil : $0 }
        }
        guard let first = self.identifiers.first, !first.placeholder else { return nil }
        // Two numbers on one message: the lower one counts (§430).
        let channel = self.characters(first.channel, octets)
        let others = self.identifiers.dropFirst().prefix { self.characters($0.channel, octets) == channel }
        return others.reduce(first) { lower, other in
            let modulus = Int32(max(lower.digits, other.digits) > 3 ? 10_000 : 1000)
            let back = ((lower.number - other.number) % modulus + modulus) % modulus
            return back > 0 && back < modulus / 2 ? other : lower
        }
    }

    /// Of a readdressal, those of the post that readdressed: the numbers inside were for others.
    fileprivate func addContinuityNumbers(
        _ octets: Octets, of addressees: Set<[UInt8]>?, _ add: ([UInt8], Int, Int) -> Void
    ) {
        let isReaddressed = !self.readdressals.isEmpty
        guard let sender = isReaddressed ? self.readdressals.first?.by : self.originator else { return }
        var parties = self.addressees[...]
        if isReaddressed {
            let slice = self.readdressals.first?.addressees ?? .none
            parties = self.readdressed[slice.indices.clamped(to: self.readdressed.indices)]
        }
        let originator = self.partyName(sender, octets)
        guard !originator.isEmpty else { return }
        for party in parties {
            guard let range = party.continuityNumber else { continue }
            let digits = self.characters(range, octets)
            let addressee = self.partyName(party, octets)
            guard let number = Int(digits: digits[...]), !addressee.isEmpty, addressees?.contains(addressee) ?? true
            else { continue }
            add(originator + [0x7C] + addressee, number, digits.count)
        }
    }

    /// `|` stands between two names.
    private func partyName(_ party: Party, _ octets: Octets) -> [UInt8] {
        let name = self.name(party.name, octets).filter { $0 != 0x7C }
        return name.isEmpty ? party.routingIndicator.map { self.characters($0, octets) } ?? [] : name
    }
}

extension Int {
    /// One to four digits and nothing else.
    init?(digits: ArraySlice<UInt8>) {
        guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
