/// The service message that asks for what is missing (format 4.2), to be sent by an operator.
extension NumberGap {
    /// A line of a message holds no more (format 6.2).
    private static let lineLength = 69
    /// Longer stretches are written `EKI0413 TO EKI0419`.
    private static let listed = 3

    /// `UNCLAS SVC INT ZDK EKI0413 EKI0414`, in lines; numbers as wide as the circuit prints them. Nil where nothing is
    /// missing, and for a pair: no operating signal asks for a continuity number.
    public var draft: [UInt8]? {
        guard !self.missing.isEmpty, self.series.kind != .pair else { return nil }
        var text = Array("UNCLAS SVC INT ZDK".utf8)
        var line = text.count
        for words in self.missing.flatMap(self.words) {
            if line + 1 + words.count > Self.lineLength {
                text.append(0x0A)
                line = 0
            } else {
                text.append(0x20)
                line += 1
            }
            text += words
            line += words.count
        }
        return text
    }

    private func words(_ numbers: ClosedRange<Int>) -> [[UInt8]] {
        guard numbers.count > Self.listed else { return numbers.map(self.name) }
        return [self.name(numbers.lowerBound) + Array(" TO ".utf8) + self.name(numbers.upperBound)]
    }

    /// `EKI0413`; of a station's serial `RUEHEK 0413`.
    private func name(_ number: Int) -> [UInt8] {
        let digits = Array("\(number)".utf8)
        let zeros = [UInt8](repeating: 0x30, count: max((self.width > 3 ? 4 : 3) - digits.count, 0))
        return self.series.name + (self.series.kind == .station ? [0x20] : []) + zeros + digits
    }
}
