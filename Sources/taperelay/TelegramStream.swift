internal import Operations
internal import Telegram

/// Telegrams of a file or a pipe of any length, in memory that stays bounded: whole transmissions are cut off at the end of
/// message, with what belongs to them behind it, and what no end of message closes, as in archives, before its last start
/// when it reaches the limit. No cut parts what belongs together, whatever the pieces in which the octets come.
struct TelegramStream {
    /// Octets that hold whole telegrams, and where they start in the file.
    struct Stretch {
        var octets: [UInt8]
        var start: Int
    }

    /// Longest stretch without an end of message; a telegram is capped at 4 MiB anyway (format 9, 42).
    static let limit = 16 << 20
    private static let chunk = 1 << 20
    /// How far what belongs to a telegram is sought behind its end of message.
    private static let trailerLimit = 16 << 10

    private let reader: FileReader
    private var buffer: [UInt8] = []
    private var start = 0
    /// No end of message lies before this.
    private var searched = 0
    /// One past the line of an end of message behind which more of its telegram may come.
    private var closed: Int?

    init(_ file: InputFile) throws(FileError) { self.reader = try FileReader(file) }

    /// The next stretch; nil at the end, and where the task is cancelled: what has come by then may be half a telegram.
    mutating func next() throws(FileError) -> Stretch? {
        while true {
            if let cut = self.cut() { return self.take(cut) }
            guard try self.reader.read(TelegramStream.chunk, appendingTo: &self.buffer) == 0 else { continue }
            if Task.isCancelled { return self.closed.map { self.take($0) } }
            // Blanks behind the last telegram carry nothing; a file of blanks only is for the parser to judge.
            let isRest = self.start > 0 && self.buffer.allSatisfy { $0 <= 0x20 }
            return self.buffer.isEmpty || isRest ? nil : self.take(self.buffer.count)
        }
    }

    private mutating func take(_ count: Int) -> Stretch {
        defer {
            self.start += count
            self.searched = 0
            self.closed = nil
        }
        if count == self.buffer.count {
            defer { self.buffer = [] }
            return Stretch(octets: self.buffer, start: self.start)
        }
        defer { self.buffer.removeFirst(count) }
        return Stretch(octets: Array(self.buffer[..<count]), start: self.start)
    }

    /// The end of the last telegram with an end of message; where all has grown to the limit, the start of its last one.
    private mutating func cut() -> Int? {
        if let closed = self.endOfMessage(before: self.buffer.count, from: self.searched) ?? self.closed {
            self.closed = closed
            if let end = self.endOfTelegram(closed) { return end }
        }
        self.searched = self.buffer.count
        return self.buffer.count >= TelegramStream.limit ? self.lastStart() : nil
    }

    /// One past the line of the last `NNNN` that stands alone, or ends its line.
    private func endOfMessage(before limit: Int, from start: Int) -> Int? {
        let letter = UInt8(ascii: "N")
        var index = limit - 1
        while index >= max(start, 4) {
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
        return nil
    }

    /// Where the telegram closed there ends; nil where more of it may come.
    private func endOfTelegram(_ closed: Int) -> Int? {
        let limit = min(self.buffer.count, closed + TelegramStream.trailerLimit)
        let behind = self.buffer[closed..<limit].lastIndex(of: 0x0A).map { $0 + 1 } ?? closed
        let start = self.endOfMessage(before: closed - 1, from: 0) ?? 0
        // Its tables are worth little beside the stretch: once in a mebioctet, or in what a pipe gives at a time.
        var parser = Parser()
        let end = parser.endOfTelegram(self.buffer.span.extracting(start..<behind), closed: closed - start)
        if let end { return start + end }
        // Nothing begins so far, or a line of that length.
        return limit == closed + TelegramStream.trailerLimit ? behind : nil
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
