/// What JANAP 128's one header line says beyond FL2 and FL3 (format 5.1).
public struct RoutingHeader: Hashable, Sendable {
    /// Language and media format of sender and preferred receiver: `TT`.
    public var mediaFormat: OctetRange
    /// The letter of position 4, and what level it stands for.
    public var classification: OctetRange
    public var level: Level?
    /// Content indicator or communication action code: `ZYUW`.
    public var contentIndicator: OctetRange
    /// The classification once more: `UUUU`, with a release code in its last two places on allied circuits.
    public var redundancy: OctetRange
    public var range: OctetRange
}

/// Which offices got copies of a telegram of 1973-79, as the Department printed it above the heading (format 5.5).
public struct Distribution: Hashable, Sendable {
    /// The number alone on a line above.
    public var number: OctetRange?
    /// `ORIGIN` instead of `ACTION`: the telegram went out.
    public var isOutgoing: Bool
    /// Entries of Telegram.copies.
    public var action: Slice
    public var information: Slice
    /// `/045 W`: all copies, and one letter.
    public var total: Int16?
    public var letter: OctetRange?
    public var range: OctetRange
}

/// `AF-08` (format 5.5).
public struct Copies: Hashable, Sendable {
    public var office: OctetRange
    public var count: Int16
}

/// Who drafted, cleared, approved or released a telegram (format 2.10).
public struct StaffEntry: Hashable, Sendable {
    public enum Role: UInt8, Sendable, CaseIterable {
        case drafted, cleared, approved, released
    }
    public var role: Role
    public var office: OctetRange?
    public var name: OctetRange
    public var range: OctetRange
}

/// `NAVADMIN 941/19`: what a general message is known by (format 5.8).
public struct Title: Hashable, Sendable {
    public var range: OctetRange
    public var series: OctetRange
    public var number: Int32
    /// The full year.
    public var year: Int16
    /// `NAVADMIN941/19`, in `made`.
    public var key: OctetRange
}

/// A set of formatted text: name, fields between `/`, `//` at its end (format 5.1, 5.8).
public struct MessageSet: Hashable, Sendable {
    public var name: OctetRange
    /// Entries of Telegram.setFields.
    public var fields: Slice
    public var range: OctetRange
}

/// A line of the block that an archive keeps behind the text, `Document Number: 1975PRETOR02217` (format 5.5).
public struct ArchiveAttribute: Hashable, Sendable {
    public var name: OctetRange
    public var value: Text
}

/// `ZKZK PP SOA DE` (format 5.4).
public struct CompartmentLine: Hashable, Sendable {
    public var precedence: Precedence?
    public var group: OctetRange?
    public var range: OctetRange
}
