internal import Glibc
internal import KafkaClient

/// Which replay, and which beginning of it: what `taperelay-replay` says on everything that it publishes.
package struct ReplayStamp: Sendable, Equatable {
    /// The same for the same topic, SPECs and prefix.
    package var identifier: String
    /// When its first life began, in milliseconds since 1970: `--again` begins a new one.
    package var start: Int64

    package init(identifier: String, start: Int64) {
        self.identifier = identifier
        self.start = start
    }

    var text: String { "\(self.identifier) \(self.start)" }

    /// Nil for what another replay has written.
    init?(_ octets: UnsafeRawBufferPointer, of identifier: String) {
        let name = identifier.utf8
        guard octets.count > name.count + 1, octets[name.count] == UInt8(ascii: " "),
            octets.prefix(name.count).elementsEqual(name),
            let start = UnsafeRawBufferPointer(rebasing: octets.dropFirst(name.count + 1)).number
        else { return nil }
        self.init(identifier: identifier, start: start)
    }
}

/// Writes the headers by which a replay finds again what it has published. Each handler has its own; what it appends is
/// valid until it appends again.
final class ReplayMark {
    /// A record's outputs come one by one, not all at once: each says which of how many it is.
    let countsOutputs: Bool
    private let memory: UnsafeMutableRawBufferPointer
    private let stampCount: Int

    /// Three numbers and a slash.
    private static let numbers = 64

    init(_ stamp: ReplayStamp, countsOutputs: Bool) {
        self.countsOutputs = countsOutputs
        let text = Array(stamp.text.utf8)
        self.stampCount = text.count
        self.memory = .allocate(byteCount: text.count + ReplayMark.numbers, alignment: 1)
        self.memory.copyBytes(from: text)
    }

    deinit { self.memory.deallocate() }

    /// A dead letter names its source itself.
    func append(to headers: inout [Header]) {
        headers.append(Header("taperelay-replay", UnsafeRawBufferPointer(rebasing: self.memory[..<self.stampCount])))
    }

    func append(to headers: inout [Header], partition: Int32, offset: Int64, part: ReplayPart) {
        self.append(to: &headers)
        var end = self.stampCount
        headers.append(Header("taperelay-source-partition", self.write(Int64(partition), at: &end)))
        headers.append(Header("taperelay-source-offset", self.write(offset, at: &end)))
        guard part.count > 1 else { return }
        let start = end
        _ = self.write(Int64(part.number), at: &end)
        self.memory[end] = UInt8(ascii: "/")
        end += 1
        _ = self.write(Int64(part.count), at: &end)
        headers.append(Header("taperelay-replay-part", UnsafeRawBufferPointer(rebasing: self.memory[start..<end])))
    }

    private func write(_ number: Int64, at end: inout Int) -> UnsafeRawBufferPointer {
        let start = end
        var rest = max(number, 0)
        repeat {
            self.memory[end] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
            end += 1
        } while rest > 0
        self.memory[start..<end].reverse()
        return UnsafeRawBufferPointer(rebasing: self.memory[start..<end])
    }
}
