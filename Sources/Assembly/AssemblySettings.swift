internal import Telegram

/// How long sets of sections wait, and how much may wait.
public struct AssemblySettings: Sendable {
    public struct Limits: Sendable {
        public var sets: Int
        public var octets: Int
        public var age: Duration

        public init(sets: Int, octets: Int, age: Duration) {
            self.sets = sets
            self.octets = octets
            self.age = age
        }

        fileprivate func divided(by count: Int) -> Limits {
            Limits(sets: max(self.sets / max(count, 1), 1), octets: max(self.octets / max(count, 1), 1), age: self.age)
        }
    }

    /// From the first part on (format 3.4).
    public var flash = Duration.seconds(600)
    public var immediate = Duration.seconds(3600)
    public var priority = Duration.seconds(6 * 3600)
    public var routine = Duration.seconds(24 * 3600)
    /// Of sets that wait: beyond them the oldest is released incomplete.
    public var open = Limits(sets: 20_000, octets: 256 << 20, age: .seconds(24 * 3600))
    /// Of sets that were released and can still be joined by a late part or a better copy: beyond them the oldest is
    /// forgotten.
    public var released = Limits(sets: 20_000, octets: 256 << 20, age: .seconds(24 * 3600))

    public init() {}

    /// Of one of so many partitions that have the bounds together.
    public func share(of partitions: Int) -> AssemblySettings {
        var share = self
        share.open = self.open.divided(by: partitions)
        share.released = self.released.divided(by: partitions)
        return share
    }

    func wait(for precedence: Precedence) -> Duration {
        let wait =
            switch precedence {
            case .routine: self.routine
            case .priority: self.priority
            case .immediate, .niactImmediate: self.immediate
            case .flash, .critic, .emergency: self.flash
            }
        return min(wait, self.open.age)
    }
}

extension Duration {
    /// Rounded down.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = self.components
        let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1000)
        return overflows ? .max : whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000).partialValue
    }
}
