/// How durations and sizes are written in the configuration.
package enum ConfigurationText {
    private static let durationUnits: [(name: String, milliseconds: Int64)] = [
        ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]
    private static let sizeUnits: [(name: String, bytes: Int)] = [
        ("GiB", 1 << 30), ("GB", 1_000_000_000), ("MiB", 1 << 20), ("MB", 1_000_000),
        ("KiB", 1 << 10), ("KB", 1000), ("kB", 1000), ("B", 1),
    ]

    /// `500ms`, `30s`, `5m`, `1h`; whole numbers only; nil for all else and for what does not fit.
    package static func duration(_ text: String) -> Duration? {
        guard let (number, unit) = Self.split(text),
            let scale = Self.durationUnits.first(where: { $0.name == unit })
        else { return nil }
        let (milliseconds, overflow) = Int64(number).multipliedReportingOverflow(by: scale.milliseconds)
        return overflow ? nil : .milliseconds(milliseconds)
    }

    /// `64MiB`, `1MB`, `512KiB`, `100B`; nil for all else and for what does not fit.
    package static func size(_ text: String) -> Int? {
        guard let (number, unit) = Self.split(text),
            let scale = Self.sizeUnits.first(where: { $0.name == unit })
        else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: scale.bytes)
        return overflow ? nil : bytes
    }

    /// A decimal number with an optional minus; unlike `Int(_:)` without a plus.
    package static func integer(_ text: String) -> Int? {
        text.utf8.first == UInt8(ascii: "+") ? nil : Int(text)
    }

    package static func text(_ duration: Duration) -> String {
        let milliseconds = duration.wholeMilliseconds
        for unit in Self.durationUnits where milliseconds.isMultiple(of: unit.milliseconds) {
            if milliseconds == 0 { return "0s" }
            return "\(milliseconds / unit.milliseconds)\(unit.name)"
        }
        return "\(milliseconds)ms"
    }

    package static func text(byteCount: Int) -> String {
        for unit in Self.sizeUnits where byteCount != 0 && byteCount.isMultiple(of: unit.bytes) {
            return "\(byteCount / unit.bytes)\(unit.name)"
        }
        return "0B"
    }

    private static func split(_ text: String) -> (number: Int, unit: String)? {
        let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard !digits.isEmpty, let number = Int(Substring(digits)) else { return nil }
        return (number, String(text[digits.endIndex...]))
    }
}

extension Duration {
    /// Rounded towards zero, and held to what an `Int64` can say.
    package var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = self.components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        if overflow { return seconds < 0 ? .min : .max }
        return scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000_000).partialValue
    }
}
