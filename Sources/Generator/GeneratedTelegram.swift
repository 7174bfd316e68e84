/// Damage that archives did to telegrams (format 6.4), as the generator applies it.
public struct Damage: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// D1, D2: a pilcrow became a `1` before paragraph numbers and before years.
    public static let pilcrow = Damage(rawValue: 1)
    /// D5: a dash glued before paragraph numbers.
    public static let bullets = Damage(rawValue: 2)
    /// Both `BT` lines are gone.
    public static let lostSeparators = Damage(rawValue: 4)
    /// The validation number and `NNNN` are gone.
    public static let lostEnd = Damage(rawValue: 8)
    /// D18: the signature stands at the end of the last paragraph.
    public static let gluedSignature = Damage(rawValue: 16)
}

/// What is known of a telegram that was generated: what a parser should find in it.
///
/// Numbers and table entries only; the strings are made when asked for.
public struct GeneratedTelegram: Sendable {
    public enum Level: Sendable {
        case unclassified, confidential, secret
    }

    public let layout: GeneratedLayout
    public let year: Int
    /// From 1.
    public let month: Int
    public let day: Int
    public let hour: Int
    public let minute: Int
    public let serial: Int
    public let level: Level
    public let damage: Damage
    /// How many numbered paragraphs the text has.
    public internal(set) var paragraphs = 0

    let postIndex: Int
    let dayOfYear: Int
    let precedence: Precedence
    let subjectTopic: StaticString
    let subjectEvent: StaticString
    let subjectRider: StaticString
    let signature: StaticString

    var post: Post {
        Post.all[self.postIndex]
    }

    /// The text closes with a surname; SMART has a label for it, general messages have none.
    public var isSigned: Bool { self.layout != .smart && self.layout != .general }

    /// The key of the title of a general message, else of the message reference, as `09BISHKEK231`.
    public var id: String {
        if self.layout == .general {
            let year = self.year % 100
            return "NAVADMIN\(self.serial % 1000)/" + (year < 10 ? "0" : "") + "\(year)"
        }
        let year = self.year % 100
        return (year < 10 ? "0" : "") + "\(year)" + self.post.name.description.filter { $0 != " " } + "\(self.serial)"
    }

    public var from: String {
        "\(self.post.kind) \(self.post.name)"
    }

    public var subject: String {
        "\(self.subjectTopic) \(self.subjectEvent)\(self.subjectRider)"
    }

    /// As line 5 prints it: `170842Z MAR 09`.
    public var dateTimeGroup: String {
        var bytes: [UInt8] = []
        self.appendDateTimeGroup(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func appendDateTimeGroup(to output: inout [UInt8]) {
        output.append(number: self.day, width: 2)
        output.append(number: self.hour, width: 2)
        output.append(number: self.minute, width: 2)
        output.append("Z ")
        output.append(Phrases.monthGroups[self.month - 1])
        output.append(" ")
        output.append(number: self.year % 100, width: 2)
    }
}

/// Precedence of line 5, and what goes with it (format 1.2.1).
enum Precedence: Sendable {
    case routine, priority, priorityRoutine, immediate, immediatePriority, nightAction, flash

    /// Doubled, as in line 2.
    var routing: StaticString {
        switch self {
        case .routine: "RR"
        case .priority, .priorityRoutine: "PP"
        case .immediate, .immediatePriority, .nightAction: "OO"
        case .flash: "ZZ"
        }
    }

    var prosigns: StaticString {
        switch self {
        case .routine: "R "
        case .priority: "P "
        case .priorityRoutine: "P R "
        case .immediate: "O "
        case .immediatePriority, .nightAction: "O P "
        case .flash: "Z "
        }
    }

    /// The word after an action addressee.
    var actionWord: StaticString {
        switch self {
        case .routine: ""
        case .priority, .priorityRoutine: " PRIORITY"
        case .immediate, .immediatePriority: " IMMEDIATE"
        case .nightAction: " NIACT IMMEDIATE"
        case .flash: " FLASH"
        }
    }

    /// The word after an information addressee.
    var informationWord: StaticString {
        switch self {
        case .routine, .priorityRoutine: ""
        case .priority, .immediatePriority, .nightAction: " PRIORITY"
        case .immediate: " IMMEDIATE"
        case .flash: " FLASH"
        }
    }
}
