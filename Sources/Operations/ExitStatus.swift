/// The exit statuses of every command, after `sysexits.h`.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    case success = 0
    /// The command line is wrong (`EX_USAGE`).
    case usage = 64
    /// The data is wrong, for commands whose job is to judge data (`EX_DATAERR`).
    case badData = 65
    /// A file cannot be read (`EX_NOINPUT`).
    case unreadableFile = 66
    /// The broker cannot be reached (`EX_UNAVAILABLE`).
    case brokerUnreachable = 69
    /// The program itself is at fault (`EX_SOFTWARE`).
    case internalFault = 70
    /// A right is missing (`EX_NOPERM`).
    case noPermission = 77
    /// The configuration is wrong, or a topic is missing (`EX_CONFIG`).
    case configuration = 78
}

/// An error that knows how the process should end when nobody handles it.
package protocol ExitStatusError: Error, CustomStringConvertible {
    var exitStatus: ExitStatus { get }
}
