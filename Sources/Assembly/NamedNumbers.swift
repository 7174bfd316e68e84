internal import Telegram

/// Numbers of one channel as a service message names them (format 4.2): `EKI0413`, or `EKI0413 TO EKI0419`.
struct NamedNumbers: Hashable {
    var channel: [UInt8]
    /// Two where they go on behind the end of the modulus.
    var ranges: [ClosedRange<Int>]
    /// Digits as printed.
    var width: Int

    /// So many at most are read behind one signal.
    private static let limit = 64

    /// Those at the beginning of what stands behind a signal, and the words behind them. A hyphen separates (§417), so
    /// that of `EKI0413-EKI0415` only the two are named.
    static func read(_ argument: [UInt8]) -> (numbers: [NamedNumbers], rest: [ArraySlice<UInt8>]) {
        var words = argument.split(maxSplits: 3 * Self.limit) { $0 <= 0x20 || $0 == 0x2D }
        words.reverse()
        var numbers: [NamedNumbers] = []
        while numbers.count < Self.limit, let first = words.last.flatMap(NamedNumbers.init(word:)) {
            words.removeLast()
            guard let word = words.last, word.elementsEqual("TO".utf8),
                let last = words.dropLast().last.flatMap(NamedNumbers.init(word:))
            else {
                numbers.append(first)
                continue
            }
            words.removeLast(2)
            if let both = first.upTo(last) { numbers.append(both) }
        }
        return (numbers, words.reversed())
    }

    /// `csn = L3 3*4DIGIT`; 0 is no number.
    private init?(word: ArraySlice<UInt8>) {
        let (name, digits) = (word.prefix(3), word.dropFirst(3))
        guard name.allSatisfy({ (0x41...0x5A).contains($0) }), digits.count >= 3, let number = Int(digits: digits),
            number > 0
        else { return nil }
        self.channel = Array(name)
        self.ranges = [number...number]
        self.width = digits.count
    }

    /// Nil where that is of another channel, or so far that it lies behind rather than in front.
    private func upTo(_ last: NamedNumbers) -> NamedNumbers? {
        let (lower, upper) = (self.ranges[0].lowerBound, last.ranges[0].lowerBound)
        let modulus = max(self.width, last.width) > 3 ? 10_000 : 1000
        guard self.channel == last.channel, (upper - lower + modulus) % modulus < modulus / 2 else { return nil }
        var both = self
        both.width = max(self.width, last.width)
        both.ranges = lower <= upper ? [lower...upper] : [lower...modulus - 1, 1...upper]
        return both
    }
}

extension Telegram {
    /// The numbers of channels that a transmission answers for, so that nobody looks for them any longer (format 1.4.3,
    /// 4.2, 4.4); `over` is the channel by which it came.
    ///
    /// - `ZDK EKI0413`, in a heading or a service message: here is, once more and as requested, what had that number. It
    ///   has a new one of its own. A portion of it (`WA PREAMBLE`) is not all of it.
    /// - `ZFX EKI0413` in a service message over EKI itself: an open number. Whether anything was sent under it the
    ///   transmitter decides (§433), and over EKI nobody else sends. Over another channel it is the report of a receiver
    ///   that has nothing either, and closes nothing.
    ///
    /// The rest does not answer: `INT` and `ZES2` ask; `ZFQ`, `ZFT`, `ZFU` and `ZFV` are reports on messages that came;
    /// `ZID` and `ZIC` compare the last numbers; `ZFR` withdraws a message, whether it came or not. What the format does
    /// not know (`ZFK`) stays opaque.
    func eachAnswer(_ octets: Octets, over channel: OctetRange?, _ body: (NamedNumbers) -> Void) {
        for index in self.operatingSignals.indices {
            let signal = self.operatingSignals[index]
            guard let argument = signal.argument, !signal.interrogative, signal.place != .ending else { continue }
            let isOpen = signal.place == .service && self.says(signal.signal, "ZFX", octets)
            guard isOpen || self.says(signal.signal, "ZDK", octets) else { continue }
            let (numbers, rest) = NamedNumbers.read(self.characters(argument, octets))
            if !isOpen, signal.place == .service, Self.isPortion(rest) { continue }
            let own = isOpen ? channel.map { self.characters($0, octets) } : nil
            for numbers in numbers where !isOpen || numbers.channel == own { body(numbers) }
        }
    }

    /// `portion = ("WA"/"WB"/"AA"/"AB") SP word / "PAGE" n "LINE" n / word SP "TO" SP word`.
    private static func isPortion(_ words: [ArraySlice<UInt8>]) -> Bool {
        guard let first = words.first else { return false }
        return ["WA", "WB", "AA", "AB", "PAGE"].contains { first.elementsEqual($0.utf8) }
            || words.prefix(2).contains { $0.elementsEqual("TO".utf8) }
    }
}
