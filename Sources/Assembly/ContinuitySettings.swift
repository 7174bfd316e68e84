/// How long numbers may come in disorder, and how much is remembered.
public struct ContinuitySettings: Sendable {
    /// An observation is judged when it has waited so long for others of earlier time, or when more than `later` wait
    /// beside it.
    public struct Settling: Sendable {
        public var time: Duration
        public var later: Int

        public init(time: Duration, later: Int) {
            self.time = time
            self.later = later
        }
    }

    public var channel = Settling(time: .seconds(5), later: 64)
    public var station = Settling(time: .seconds(5), later: 64)
    /// FLASH overtakes ROUTINE on its way: numbers of a pair are less in order than those of a channel.
    public var pair = Settling(time: .seconds(900), later: 64)
    /// Gaps in the serials of a station are reported too: only where all that it sends is seen.
    public var reportsStationGaps = false
    /// Beyond so many series the one that was quiet longest is forgotten; so is one that was quiet so long.
    public var series = 20_000
    public var age = Duration.seconds(400 * 86_400)
    /// Stretches of open numbers in one series: beyond them the oldest gap is given up.
    public var openRanges = 64

    public init() {}

    func settling(_ kind: NumberSeries.Kind) -> Settling {
        switch kind {
        case .channel: self.channel
        case .station: self.station
        case .pair: self.pair
        }
    }
}
