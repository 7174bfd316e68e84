internal import CXxhash

extension Parser {
    /// XXH3-128 over the hash input of format 4.1: FL5-FL9 and FL12 without page lines, captions and blanks, in upper case.
    mutating func hashContent(_ octets: Octets) {
        self.telegram.hashedAddress = self.range(of: self.addressLines)
        self.telegram.hashedText = self.range(of: self.textLines)
        let bound = self.telegram.hashedAddress.count + self.telegram.hashedText.count
        if self.hashInput.count < bound {
            self.hashInput.append(contentsOf: repeatElement(0, count: bound - self.hashInput.count))
        }
        self.hashCount = 0
        self.exclusions.removeAll()
        for page in self.telegram.pageLines { self.exclusions.append(page.range) }
        for caption in self.telegram.captions { self.exclusions.append(caption) }
        self.exclusions.sort { $0.lower < $1.lower }
        self.addressContent = self.compact(octets, self.addressLines)
        self.textContent = self.compact(octets, self.textLines)
        let count = Swift.min(self.hashCount, self.hashInput.count)
        let hash = self.hashInput.withUnsafeBufferPointer { XXH3_128bits($0.baseAddress, count) }
        self.telegram.contentHash = (hash.high64, hash.low64)
    }

    /// Returns how many octets of the lines are not blank, those that the hash leaves out too.
    private mutating func compact(_ octets: Octets, _ lines: Range<Int>) -> Int {
        let range = self.range(of: lines)
        let used = self.hashCount
        var position = range.start
        var excluded = 0
        for index in self.exclusions.indices where self.exclusions[index].end > position {
            let exclusion = self.exclusions[index]
            if exclusion.start >= range.end { break }
            self.compact(octets, OctetRange(position, exclusion.start))
            let start = Swift.max(position, exclusion.start)
            position = exclusion.end
            excluded += Parser.countContent(octets, OctetRange(start, Swift.min(position, range.end)))
        }
        self.compact(octets, OctetRange(position, range.end))
        return self.hashCount - used + excluded
    }

    /// Written without a branch: each pair is stored, and the place moves on only behind octets that count.
    private mutating func compact(_ octets: Octets, _ range: OctetRange) {
        let range = octets.clamped(range)
        guard !range.isEmpty else { return }
        let used = self.hashCount
        guard used + range.count <= self.hashInput.count else { return }
        self.hashCount = octets.withUnsafeBufferPointer { source in
            self.hashInput.withUnsafeMutableBufferPointer { target in
                Parser.hashForms.withUnsafeBufferPointer { forms in
                    // A pair is stored whole, so the last octets go one at a time: no store behind the room for them.
                    let bytes = UnsafeRawBufferPointer(source)
                    let room = UnsafeMutableRawBufferPointer(target)
                    var place = used
                    var index = range.lowerBound
                    let last = range.upperBound &- 8
                    while index <= last {
                        for offset in 0..<4 {
                            let pair = UInt16(
                                littleEndian: bytes.loadUnaligned(
                                    fromByteOffset: index &+ offset &* 2, as: UInt16.self))
                            let form = forms[Int(pair)]
                            room.storeBytes(
                                of: UInt16(truncatingIfNeeded: form).littleEndian, toByteOffset: place,
                                as: UInt16.self)
                            place &+= Int(form &>> 16)
                        }
                        index &+= 8
                    }
                    while index < range.upperBound {
                        place = Parser.store(source[index], target, at: place)
                        index &+= 1
                    }
                    return place
                }
            }
        }
    }

    @inline(__always)
    private static func store(_ octet: UInt8, _ target: UnsafeMutableBufferPointer<UInt8>, at place: Int) -> Int {
        target[place] = Octets.uppercased(octet)
        return place &+ (Octets.isBlank(octet) ? 0 : 1)
    }

    /// For each pair of octets, the first in the low half: the capitals of those that count, neither blank nor DEL, and
    /// above them how many they are. Prose uses a few hundred pairs, which lie close together.
    private static let hashForms: [UInt32] = {
        var forms: [UInt32] = []
        forms.reserveCapacity(0x10000)
        for second in UInt8.min...UInt8.max {
            let high: UInt32 = Octets.isBlank(second) ? 0 : UInt32(Octets.uppercased(second)) | 0x1_0000
            for first in UInt8.min...UInt8.max {
                if Octets.isBlank(first) {
                    forms.append(high)
                } else {
                    let pair = (high & 0xFF) &<< 8 | (high & 0x1_0000)
                    forms.append(pair &+ (UInt32(Octets.uppercased(first)) | 0x1_0000))
                }
            }
        }
        return forms
    }()
}
