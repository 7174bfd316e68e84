/// What travels through the producer with each record and comes back with its delivery, in 64 bits: which assignment of
/// which partition, which record of it, and what was sent.
struct Token: Equatable {
    enum Stage: UInt64 {
        case event = 0
        case deadLetter = 1
        /// A dead letter that its own topic refused for size goes without its octets (contract 5).
        case deadLetterWithoutValue = 2
        /// Sent for no record; the sequence is that of a step (`JournalSteps`).
        case step = 3
    }

    /// 14 bits; a slot is used again only after 16,384 assignments.
    var slot: Int
    /// 48 bits.
    var sequence: UInt64
    var stage: Stage

    static let slotCount = 1 << 14

    init(slot: Int, sequence: UInt64, stage: Stage) {
        self.slot = slot
        self.sequence = sequence
        self.stage = stage
    }

    init(rawValue: UInt64) {
        self.slot = Int(rawValue >> 48) & (Token.slotCount - 1)
        self.sequence = rawValue & ((1 << 48) - 1)
        self.stage = Stage(rawValue: rawValue >> 62) ?? .event
    }

    var rawValue: UInt64 { self.stage.rawValue << 62 | UInt64(self.slot) << 48 | self.sequence & ((1 << 48) - 1) }
}
