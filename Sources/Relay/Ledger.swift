package import KafkaClient

/// What became of the records of one input partition since this worker got it. Always: consumed = published +
/// dead-lettered + unrouted + held + in flight + left waiting + given up (contract 7).
package struct LedgerLine: Sendable, Equatable {
    package var consumed: Int64 = 0
    package var published: Int64 = 0
    package var deadLettered: Int64 = 0
    package var unrouted: Int64 = 0
    /// Sections that wait for others.
    package var held: Int64 = 0
    package var inFlight: Int64 = 0
    /// Sections that waited when the partition went: its next owner reads them again.
    package var leftWaiting: Int64 = 0
    /// Taken but not finished when the partition went: its next owner reads them again.
    package var givenUp: Int64 = 0
    /// Events that were acknowledged, alerts among them; a record may hold several telegrams.
    package var events: Int64 = 0

    package init() {}

    package var balances: Bool {
        self.consumed
            == self.published + self.deadLettered + self.unrouted + self.held + self.inFlight
            + self.leftWaiting + self.givenUp
    }

    mutating func received(_ count: Int) {
        self.consumed += Int64(count)
        self.inFlight += Int64(count)
    }

    mutating func finished(_ outcome: Outcome) {
        self.inFlight -= 1
        switch outcome {
        case .published: self.published += 1
        case .deadLettered: self.deadLettered += 1
        case .unrouted: self.unrouted += 1
        }
    }

    mutating func held(_ count: Int) {
        self.inFlight -= Int64(count)
        self.held += Int64(count)
    }

    mutating func gaveUpRest() {
        self.givenUp += self.inFlight
        self.leftWaiting += self.held
        self.inFlight = 0
        self.held = 0
    }

    package static func += (left: inout LedgerLine, right: LedgerLine) {
        left.consumed += right.consumed
        left.published += right.published
        left.deadLettered += right.deadLettered
        left.unrouted += right.unrouted
        left.held += right.held
        left.inFlight += right.inFlight
        left.leftWaiting += right.leftWaiting
        left.givenUp += right.givenUp
        left.events += right.events
    }
}

/// The whole account of a worker, by input partition.
package struct Ledger: Sendable, Equatable {
    package var lines: [TopicPartition: LedgerLine] = [:]

    package init() {}

    package var total: LedgerLine { self.lines.values.reduce(into: LedgerLine()) { $0 += $1 } }
    package var balances: Bool { self.lines.values.allSatisfy(\.balances) }
}
