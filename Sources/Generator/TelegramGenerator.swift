internal import Glibc

/// Synthetic State telegrams in wire form: the same ones from the same seed, no two with the same reference.
///
/// Persons, places and events are invented. Sizes are log-normal: median 4 kB, mean 6 kB, at most some 60 kB.
public struct TelegramGenerator: Sendable {
    var random: Xoshiro256
    /// The paragraph being written, before it is broken into lines.
    var paragraph: [UInt8] = []

    private let damageRate: Double
    private let layouts: [GeneratedLayout]
    private let years: ClosedRange<Int>
    private let firstSerial: Int
    private let combinations: Int
    private let stride: Int
    private let offset: Int
    private var generated = 0
    /// The last number used on each post's channel.
    private var channelNumbers: [Int]

    /// - Parameters:
    ///   - seed: The same seed gives the same telegrams.
    ///   - damage: The share of telegrams, 0 to 1, that get archive damage.
    ///   - years: The years of the date-time groups, kept within 1996 to 2044, where two digits are unambiguous.
    ///   - layouts: How the telegrams are written, in turn.
    public init(
        seed: UInt64, damage: Double = 0, years: ClosedRange<Int> = 1996...2011,
        layouts: [GeneratedLayout] = [.acp127]
    ) {
        var random = Xoshiro256(seed: seed)
        let years = years.clamped(to: 1996...2044)
        let combinations = Post.all.count * years.count
        // The first telegrams of 1 January and the last of 31 December are left out, so no year is ever in doubt.
        self.firstSerial = random.from(20...420)
        // An odd prime coprime to every possible count of combinations visits them all in a scattered order.
        self.stride = 7919 % combinations
        self.offset = random.below(combinations)
        self.channelNumbers = Post.all.map { _ in random.below(9999) }
        self.combinations = combinations
        self.years = years
        self.damageRate = damage
        self.layouts = layouts.isEmpty ? [.acp127] : layouts
        self.random = random
        self.paragraph.reserveCapacity(16 * 1024)
    }

    /// Appends one telegram, with its end of message and line end, and returns what is known of it.
    @discardableResult
    public mutating func next(into output: inout [UInt8]) -> GeneratedTelegram {
        let start = output.count
        var telegram = self.makeTelegram()
        let target = self.size()
        let mixedCase = self.random.chance(0.4)
        self.writeHeading(of: telegram, to: &output)
        self.writePreamble(of: telegram, mixedCase: mixedCase, to: &output)
        telegram.paragraphs = self.writeBody(
            of: telegram, size: max(target - (output.count - start), 400), mixedCase: mixedCase, to: &output)
        self.writeEnd(of: telegram, to: &output)
        return telegram
    }

    /// The next number on a post's channel, 1 to 9999 and round again.
    mutating func channelNumber(of postIndex: Int) -> Int {
        self.channelNumbers[postIndex] = self.channelNumbers[postIndex] % 9999 + 1
        return self.channelNumbers[postIndex]
    }

    private mutating func size() -> Int {
        let normal = sqrt(-2 * log(1 - self.random.unit())) * cos(2 * .pi * self.random.unit())
        return Int(min(max(exp(8.294 + 0.9 * normal), 1_200), 60_000))
    }

    /// Post, year and serial by count, so that no reference comes twice; everything else by chance.
    private mutating func makeTelegram() -> GeneratedTelegram {
        let combination = (self.generated % self.combinations &* self.stride &+ self.offset) % self.combinations
        // Each post and year starts its serials elsewhere and then counts.
        let serial = 20 + (self.generated / self.combinations + self.firstSerial + combination * 37 % 2_900) % 999_900
        let layout = self.layouts[self.generated % self.layouts.count]
        self.generated &+= 1
        let post = combination % Post.all.count
        let year = self.years.lowerBound + combination / Post.all.count
        // Days 3 to 363: neither the filing time nor the date-time group ever crosses the turn of a year.
        let dayOfYear = self.random.from(3...363)
        let (month, day) = Self.date(dayOfYear: dayOfYear, year: year)
        let isPlain = layout == .general
        return GeneratedTelegram(
            layout: layout, year: year, month: month, day: day, hour: self.random.below(24),
            minute: self.random.from(1...59),
            serial: serial,
            level: isPlain ? .unclassified : self.level(), damage: layout == .acp127 ? self.damage() : [],
            postIndex: post, dayOfYear: dayOfYear,
            precedence: self.precedence(),
            subjectTopic: self.pick(Phrases.subjectTopics), subjectEvent: self.pick(Phrases.subjectEvents),
            subjectRider: self.pick(Phrases.subjectRiders), signature: self.pick(Phrases.signers))
    }

    private mutating func level() -> GeneratedTelegram.Level {
        switch self.random.below(100) {
        case 0..<55: .unclassified
        case 55..<90: .confidential
        default: .secret
        }
    }

    private mutating func precedence() -> Precedence {
        switch self.random.below(100) {
        case 0..<58: .routine
        case 58..<77: .priority
        case 77..<84: .priorityRoutine
        case 84..<91: .immediate
        case 91..<95: .immediatePriority
        case 95..<98: .nightAction
        default: .flash
        }
    }

    private mutating func damage() -> Damage {
        guard self.random.chance(self.damageRate) else { return [] }
        var damage = Damage(rawValue: UInt8(truncatingIfNeeded: self.random.next() & 31))
        if damage.isEmpty { damage = .pilcrow }
        return damage
    }

    private static func date(dayOfYear: Int, year: Int) -> (month: Int, day: Int) {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        var rest = dayOfYear
        var month = 1
        for length in [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
            guard rest > length else { break }
            rest -= length
            month += 1
        }
        return (month, rest)
    }

    @inline(__always)
    mutating func pick(_ table: [StaticString]) -> StaticString {
        table[self.random.below(table.count)]
    }
}
