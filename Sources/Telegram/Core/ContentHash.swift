internal import CXxhash

extension Parser {
    /// XXH3-128 over the hash input of format 4.1: FL5-FL9 and FL12 without page lines, captions and blanks, in upper case.
    mutating func hashContent(_ octets: Octets) {
        let bound = self.octetCount(self.addressLines) + self.octetCount(self.textLines)
        if self.hashInput.count < bound {
            self.hashInput.append(contentsOf: repeatElement(0, count: bound - self.hashInput.count))
        }
        self.hashCount = 0
        self.exclusions.removeAll(keepingCapacity: true)
        for page in self.telegram.pageLines { self.exclusions.append(page.range) }
        self.exclusions.append(contentsOf: self.telegram.captions)
        self.exclusions.sort { $0.lower < $1.lower }
        self.compact(octets, self.addressLines)
        self.compact(octets, self.textLines)
        let count = Swift.min(self.hashCount, self.hashInput.count)
        let hash = self.hashInput.withUnsafeBufferPointer { XXH3_128bits($0.baseAddress, count) }
        self.telegram.contentHash = (hash.high64, hash.low64)
    }

    private mutating func compact(_ octets: Octets, _ lines: Range<Int>) {
        guard !lines.isEmpty, lines.upperBound <= self.lines.count else { return }
        var position = self.lines[lines.lowerBound].range.start
        let end = self.lines[lines.upperBound - 1].range.end
        for exclusion in self.exclusions where exclusion.end > position {
            if exclusion.start >= end { break }
            self.compact(octets, OctetRange(position, exclusion.start))
            position = exclusion.end
        }
        self.compact(octets, OctetRange(position, end))
    }

    /// Written without a branch: each octet is stored, and the place moves on only behind one that counts.
    private mutating func compact(_ octets: Octets, _ range: OctetRange) {
        let range = octets.clamped(range)
        guard !range.isEmpty else { return }
        let used = self.hashCount
        guard used + range.count <= self.hashInput.count else { return }
        self.hashCount = octets.withUnsafeBufferPointer { source in
            self.hashInput.withUnsafeMutableBufferPointer { target in
                Parser.hashForms.withUnsafeBufferPointer { forms in
                    var place = used
                    for index in range {
                        let form = forms[Int(source[index])]
                        target[place] = UInt8(truncatingIfNeeded: form)
                        place &+= Int(form >> 8)
                    }
                    return place
                }
            }
        }
    }

    private func octetCount(_ lines: Range<Int>) -> Int {
        guard !lines.isEmpty, lines.upperBound <= self.lines.count else { return 0 }
        return self.lines[lines.upperBound - 1].range.end - self.lines[lines.lowerBound].range.start
    }

    /// For each octet its capital, and above it a 1 where the octet counts: neither blank nor DEL.
    private static let hashForms: [UInt16] = (0...255).map { (octet: UInt8) in
        UInt16(Octets.uppercased(octet)) | (Octets.isBlank(octet) ? 0 : 0x100)
    }
}
