internal import Glibc
internal import Synchronization

/// Places in the engine where the fault matrix makes it die, stop or dawdle (`Tests/faults.sh`).
///
/// Armed by the environment alone: `TAPERELAY_TEST_FAULT=before-send-offsets:3:kill` acts when that place is passed for the third
/// time. Several are separated by commas. Not armed, a place costs the test of one flag; so what is proved is what is
/// shipped. Actions: `kill` (SIGKILL), `stop` (SIGSTOP), `term` (SIGTERM), `delay=MS`.
enum FaultPoint: String, CaseIterable {
    case assigned
    case batchReceived = "batch-received"
    case laneBegins = "lane-begins"
    case beforeHandle = "before-handle"
    case beforeProduce = "before-produce"
    case afterProduce = "after-produce"
    case beforeDeadLetter = "before-dead-letter"
    case afterDeadLetter = "after-dead-letter"
    case laneEnds = "lane-ends"
    case deliveryReported = "delivery-reported"
    case deliveriesCounted = "deliveries-counted"
    case beforeCommit = "before-commit"
    case commitAnswered = "commit-answered"
    case revokeBegins = "revoke-begins"
    case revokeDraining = "revoke-draining"
    case revokeDrained = "revoke-drained"
    case stopRequested = "stop-requested"
    case transactionBegun = "transaction-begun"
    case gateClosed = "gate-closed"
    case transactionCut = "transaction-cut"
    case flushed
    case beforeSendOffsets = "before-send-offsets"
    case afterSendOffsets = "after-send-offsets"
    case transactionCommitted = "transaction-committed"
    case beforeAbort = "before-abort"
    case afterAbort = "after-abort"
    case producerDiscarded = "producer-discarded"
    case producerRenewed = "producer-renewed"
    case retryDue = "retry-due"
    case sectionForwarded = "section-forwarded"
    case sectionsReleased = "sections-released"
    case sectionMoved = "section-moved"
    case journalWritten = "journal-written"
    case observationsSent = "observations-sent"
    case numbersJudged = "numbers-judged"
    case copiesFound = "copies-found"

    /// Says that the program has come here.
    @inline(__always)
    func pass() {
        if FaultPlan.armed.isEmpty { return }
        FaultPlan.passed(self)
    }
}

/// What the environment asks for.
private struct FaultPlan {
    enum Action {
        case signal(Int32)
        case delay(UInt32)
    }

    final class Fault: Sendable {
        let point: FaultPoint
        let count: Int
        let action: Action
        let passes = Atomic<Int>(0)

        /// `point:count:action`; nil for anything else.
        init?(_ text: Substring) {
            let parts = text.split(separator: ":")
            guard parts.count == 3, let point = FaultPoint(rawValue: String(parts[0])), let count = Int(parts[1]) else {
                return nil
            }
            self.point = point
            self.count = count
            switch parts[2] {
            case "kill": self.action = .signal(SIGKILL)
            case "stop": self.action = .signal(SIGSTOP)
            case "term": self.action = .signal(SIGTERM)
            default:
                guard parts[2].hasPrefix("delay="), let time = UInt32(parts[2].dropFirst(6)) else { return nil }
                self.action = .delay(time)
            }
        }
    }

    static let armed: [Fault] = {
        guard let text = getenv("TAPERELAY_TEST_FAULT") else { return [] }
        return String(cString: text).split(separator: ",").compactMap { Fault($0) }
    }()

    static func passed(_ point: FaultPoint) {
        for fault in FaultPlan.armed where fault.point == point {
            guard fault.passes.add(1, ordering: .relaxed).newValue == fault.count else { continue }
            switch fault.action {
            case .signal(let number): kill(getpid(), number)
            case .delay(let time): usleep(time * 1000)
            }
        }
    }
}
