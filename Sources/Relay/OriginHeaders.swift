package import KafkaClient

/// What the headers of an output record say of where it came from: dead letters name their source there (contract 5), and so
/// does everything that a replay publishes. The octets live as long as the record.
package struct OriginHeaders {
    /// `taperelay-replay`: which replay published it.
    package var replay: UnsafeRawBufferPointer?
    /// `taperelay-replay-part`: which of how many outputs of its input record it is, from 1.
    package var part: ReplayPart?
    package var topic: UnsafeRawBufferPointer?
    package var partition: Int32?
    package var offset: Int64?
    package var errorCode: UnsafeRawBufferPointer?
    /// `ce_id` and `ce_type`, in binary mode.
    package var identifier: UnsafeRawBufferPointer?
    package var type: UnsafeRawBufferPointer?

    package init(_ headers: some Sequence<(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?)>) {
        for (name, value) in headers {
            guard let value else { continue }
            if name.says("taperelay-replay") {
                self.replay = value
            } else if name.says("taperelay-replay-part") {
                self.part = ReplayPart(value)
            } else if name.says("taperelay-source-topic") {
                self.topic = value
            } else if name.says("taperelay-source-partition") {
                self.partition = value.number.flatMap { Int32(exactly: $0) }
            } else if name.says("taperelay-source-offset") {
                self.offset = value.number
            } else if name.says("taperelay-error-code") {
                self.errorCode = value
            } else if name.says("ce_id") {
                self.identifier = value
            } else if name.says("ce_type") {
                self.type = value
            }
        }
    }

    package init(of record: RecordBatch.Slot) { self.init(record.headers) }
}

/// One of the outputs of an input record. At least once they may come through one by one.
package struct ReplayPart: Equatable, Sendable {
    package var number: Int32
    package var count: Int32

    package init(number: Int32, count: Int32) {
        self.number = number
        self.count = count
    }

    /// As `2/3`.
    init?(_ text: UnsafeRawBufferPointer) {
        guard let slash = text.firstIndex(of: UInt8(ascii: "/")),
            let number = UnsafeRawBufferPointer(rebasing: text[..<slash]).number,
            let count = UnsafeRawBufferPointer(rebasing: text[(slash + 1)...]).number,
            number >= 1, number <= count, count <= Int64(Int32.max)
        else { return nil }
        self.init(number: Int32(number), count: Int32(count))
    }
}

extension UnsafeRawBufferPointer {
    func says(_ text: StaticString) -> Bool {
        self.count == text.utf8CodeUnitCount && self.elementsEqual(text.octets)
    }

    /// A whole number in decimal digits; nil for anything else.
    var number: Int64? {
        guard !self.isEmpty, self.count <= 19 else { return nil }
        var number: Int64 = 0
        for digit in self {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = product.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
            if isTooLarge || overflows { return nil }
            number = sum
        }
        return number
    }
}
