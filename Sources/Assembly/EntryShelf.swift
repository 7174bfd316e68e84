/// Entries by identity, in one stretch of memory: a hundred thousand small arrays of their own, which stay, made every
/// allocation of the process dearer (some 5 µs a telegram, measured).
struct EntryShelf: Sendable {
    /// An identity's hash. Two that share one, which hardly happens, take each other's place and are not mixed up.
    typealias Key = Int

    /// What was put at one time was put in turns.
    struct Moment: Comparable {
        var time: Int64
        var turn: Int

        static func < (left: Moment, right: Moment) -> Bool { (left.time, left.turn) < (right.time, right.turn) }
    }

    private struct Place {
        /// The identity stands first, the entry behind it.
        var start: Int
        var identityCount: Int32
        var entryCount: Int32
        var heard: Moment

        var count: Int { Int(self.identityCount) + Int(self.entryCount) }
        var identity: Range<Int> { self.start..<self.start + Int(self.identityCount) }
        var entry: Range<Int> { self.identity.upperBound..<self.start + self.count }
    }

    private var octets: [UInt8] = []
    private var places: [Key: Place] = [:]
    /// Octets of what is not there any more.
    private var waste = 0
    private var turns = 0

    var count: Int { self.places.count }
    /// With those of what is not there any more.
    var octetCount: Int { self.octets.count }
    var keys: some Collection<Key> { self.places.keys }

    static func key(_ identity: UnsafeRawBufferPointer) -> Key {
        var hasher = Hasher()
        hasher.combine(bytes: identity)
        return hasher.finalize()
    }

    static func key(_ identity: [UInt8]) -> Key { identity.withUnsafeBytes { Self.key($0) } }

    func identity(_ key: Key) -> [UInt8]? { self.places[key].map { Array(self.octets[$0.identity]) } }

    func heard(_ key: Key) -> Moment? { self.places[key]?.heard }

    func entry(_ key: Key) -> [UInt8]? { self.places[key].map { Array(self.octets[$0.entry]) } }

    /// Nil also where another identity has its place.
    func entry(of identity: [UInt8], _ key: Key) -> [UInt8]? {
        guard let place = self.places[key], self.octets[place.identity].elementsEqual(identity) else { return nil }
        return Array(self.octets[place.entry])
    }

    mutating func put(_ identity: [UInt8], _ key: Key, _ entry: [UInt8], heard: Int64) {
        self.turns += 1
        let place = Place(
            start: self.octets.count, identityCount: Int32(identity.count), entryCount: Int32(entry.count),
            heard: Moment(time: heard, turn: self.turns))
        self.octets += identity
        self.octets += entry
        if let old = self.places.updateValue(place, forKey: key) { self.waste += old.count }
        self.tidy()
    }

    mutating func remove(_ key: Key) {
        guard let place = self.places.removeValue(forKey: key) else { return }
        self.waste += place.count
        self.tidy()
    }

    /// Once half of it is waste, the rest is moved together.
    private mutating func tidy() {
        guard self.waste > self.octets.count / 2, self.waste > 1 << 16 else { return }
        var kept: [UInt8] = []
        kept.reserveCapacity((self.octets.count - self.waste) * 2)
        for key in Array(self.places.keys) {
            guard var place = self.places[key] else { continue }
            let octets = self.octets[place.start..<place.start + place.count]
            place.start = kept.count
            kept += octets
            self.places[key] = place
        }
        self.octets = kept
        self.waste = 0
    }
}
