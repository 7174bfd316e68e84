/// Reads paragraph numbers in front of which a pilcrow may have become a `1` (format 6.4 D1).
///
/// Dynamic programming over strictly rising readings. A token may also be no paragraph number at all (a list item), and
/// looking back is bounded, so that the cost stays linear on any input.
struct SequenceDecoder {
    struct Token {
        var value: Int32
        /// A portion mark follows: it is hardly a list item.
        var marked: Bool
        var afterBlank = true
    }

    private struct State {
        var reading: Int32
        var token: Int32
        var cost: Float
        var previous: Int32
    }

    private static let reach = 12

    private(set) var readings: [Int32] = []
    private var states: [State] = []

    /// The reading with the stray `1` taken off, where there is one.
    static func stripped(_ value: Int32) -> Int32? {
        switch value {
        case 11...19: value - 10
        case 110...199: value - 100
        default: nil
        }
    }

    /// Fills `readings`, one for each token, 0 where the token is no paragraph number.
    mutating func decode(_ tokens: [Token], damaged: Bool, fromStart: Bool) {
        self.readings.removeAll(keepingCapacity: true)
        self.states.removeAll(keepingCapacity: true)
        self.readings.reserveCapacity(tokens.count)
        // Most texts: this reading costs nothing, and any other one does. Above 10 damage makes a stray 1 likelier.
        if fromStart, !damaged || tokens.count <= 10, Self.countFromOne(tokens) {
            for token in tokens { self.readings.append(token.value) }
            return
        }
        var skipped: Float = 0  // cost of leaving out all tokens up to here
        for index in tokens.indices {
            let token = tokens[index]
            self.readings.append(0)
            let strayed = Self.stripped(token.value)
            let before = self.states.count
            self.add(token.value, damaged && strayed != nil ? 0.5 : 0, index, before, skipped, tokens, fromStart)
            if let strayed { self.add(strayed, damaged ? 0 : 0.5, index, before, skipped, tokens, fromStart) }
            skipped += Self.omission(token)
        }
        self.finish(tokens)
    }

    /// 1, 2, 3 and so on.
    private static func countFromOne(_ tokens: [Token]) -> Bool {
        for index in tokens.indices where Int(tokens[index].value) != index + 1 { return false }
        return true
    }

    private static func omission(_ token: Token) -> Float { token.marked ? 30 : token.afterBlank ? 0.6 : 0.55 }

    private mutating func add(
        _ reading: Int32, _ preference: Float, _ index: Int, _ before: Int, _ skipped: Float, _ tokens: [Token],
        _ fromStart: Bool
    ) {
        guard reading > 0 else { return }
        var best = State(
            reading: reading, token: Int32(truncatingIfNeeded: index),
            cost: preference + skipped + (fromStart ? Float(min(reading - 1, 20)) : 0), previous: -1)
        // An unmarked number that does not begin a sequence is no paragraph: `1975. ` at a line start.
        if !tokens[index].marked, reading != 1, !fromStart { best.cost += 1 }
        var omitted: Float = 0
        var position = before - 1
        var token = index - 1
        var reach = Self.reach
        while position >= 0, reach > 0 {
            let state = self.states[position]
            while token > Int(state.token) {
                omitted += Self.omission(tokens[token])
                token -= 1
            }
            if state.reading < reading {
                let gap = Float(min(reading - state.reading - 1, 20))
                let cost = state.cost + omitted + gap + preference
                if cost < best.cost {
                    best.cost = cost
                    best.previous = Int32(truncatingIfNeeded: position)
                }
            }
            position -= 1
            reach -= 1
        }
        self.states.append(best)
    }

    private mutating func finish(_ tokens: [Token]) {
        var best = -1
        var bestCost = Float.infinity
        var omitted: Float = 0
        var token = tokens.count - 1
        var position = self.states.count - 1
        while position >= 0 {
            let state = self.states[position]
            while token > Int(state.token) {
                omitted += Self.omission(tokens[token])
                token -= 1
            }
            if state.cost + omitted < bestCost {
                bestCost = state.cost + omitted
                best = position
            }
            position -= 1
        }
        while best >= 0 {
            let state = self.states[best]
            self.readings[Int(state.token)] = state.reading
            best = Int(state.previous)
        }
    }
}
