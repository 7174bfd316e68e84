/// How long numbers may come in disorder, and how much is remembered.
public struct ContinuitySettings: Sendable {
    /// An observation is judged when it has waited so long for others of earlier time, or when more than `later` wait
    /// beside it. A gap that only the second brings to light is reported when the first would have.
    public struct Settling: Sendable {
        public var time: Duration
        public var later: Int

        public init(time: Duration, later: Int) {
            self.time = time
            self.later = later
        }
    }

    /// Without it the numbers of channels are not even collected.
    public var watchesChannels = true
    public var channel = Settling(time: .seconds(5), later: 64)
    public var station = Settling(time: .seconds(5), later: 64)
    /// FLASH overtakes ROUTINE on its way: numbers of a pair are less in order than those of a channel.
    public var pair = Settling(time: .seconds(900), later: 64)
    /// What comes later than it was sent waits so much longer, but no more than this: somebody reads a backlog then, whose
    /// partitions may be far apart.
    public var patience = Duration.seconds(60)
    /// Gaps in the serials of a station are reported too: only where all that it sends is seen.
    public var reportsStationGaps = false
    /// Gaps of pairs are reported only for these addressees, in capitals; nil for all. Who is not the addressee sees no more
    /// of a pair than was sent to both.
    public var addressees: Set<[UInt8]>?
    /// Beyond so many series the one that was quiet longest is forgotten; so is one that was quiet so long.
    public var series = 20_000
    public var age = Duration.seconds(400 * 86_400)
    /// Stretches of open numbers in one series: beyond them the oldest gap is given up.
    public var openRanges = 256

    public init() {}

    /// Of what numbers are collected at all.
    public var scope: ContinuityScope {
        ContinuityScope(
            channels: self.watchesChannels, stations: self.reportsStationGaps, addressees: self.addressees)
    }

    /// Of one of so many partitions that have the bounds together.
    public func share(of partitions: Int) -> ContinuitySettings {
        var share = self
        share.series = max(self.series / max(partitions, 1), 1)
        return share
    }

    func reportsGaps(of series: NumberSeries) -> Bool {
        switch series.kind {
        case .channel: true
        case .station: self.reportsStationGaps
        case .pair:
            self.addressees?.contains(Array(series.name.drop { $0 != 0x7C }.dropFirst())) ?? true
        }
    }

    func settling(_ kind: NumberSeries.Kind) -> Settling {
        switch kind {
        case .channel: self.channel
        case .station: self.station
        case .pair: self.pair
        }
    }
}

/// Which numbers of a transmission are looked at.
public struct ContinuityScope: Sendable {
    public var channels: Bool
    public var stations: Bool
    /// Of pairs: those to these addressees, in capitals; nil for all.
    public var addressees: Set<[UInt8]>?

    public init(channels: Bool = true, stations: Bool = true, addressees: Set<[UInt8]>? = nil) {
        self.channels = channels
        self.stations = stations
        self.addressees = addressees
    }

    public var isEmpty: Bool { !self.channels && !self.stations && (self.addressees?.isEmpty ?? false) }
}
