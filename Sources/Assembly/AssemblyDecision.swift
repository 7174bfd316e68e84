public import Telegram

/// What the state machine has decided; whoever runs it carries it out, in this order.
public enum AssemblyDecision: Hashable, Sendable {
    /// The part waits for others.
    case held(PartSource)
    /// The part was read again from where it had come; nothing changes.
    case known(PartSource)
    /// The part is not used: there is another copy of this section, with the same text (an exact duplicate) or better.
    case copy(PartSource, of: PartSource, isExact: Bool, isSuspected: Bool)
    /// There is another copy of this section, and the classification of one of them could not be read: both are kept.
    case rival(PartSource, of: PartSource)
    /// `old` is not used any more: `new` holds the same section in a better copy.
    case replaced(PartSource, by: PartSource)
    case released(SectionRelease)
    /// The parts of a released set need not be kept any more: what comes now opens another one.
    case forgotten([PartSource])
}

/// One telegram of sections, as it is to be published.
public struct SectionRelease: Hashable, Sendable {
    public enum Cause: Hashable, Sendable {
        /// All sections are there.
        case complete
        /// The deadline of its precedence has passed.
        case due
        /// Too many sets were open, or too many octets waited.
        case crowded
        /// Nothing more will come.
        case ended
        /// A part or a better copy came when the set had been released.
        case late
        /// A part that contradicts the others, left alone.
        case contradiction
    }

    /// From 1; a later one holds more, or better.
    public var revision: Int
    public var cause: Cause
    public var expected: Int
    /// In section order.
    public var parts: [SectionPart]
    public var missing: [Int]
    /// False also where none is known to be missing and no section says how many there are.
    public var isComplete: Bool
    public var conflicts: [SectionConflict]
    /// Copies that were kept for what they might have turned out to be, and that no release shows; they wait no more.
    public var beside: [PartSource] = []
}

/// Parts that would be one telegram's and contradict each other.
public enum SectionConflict: Hashable, Sendable {
    /// This section says that there are so many; the majority says otherwise.
    case count(section: Int, said: Int, source: PartSource)
    /// This section has another classification, and was left out.
    case classification(section: Int, said: Level, source: PartSource)
    /// This section of the same serial has another date-time group, and another set.
    case dateTimeGroup(section: Int, source: PartSource)
}
