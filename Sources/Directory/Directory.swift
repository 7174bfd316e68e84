/// Reference tables: posts, routing indicators, TAGS, countries, operating signals. Looks up, never guesses.
public struct Directory: Sendable {
    public init() {}
}
