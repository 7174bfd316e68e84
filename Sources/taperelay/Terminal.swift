internal import Glibc
internal import Operations

/// What is said to the person at the terminal, beside data and logs.
enum Terminal {
    /// One sentence on standard error.
    static func complain(_ sentence: String) {
        var line = Array("taperelay: \(sentence)\n".utf8)
        if sentence.hasPrefix("taperelay") { line.removeFirst("taperelay: ".utf8.count) }
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Text that was asked for, on standard output.
    static func print(_ text: String) throws {
        var output = StandardOutput()
        try output.finish { output throws(StandardOutput.Failure) in try output.write(text) }
    }
}

extension StandardOutput {
    /// Writes and flushes; a reader that has gone, as `head` does, is no failure.
    mutating func finish(
        _ body: (inout StandardOutput) throws(StandardOutput.Failure) -> Void
    ) throws {
        do throws(StandardOutput.Failure) {
            try body(&self)
            try self.flush()
        } catch {
            if case .failed(let failure) = error { throw failure }
        }
    }
}
