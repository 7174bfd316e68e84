public import Telegram

/// The sections of one telegram, to be published as one event.
public struct SectionSet: Sendable {
    public struct Transmission: Sendable {
        /// The transmission's octets, and nothing else.
        public var octets: [UInt8]
        public var section: Int
        public var source: Source?
        /// Added to the ranges of this section: where the octets start in their record or file.
        public var offset: Int

        public init(octets: [UInt8], section: Int, source: Source? = nil, offset: Int = 0) {
            self.octets = octets
            self.section = section
            self.source = source
            self.offset = offset
        }
    }

    /// Something about a section that only shows beside the others.
    public struct Conflict: Hashable, Sendable {
        public var code: FindingCode
        public var section: Int

        public init(_ code: FindingCode, section: Int) {
            self.code = code
            self.section = section
        }
    }

    /// In section order.
    public var transmissions: [Transmission]
    public var expected: Int
    public var missing: [Int]
    /// All sections are there; whether the telegram is complete also depends on their ends of message.
    public var isWhole: Bool
    public var revision: Int
    public var conflicts: [Conflict]

    public init(
        transmissions: [Transmission], expected: Int, missing: [Int], isWhole: Bool, revision: Int = 1,
        conflicts: [Conflict] = []
    ) {
        self.transmissions = transmissions
        self.expected = expected
        self.missing = missing
        self.isWhole = isWhole
        self.revision = revision
        self.conflicts = conflicts
    }
}
