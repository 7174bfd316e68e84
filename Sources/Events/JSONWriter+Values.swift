internal import Telegram

extension JSONWriter {
    /// Digits of any integer, no comma.
    mutating func digits(_ value: Int64, width: Int = 1) {
        if width <= 1, value >= 0, value < 10 { return self.append(0x30 + UInt8(truncatingIfNeeded: value)) }
        if width <= 2, value >= 0, value < 100 {
            self.append(0x30 + UInt8(truncatingIfNeeded: value / 10))
            return self.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
        }
        self.longDigits(value, width: width)
    }

    @inline(never)
    private mutating func longDigits(_ value: Int64, width: Int) {
        if value < 0 { self.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var count = 1
        var bound: UInt64 = 10
        while count < 20, rest >= bound {
            count += 1
            bound &*= 10
        }
        count = max(count, min(width, 24))
        self.reserve(count)
        var place = self.count + count
        while place > self.count {
            place -= 1
            self.base[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        self.count += count
    }

    @inline(__always)
    mutating func integer(_ value: some BinaryInteger) {
        self.digits(Int64(truncatingIfNeeded: value))
        self.append(UInt8(ascii: ","))
    }

    mutating func boolean(_ value: Bool) { self.append(value ? "true," : "false,") }

    /// A share between 0 and 1, in thousandths; anything else (not a number too) is 0.
    mutating func share(_ value: Float) {
        guard value > 0, value <= 1 else { return self.append("0,") }
        let thousandths = Int64((value * 1000).rounded())
        if thousandths == 1000 { return self.append("1,") }
        if thousandths == 0 { return self.append("0,") }
        self.append("0.")
        var rest = thousandths
        var width = 3
        while rest % 10 == 0, width > 1 {
            rest /= 10
            width -= 1
        }
        self.digits(rest, width: width)
        self.append(UInt8(ascii: ","))
    }

    /// `2009-03-17`
    mutating func date(_ instant: Instant) { self.date(instant.bounded.calendar) }

    private mutating func date(
        _ calendar: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int)
    ) {
        self.pair(calendar.year / 100)
        self.pair(calendar.year % 100)
        self.pair(calendar.month, behind: UInt8(ascii: "-"))
        self.pair(calendar.day, behind: UInt8(ascii: "-"))
    }

    /// Two digits.
    @inline(__always)
    private mutating func pair(_ value: Int) {
        self.reserve(2)
        self.base[self.count] = 0x30 &+ UInt8(truncatingIfNeeded: value / 10)
        self.base[self.count + 1] = 0x30 &+ UInt8(truncatingIfNeeded: value % 10)
        self.count += 2
    }

    @inline(__always)
    private mutating func pair(_ value: Int, behind sign: UInt8) {
        self.append(sign)
        self.pair(value)
    }

    /// `2009-03-17T08:42:00Z`, with thousandths where there are any (RFC 3339).
    mutating func timestamp(_ instant: Instant, milliseconds: Int64 = 0) {
        let calendar = instant.bounded.calendar
        self.date(calendar)
        self.pair(calendar.hour, behind: UInt8(ascii: "T"))
        self.pair(calendar.minute, behind: UInt8(ascii: ":"))
        self.pair(calendar.second, behind: UInt8(ascii: ":"))
        if milliseconds > 0 {
            self.append(UInt8(ascii: "."))
            self.digits(milliseconds, width: 3)
        }
        self.append(UInt8(ascii: "Z"))
    }

    /// From Kafka's milliseconds since 1970.
    mutating func timestamp(milliseconds: Int64) {
        let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds / 1000) - 1
        let rest = milliseconds >= 0 ? milliseconds % 1000 : 0
        self.timestamp(Instant(seconds: seconds), milliseconds: rest)
    }
}

extension Instant {
    /// Within the years that RFC 3339 can write, whatever a record's timestamp claims.
    fileprivate var bounded: Instant {
        Instant(seconds: min(max(self.seconds, -62_135_596_800), 253_402_300_799))
    }
}
