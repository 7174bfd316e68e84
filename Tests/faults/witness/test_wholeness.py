"""The judge of pieces must be able to condemn, too: each kind of broken data is found, sound data is not."""

from dataclasses import replace
import unittest

from events import Alert, Release
from findings import Verdict
from implied import Implied
from judging import JudgeTest
from wholeness import Pieces, expanded, judge_pieces


def release(name, revision, expected, received, sources):
    missing = [section for section in range(1, expected + 1) if section not in received]
    return Release(name, f"ce-{name}-{len(received)}", revision, not missing, expected, received, missing, sources)


def alert(code, subject, sources, time=0, **details):
    return Alert(code, subject, f"ce-{code}-{subject}-{sources}", sources, details, time)


def gap(channel, sources, missing, after="0004", before="0008", time=0):
    return alert("channel-gap", channel, sources, time, missing=missing, after=after, before=before)


def sound(exactly_once=True):
    """A: whole, with a copy. B: three sections, the second of which came twice and late. C: two sections, the first lost.
    Of channel EKO the numbers 5 and 6 were lost, 7 came late."""
    implied = Implied(
        [[[(0, 1), (0, 4)]], [[(1, 0)], [(2, 0), (3, 0)], [(1, 1)]], [[], [(4, 0)]]],
        {"EKO": [5, 6]},
        {(0, 1): ("EKO", 4), (1, 0): ("EKO", 8), (1, 1): ("EKO", 7), (2, 0): ("EKO", 9), (3, 0): ("EKO", 10)},
    )
    sides = [(0, 1), (1, 0)]
    return Pieces(
        exactly_once,
        implied,
        [
            release("A", 1, 1, [1], [(0, 1)]),
            release("B", 1, 3, [1, 3], [(1, 0), (1, 1)]),
            release("C", 1, 2, [2], [(4, 0)]),
            release("B", 2, 3, [1, 2, 3], [(1, 0), (3, 0), (1, 1)]),
        ],
        [
            alert("duplicate", "A", [(0, 4), (0, 1)]),
            alert("section-missing", "B", [(1, 0), (1, 1)], missing=[2]),
            alert("section-missing", "C", [(4, 0)], missing=[1]),
            alert("section-late", "B", [(1, 0), (3, 0), (1, 1)], missing=[]),
            alert("duplicate", "B", [(2, 0), (3, 0)]),
            gap("EKO", sides, ["0005-0007"]),
            gap("EKO", [*sides, (1, 1)], ["0005-0006"]),
            alert("paragraph-order", "B", [(1, 0)]),
        ],
        faults=[50.0],
        bearable=1,
    )


def apart(exactly_once=True):
    """D beside them: in one piece, with a copy on another partition."""
    case = sound(exactly_once)
    case.implied.telegrams.append([[(5, 0), (6, 3)]])
    case.releases += [release("D", 1, 1, [1], [(5, 0)]), release("D", 1, 1, [1], [(6, 3)])]
    case.alerts.append(alert("duplicate", "D", [(5, 0), (6, 3)]))
    return case


class Wholeness(JudgeTest):
    def judge(self, case):
        verdict = Verdict()
        judge_pieces(case, verdict)
        return verdict

    def test_sound(self):
        for exactly_once in (True, False):
            self.assertEqual(self.judge(sound(exactly_once)).problems, [])

    def test_lost(self):
        for exactly_once in (True, False):
            case = sound(exactly_once)
            del case.releases[0]
            self.assertEqual(self.condemns(case, "without an event", "(0, 1)").lost, 1)

    def test_not_completed(self):
        for exactly_once in (True, False):
            case = sound(exactly_once)
            case.releases.pop()
            self.assertEqual(self.condemns(case, "not what the input implies", "('B', 1)").lost, 1)

    def test_completed_by_what_never_came(self):
        case = sound()
        case.releases[2] = release("C", 1, 2, [1, 2], [(9, 9), (4, 0)])
        self.condemns(case, "not one telegram that was put in", "C", "without an event")

    def test_mixed(self):
        case = sound()
        case.releases[2] = release("C", 1, 2, [1, 2], [(1, 0), (4, 0)])
        self.condemns(case, "not one telegram that was put in", "C")

    def test_says_other_sections_than_it_holds(self):
        for change in ({"complete": True}, {"missing": []}, {"received": [1]}, {"expected": 3}):
            case = sound()
            case.releases[2] = replace(case.releases[2], **change)
            self.condemns(case, "tell other sections than they hold", "C")

    def test_sections_out_of_order(self):
        case = sound()
        case.releases[3] = release("B", 2, 3, [1, 2, 3], [(3, 0), (1, 0), (1, 1)])
        self.condemns(case, "tell other sections than they hold", "B")

    def test_two_names(self):
        case = sound()
        case.releases[3] = replace(case.releases[3], name="D")
        self.condemns(case, "ids that are not those of one telegram")
        case.releases[3] = replace(case.releases[3], name="A")
        self.condemns(case, "ids that are not those of one telegram")

    def test_event_of_a_copy(self):
        case = sound()
        case.releases.append(release("A", 2, 1, [1], [(0, 4)]))
        self.condemns(case, "not what the input implies", "('A', 2)", "second revision")
        case = sound()
        case.releases[0] = release("A", 1, 1, [1], [(0, 4)])
        self.condemns(case, "not what the input implies", "('A', 1)")

    def test_twice(self):
        case = sound()
        case.releases.append(case.releases[3])
        self.assertEqual(self.condemns(case, "1 events of one ce_id and revision twice", "do not rise").twice, 1)

    def test_twice_within_bounds_at_least_once(self):
        case = sound(exactly_once=False)
        case.releases.append(case.releases[3])
        self.assertEqual(self.judge(case).problems, [])
        case.releases.append(case.releases[3])
        self.condemns(case, "2 events of one ce_id and revision twice")

    def test_one_revision_incomplete_then_complete(self):
        """At least once, what a crash made forget is released anew; the latest holds."""
        case = sound(exactly_once=False)
        case.releases[3] = replace(case.releases[3], revision=1)
        self.assertEqual(self.judge(case).problems, [])
        case.releases[1], case.releases[3] = case.releases[3], case.releases[1]
        self.condemns(case, "not what the input implies", "('B', 1)")
        case = sound()
        case.releases[3] = replace(case.releases[3], revision=1)
        self.condemns(case, "do not rise", "B")

    def test_revisions(self):
        case = sound()
        case.releases[3] = replace(case.releases[3], revision=3)
        self.condemns(case, "a revision is not there", "B")
        case = sound()
        case.releases[1], case.releases[3] = case.releases[3], case.releases[1]
        self.condemns(case, "do not rise", "B")

    def test_apart(self):
        for exactly_once in (True, False):
            case = apart(exactly_once)
            self.assertEqual(self.judge(case).problems, [])
            self.assertEqual(self.judge(case).twice, 0)
            # Either may be the one that is told of.
            case.alerts[-1].sources.reverse()
            self.assertEqual(self.judge(case).problems, [])

    def test_apart_without_one_event(self):
        for exactly_once in (True, False):
            for at in (-1, -2):
                case = apart(exactly_once)
                del case.releases[at]
                self.assertEqual(self.condemns(case, "not what the input implies", "('D', 1)").lost, 1)

    def test_apart_and_twice(self):
        case = apart()
        case.releases.append(case.releases[-1])
        self.assertEqual(self.condemns(case, "1 events of one ce_id and revision twice").twice, 1)
        case = apart()
        case.releases[-1] = replace(case.releases[-1], revision=2)
        self.condemns(case, "in one piece with a second revision", "D")

    def test_apart_without_alert(self):
        for exactly_once in (True, False):
            case = apart(exactly_once)
            case.alerts.pop()
            self.condemns(case, "copies that no alert tells of", "(5, 0)")

    def test_copy_without_alert(self):
        for exactly_once in (True, False):
            for at in (4, 0):
                case = sound(exactly_once)
                del case.alerts[at]
                self.condemns(case, "copies that no alert tells of")

    def test_alert_on_what_is_no_copy(self):
        case = sound()
        case.alerts.append(alert("duplicate", "B", [(1, 0), (1, 1)]))
        self.condemns(case, "copies that are none")

    def test_copy_turned(self):
        case = sound()
        case.alerts[0] = alert("duplicate", "A", [(0, 1), (0, 4)])
        self.condemns(case, "first for the copy", "(0, 1)")
        case = sound()
        case.alerts[4] = alert("duplicate", "B", [(3, 0), (2, 0)])
        self.assertEqual(self.judge(case).problems, [])

    def test_copy_told_twice(self):
        case = sound()
        case.alerts.append(replace(case.alerts[4], identity="other", sources=[(3, 0), (2, 0)]))
        self.condemns(case, "told twice", "(2, 0)")
        case.exactly_once = False
        self.assertEqual(self.judge(case).problems, [])

    def test_missing_untold(self):
        for exactly_once in (True, False):
            case = sound(exactly_once)
            del case.alerts[2]
            self.condemns(case, "do not say what was missing", "C")
            case = sound(exactly_once)
            case.alerts[2].details["missing"] = [2]
            self.condemns(case, "do not say what was missing", "C")

    def test_missing_told_of_what_was_complete(self):
        case = sound()
        case.alerts.append(alert("section-missing", "A", [(0, 1)], missing=[1]))
        self.condemns(case, "do not say what was missing", "A")

    def test_late_untold(self):
        case = sound()
        del case.alerts[3]
        self.condemns(case, "or late", "B")

    def test_alert_on_sections_of_two(self):
        case = sound()
        case.alerts.append(alert("section-late", "B", [(1, 0), (4, 0)], missing=[]))
        self.condemns(case, "not of one telegram: B")

    def test_number_untold(self):
        for exactly_once in (True, False):
            case = sound(exactly_once)
            case.alerts[6] = gap("EKO", case.alerts[6].sources, ["0005"])
            self.condemns(case, "are in no gap", "('EKO', 6)")

    def test_number_not_withdrawn(self):
        case = sound()
        del case.alerts[6]
        self.condemns(case, "in a gap that came", "('EKO', 7)")

    def test_number_forgotten_by_a_crash(self):
        case = sound(exactly_once=False)
        sides = [(0, 1), (1, 1)]
        case.alerts.append(gap("EKO", [(1, 0), (3, 0)], ["0009"], "0008", "0010", time=49_000))
        self.assertEqual(self.judge(case).problems, [])
        case.alerts[-1].time = 50_000
        self.condemns(case, "in a gap that came", "('EKO', 9)")
        case.alerts[-1] = gap("EKO", sides, ["0005-0006"], before="0007")
        self.assertEqual(self.judge(case).problems, [])

    def test_number_in_two_gaps(self):
        case = sound()
        case.alerts.append(gap("EKO", [(0, 1), (1, 1)], ["0005-0006"], before="0007"))
        self.condemns(case, "in two gaps", "('EKO', 5)")

    def test_gap_elsewhere_than_its_sources(self):
        for change in ({"after": "0003"}, {"before": "0010"}, {"missing": ["0004-0006"]}, {"missing": ["0005-0006", "0010"]}):
            case = sound()
            case.alerts[6].details |= change
            self.condemns(case, "do not lie between their sources")

    def test_gap_round_the_end(self):
        case = sound()
        case.implied.never["QKA"] = [9999, 1]
        case.implied.numbers |= {(5, 0): ("QKA", 9998), (5, 1): ("QKA", 2)}
        case.alerts.append(gap("QKA", [(5, 0), (5, 1)], ["9999", "0001"], "9998", "0002"))
        self.assertEqual(self.judge(case).problems, [])

    def test_unfounded_alerts(self):
        for code in ("channel-repeat", "channel-reset", "superseded"):
            for exactly_once in (True, False):
                case = sound(exactly_once)
                case.alerts.append(alert(code, "EKO", [(0, 1)]))
                self.condemns(case, "no reason for", code)

    def test_alert_twice(self):
        case = sound()
        case.alerts.append(case.alerts[7])
        self.condemns(case, "alerts twice", "paragraph-order")
        case.exactly_once = False
        self.assertEqual(self.judge(case).problems, [])

    def test_expanded(self):
        self.assertEqual(list(expanded(["0413", "0415-0417"])), [413, 415, 416, 417])


if __name__ == "__main__":
    unittest.main()
