/// How a telegram was written down (format section 5.0); raw values are those of the event (contract 4).
public enum Layout: String, Sendable, CaseIterable {
    case acp127, acp126, janap128, doi103, pages1973, smart, general, archive, textOnly, unknown
}

/// How much of FL1-FL8 stands before the text.
public enum HeadingExtent: String, Sendable, CaseIterable {
    case full, partial, none
}

/// Format 1.2.1, lowest first.
public enum Precedence: UInt8, Sendable, Comparable, CaseIterable {
    case routine, priority, immediate, niactImmediate, flash, critic, emergency

    public static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

    public var name: StaticString {
        switch self {
        case .routine: "ROUTINE"
        case .priority: "PRIORITY"
        case .immediate: "IMMEDIATE"
        case .niactImmediate: "NIACT IMMEDIATE"
        case .flash: "FLASH"
        case .critic: "CRITIC"
        case .emergency: "EMERGENCY"
        }
    }
}

/// Format 7.1, lowest first.
public enum Level: UInt8, Sendable, Comparable, CaseIterable {
    case unclassified, restricted, confidential, secret, topSecret

    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

    public var name: StaticString {
        switch self {
        case .unclassified: "UNCLASSIFIED"
        case .restricted: "RESTRICTED"
        case .confidential: "CONFIDENTIAL"
        case .secret: "SECRET"
        case .topSecret: "TOP SECRET"
        }
    }
}

/// Controls that a marking can carry (format 7.1); several at once.
public struct Controls: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let sensitive = Controls(rawValue: 1 << 0)
    public static let sbu = Controls(rawValue: 1 << 1)
    public static let fouo = Controls(rawValue: 1 << 2)
    public static let lou = Controls(rawValue: 1 << 3)
    public static let efto = Controls(rawValue: 1 << 4)
    public static let cui = Controls(rawValue: 1 << 5)
    public static let noforn = Controls(rawValue: 1 << 6)
    public static let relTo = Controls(rawValue: 1 << 7)
    public static let orcon = Controls(rawValue: 1 << 8)
    public static let propin = Controls(rawValue: 1 << 9)
    public static let fgi = Controls(rawValue: 1 << 10)
    public static let rd = Controls(rawValue: 1 << 11)
    public static let frd = Controls(rawValue: 1 << 12)
    public static let si = Controls(rawValue: 1 << 13)
    public static let tk = Controls(rawValue: 1 << 14)
    public static let hcs = Controls(rawValue: 1 << 15)
    public static let imcon = Controls(rawValue: 1 << 16)

    /// In the order in which events list them.
    public static let names: [(Controls, StaticString)] = [
        (.sensitive, "SENSITIVE"), (.sbu, "SBU"), (.fouo, "FOUO"), (.lou, "LOU"), (.efto, "EFTO"), (.cui, "CUI"),
        (.noforn, "NOFORN"), (.relTo, "REL TO"), (.orcon, "ORCON"), (.propin, "PROPIN"), (.imcon, "IMCON"),
        (.fgi, "FGI"), (.rd, "RD"), (.frd, "FRD"), (.si, "SI"), (.tk, "TK"), (.hcs, "HCS"),
    ]
}
