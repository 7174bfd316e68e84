/// How much of what came is remembered.
public struct VersionSettings: Sendable {
    /// Beyond so many telegrams the one that was quiet longest is forgotten; so is one that was quiet so long.
    public var telegrams = 100_000
    public var age = Duration.seconds(31 * 86_400)

    public init() {}
}
