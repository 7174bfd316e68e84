internal import Operations
internal import Relay
internal import Synchronization

/// Progress of work in stages: each begins a line of its own.
final class StagedProgress: Sendable {
    private struct State {
        var stage: Stage?
        var progress: Progress?
        var done = 0
    }

    private let command: String
    private let isQuiet: Bool
    private let state = Mutex(State())

    init(_ command: String, isQuiet: Bool) {
        self.command = command
        self.isQuiet = isQuiet
    }

    func update(_ stage: Stage, _ done: Int, _ total: Int) {
        self.state.withLock { state in
            if state.stage != stage {
                state.progress?.finish(state.done)
                state.stage = stage
                let name = stage.rawValue == self.command ? self.command : "\(self.command) (\(stage.rawValue))"
                state.progress = Progress(name, unit: "offsets", total: total, isQuiet: self.isQuiet)
            }
            state.done = done
            state.progress?.update(done)
        }
    }

    func finish() {
        self.state.withLock { state in
            state.progress?.finish(state.done)
            state.progress = nil
            state.stage = nil
        }
    }
}
