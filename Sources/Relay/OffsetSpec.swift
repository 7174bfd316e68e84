package import KafkaClient
internal import Telegram

/// A place on a topic, as people write it (contract 2, SPEC): `beginning`, `end`, `PARTITION:OFFSET[,PARTITION:OFFSET…]`, or
/// `@TIMESTAMP` (RFC 3339; without an offset UTC, a date alone its first instant).
package enum OffsetSpec: Equatable, Sendable {
    case beginning
    case end
    /// By partition.
    case offsets([Int32: Int64])
    /// Milliseconds since 1970: the first record that is not older.
    case timestamp(Int64)

    package static let rule = "beginning, end, PARTITION:OFFSET[,…] or @TIMESTAMP such as @2009-03-17T08:42:00Z"

    /// Nil for anything else, and for a partition named twice.
    package init?(_ text: String) {
        switch text {
        case "beginning": self = .beginning
        case "end": self = .end
        default:
            if text.hasPrefix("@") {
                guard let milliseconds = OffsetSpec.milliseconds(text.dropFirst()) else { return nil }
                self = .timestamp(milliseconds)
            } else {
                var offsets: [Int32: Int64] = [:]
                for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                    let numbers = part.split(separator: ":", omittingEmptySubsequences: false)
                    guard numbers.count == 2, let partition = Int32(numbers[0]), let offset = Int64(numbers[1]),
                        partition >= 0, offset >= 0, offsets.updateValue(offset, forKey: partition) == nil
                    else { return nil }
                }
                self = .offsets(offsets)
            }
        }
    }

    /// `YYYY-MM-DD[(T| )hh:mm[:ss[.fff…]][Z|(+|-)hh:mm]]`.
    static func milliseconds(_ text: Substring) -> Int64? {
        var rest = Array(text.utf8)[...]
        func number(_ digits: Int) -> Int? {
            guard rest.count >= digits else { return nil }
            var value = 0
            for digit in rest.prefix(digits) {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
                value = value * 10 + Int(digit - UInt8(ascii: "0"))
            }
            rest = rest.dropFirst(digits)
            return value
        }
        func take(_ characters: String) -> UInt8? {
            guard let first = rest.first, characters.utf8.contains(first) else { return nil }
            rest = rest.dropFirst()
            return first
        }
        guard let year = number(4), take("-") != nil, let month = number(2), take("-") != nil, let day = number(2)
        else {
            return nil
        }
        var time = (hour: 0, minute: 0, second: 0, milliseconds: 0)
        var offset = 0
        if !rest.isEmpty {
            guard take("Tt ") != nil, let hour = number(2), take(":") != nil, let minute = number(2) else { return nil }
            time.hour = hour
            time.minute = minute
            if take(":") != nil {
                guard let second = number(2), second <= 59 else { return nil }
                time.second = second
                if take(".") != nil {
                    var scale = 100
                    guard let first = number(1) else { return nil }
                    time.milliseconds = first * scale
                    while let digit = number(1) {
                        scale /= 10
                        time.milliseconds += digit * scale
                    }
                }
            }
            if let sign = take("+-") {
                guard let hours = number(2), take(":") != nil, let minutes = number(2), hours <= 23, minutes <= 59
                else {
                    return nil
                }
                offset = (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -60 : 60)
            } else {
                _ = take("Zz")
            }
        }
        guard rest.isEmpty,
            let instant = Instant(year: year, month: month, day: day, hour: time.hour, minute: time.minute)
        else { return nil }
        return (instant.seconds + Int64(time.second) - Int64(offset)) * 1000 + Int64(time.milliseconds)
    }

    /// By partition of the topic; of `offsets`, those that are named. Of `timestamp`, the end where nothing is as late.
    package func offsets(of topic: String, _ admin: Admin) async throws(KafkaError) -> [Int32: Int64] {
        switch self {
        case .beginning: try await admin.watermarks(ofAll: topic).mapValues(\.low)
        case .end: try await admin.watermarks(ofAll: topic).mapValues(\.high)
        case .timestamp(let milliseconds): try await admin.offsets(of: topic, at: milliseconds)
        case .offsets(let offsets):
            try await OffsetSpec.checked(offsets, of: topic, partitions: admin.topic(topic)?.partitions ?? 0)
        }
    }

    /// A partition that is not there is a slip of the pen, not one to pass over.
    static func checked(
        _ offsets: [Int32: Int64], of topic: String, partitions: Int
    ) throws(KafkaError) -> [Int32: Int64] {
        if let number = offsets.keys.filter({ $0 >= partitions }).min() {
            throw KafkaError(
                code: 0, name: "UNKNOWN_PARTITION", kind: .configuration, operation: "resolve offsets",
                detail: "\(topic) has no partition \(number); it has \(partitions)")
        }
        return offsets
    }

    /// What a partition's commits carry once they obey it. Of offsets only the partition's own: the text must stay short. Nil
    /// for a partition that it says nothing of.
    package func mark(for partition: Int32) -> String? {
        switch self {
        case .beginning: "beginning"
        case .end: "end"
        case .timestamp(let milliseconds): "@\(milliseconds)"
        case .offsets(let offsets): offsets[partition].map { "\(partition):\($0)" }
        }
    }
}
