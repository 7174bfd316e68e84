internal import CXxhash

extension Parser {
    /// XXH3-128 over the hash input of format 4.1: FL5-FL9 and FL12 without page lines, captions and blanks, in upper case.
    mutating func hashContent(_ octets: Octets) {
        self.hashInput.removeAll(keepingCapacity: true)
        self.exclusions.removeAll(keepingCapacity: true)
        for page in self.telegram.pageLines { self.exclusions.append(page.range) }
        self.exclusions.append(contentsOf: self.telegram.captions)
        self.exclusions.sort { $0.lower < $1.lower }
        self.compact(octets, self.addressLines)
        self.compact(octets, self.textLines)
        let hash = self.hashInput.withUnsafeBufferPointer { XXH3_128bits($0.baseAddress, $0.count) }
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
        let used = self.hashInput.count
        let wanted = used + range.count
        if self.hashInput.capacity < wanted { self.hashInput.reserveCapacity(Swift.max(wanted, used * 2)) }
        self.hashInput.append(contentsOf: repeatElement(0, count: range.count))
        let kept = octets.withUnsafeBufferPointer { source in
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
        self.hashInput.removeLast(wanted - kept)
    }

    /// For each octet its capital, and above it a 1 where the octet counts: neither blank nor DEL.
    private static let hashForms: [UInt16] = (0...255).map { (octet: UInt8) in
        UInt16(Octets.uppercased(octet)) | (Octets.isBlank(octet) ? 0 : 0x100)
    }
}
