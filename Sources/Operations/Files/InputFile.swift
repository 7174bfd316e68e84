internal import Glibc

/// A file that cannot be read or written, with the system's reason.
package struct FileError: ExitStatusError, Equatable {
    package enum Operation: String, Sendable {
        case open = "opened"
        case read
        case write = "written"
    }

    package enum Reason: Equatable, Sendable {
        case system(CInt)
        case tooLarge(limit: Int)
        case directory
        /// The name holds a NUL.
        case name
    }

    package let path: String
    package let operation: Operation
    package let reason: Reason

    package var exitStatus: ExitStatus { self.operation == .write ? .internalFault : .unreadableFile }

    /// The reason alone.
    package var problem: String {
        switch self.reason {
        case .system(let code): String(cString: strerror(code))
        case .tooLarge(let limit): "larger than \(limit) bytes"
        case .directory: "it is a directory"
        case .name: "no file has such a name"
        }
    }

    package var description: String {
        "\(escaped(self.path)) cannot be \(self.operation.rawValue): \(self.problem)"
    }
}

/// Something to read bytes from: a file, or standard input, which is written `-`.
package enum InputFile: Equatable, Sendable {
    case standardInput
    case path(String)

    package init(argument: String) {
        self = argument == "-" ? .standardInput : .path(argument)
    }

    /// As messages name it.
    package var name: String {
        switch self {
        case .standardInput: "standard input"
        case .path(let path): path
        }
    }

    /// The size in bytes where it is known before reading, as of a regular file.
    package var byteCount: Int? {
        var status = stat()
        let result: CInt
        switch self {
        case .standardInput: result = fstat(STDIN_FILENO, &status)
        case .path(let path): result = stat(path, &status)
        }
        return result == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    /// All of it.
    ///
    /// More bytes than `limit` are an error, so that no pipe fills the memory.
    package func read(limit: Int = .max) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        if let size = self.byteCount { bytes.reserveCapacity(min(size, limit)) }
        let reader = try FileReader(self)
        while try reader.read(1 << 18, appendingTo: &bytes) > 0 {
            guard bytes.count <= limit else {
                throw FileError(path: self.name, operation: .read, reason: .tooLarge(limit: limit))
            }
        }
        return bytes
    }

    /// Opens it; 0 for standard input.
    func open() throws(FileError) -> CInt {
        guard case .path(let path) = self else { return STDIN_FILENO }
        guard !path.utf8.contains(0) else { throw FileError(path: path, operation: .open, reason: .name) }
        while true {
            let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
            if descriptor >= 0 { return descriptor }
            let code = errno
            if code != EINTR { throw FileError(path: path, operation: .open, reason: .system(code)) }
        }
    }
}
