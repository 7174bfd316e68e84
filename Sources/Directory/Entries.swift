/// A post or an agency that telegrams come from and go to (format appendix A).
public struct Post: Hashable, Sendable {
    /// What stands there; the raw values are those of the event.
    public enum Kind: String, Sendable, CaseIterable {
        case embassy, consulate, mission, other
    }

    /// For people: `Bishkek`.
    public var name: String
    /// As in a message reference (format 2.2): `BISHKEK`.
    public var key: String
    /// The first is the post's own; others lead there as well.
    public var routingIndicators: [String]
    public var kind: Kind
    /// ISO 3166-1, two letters; nil where none fits.
    public var country: String?
    /// The bureau of the Department: `AF EAP EUR NEA SCA WHA IO`.
    public var region: String?
    /// Degrees as written in the table, so that they leave as they came.
    public var latitude: String?
    public var longitude: String?
    /// Other names, as printed in telegrams.
    public var aliases: [String]
}

/// A TAG (format 2.5 and appendix B).
public struct TagEntry: Hashable, Sendable {
    /// The raw values are those of the event.
    public enum Kind: String, Sendable, CaseIterable {
        case subject, program, geographic, organization
    }

    public var code: String
    public var kind: Kind
    public var title: String
    /// ISO 3166-1, two letters, of a geographic TAG that is one country.
    public var country: String?
}

/// An operating signal and what it says (format 1.4.3).
public struct OperatingSignalEntry: Hashable, Sendable {
    public var signal: String
    public var meaning: String
}
