/// How much of what came is remembered.
public struct VersionSettings: Sendable {
    /// Beyond so many telegrams the one that was quiet longest is forgotten; so is one that was quiet so long.
    public var telegrams = 100_000
    public var age = Duration.seconds(31 * 86_400)

    public init() {}

    /// Of one of so many partitions that have the bound together.
    public func share(of partitions: Int) -> VersionSettings {
        var share = self
        share.telegrams = max(self.telegrams / max(partitions, 1), 1)
        return share
    }
}
