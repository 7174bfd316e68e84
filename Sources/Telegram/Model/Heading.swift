/// FL1: one hop's number (format 1.1).
public struct ChannelIdentifier: Hashable, Sendable {
    public var channel: OctetRange
    public var number: Int32
    /// Digits as printed, 3 or 4: they give the modulus (4.4).
    public var digits: UInt8
    /// `UU` or `HH`, where present.
    public var prosign: OctetRange?
    /// `XYZ0000`: a placeholder, never fed to continuity checks.
    public var placeholder: Bool
}

/// A miniature heading that a relay put before the original FL1 (format 1.1).
public struct Pilot: Hashable, Sendable {
    public var identifier: ChannelIdentifier?
    public var precedence: Precedence?
    public var stations: Slice  // of Telegram.stations
    public var signal: OctetRange?
    /// The station named after the signal.
    public var by: OctetRange?
    public var range: OctetRange
}

/// FL3's filing time, `DDDHHMM` or `DD/HHMMZ` (format 1.3).
public struct FilingTime: Hashable, Sendable {
    public var dayOfYear: Int16?
    public var dayOfMonth: Int8?
    public var hour: Int8
    public var minute: Int8
    /// With the year taken from FL5 (or the reader's); nil where there is none.
    public var instant: Instant?
    public var range: OctetRange
}

/// FL4's security warning (format 1.4.1, 1.4.2).
public struct SecurityWarning: Hashable, Sendable {
    public var warning: OctetRange
    public var group: OctetRange
    public var level: Level?
    public var efto: Bool
    public var releaseCode: OctetRange?
    public var specialHandling: OctetRange?
}

/// An operating signal of FL4, FL5, a pilot or a service text (format 1.4.3).
public struct OperatingSignal: Hashable, Sendable {
    public enum Place: UInt8, Sendable {
        case pilot, securityLine, precedenceLine, classificationLine, service, ending
    }
    /// With its variant digit: `ZEQ2`.
    public var signal: OctetRange
    public var argument: OctetRange?
    public var interrogative: Bool
    public var place: Place
}

/// `DDHHMMZ MON YY` (format 1.5).
public struct DateTimeGroup: Hashable, Sendable {
    public var range: OctetRange
    public var day: Int8
    public var hour: Int8
    public var minute: Int8
    public var zone: UInt8
    public var month: Int8?
    /// As it was understood; nil where neither the text nor the reader tells.
    public var year: Int16?
    /// True where the year was not printed in four digits.
    public var yearInferred: Bool
    public var instant: Instant?
}

/// FL6-FL8: the originator or an addressee (format 1.6-1.9).
public struct Party: Hashable, Sendable {
    public enum Role: UInt8, Sendable {
        case originator, action, information
    }
    public var role: Role
    /// Plain language address: what remains without routing indicator, office, precedence and number.
    public var name: Text
    public var routingIndicator: OctetRange?
    public var office: OctetRange?
    /// The word printed behind it; the encoder falls back to the lowest of FL5 (format 1.7).
    public var precedence: Precedence?
    public var precedenceRange: OctetRange?
    public var continuityNumber: OctetRange?
    public var collective: Bool
    /// `ZEN/`: served by other means.
    public var alreadyServed: Bool
    /// Entries of Telegram.exempted.
    public var exempt: Slice
    public var range: OctetRange
}

/// One FL5-FL8 in front of the original one (format 4.5), or the original when it stands inside.
public struct Readdressal: Hashable, Sendable {
    public var precedence: Precedence?
    public var dateTimeGroup: DateTimeGroup?
    public var by: Party
    /// Entries of Telegram.readdressed.
    public var addressees: Slice
}

/// FL15 and in-text corrections (format 1.15, 1.16). The text itself stays as it came; where one applies cleanly
/// `corrected` gives the text with it applied.
public struct Correction: Hashable, Sendable {
    public enum Kind: UInt8, Sendable {
        case wordAfter, wordBefore, allAfter, allBefore, line, page, errorProsign, other
    }
    public var kind: Kind
    public var range: OctetRange
    public var page: Int32?
    public var line: Int32?
    /// The word that WA, WB, AA or AB names, or at which the text goes on after eight `E`.
    public var anchor: OctetRange?
    public var now: OctetRange?
    public var applied: Bool
}

/// What FL15-FL16 hold (format 1.15, 1.16).
public struct Ending: Hashable, Sendable {
    /// The four digits after `#`.
    public var validation: OctetRange?
    /// `NNNN` (or `NNN`) was seen.
    public var seen: Bool
    /// `E E E E E E E E AR`, `ZPH` or `ZXB`: the transmission was cut by its sender.
    public var cancelled: Bool
}
