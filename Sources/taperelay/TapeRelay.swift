@preconcurrency internal import CMalloc
internal import Glibc
internal import Operations

/// The way in: one command, its exit status, and the two signals. The first SIGINT or SIGTERM drains, the second ends at
/// once with 128 + its number.
@main
struct TapeRelay {
    static func main() {
        StandardDescriptors.fillGaps()
        // Large blocks are mappings of their own, always. glibc would take them from the heap once one of their size was given
        // back, and what stays for long behind an answer to a fetch would keep its place open: half as much memory again.
        mallopt(M_MMAP_THRESHOLD, 256 << 10)
        // Blocked before any thread starts, so that every thread inherits it and only this one takes the signals.
        var stop = sigset_t()
        sigemptyset(&stop)
        for number in [SIGTERM, SIGINT] { sigaddset(&stop, number) }
        pthread_sigmask(SIG_BLOCK, &stop, nil)
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        let work = Task { @concurrent in exit(await TapeRelay.status(of: arguments).rawValue) }
        var number: CInt = 0
        sigwait(&stop, &number)
        work.cancel()
        sigwait(&stop, &number)
        // Not exit(): librdkafka's handlers could hang, and what is committed is committed.
        _exit(128 + number)
    }

    static func status(of arguments: [String]) async -> ExitStatus {
        do {
            return try await CommandLineInterface.run(arguments)
        } catch let error as any ExitStatusError {
            Terminal.complain(error.description)
            return error.exitStatus
        } catch {
            Terminal.complain("\(error)")
            return .internalFault
        }
    }
}
