internal import Glibc

/// Descriptors 0 to 2, where whoever started the program closed them.
enum StandardDescriptors {
    /// Otherwise the next file or socket that is opened takes the free number, and data or a log line goes into it.
    ///
    /// Reading a closed standard input and writing to a closed standard output still fail, as `/dev/null` is opened the
    /// other way round; what is said to nobody on standard error is dropped.
    static func fillGaps() {
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is the one that was found free.
            _ = open("/dev/null", mode)
        }
    }
}
