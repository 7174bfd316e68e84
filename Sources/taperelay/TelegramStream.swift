internal import Operations
internal import Telegram

/// Telegrams of a file or a pipe of any length, in memory that stays bounded: whole transmissions are cut off at the end of
/// message, and what no end of message closes, as in archives, before its last start when it reaches the limit.
struct TelegramStream {
    /// Octets that hold whole telegrams, and where they start in the file.
    struct Stretch {
        var octets: [UInt8]
        var start: Int
    }

    /// Longest stretch without an end of message; a telegram is capped at 4 MiB anyway (format 9, 42).
    static let limit = 16 << 20
    private static let chunk = 1 << 20

    private let reader: FileReader
    private var buffer: [UInt8] = []
    private var start = 0
    /// No end of message lies before this.
    private var searched = 0

    init(_ file: InputFile) throws(FileError) { self.reader = try FileReader(file) }

    /// The next stretch; nil at the end, and where the task is cancelled: what has come by then may be half a telegram.
    mutating func next() throws(FileError) -> Stretch? {
        while true {
            if let cut = self.cut() { return self.take(cut) }
            guard try self.reader.read(TelegramStream.chunk, appendingTo: &self.buffer) == 0 else { continue }
            return self.buffer.isEmpty || Task.isCancelled ? nil : self.take(self.buffer.count)
        }
    }

    private mutating func take(_ count: Int) -> Stretch {
        defer {
            self.start += count
            self.searched = 0
        }
        if count == self.buffer.count {
            defer { self.buffer = [] }
            return Stretch(octets: self.buffer, start: self.start)
        }
        defer { self.buffer.removeFirst(count) }
        return Stretch(octets: Array(self.buffer[..<count]), start: self.start)
    }

    /// One past the line of the last `NNNN` that stands alone, or ends its line; where it has grown to the limit, the start of
    /// its last telegram.
    private mutating func cut() -> Int? {
        let letter = UInt8(ascii: "N")
        var index = self.buffer.count - 1
        while index >= max(self.searched, 4) {
            if self.buffer[index] == 0x0A {
                var end = index
                while end > 0, self.buffer[end - 1] <= 0x20, self.buffer[end - 1] != 0x0A { end -= 1 }
                if end >= 4, self.buffer[end - 4..<end].allSatisfy({ $0 == letter }),
                    end == 4 || self.buffer[end - 5] <= 0x20
                {
                    return index + 1
                }
            }
            index -= 1
        }
        self.searched = self.buffer.count
        return self.buffer.count >= TelegramStream.limit ? self.lastStart() : nil
    }

    /// Where the last telegram starts, which may go on after what has been read; all there is where no other stands before.
    private func lastStart() -> Int {
        // Its tables are worth nothing beside a stretch of the limit's length.
        var parser = Parser()
        var start = 0
        _ = parser.parse(self.buffer.span) { start = $0.range.start }
        return start > 0 ? start : self.buffer.count
    }
}
