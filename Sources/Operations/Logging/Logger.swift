internal import Glibc
internal import Synchronization

/// Lines for operators on standard error: a fixed message, facts in fields, text or JSON.
///
/// The same message is written at most `burst` times in ten seconds. The last of them says that others are held back, and how
/// many those were is counted on the next one, or by `settle`.
package final class Logger: Sendable {
    package typealias Fields = [(name: String, value: String)]

    private static let period = Duration.seconds(10)

    private struct Burst {
        var start: ContinuousClock.Instant
        var count: Int
    }

    package let level: LogLevel
    package let format: LogFormat
    private let burst: Int
    private let write: @Sendable ([UInt8]) -> Void
    private let bursts = Mutex<[String: Burst]>([:])
    private let now: @Sendable () -> ContinuousClock.Instant

    package init(
        level: LogLevel = .info, format: LogFormat = .text, burst: Int = 20,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        write: @escaping @Sendable ([UInt8]) -> Void = { _ = writeFully($0, to: STDERR_FILENO) }
    ) {
        self.level = level
        self.format = format
        self.burst = burst
        self.now = now
        self.write = write
    }

    package func log(_ level: LogLevel, _ text: StaticString, _ fields: Fields = []) {
        let message = text.description
        guard level >= self.level, let place = self.admit(message) else { return }
        var fields = fields
        if place.held > 0 { fields.append(("held_back", String(place.held))) }
        if place.isLast { fields.append(("more", "held back for \(Logger.period)")) }
        self.write(level, message, fields)
    }

    /// Tells of lines that were held back and that no later one counted: before the end.
    package func settle() {
        let held = self.bursts.withLock { bursts in
            defer { bursts = [:] }
            return bursts.mapValues { $0.count - self.burst }.filter { $0.value > 0 }
        }
        for (message, count) in held.sorted(by: { $0.key < $1.key }) {
            self.write(.warning, "lines were held back", [("of", message), ("count", String(count))])
        }
    }

    private func write(_ level: LogLevel, _ message: String, _ fields: Fields) {
        let time = Logger.timestamp()
        // One write a line, so that lines of several threads do not mix.
        self.write(
            Array(
                (self.format == .json
                    ? Logger.json(time, level, message, fields) : Logger.text(time, level, message, fields)).utf8))
    }

    package func info(_ message: StaticString, _ fields: Fields = []) { self.log(.info, message, fields) }
    package func warning(_ message: StaticString, _ fields: Fields = []) { self.log(.warning, message, fields) }
    package func error(_ message: StaticString, _ fields: Fields = []) { self.log(.error, message, fields) }

    /// Nil where the line is held back; else how many of it were since the last one, and whether the next ones will be.
    private func admit(_ message: String) -> (held: Int, isLast: Bool)? {
        let now = self.now()
        return self.bursts.withLock { bursts in
            guard let known = bursts[message], now - known.start < Logger.period else {
                let held = max((bursts[message]?.count ?? 0) - self.burst, 0)
                bursts[message] = Burst(start: now, count: 1)
                return (held, self.burst == 1)
            }
            bursts[message]?.count += 1
            return known.count < self.burst ? (0, known.count + 1 == self.burst) : nil
        }
    }

    private static func text(_ time: String, _ level: LogLevel, _ message: String, _ fields: Fields) -> String {
        var line = "\(time) \(level.rawValue) \(escaped(message))"
        for field in fields {
            let plain = !field.value.isEmpty && !field.value.contains { $0 == " " || $0 == "\"" || $0 == "=" }
            line +=
                " \(field.name)=\(plain ? escaped(field.value) : "\"\(escaped(field.value).replacing("\"", with: "'"))\"")"
        }
        return line + "\n"
    }

    private static func json(_ time: String, _ level: LogLevel, _ message: String, _ fields: Fields) -> String {
        var line = "{\"time\":\"\(time)\",\"level\":\"\(level.rawValue)\",\"message\":\(self.json(message))"
        for field in fields { line += ",\(self.json(field.name)):\(self.json(field.value))" }
        return line + "}\n"
    }

    /// RFC 8259.
    private static func json(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func timestamp() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var parts = tm()
        gmtime_r(&now.tv_sec, &parts)
        func digits(_ value: Int, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(width - text.count, 0)) + text
        }
        return "\(Int(parts.tm_year) + 1900)-\(digits(Int(parts.tm_mon) + 1, 2))-\(digits(Int(parts.tm_mday), 2))T"
            + "\(digits(Int(parts.tm_hour), 2)):\(digits(Int(parts.tm_min), 2)):\(digits(Int(parts.tm_sec), 2))"
            + ".\(digits(now.tv_nsec / 1_000_000, 3))Z"
    }
}
