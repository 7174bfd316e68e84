import Assembly
import Events
import Testing

@testable import Relay

/// Format 4.1: what each verdict leads to.
struct CopyOutcomeTests {
    private static let other = CopyReference(
        source: PartSource(partition: 0, offset: 1), content: ContentHash(high: 1, low: 2), eventID: Array("0a".utf8))

    private struct Row {
        var verdict: Judgement.Verdict
        var revision: Int?
        var release: Release?
        var alert: AlertCode?
    }

    private static let rows: [Row] = [
        Row(verdict: .first, revision: 1, release: Release(), alert: nil),
        Row(verdict: .suspectedNew, revision: 1, release: Release(), alert: .suspectedDuplicateNew),
        Row(verdict: .duplicate, alert: .duplicate),
        Row(verdict: .suspectedDuplicate, alert: .duplicate),
        Row(
            verdict: .deliveredAgain, revision: 2, release: Release(revision: 2, duplicateOf: other.eventID),
            alert: .duplicate),
        Row(
            verdict: .readdressed, revision: 2, release: Release(revision: 2, duplicateOf: other.eventID),
            alert: .duplicate),
        Row(
            verdict: .supersedes, revision: 3, release: Release(revision: 3, supersedes: other.eventID),
            alert: .superseded),
        Row(verdict: .superseded, alert: .superseded),
        Row(
            verdict: .replacesProvisional, revision: 2, release: Release(revision: 2, supersedes: other.eventID),
            alert: .superseded),
        Row(
            verdict: .retransmission, revision: 2, release: Release(revision: 2, supersedes: other.eventID),
            alert: .superseded),
        Row(verdict: .retransmission, alert: .superseded),
        Row(
            verdict: .better, revision: 2, release: Release(revision: 2, supersedes: other.eventID), alert: .superseded),
        Row(verdict: .worse, alert: .superseded),
        Row(
            verdict: .rereleased, revision: 2, release: Release(revision: 2, supersedes: other.eventID),
            alert: .superseded),
        Row(verdict: .cancelled, alert: .cancelled),
    ]

    @Test func everyVerdictHasAnOutcome() {
        #expect(Set(Self.rows.map(\.verdict)) == Set(Judgement.Verdict.allCases))
        var words: Set<String> = []
        for row in Self.rows {
            let other = [.first, .suspectedNew].contains(row.verdict) ? nil : Self.other
            let outcome = CopyOutcome(
                Judgement(row.verdict, revision: row.revision, other: other), event: Array("0b".utf8))
            #expect(outcome.release == row.release, "\(row.verdict)")
            #expect(outcome.alert == row.alert, "\(row.verdict)")
            // Never in silence.
            #expect(outcome.release != nil || outcome.alert != nil)
            let message = outcome.message ?? outcome.alert?.message.description ?? "."
            #expect(message.hasSuffix("."))
            if row.release == nil {
                #expect(message.contains("no event was made") || message.contains("no second event"))
            }
            words.insert("\(outcome.word)")
        }
        #expect(words.count == Judgement.Verdict.allCases.count)
    }

    /// Said again, it is what it was.
    @Test func whatIsKnownHasTheSameOutcome() {
        let judgement = Judgement(.better, revision: 2, other: Self.other, isKnown: true)
        let outcome = CopyOutcome(judgement, event: Array("0b".utf8))
        #expect(outcome.release == Release(revision: 2, supersedes: Self.other.eventID))
        #expect(outcome.alert == .superseded)
    }

    /// A whole copy of a torn one has its `ce_id`: an event that took its own place would hide itself.
    @Test func noEventTakesItsOwnPlace() {
        let outcome = CopyOutcome(Judgement(.better, revision: 2, other: Self.other), event: Self.other.eventID)
        #expect(outcome.release == Release(revision: 2))
    }
}
