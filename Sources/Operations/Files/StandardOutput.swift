internal import Glibc

/// Buffered bytes to standard output, which is only ever data.
///
/// Not for two threads at once; flush before the process ends.
package struct StandardOutput: ~Copyable {
    /// Why nothing more can be written.
    package enum Failure: Error, Equatable {
        /// The reader has gone, as `head` does: end quietly, with status 0.
        case readerGone
        case failed(FileError)
    }

    private let descriptor: CInt
    private let capacity: Int
    private var buffer: [UInt8] = []

    package init() { self.init(descriptor: STDOUT_FILENO) }

    /// The process must not die of SIGPIPE before it can see that the reader has gone, so that signal is ignored from
    /// here on.
    init(descriptor: CInt, capacity: Int = 1 << 16) {
        signal(SIGPIPE, SIG_IGN)
        self.descriptor = descriptor
        self.capacity = capacity
        self.buffer.reserveCapacity(capacity)
    }

    package mutating func write(_ bytes: some Collection<UInt8>) throws(Failure) {
        self.buffer.append(contentsOf: bytes)
        if self.buffer.count >= self.capacity { try self.flush() }
    }

    package mutating func write(_ text: String) throws(Failure) { try self.write(text.utf8) }

    /// Writes what is held back; what a failure leaves is dropped.
    package mutating func flush() throws(Failure) {
        let code = writeFully(self.buffer, to: self.descriptor)
        self.buffer.removeAll(keepingCapacity: true)
        if code == EPIPE { throw .readerGone }
        if code != 0 {
            throw .failed(FileError(path: "standard output", operation: .write, reason: .system(code)))
        }
    }
}

/// Writes all of `bytes`, waiting where the descriptor does not block; answers 0 or the `errno`.
func writeFully(_ bytes: [UInt8], to descriptor: CInt) -> CInt {
    bytes.withUnsafeBytes { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
                continue
            }
            let code = errno
            if code == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, 1000)
            } else if code != EINTR {
                return code
            }
        }
        return 0
    }
}
