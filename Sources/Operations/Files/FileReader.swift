internal import Glibc

/// A file that is read piece by piece, when the caller wants the next one.
package final class FileReader {
    private let file: InputFile
    private let descriptor: CInt

    /// Opens it; closed when the reader goes.
    package init(_ file: InputFile) throws(FileError) {
        self.file = file
        self.descriptor = try file.open()
    }

    deinit { if self.descriptor != STDIN_FILENO { close(self.descriptor) } }

    /// Appends up to `count` octets; answers how many came, 0 at the end, and where the task is cancelled while it waits.
    package func read(_ count: Int, appendingTo buffer: inout [UInt8]) throws(FileError) -> Int {
        guard self.waitsForOctets() else { return 0 }
        let old = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: count))
        while true {
            let got = buffer.withUnsafeMutableBytes { bytes in
                Glibc.read(self.descriptor, bytes.baseAddress.map { $0 + old }, count)
            }
            if got >= 0 {
                buffer.removeLast(count - got)
                return got
            }
            let code = errno
            if code == EINTR { continue }
            buffer.removeLast(count)
            throw FileError(path: self.file.name, operation: .read, reason: code == EISDIR ? .directory : .system(code))
        }
    }

    /// Whether there is something to read, were it the end or an error; false if cancelled before.
    ///
    /// A pipe or a terminal may stay silent for ever, and a read cannot be broken off: a stop is looked for in between.
    private func waitsForOctets() -> Bool {
        var ready = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&ready, 1, 100) == 0 {
            if Task.isCancelled { return false }
        }
        return true
    }
}
