internal import CXxhash

/// What a replay is asked to do. The same request of another process goes on where the first one was.
package struct ReplayRequest: Sendable {
    package var from: OffsetSpec
    /// Exclusive; nil is the end as it is at the start.
    package var to: OffsetSpec?
    /// Before the names of the output topics.
    package var prefix = ""
    /// Telegrams a second at most.
    package var rate: Int?
    /// Begin anew, whatever an earlier life has done.
    package var startsAnew = false

    package init(from: OffsetSpec, to: OffsetSpec?) {
        self.from = from
        self.to = to
    }

    /// 16 hexadecimal digits, the same for the same topic, SPECs and prefix.
    package func identifier(of topic: String) -> String {
        let text = [topic, self.from.description, self.to?.description ?? "", self.prefix].joined(separator: "\0")
        let hash = Array(text.utf8).withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension OffsetSpec: CustomStringConvertible {
    /// As this program would read it again, however it was written.
    package var description: String {
        switch self {
        case .beginning: "beginning"
        case .end: "end"
        case .timestamp(let milliseconds): "@\(milliseconds)"
        case .offsets(let offsets):
            offsets.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
        }
    }
}
