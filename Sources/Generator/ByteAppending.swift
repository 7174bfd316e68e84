extension [UInt8] {
    @inline(__always)
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { self.append(contentsOf: $0) }
    }

    @inline(__always)
    mutating func endLine() {
        self.append(UInt8(ascii: "\n"))
    }

    /// Decimal digits, padded with zeros to `width`.
    mutating func append(number: Int, width: Int = 1) {
        var divisor = 1
        var digits = 1
        while digits < width || number / divisor >= 10 {
            divisor *= 10
            digits += 1
        }
        while divisor > 0 {
            self.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    /// Capital letters from byte `start` on.
    mutating func capitalize(from start: Int) {
        self.withUnsafeMutableBufferPointer { bytes in
            for index in start..<bytes.count {
                let byte = bytes[index]
                bytes[index] = byte &- ((byte &- UInt8(ascii: "a")) < 26 ? 32 : 0)
            }
        }
    }

    /// Appends `text` broken between words into lines of at most `width`; the spaces at a break go. Ends with a line end.
    mutating func append(wrapping text: [UInt8], width: Int = 69) {
        let space = UInt8(ascii: " ")
        text.withUnsafeBufferPointer { bytes in
            var end = bytes.count
            while end > 0, bytes[end - 1] == space { end -= 1 }
            var start = 0
            while start < end {
                var stop = end
                if end - start > width {
                    stop = start + width
                    while stop > start, bytes[stop] != space { stop -= 1 }
                    if stop == start { stop = start + width }
                }
                var next = stop
                while next < end, bytes[next] == space { next += 1 }
                while stop > start, bytes[stop - 1] == space { stop -= 1 }
                self.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<stop]))
                self.endLine()
                start = next
            }
        }
    }
}
