/// What many copies are called, in one stretch of memory, in the order in which they came.
struct CopyTexts: Sendable {
    /// Where the texts of one copy stand.
    struct Place: Sendable {
        /// Octets since the first copy of all.
        fileprivate var start = 0
        fileprivate var identityCount: UInt16 = 0
        fileprivate var nameCount: UInt16 = 0
        fileprivate var channelCount: UInt16 = 0

        fileprivate var end: Int {
            self.start + Int(self.identityCount) + Int(self.nameCount) + Int(self.channelCount)
        }
    }

    private var octets: [UInt8] = []
    /// How many octets stood before `octets`, and of these, how many are waste.
    private var base = 0
    private var waste = 0

    /// What is longer is no name of anybody.
    private static let limit = Int(UInt16.max)

    mutating func add(_ copy: CopyNotice) -> Place {
        func fitting(_ text: [UInt8]) -> [UInt8] { text.count <= Self.limit ? text : [] }
        let (identity, name, channel) = (fitting(copy.identity), fitting(copy.name), fitting(copy.channel))
        let place = Place(
            start: self.base + self.octets.count, identityCount: UInt16(identity.count), nameCount: UInt16(name.count),
            channelCount: UInt16(channel.count))
        self.octets += identity
        self.octets += name
        self.octets += channel
        return place
    }

    func identity(_ place: Place) -> [UInt8] { Array(self.slice(place.start, place.identityCount)) }

    /// By which a service message may speak of it: `RUEHXX 0231 0760842`, `RUEHXX 0231`, `CSA0093`.
    func names(_ place: Place) -> [ArraySlice<UInt8>] {
        let start = place.start + Int(place.identityCount)
        return CopyNotice.names(
            self.slice(start, place.nameCount), self.slice(start + Int(place.nameCount), place.channelCount))
    }

    private func slice(_ start: Int, _ count: UInt16) -> ArraySlice<UInt8> {
        let first = start - self.base
        return self.octets[first..<first + Int(count)]
    }

    /// This copy was the oldest.
    mutating func forget(_ place: Place) {
        self.waste = place.end - self.base
        guard self.waste > self.octets.count / 2 else { return }
        self.octets.removeFirst(self.waste)
        self.base += self.waste
        self.waste = 0
    }
}

extension CopyNotice {
    /// By which a service message may speak of it.
    var names: [ArraySlice<UInt8>] { Self.names(self.name[...], self.channel[...]) }

    /// A message name is known without its filing time too.
    fileprivate static func names(_ name: ArraySlice<UInt8>, _ channel: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var names: [ArraySlice<UInt8>] = []
        if !name.isEmpty { names.append(name) }
        if let last = name.lastIndex(of: 0x20), name[..<last].contains(0x20) { names.append(name[..<last]) }
        if !channel.isEmpty { names.append(channel) }
        return names
    }
}
