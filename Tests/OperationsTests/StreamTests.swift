import Glibc
import Synchronization
import Testing

@testable import Operations

/// What was written, and a clock that stands until it is moved.
private final class Recorder: Sendable {
    private let state = Mutex((text: "", now: ContinuousClock.now))
    var text: String { self.state.withLock { $0.text } }
    var now: ContinuousClock.Instant { self.state.withLock { $0.now } }
    func write(_ text: String) { self.state.withLock { $0.text += text } }
    func move(by duration: Duration) { self.state.withLock { $0.now += duration } }
}

struct StreamTests {
    private func logger(_ recorder: Recorder, _ format: LogFormat, burst: Int = 20) -> Logger {
        Logger(
            level: .info, format: format, burst: burst, now: { recorder.now },
            write: { recorder.write(String(decoding: $0, as: UTF8.self)) })
    }

    @Test(arguments: LogFormat.allCases)
    func aLogLineStaysOneLine(format: LogFormat) {
        let recorder = Recorder()
        let logger = self.logger(recorder, format)
        logger.log(.debug, "left out")
        logger.error("failed", [("topic", "a"), ("value", "x\ny \"z\" \u{1B}[0m")])
        #expect(recorder.text.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(recorder.text.hasSuffix("\n") && recorder.text.contains("failed"))
        #expect(!recorder.text.contains("\u{1B}") && !recorder.text.contains("left out"))
        #expect(recorder.text.contains(format == .json ? "\"topic\":\"a\"" : " topic=a "))
    }

    @Test func repeatsAreHeldBackAndCounted() {
        let recorder = Recorder()
        let logger = self.logger(recorder, .text, burst: 2)
        for _ in 0..<5 { logger.info("again") }
        logger.info("other")
        recorder.move(by: .seconds(11))
        logger.info("again")
        let lines = recorder.text.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[1].hasSuffix("again more=\"held back for 10.0 seconds\""))
        #expect(lines.last?.hasSuffix("again held_back=3") == true)
    }

    @Test func theEndTellsWhatNoLaterLineCounted() {
        let recorder = Recorder()
        let logger = self.logger(recorder, .text, burst: 2)
        for _ in 0..<5 { logger.info("again") }
        logger.info("other")
        logger.settle()
        logger.settle()
        let lines = recorder.text.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.last?.hasSuffix("lines were held back of=again count=3") == true)
    }

    @Test func progressIsQuietPlainOrABar() {
        for (isQuiet, isTerminal) in [(true, true), (false, true), (false, false)] {
            let recorder = Recorder()
            let progress = Progress(
                "parse", unit: "telegrams", total: 100, isQuiet: isQuiet, isTerminal: isTerminal,
                now: { recorder.now }, write: { recorder.write($0) })
            progress.update(1)
            #expect(recorder.text.isEmpty)
            recorder.move(by: .seconds(10))
            progress.update(50)
            progress.update(51)
            #expect(recorder.text.contains("50 % ") == !isQuiet)
            #expect(recorder.text.contains("10.0 s left") == !isQuiet)
            #expect(recorder.text.contains("[####") == (isTerminal && !isQuiet))
            progress.finish(100)
            #expect(recorder.text.isEmpty == isQuiet)
        }
    }

    @Test(arguments: [("/nowhere/at/all", "No such file"), ("/tmp", "is a directory"), ("a\0b", "no file has such")])
    func unreadableFilesAreNamed(path: String, problem: String) {
        do {
            _ = try InputFile.path(path).read()
            Issue.record("read")
        } catch {
            #expect(error.description.contains(problem))
            #expect(error.exitStatus == .unreadableFile)
        }
    }

    @Test func readingIsBounded() {
        let zeros = InputFile.path("/dev/zero")
        let reason = FileError.Reason.tooLarge(limit: 100)
        #expect(throws: FileError(path: "/dev/zero", operation: .read, reason: reason)) { try zeros.read(limit: 100) }
        #expect(InputFile(argument: "-") == .standardInput)
    }

    @Test func aReaderThatHasGoneIsNoFault() throws {
        var ends: [CInt] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        var output = StandardOutput(descriptor: ends[1])
        var failure: StandardOutput.Failure?
        do {
            try output.write("text")
            try output.flush()
        } catch {
            failure = error
        }
        #expect(failure == .readerGone)
    }
}
