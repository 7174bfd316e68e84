internal import Glibc
internal import Synchronization

/// How far long work is, on standard error: a bar on a terminal, else a plain line every few seconds. Standard output is
/// only ever data.
package final class Progress: Sendable {
    private struct State {
        var done = 0
        var drawn: ContinuousClock.Instant?
        var width = 0
    }

    private let name: String
    private let unit: String
    private let total: Int?
    private let isQuiet: Bool
    private let isTerminal: Bool
    private let start: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// `unit` in the plural, as in "telegrams"; "bytes" is shown in MiB.
    package init(
        _ name: String, unit: String, total: Int? = nil, isQuiet: Bool = false,
        isTerminal: Bool = isatty(STDERR_FILENO) == 1,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        write: @escaping @Sendable (String) -> Void = { _ = writeFully(Array($0.utf8), to: STDERR_FILENO) }
    ) {
        self.name = name
        self.unit = unit
        self.total = total
        self.isQuiet = isQuiet
        self.isTerminal = isTerminal
        self.start = now()
        self.now = now
        self.write = write
    }

    /// So much is done in all; draws at most ten times a second, or every five seconds where nobody watches.
    package func update(_ done: Int) {
        guard !self.isQuiet else { return }
        let now = self.now()
        self.state.withLock { state in
            state.done = done
            let pause: Duration = self.isTerminal ? .milliseconds(100) : .seconds(5)
            guard now - (state.drawn ?? self.start) >= pause else { return }
            state.drawn = now
            self.draw(&state, now)
        }
    }

    /// The last word, with the rate over the whole.
    package func finish(_ done: Int) {
        guard !self.isQuiet else { return }
        self.state.withLock { state in
            let text =
                "\(self.name): \(self.amount(done))\(self.rate(done, self.now())) in \(self.seconds(self.now() - self.start))"
            self.write((self.isTerminal ? "\r" : "") + self.padded(text, &state) + "\n")
        }
    }

    private func draw(_ state: inout State, _ now: ContinuousClock.Instant) {
        var text = "\(self.name): "
        if let total = self.total, total > 0 {
            let share = min(Double(state.done) / Double(total), 1)
            if self.isTerminal {
                let filled = Int(share * 24)
                text += "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled) + "] "
            }
            text += "\(Int(share * 100)) % "
        }
        text += self.amount(state.done) + self.rate(state.done, now)
        if let total = self.total, state.done > 0, total > state.done {
            let elapsed = now - self.start
            text += ", \(self.seconds(elapsed * (Double(total - state.done) / Double(state.done)))) left"
        }
        self.write(self.isTerminal ? "\r" + self.padded(text, &state) : text + "\n")
    }

    /// Covers what stood there before.
    private func padded(_ text: String, _ state: inout State) -> String {
        defer { state.width = text.count }
        return self.isTerminal ? text + String(repeating: " ", count: max(state.width - text.count, 0)) : text
    }

    private func amount(_ count: Int) -> String {
        self.unit == "bytes" ? "\(Progress.tenths(Double(count) / 1_048_576)) MiB" : "\(count) \(self.unit)"
    }

    private func rate(_ count: Int, _ now: ContinuousClock.Instant) -> String {
        let elapsed = Double((now - self.start).wholeMilliseconds) / 1000
        guard elapsed > 0.001 else { return "" }
        let rate = Double(count) / elapsed
        return self.unit == "bytes" ? ", \(Progress.tenths(rate / 1_048_576)) MiB/s" : ", \(Int(rate))/s"
    }

    private func seconds(_ duration: Duration) -> String {
        let seconds = Double(duration.wholeMilliseconds) / 1000
        return seconds < 120 ? "\(Progress.tenths(seconds)) s" : "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
    }

    private static func tenths(_ value: Double) -> String {
        let scaled = Int((value * 10).rounded())
        return "\(scaled / 10).\(scaled % 10)"
    }
}
